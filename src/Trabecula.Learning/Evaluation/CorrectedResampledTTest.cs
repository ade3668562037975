using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// Compares two models by their scores on the same J repeated splits, with the variance raised for the overlap of the training sets. The
/// usual t test of such differences rejects far too often. Of one model's scores instead of differences, mean and interval are those of its score over splits.
/// </summary>
/// <remarks>
/// Definition: <c>t = mean / √((1/J + n_test/n_train) s²)</c>, J - 1 degrees of freedom, s² the variance of the differences (divisor J - 1).
/// Source: Nadeau and Bengio, Mach. Learn. 52 (2003) 239. For 10 x 10-fold cross-validation J = 100 and n_test/n_train = 1/9.
/// The derivation is of random splits of equal sizes whose training rows stand there once. Where sizes differ the mean of the splits' ratios is taken; for
/// splits that somebody gave, and for bootstrap draws with their repeated training rows, the correction is a rule of thumb.
/// Edge cases: differences that are all equal, or equal but for rounding, do not tell how far others would lie; t and interval are NaN then, and so is P, but 1 where all are 0.
/// </remarks>
/// <param name="Mean">Mean difference, first less second.</param>
/// <param name="Variance">Of the differences, divisor J - 1.</param>
/// <param name="Factor"><c>1/J + n_test/n_train</c>.</param>
/// <param name="DegreesOfFreedom">J - 1.</param>
public sealed record CorrectedResampledTTest(double Mean, double Variance, double Factor, int DegreesOfFreedom)
{
    // A standard deviation of 1e-7, beside the rounding of scores that are equal.
    private const double NoVariance = 1e-14;

    /// <summary>Whether the differences vary, so that there is an interval.</summary>
    public bool Varies => Variance > NoVariance;

    /// <summary>Standard error of the mean.</summary>
    public double StandardError => Math.Sqrt(Factor * Variance);

    /// <summary>The statistic.</summary>
    public double T => Varies ? Mean / StandardError : double.NaN;

    /// <summary>Two-sided P.</summary>
    public double P => Varies ? Distributions.StudentTwoSided(T, DegreesOfFreedom) : Variance == 0 && Mean == 0 ? 1 : double.NaN;

    /// <summary>The interval of the mean difference; NaN where the differences do not vary.</summary>
    public ConfidenceInterval Interval(double level = 0.95)
    {
        ConfidenceInterval.RequireLevel(level);
        if (!Varies)
            return ConfidenceInterval.None;
        double reach = Distributions.StudentTwoSidedQuantile(1 - level, DegreesOfFreedom) * StandardError;
        return new ConfidenceInterval(Mean - reach, Mean + reach);
    }

    /// <summary>Computes the test.</summary>
    /// <param name="differences">For each split, the first model's score less the second's.</param>
    /// <param name="trainingSize">Training subjects of a split.</param>
    /// <param name="testSize">Test subjects of a split.</param>
    /// <exception cref="LearningException">Fewer than two differences, or one is not a number.</exception>
    public static CorrectedResampledTTest Of(IReadOnlyList<double> differences, double trainingSize, double testSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trainingSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(testSize);
        return Of(differences, testSize / trainingSize);
    }

    /// <summary>Computes the test of splits whose sizes may differ.</summary>
    /// <param name="differences">For each split, the first model's score less the second's.</param>
    /// <param name="testToTraining">Mean over the splits of test subjects over training subjects.</param>
    /// <exception cref="LearningException">Fewer than two differences, or one is not a number.</exception>
    public static CorrectedResampledTTest Of(IReadOnlyList<double> differences, double testToTraining)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(testToTraining);
        if (differences.Count < 2)
            throw new LearningException($"{differences.Count} differences have no variance.", "Compare the models on at least two splits.");
        if (differences.Any(difference => !double.IsFinite(difference)))
            throw new LearningException("A difference is not a finite number.", "Leave out splits on which a model could not be scored, for both models.");
        Moments moments = Moments.Of([.. differences]);
        return new CorrectedResampledTTest(
            moments.Mean, moments.SampleDeviation * moments.SampleDeviation, 1.0 / differences.Count + testToTraining, differences.Count - 1);
    }
}
