namespace Trabecula.Learning.Statistics;

/// <summary>
/// The standardised difference of two groups: independent of their sizes, unlike a P. Beyond 0.1 in size is commonly called
/// imbalance.
/// </summary>
/// <remarks>Source: Austin, Stat. Med. 28 (2009) 3083; Yang and Dalton, SAS Global Forum (2012) 335 for several levels.</remarks>
public static class StandardisedDifference
{
    /// <summary>First mean less second, by the root of the mean of the two variances (divisor n - 1).</summary>
    public static double OfMeans(Moments first, Moments second)
    {
        double a = first.SampleDeviation, b = second.SampleDeviation;
        return Of(first.Mean - second.Mean, (a * a + b * b) / 2);
    }

    /// <summary>First proportion less second, by the root of the mean of p (1 - p).</summary>
    public static double OfProportions(double first, double second) =>
        Of(first - second, (first * (1 - first) + second * (1 - second)) / 2);

    private static double Of(double difference, double variance) => difference == 0 ? 0 : difference / Math.Sqrt(variance);
}
