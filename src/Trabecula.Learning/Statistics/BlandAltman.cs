namespace Trabecula.Learning.Statistics;

/// <summary>The limits within which 95 % of two readers' differences are expected. Pairs with a missing value are left out.</summary>
/// <param name="Count">Complete pairs.</param>
/// <param name="Bias">Mean of the differences, second less first.</param>
/// <param name="Deviation">Standard deviation of the differences, divisor n - 1; NaN for fewer than two pairs.</param>
/// <remarks>
/// Source: Bland and Altman, Stat. Methods Med. Res. 8 (1999) 135: limits at 1.96 deviations; their intervals with Student's t and a standard error
/// of s √(1/n + 1.96² / (2 (n - 1))).
/// </remarks>
public readonly record struct BlandAltman(int Count, double Bias, double Deviation)
{
    /// <summary>Lower limit of agreement.</summary>
    public double LowerLimit => Bias - Distributions.Normal975 * Deviation;

    /// <summary>Upper limit of agreement.</summary>
    public double UpperLimit => Bias + Distributions.Normal975 * Deviation;

    /// <summary>95 % interval of the bias.</summary>
    public ConfidenceInterval BiasInterval => Around(Bias, Deviation / Math.Sqrt(Count));

    /// <summary>95 % interval of the lower limit.</summary>
    public ConfidenceInterval LowerLimitInterval => Around(LowerLimit, LimitError);

    /// <summary>95 % interval of the upper limit.</summary>
    public ConfidenceInterval UpperLimitInterval => Around(UpperLimit, LimitError);

    private double LimitError =>
        Deviation * Math.Sqrt(1.0 / Count + Distributions.Normal975 * Distributions.Normal975 / (2 * (Count - 1.0)));

    /// <summary>Compares two readers.</summary>
    /// <param name="first">The first reader's values.</param>
    /// <param name="second">The second reader's values of the same subjects.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static BlandAltman Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"{first.Length} values are paired with {second.Length}.", nameof(second));
        var differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++)
            differences[i] = second[i] - first[i];
        Moments moments = Moments.Of(differences);
        return new BlandAltman(moments.Count, moments.Mean, moments.SampleDeviation);
    }

    private ConfidenceInterval Around(double value, double error)
    {
        if (Count < 2)
            return ConfidenceInterval.None;
        double reach = error * Distributions.StudentTwoSidedQuantile(0.05, Count - 1);
        return new ConfidenceInterval(value - reach, value + reach);
    }
}
