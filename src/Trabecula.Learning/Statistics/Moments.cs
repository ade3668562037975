namespace Trabecula.Learning.Statistics;

/// <summary>Mean, deviation, skewness and kurtosis of a column. Missing values are left out.</summary>
/// <param name="Count">Values present.</param>
/// <param name="Mean">The mean; NaN without values.</param>
/// <param name="PopulationDeviation">Standard deviation, divisor n.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
/// <param name="Skewness">g1, biased (scipy's default); NaN for a constant column.</param>
/// <param name="ExcessKurtosis">g2, biased, 0 for the normal distribution (scipy's default); NaN for a constant column.</param>
public readonly record struct Moments(
    int Count, double Mean, double PopulationDeviation, double Minimum, double Maximum, double Skewness, double ExcessKurtosis)
{
    /// <summary>Standard deviation, divisor n - 1; NaN for a single value.</summary>
    public double SampleDeviation => Count < 2 ? double.NaN : PopulationDeviation * Math.Sqrt(Count / (Count - 1.0));

    /// <summary>Proper (Pearson) kurtosis, biased, 3 for the normal distribution.</summary>
    public double Kurtosis => ExcessKurtosis + 3;

    /// <summary>G1, as pandas and SPSS give it; NaN for fewer than 3 values.</summary>
    public double UnbiasedSkewness =>
        Count < 3 ? double.NaN : Math.Sqrt((double)Count * (Count - 1)) / (Count - 2) * Skewness;

    /// <summary>G2, as pandas and SPSS give it; NaN for fewer than 4 values.</summary>
    public double UnbiasedExcessKurtosis => Count < 4
        ? double.NaN
        : (Count - 1.0) / ((Count - 2.0) * (Count - 3.0)) * ((Count + 1.0) * ExcessKurtosis + 6);

    // Fourth powers of numbers beyond 2^±200 overflow or vanish.
    private const int LargestExponent = 200;

    /// <summary>Computes the moments of a column in two passes; numbers whose powers are no numbers in units of a power of two, which rounds nothing.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        int count = 0;
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
                continue;
            count++;
            sum += value;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }
        if (count == 0)
            return new Moments(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

        if (minimum == maximum)
            return new Moments(count, minimum, 0, minimum, maximum, double.NaN, double.NaN);
        int exponent = Math.ILogB(Math.Max(Math.Abs(minimum), Math.Abs(maximum)));
        if (Math.Abs(exponent) > LargestExponent)
            return OfExtreme(values, exponent) with { Minimum = minimum, Maximum = maximum };

        double mean = sum / count, m2 = 0, m3 = 0, m4 = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
                continue;
            double distance = value - mean, square = distance * distance;
            m2 += square;
            m3 += square * distance;
            m4 += square * square;
        }
        (m2, m3, m4) = (m2 / count, m3 / count, m4 / count);
        // A spread as small as the rounding of the mean has no shape (scipy's bound).
        double rounding = (Math.BitIncrement(1.0) - 1.0) * mean;
        bool constant = m2 <= rounding * rounding;
        return new Moments(
            count, mean, Math.Sqrt(m2), minimum, maximum, constant ? double.NaN : m3 / (m2 * Math.Sqrt(m2)),
            constant ? double.NaN : m4 / (m2 * m2) - 3);
    }

    private static Moments OfExtreme(ReadOnlySpan<double> values, int exponent)
    {
        double[] scaled = values.ToArray();
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = Math.ScaleB(scaled[i], -exponent);
        Moments moments = Of(scaled);
        return moments with { Mean = Math.ScaleB(moments.Mean, exponent), PopulationDeviation = Math.ScaleB(moments.PopulationDeviation, exponent) };
    }
}
