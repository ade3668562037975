namespace Trabecula.Learning.Statistics;

/// <summary>Pearson's chi-square test of independence in a table of counts.</summary>
/// <param name="Statistic">Chi-square.</param>
/// <param name="DegreesOfFreedom">(rows - 1) (columns - 1), empty ones not counted.</param>
/// <param name="P">The P; 1 where a single row or column is left.</param>
/// <param name="LikelihoodRatio">The G statistic, never corrected.</param>
/// <param name="LikelihoodRatioP">The P of G.</param>
/// <param name="CramersV">Cramér's V of the uncorrected chi-square, 0 to 1; NaN where a single row or column is left.</param>
/// <param name="SmallestExpected">The smallest expected count; below 5 the test is rough and Fisher's is preferred.</param>
/// <param name="Corrected">Whether Yates' correction was applied.</param>
/// <remarks>
/// Rows and columns without any count are left out. Yates' correction draws observed towards expected by 0.5, but not beyond it,
/// and only in 2 x 2 tables, as scipy's <c>chi2_contingency</c> and R's <c>chisq.test</c> do.
/// </remarks>
public sealed record ChiSquareTest(
    double Statistic, int DegreesOfFreedom, double P, double LikelihoodRatio, double LikelihoodRatioP, double CramersV,
    double SmallestExpected, bool Corrected)
{
    /// <summary>The counts expected under independence, of the rows and columns that hold any.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Expected { get; private init; } = [];

    /// <summary>Tests a table of counts.</summary>
    /// <param name="counts">The rows, of equal length.</param>
    /// <param name="yates">Whether a 2 x 2 table is corrected.</param>
    /// <exception cref="ArgumentException">Rows differ in length, a count is negative, or all are zero.</exception>
    public static ChiSquareTest Of(IReadOnlyList<IReadOnlyList<int>> counts, bool yates = true)
    {
        int[][] table = WithoutEmpty(counts);
        int rows = table.Length, columns = table[0].Length;
        double[] rowSums = [.. table.Select(row => row.Sum(c => (double)c))];
        double[] columnSums = [.. Enumerable.Range(0, columns).Select(c => table.Sum(row => (double)row[c]))];
        double total = rowSums.Sum();
        double[][] expected = [.. rowSums.Select(r => columnSums.Select(c => r * c / total).ToArray())];
        bool corrected = yates && rows == 2 && columns == 2;

        double statistic = 0, plain = 0, g = 0;
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double e = expected[r][c], distance = Math.Abs(table[r][c] - e);
                plain += distance * distance / e;
                double drawn = distance - (corrected ? Math.Min(0.5, distance) : 0);
                statistic += drawn * drawn / e;
                if (table[r][c] > 0)
                    g += 2 * table[r][c] * Math.Log(table[r][c] / e);
            }
        }
        int freedom = (rows - 1) * (columns - 1);
        return new ChiSquareTest(
            statistic, freedom, freedom == 0 ? 1 : Distributions.ChiSquareSurvival(statistic, freedom),
            g, freedom == 0 ? 1 : Distributions.ChiSquareSurvival(g, freedom),
            Math.Sqrt(plain / total / (Math.Min(rows, columns) - 1)), expected.Min(row => row.Min()), corrected)
        {
            Expected = expected,
        };
    }

    private static int[][] WithoutEmpty(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count == 0 || counts.Any(row => row.Count != counts[0].Count))
            throw new ArgumentException("A table needs at least one row, and rows of one length.", nameof(counts));
        if (counts.Any(row => row.Any(count => count < 0)))
            throw new ArgumentException("A count is negative.", nameof(counts));
        int[] kept = [.. Enumerable.Range(0, counts[0].Count).Where(c => counts.Any(row => row[c] > 0))];
        if (kept.Length == 0)
            throw new ArgumentException("All counts are zero.", nameof(counts));
        return [.. counts.Where(row => row.Any(count => count > 0)).Select(row => kept.Select(c => row[c]).ToArray())];
    }
}
