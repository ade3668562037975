namespace Trabecula.Radiomics.Features.FirstOrder;

/// <summary>
/// Percentiles without sorting everything: a histogram between minimum and maximum finds the few buckets that hold the wanted ranks, and only
/// those are sorted.
/// </summary>
internal sealed class OrderStatistics
{
    private readonly int[] _bucketEnd = new int[Buckets + 1];
    private readonly bool[] _wanted = new bool[Buckets + 1];
    private double[] _candidates = [];

    private const int Buckets = 4096;

    /// <summary>
    /// Percentiles by linear interpolation at rank (n - 1) p, as <c>numpy.percentile</c> does it by default.
    /// </summary>
    /// <param name="values">At least one value, all finite.</param>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="maximum">The largest value.</param>
    /// <param name="fractions">The wanted fractions, 0 to 1, ascending.</param>
    /// <param name="percentiles">Receives one value for each fraction.</param>
    public void Percentiles(ReadOnlySpan<double> values, double minimum, double maximum, ReadOnlySpan<double> fractions, Span<double> percentiles)
    {
        double scale = Buckets / (maximum - minimum);
        if (!(maximum > minimum) || !double.IsFinite(scale))
        {
            percentiles.Fill(minimum);
            if (maximum > minimum)
                SortAll(values, fractions, percentiles);
            return;
        }
        Array.Clear(_bucketEnd);
        Array.Clear(_wanted);
        foreach (double value in values)
            _bucketEnd[(int)((value - minimum) * scale)]++;
        for (int b = 1; b <= Buckets; b++)
            _bucketEnd[b] += _bucketEnd[b - 1];

        foreach (double fraction in fractions)
        {
            int lower = (int)((values.Length - 1) * fraction);
            _wanted[BucketOf(lower)] = true;
            _wanted[BucketOf(Math.Min(lower + 1, values.Length - 1))] = true;
        }
        int count = Collect(values, minimum, scale);
        Span<double> sorted = _candidates.AsSpan(0, count);
        sorted.Sort();
        for (int k = 0; k < fractions.Length; k++)
        {
            double position = (values.Length - 1) * fractions[k];
            int lower = (int)position;
            percentiles[k] = Interpolate(At(sorted, lower), At(sorted, Math.Min(lower + 1, values.Length - 1)), position - lower);
        }
    }

    private static void SortAll(ReadOnlySpan<double> values, ReadOnlySpan<double> fractions, Span<double> percentiles)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        for (int k = 0; k < fractions.Length; k++)
        {
            double position = (sorted.Length - 1) * fractions[k];
            int lower = (int)position;
            percentiles[k] = Interpolate(sorted[lower], sorted[Math.Min(lower + 1, sorted.Length - 1)], position - lower);
        }
    }

    private int BucketOf(int rank)
    {
        int low = 0, high = Buckets;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_bucketEnd[middle] > rank)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private int Collect(ReadOnlySpan<double> values, double minimum, double scale)
    {
        int total = 0;
        for (int b = 0; b <= Buckets; b++)
        {
            if (_wanted[b])
                total += _bucketEnd[b] - (b == 0 ? 0 : _bucketEnd[b - 1]);
        }
        if (_candidates.Length < total)
            _candidates = new double[total];
        int count = 0;
        foreach (double value in values)
        {
            if (_wanted[(int)((value - minimum) * scale)])
                _candidates[count++] = value;
        }
        return count;
    }

    /// <summary>The value of a rank: its bucket is among the sorted ones, after all wanted buckets below it.</summary>
    private double At(ReadOnlySpan<double> sorted, int rank)
    {
        int bucket = BucketOf(rank), skipped = 0, before = 0;
        for (int b = 0; b < bucket; b++)
        {
            if (!_wanted[b])
                skipped += _bucketEnd[b] - before;
            before = _bucketEnd[b];
        }
        return sorted[rank - skipped];
    }

    /// <summary>NumPy's two-sided interpolation, which meets both ends exactly.</summary>
    private static double Interpolate(double a, double b, double t) => t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}
