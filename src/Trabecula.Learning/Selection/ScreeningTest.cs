using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Selection;

/// <summary>The test of a column against the outcome.</summary>
public enum ScreeningTest
{
    /// <summary>No test exists: the column is constant, or has no values in one class.</summary>
    None,

    /// <summary>Wilcoxon's rank-sum test.</summary>
    RankSum,

    /// <summary>Pearson's chi-square test.</summary>
    ChiSquare,

    /// <summary>Fisher's exact test.</summary>
    FisherExact,
}

/// <summary>A column's test against the outcome.</summary>
/// <param name="Column">Its place in the input.</param>
/// <param name="Test">The test taken.</param>
/// <param name="P">Two-sided P; 1 without a test.</param>
/// <param name="AdjustedP">P after the adjustment for the number of columns, if one was asked for; else the same.</param>
public sealed record ScreenedColumn(int Column, ScreeningTest Test, double P, double AdjustedP);

/// <summary>Tests of one column.</summary>
internal static class ColumnTests
{
    /// <summary>Rank sums of cases and controls. Missing values are left out.</summary>
    internal static (ScreeningTest Test, double P) RankSums(ReadOnlySpan<double> column, ReadOnlySpan<bool> cases, RankSumMethod method)
    {
        // Before the exact method is asked for what no method can tell.
        double first = double.NaN;
        bool varies = false;
        foreach (double value in column)
        {
            if (double.IsNaN(first))
                first = value;
            varies |= value != first && !double.IsNaN(value);
        }
        double p = varies ? RankSumTest.Of(column, cases, method).P : double.NaN;
        return double.IsNaN(p) ? (ScreeningTest.None, 1) : (ScreeningTest.RankSum, p);
    }

    /// <summary>Counts of categories among cases and controls. Missing values are left out.</summary>
    /// <param name="column">Category numbers below <paramref name="levels"/>.</param>
    /// <param name="cases">For each row, whether it is a case.</param>
    /// <param name="levels">Number of categories.</param>
    /// <param name="yates">Whether a 2 x 2 table is corrected.</param>
    /// <param name="fisherBelow">A 2 x 2 table with an expected count below this is tested by Fisher's test; 0 for never.</param>
    internal static (ScreeningTest Test, double P) Counts(
        ReadOnlySpan<double> column, ReadOnlySpan<bool> cases, int levels, bool yates, double fisherBelow)
    {
        var counts = new int[levels][];
        for (int level = 0; level < levels; level++)
            counts[level] = [0, 0];
        for (int row = 0; row < column.Length; row++)
        {
            if (!double.IsNaN(column[row]))
                counts[(int)column[row]][cases[row] ? 1 : 0]++;
        }
        int[][] found = [.. counts.Where(level => level[0] + level[1] > 0)];
        if (found.Length < 2 || found.All(level => level[0] == 0) || found.All(level => level[1] == 0))
            return (ScreeningTest.None, 1);
        ChiSquareTest test = ChiSquareTest.Of(found, yates);
        return found.Length == 2 && test.SmallestExpected < fisherBelow
            ? (ScreeningTest.FisherExact, FisherExactTest.Of(found[0][0], found[0][1], found[1][0], found[1][1]).P)
            : (ScreeningTest.ChiSquare, test.P);
    }
}
