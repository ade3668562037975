namespace Trabecula.Learning.Statistics;

/// <summary>The two-sample Kolmogorov-Smirnov test, two-sided and exact. Missing values are left out.</summary>
/// <param name="D">The largest distance of the two empirical distributions, 0 to 1.</param>
/// <param name="P">The exact P where no values are equal; with ties it is too large (scipy's <c>method = "exact"</c>).</param>
public readonly record struct KolmogorovSmirnovTest(double D, double P)
{
    /// <summary>Tests two groups; NaN where one is empty.</summary>
    /// <remarks>Complexity: first times second values.</remarks>
    public static KolmogorovSmirnovTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Span<double> a = Quantiles.SortPresent(first, new double[first.Length]);
        Span<double> b = Quantiles.SortPresent(second, new double[second.Length]);
        if (a.IsEmpty || b.IsEmpty)
            return new KolmogorovSmirnovTest(double.NaN, double.NaN);
        // In units of 1 / (m n) distances are integers, and no rounding decides which paths are as far as the one observed.
        long m = a.Length, n = b.Length, largest = 0;
        for (int i = 0, j = 0; i < m && j < n;)
        {
            double value = Math.Min(a[i], b[j]);
            while (i < m && a[i] == value)
                i++;
            while (j < n && b[j] == value)
                j++;
            largest = Math.Max(largest, Math.Abs(i * n - j * m));
        }
        return new KolmogorovSmirnovTest((double)largest / (m * n), ShareOfPathsReaching(largest, m, n));
    }

    /// <summary>
    /// The share of the orders of m and n values whose distance reaches a bound somewhere. Of the orders of i and j values,
    /// i / (i + j) end with one of the first group.
    /// </summary>
    private static double ShareOfPathsReaching(long bound, long m, long n)
    {
        var share = new double[n + 1];
        for (long i = 0; i <= m; i++)
        {
            for (long j = 0; j <= n; j++)
            {
                if (Math.Abs(i * n - j * m) >= bound)
                    share[j] = 1;
                else if (i + j > 0)
                    share[j] = (i * (i > 0 ? share[j] : 0) + j * (j > 0 ? share[j - 1] : 0)) / (i + j);
            }
        }
        return share[n];
    }
}
