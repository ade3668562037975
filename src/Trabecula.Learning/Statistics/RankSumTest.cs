using System.Buffers;

namespace Trabecula.Learning.Statistics;

/// <summary>How a P is obtained from a rank sum.</summary>
public enum RankSumMethod
{
    /// <summary>Normal, with neither tie nor continuity correction: scipy's <c>ranksums</c>.</summary>
    Normal,

    /// <summary>Normal with the variance corrected for ties: R's <c>wilcox.test(exact = FALSE, correct = FALSE)</c>.</summary>
    TieCorrected,

    /// <summary>The same with continuity correction: scipy's <c>mannwhitneyu(method = "asymptotic")</c>.</summary>
    TieAndContinuityCorrected,

    /// <summary>The distribution of the rank sum without ties.</summary>
    Exact,

    /// <summary>Exact where both groups have fewer than 50 values and none are tied, else tie and continuity corrected: R's default.</summary>
    Automatic,
}

/// <summary>
/// The Wilcoxon rank-sum test (Mann-Whitney test) of two groups. Missing values are left out.
/// </summary>
/// <param name="U">Pairs in which the first group's value is larger, ties counting one half: scipy's U1 and R's W.</param>
/// <param name="Z">The standardised statistic, positive where the first group is larger; NaN for the exact method.</param>
/// <param name="P">The P, 0 to 1; 1 where all values are equal, NaN where a group is empty.</param>
/// <param name="First">Values of the first group.</param>
/// <param name="Second">Values of the second group.</param>
/// <param name="Tied">Whether some values are equal.</param>
/// <param name="Method">The method taken, never <see cref="RankSumMethod.Automatic"/>.</param>
/// <remarks>
/// Source: Mann and Whitney, Ann. Math. Stat. 18 (1947) 50; Lehmann, Nonparametrics (1975) for the corrections.
/// Complexity: each group is sorted by itself and the two are merged; nothing is allocated beyond rented buffers.
/// </remarks>
public readonly record struct RankSumTest(double U, double Z, double P, int First, int Second, bool Tied, RankSumMethod Method)
{
    private const int ExactLimit = 50;

    /// <summary>Tests two groups.</summary>
    /// <exception cref="LearningException">The exact method is asked for groups that have ties or are too large for it.</exception>
    public static RankSumTest Of(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, RankSumMethod method = RankSumMethod.Automatic,
        Alternative alternative = Alternative.TwoSided)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(first.Length + second.Length);
        try
        {
            int n1 = CopyPresent(first, rented);
            int n2 = CopyPresent(second, rented.AsSpan(n1));
            return OfUnsorted(rented.AsSpan(0, n1), rented.AsSpan(n1, n2), method, alternative);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Tests the cases against the controls of a column.</summary>
    /// <param name="values">The column.</param>
    /// <param name="cases">For each value, whether it belongs to a case.</param>
    /// <param name="method">The method.</param>
    /// <param name="alternative">What is looked for.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <inheritdoc cref="Of(ReadOnlySpan{double}, ReadOnlySpan{double}, RankSumMethod, Alternative)"/>
    public static RankSumTest Of(
        ReadOnlySpan<double> values, ReadOnlySpan<bool> cases, RankSumMethod method = RankSumMethod.Automatic,
        Alternative alternative = Alternative.TwoSided)
    {
        if (values.Length != cases.Length)
            throw new ArgumentException($"{cases.Length} groups for {values.Length} values.", nameof(cases));
        double[] rented = ArrayPool<double>.Shared.Rent(values.Length);
        try
        {
            int n1 = 0, end = values.Length;
            for (int i = 0; i < values.Length; i++)
            {
                if (double.IsNaN(values[i]))
                    continue;
                if (cases[i])
                    rented[n1++] = values[i];
                else
                    rented[--end] = values[i];
            }
            return OfUnsorted(rented.AsSpan(0, n1), rented.AsSpan(end, values.Length - end), method, alternative);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Tests the cases against the controls in every column of a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="method">The method.</param>
    /// <param name="cancellationToken">Stops between columns.</param>
    /// <exception cref="LearningException">The exact method is asked for where it cannot be had.</exception>
    public static RankSumTest[] OfColumns(
        FeatureTable table, RankSumMethod method = RankSumMethod.Automatic, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        bool[] cases = [.. table.Outcomes];
        var values = new double[cases.Length];
        var tests = new RankSumTest[table.ColumnCount];
        for (int column = 0; column < tests.Length; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = 0, at = column; row < values.Length; row++, at += tests.Length)
                values[row] = table.Values[at];
            tests[column] = Of(values, cases, method);
        }
        return tests;
    }

    private static RankSumTest OfUnsorted(Span<double> first, Span<double> second, RankSumMethod method, Alternative alternative)
    {
        first.Sort();
        second.Sort();
        int n1 = first.Length, n2 = second.Length;
        (double u, double tieSum) = Merge(first, second);
        bool tied = tieSum > 0;
        if (method == RankSumMethod.Automatic)
        {
            method = !tied && n1 < ExactLimit && n2 < ExactLimit ? RankSumMethod.Exact : RankSumMethod.TieAndContinuityCorrected;
        }
        if (n1 == 0 || n2 == 0)
            return new RankSumTest(double.NaN, double.NaN, double.NaN, n1, n2, tied, method);
        if (method == RankSumMethod.Exact)
        {
            if (tied)
                throw new LearningException(
                    "The exact rank-sum distribution holds only without ties, and some values are equal.", "Use a tie-corrected method.");
            return new RankSumTest(u, double.NaN, RankSumDistribution.P((int)u, n1, n2, alternative), n1, n2, tied, method);
        }
        (double z, double p) = NormalP(u, n1, n2, method == RankSumMethod.Normal ? 0 : tieSum,
            method == RankSumMethod.TieAndContinuityCorrected ? 0.5 : 0, alternative);
        return new RankSumTest(u, z, p, n1, n2, tied, method);
    }

    /// <summary>U, and the sum of t³ - t over the groups of t equal values, of two sorted groups.</summary>
    private static (double U, double TieSum) Merge(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double u = 0, tieSum = 0;
        int i = 0, j = 0;
        while (i < first.Length || j < second.Length)
        {
            double value = i == first.Length ? second[j] : j == second.Length ? first[i] : Math.Min(first[i], second[j]);
            int below = j, from = i;
            while (i < first.Length && first[i] == value)
                i++;
            while (j < second.Length && second[j] == value)
                j++;
            u += (i - from) * (below + 0.5 * (j - below));
            double t = (i - from) + (j - below);
            tieSum += t * t * t - t;
        }
        return (u, tieSum);
    }

    private static (double Z, double P) NormalP(double u, int n1, int n2, double tieSum, double continuity, Alternative alternative)
    {
        double n = n1 + n2, pairs = (double)n1 * n2;
        double variance = pairs / 12 * (n + 1 - (n > 1 ? tieSum / (n * (n - 1)) : 0));
        double excess = u - pairs / 2;
        if (!(variance > 0))
            return (0, 1);
        double sd = Math.Sqrt(variance);
        switch (alternative)
        {
            case Alternative.Less:
                return ((excess + continuity) / sd, Distributions.NormalSurvival((-excess - continuity) / sd));
            case Alternative.Greater:
                return ((excess - continuity) / sd, Distributions.NormalSurvival((excess - continuity) / sd));
            default:
                double z = (Math.Abs(excess) - continuity) / sd;
                return (Math.Sign(excess) * Math.Max(0, z), Math.Min(1, 2 * Distributions.NormalSurvival(z)));
        }
    }

    private static int CopyPresent(ReadOnlySpan<double> from, Span<double> to)
    {
        int count = 0;
        foreach (double value in from)
        {
            if (!double.IsNaN(value))
                to[count++] = value;
        }
        return count;
    }
}
