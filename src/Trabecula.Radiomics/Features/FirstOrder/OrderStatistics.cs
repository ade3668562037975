using System.Buffers;

namespace Trabecula.Radiomics.Features.FirstOrder;

/// <summary>
/// Percentiles without sorting everything: a histogram between minimum and maximum tells the buckets of the wanted ranks, and only these
/// are looked at again, by finer histograms while they are large. Linear in the number of values, outliers or not.
/// </summary>
internal static class OrderStatistics
{
    private const int MaximumBuckets = 2048;

    /// <summary>So few values are sorted at once.</summary>
    private const int Few = 256;

    /// <summary>
    /// Percentiles by linear interpolation at rank (n - 1) p, as <c>numpy.percentile</c> does it by default.
    /// </summary>
    /// <param name="values">At least one value, all finite.</param>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="maximum">The largest value.</param>
    /// <param name="fractions">The wanted fractions, 0 to 1, ascending.</param>
    /// <param name="percentiles">Receives one value for each fraction.</param>
    public static void Percentiles(
        ReadOnlySpan<double> values, double minimum, double maximum, ReadOnlySpan<double> fractions, Span<double> percentiles)
    {
        Span<int> ranks = stackalloc int[2 * fractions.Length];
        Span<double> atRank = stackalloc double[2 * fractions.Length];
        for (int k = 0; k < fractions.Length; k++)
        {
            ranks[2 * k] = (int)((values.Length - 1) * fractions[k]);
            ranks[2 * k + 1] = Math.Min(ranks[2 * k] + 1, values.Length - 1);
        }
        Select(values, minimum, maximum, ranks, atRank);
        for (int k = 0; k < fractions.Length; k++)
            percentiles[k] = Interpolate(atRank[2 * k], atRank[2 * k + 1], (values.Length - 1) * fractions[k] - ranks[2 * k]);
    }

    /// <summary>The values of some ranks.</summary>
    private static void Select(ReadOnlySpan<double> values, double minimum, double maximum, ReadOnlySpan<int> ranks, Span<double> atRank)
    {
        int buckets = Math.Clamp(values.Length / 16, 16, MaximumBuckets);
        double scale = buckets / (maximum - minimum);
        if (values.Length <= Few || !(maximum > minimum) || !double.IsFinite(scale))
        {
            SelectSorted(values, ranks, atRank);
            return;
        }
        int[] ends = CountBuckets(values, minimum, scale, buckets);
        Span<int> bucketOf = stackalloc int[ranks.Length];
        var starts = new int[ends.Length];
        int total = 0;
        for (int k = 0; k < ranks.Length; k++)
        {
            int found = Array.BinarySearch(ends, 0, buckets + 1, ranks[k] + 1);
            int bucket = found >= 0 ? found : ~found;
            // An empty bucket ends where the one before it does: the first with that end holds the rank.
            while (bucket > 0 && ends[bucket - 1] > ranks[k])
                bucket--;
            bucketOf[k] = bucket;
            if (starts[bucket] == 0)
            {
                // Shifted by one, so that 0 stands for a bucket that nobody wants.
                starts[bucket] = total + 1;
                total += SizeOf(ends, bucket);
            }
        }
        double[] collected = ArrayPool<double>.Shared.Rent(total);
        var next = (int[])starts.Clone();
        foreach (double value in values)
        {
            int bucket = (int)((value - minimum) * scale);
            if (next[bucket] != 0)
                collected[next[bucket]++ - 1] = value;
        }
        SelectInBuckets(collected, starts, ends, bucketOf, ranks, atRank);
        ArrayPool<double>.Shared.Return(collected);
    }

    private static void SelectInBuckets(
        double[] collected, int[] starts, int[] ends, ReadOnlySpan<int> bucketOf, ReadOnlySpan<int> ranks, Span<double> atRank)
    {
        Span<int> within = stackalloc int[ranks.Length];
        for (int k = 0, next; k < ranks.Length; k = next)
        {
            int bucket = bucketOf[k], before = bucket == 0 ? 0 : ends[bucket - 1];
            for (next = k; next < ranks.Length && bucketOf[next] == bucket; next++)
                within[next] = ranks[next] - before;
            ReadOnlySpan<double> values = collected.AsSpan(starts[bucket] - 1, SizeOf(ends, bucket));
            (double low, double high) = FirstOrderFeatures.Range(values);
            Select(values, low, high, within[k..next], atRank[k..next]);
        }
    }

    private static int SizeOf(int[] ends, int bucket) => ends[bucket] - (bucket == 0 ? 0 : ends[bucket - 1]);

    /// <summary>One past the last rank of each bucket. Two tables take turns, as neighbouring voxels often share a bucket.</summary>
    private static int[] CountBuckets(ReadOnlySpan<double> values, double minimum, double scale, int buckets)
    {
        var ends = new int[buckets + 1];
        var odd = new int[buckets + 1];
        int i = 0;
        for (; i < values.Length - 1; i += 2)
        {
            ends[(int)((values[i] - minimum) * scale)]++;
            odd[(int)((values[i + 1] - minimum) * scale)]++;
        }
        if (i < values.Length)
            ends[(int)((values[i] - minimum) * scale)]++;
        for (int b = 0, sum = 0; b <= buckets; b++)
            ends[b] = sum += ends[b] + odd[b];
        return ends;
    }

    private static void SelectSorted(ReadOnlySpan<double> values, ReadOnlySpan<int> ranks, Span<double> atRank)
    {
        Span<double> sorted = values.Length <= Few ? stackalloc double[Few] : new double[values.Length];
        sorted = sorted[..values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        for (int k = 0; k < ranks.Length; k++)
            atRank[k] = sorted[ranks[k]];
    }

    /// <summary>NumPy's two-sided interpolation, which meets both ends exactly.</summary>
    private static double Interpolate(double a, double b, double t) => t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}
