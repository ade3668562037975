namespace Trabecula.Learning.Statistics;

/// <summary>The ends of an interval; NaN where it does not exist.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper)
{
    /// <summary>An interval that does not exist.</summary>
    public static readonly ConfidenceInterval None = new(double.NaN, double.NaN);

    /// <summary>Whether a value lies within, ends included.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>Estimate and standard error of a normal estimator.</summary>
    internal static ConfidenceInterval Normal(double estimate, double standardError, double level)
    {
        double reach = NormalQuantileOf(level) * standardError;
        return new ConfidenceInterval(estimate - reach, estimate + reach);
    }

    /// <summary>The z that a two-sided interval reaches to.</summary>
    internal static double NormalQuantileOf(double level)
    {
        RequireLevel(level);
        return level == 0.95 ? Distributions.Normal975 : Distributions.NormalQuantile((1 + level) / 2);
    }

    internal static void RequireLevel(double level)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level is above 0 and below 1, as 0.95.");
    }
}
