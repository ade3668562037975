namespace Trabecula.Learning.Statistics;

/// <summary>The distribution of U when the groups do not differ and no values are equal.</summary>
internal static class RankSumDistribution
{
    /// <summary>More pairs than these take longer than the normal approximation's error is worth.</summary>
    private const int LargestPairs = 20_000;

    /// <summary>The exact P of U; two-sided, twice the smaller tail.</summary>
    /// <exception cref="LearningException">There are more than 20,000 pairs.</exception>
    internal static double P(int u, int n1, int n2, Alternative alternative)
    {
        if ((long)n1 * n2 > LargestPairs)
            throw new LearningException(
                $"The exact rank-sum distribution of {n1} and {n2} values has {(long)n1 * n2:N0} pairs, more than {LargestPairs:N0}.",
                "Use the normal approximation, which is as good at this size.");
        double[] probabilities = Of(Math.Min(n1, n2), Math.Max(n1, n2));
        double atMost = 0, atLeast = 0;
        for (int i = 0; i <= u; i++)
            atMost += probabilities[i];
        for (int i = probabilities.Length - 1; i >= u; i--)
            atLeast += probabilities[i];
        return Math.Min(1, alternative switch
        {
            Alternative.Less => atMost,
            Alternative.Greater => atLeast,
            _ => 2 * Math.Min(atMost, atLeast),
        });
    }

    /// <summary>
    /// The probability of each U. The largest value belongs to the first group with probability m / (m + n) and then exceeds all
    /// n of the second: f(m, n, u) = m / (m + n) f(m - 1, n, u - n) + n / (m + n) f(m, n - 1, u). Only sums of positive numbers.
    /// </summary>
    private static double[] Of(int m, int n)
    {
        // row[i] is f(i, j, .) of the current j.
        var row = new double[m + 1][];
        for (int i = 0; i <= m; i++)
        {
            row[i] = new double[i * n + 1];
            row[i][0] = 1;
        }
        for (int j = 1; j <= n; j++)
        {
            for (int i = 1; i <= m; i++)
            {
                double fromFirst = (double)i / (i + j), fromSecond = (double)j / (i + j);
                double[] to = row[i], smaller = row[i - 1];
                for (int u = i * j; u >= 0; u--)
                {
                    double value = fromSecond * to[u];
                    if (u >= j)
                        value += fromFirst * smaller[u - j];
                    to[u] = value;
                }
            }
        }
        return row[m];
    }
}
