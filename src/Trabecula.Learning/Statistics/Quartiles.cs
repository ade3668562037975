using System.Buffers;

namespace Trabecula.Learning.Statistics;

/// <summary>Quartiles and what is computed from them. Missing values are left out; everything is NaN without values.</summary>
/// <param name="Count">Values present.</param>
/// <param name="Lower">The 25 % quantile, linear.</param>
/// <param name="Median">The median.</param>
/// <param name="Upper">The 75 % quantile, linear.</param>
/// <param name="MedianAbsoluteDeviation">Median of the distances from the median, unscaled.</param>
/// <param name="OutlierShare">Share of values, 0 to 1, more than 1.5 interquartile ranges below Q1 or above Q3 (Tukey).</param>
public readonly record struct Quartiles(
    int Count, double Lower, double Median, double Upper, double MedianAbsoluteDeviation, double OutlierShare)
{
    private const double Fence = 1.5;

    /// <summary>The interquartile range, Q3 - Q1.</summary>
    public double Range => Upper - Lower;

    /// <summary>Computes the quartiles of a column.</summary>
    public static Quartiles Of(ReadOnlySpan<double> values)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(values.Length);
        try
        {
            Span<double> sorted = Quantiles.SortPresent(values, rented);
            double lower = Quantiles.OfSorted(sorted, 0.25), median = Quantiles.OfSorted(sorted, 0.5);
            double upper = Quantiles.OfSorted(sorted, 0.75), reach = Fence * (upper - lower);
            int outliers = 0;
            foreach (double value in sorted)
            {
                if (value < lower - reach || value > upper + reach)
                    outliers++;
            }
            for (int i = 0; i < sorted.Length; i++)
                sorted[i] = Math.Abs(sorted[i] - median);
            sorted.Sort();
            return new Quartiles(
                sorted.Length, lower, median, upper, Quantiles.OfSorted(sorted, 0.5), (double)outliers / sorted.Length);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Share of values, 0 to 1, more than three population standard deviations from the mean; NaN without values.</summary>
    public static double ShareBeyondThreeDeviations(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        int beyond = 0;
        foreach (double value in values)
        {
            if (Math.Abs(value - moments.Mean) > 3 * moments.PopulationDeviation)
                beyond++;
        }
        return (double)beyond / moments.Count;
    }
}
