using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// The mean of a measure over splits of the same subjects, as repeated folds and bootstrap draws give it. Their training sets overlap, so that the measures
/// are no independent draws and their spread alone makes an interval too narrow.
/// </summary>
/// <remarks>
/// Standard error: <c>sqrt((1/J + n_test/n_train) s²)</c>, s² the variance over the J splits with divisor J - 1; interval by Student's t with J - 1 degrees of
/// freedom. Source: Nadeau and Bengio, Machine Learning 52 (2003) 239, the corrected resampled t; for repeated folds Bouckaert and Frank, PAKDD 2004.
/// It is an approximation that errs on the wide side.
/// </remarks>
/// <param name="Splits">J.</param>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">NaN for a single split.</param>
public sealed record ResampledMean(int Splits, double Value, double StandardError)
{
    /// <summary>Computes the mean.</summary>
    /// <param name="values">The measure on each split's held-out subjects, at least one.</param>
    /// <param name="testToTraining">Held-out by training subjects of a split, n_test/n_train, above 0.</param>
    public static ResampledMean Of(IReadOnlyList<double> values, double testToTraining)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(testToTraining);
        double mean = values.Average(), variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return new ResampledMean(values.Count, mean, Math.Sqrt((1.0 / values.Count + testToTraining) * variance));
    }

    /// <summary>The interval by Student's t; it does not exist for a single split.</summary>
    /// <param name="level">Above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public ConfidenceInterval Interval(double level = 0.95)
    {
        ConfidenceInterval.RequireLevel(level);
        if (Splits < 2)
            return ConfidenceInterval.None;
        double reach = StandardError == 0 ? 0 : Distributions.StudentTwoSidedQuantile(1 - level, Splits - 1) * StandardError;
        return new ConfidenceInterval(Value - reach, Value + reach);
    }
}
