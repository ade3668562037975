using Trabecula.Learning.Models;

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

    /// <summary>
    /// Of the shares of several levels: their Mahalanobis distance by the mean of the two multinomial covariances. Not signed; of two
    /// levels, the size of <see cref="OfProportions"/>. Infinite where the groups have no level in common, NaN where one is empty.
    /// </summary>
    /// <param name="first">The first group's counts.</param>
    /// <param name="second">The second group's counts of the same levels.</param>
    /// <exception cref="ArgumentException">The lists differ in length, or a count is negative.</exception>
    public static double OfLevels(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Concat(second).Any(count => count < 0))
            throw new ArgumentException("Two groups have as many levels, with counts from 0.", nameof(second));
        double n1 = first.Sum(count => (double)count), n2 = second.Sum(count => (double)count);
        if (n1 == 0 || n2 == 0)
            return double.NaN;
        // The covariance is singular only for a level that does not occur, or for groups that no level joins.
        int[] occurring = [.. Enumerable.Range(0, first.Count).Where(level => first[level] + second[level] > 0)];
        if (!occurring.Any(level => first[level] > 0 && second[level] > 0))
            return double.PositiveInfinity;
        double[] a = [.. occurring.Skip(1).Select(level => first[level] / n1)], b = [.. occurring.Skip(1).Select(level => second[level] / n2)];
        var covariance = new double[a.Length * a.Length];
        for (int i = 0, at = 0; i < a.Length; i++)
        {
            for (int j = 0; j < a.Length; j++, at++)
                covariance[at] = i == j ? (a[i] * (1 - a[i]) + b[i] * (1 - b[i])) / 2 : -(a[i] * a[j] + b[i] * b[j]) / 2;
        }
        double[] differences = [.. a.Zip(b, (p, q) => p - q)], solved = [.. differences];
        if (!Cholesky.SolveInPlace(covariance, solved))
            return double.PositiveInfinity;
        return Math.Sqrt(differences.Zip(solved, (d, s) => d * s).Sum());
    }

    private static double Of(double difference, double variance) => difference == 0 ? 0 : difference / Math.Sqrt(variance);
}
