using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class BaselineTablesTests
{
    private const double Nan = double.NaN;

    private static readonly FeatureColumn[] Schema =
    [
        new("age", ColumnKind.Continuous, ColumnSource.Clinical),
        new("days", ColumnKind.Continuous, ColumnSource.Clinical),
        new("sex", ColumnKind.Binary, ColumnSource.Clinical),
        new("level", ColumnKind.Categorical, ColumnSource.Clinical) { Levels = ["L1", "L2", "T12"] },
        new("same", ColumnKind.Continuous, ColumnSource.Clinical),
        new("unknown", ColumnKind.Continuous, ColumnSource.Clinical),
        new("glcm"),
    ];

    private static readonly double[] Days = [1, 2, 2, 3, 4, 99, 1, 2, 3, 3, 4, 5];

    [Fact]
    public void ByOutcome_EachKindOfColumn_HasItsCells()
    {
        ReportTable table = BaselineTables.ByOutcome(Features(), "Pain");
        Assert.Equal(["variable", "all (n = 12)", "Pain (n = 4)", "without (n = 8)", "missing", "test", "P", "standardised difference"], table.Columns);
        Assert.Equal(["age", "days", "sex = 1", "level", "level: L1", "level: L2", "level: T12", "same", "unknown"], table.Rows.Select(row => row[0]));
        // Ages 60, 64, 68 and a missing one against 61, 62, 63, 65, 66, 67, 69, 71.
        Assert.Equal(["age", "65.1 ± 3.5", "64.0 ± 4.0", "65.5 ± 3.5"], table.Rows[0].Take(4));
        Assert.Equal(("1 + 0", "Welch t"), (table.Rows[0][4], table.Rows[0][5]));
        double[] events = [60, 64, 68], others = [61, 62, 63, 65, 66, 67, 69, 71];
        Assert.Equal(TTest.Welch(events, others).P, Number(table.Rows[0][6]), 1e-12);
        Assert.Equal(["days", "3 [2, 4]", "3 [2.5, 3.3]", "2.5 [2, 4.3]", "0", "rank-sum"], table.Rows[1].Take(6));
        Assert.Equal(["sex = 1", "6 (50.0 %)", "4 (100.0 %)", "2 (25.0 %)", "0", "Fisher exact"], table.Rows[2].Take(6));
        Assert.Equal(["level", "", "", "", "0 + 1", "chi-square, small counts"], table.Rows[3].Take(6));
        Assert.Equal(["level: L2", "4 (36.4 %)", "2 (50.0 %)", "2 (28.6 %)", "", "", "", ""], table.Rows[5]);
        Assert.Equal(["same", "7.0 ± 0.0", "7.0 ± 0.0", "7.0 ± 0.0", "0", "", "", "0"], table.Rows[7]);
        Assert.Equal(["unknown", "", "", "", "4 + 8", "", "", ""], table.Rows[8]);
        foreach (string test in (string[])["Welch t", "rank-sum", "Fisher exact", "chi-square, small counts"])
            Assert.Contains(test, table.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("Yates", table.Note, StringComparison.Ordinal);
        Assert.Contains("Missing: Pain + without.", table.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", table.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void ByOutcome_GroupsThatShareNoValue_DifferInfinitelyAndTheNoteSaysSo()
    {
        FeatureColumn[] schema = [new("a", ColumnKind.Binary, ColumnSource.Clinical)];
        ReportTable table = BaselineTables.ByOutcome(new FeatureTable(schema, ["1", "2", "3", "4"], [true, true, false, false], [1, 1, 0, 0]), "Pain");
        Assert.Equal("Infinity", table.Rows[0][7]);
        Assert.Contains("Infinity:", table.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void BySide_OfASplit_CountsWhoTrainedAndWhoWasHeldOut()
    {
        FeatureTable features = Features();
        StudyResult result = StudyExecution.Run(Clinical(), Design(new StratifiedHoldOut { TrainingPercent = 50 }), 1, cancellationToken: TestContext.Current.CancellationToken);
        ReportTable table = BaselineTables.BySide(features, "Pain", new StratifiedHoldOut(), result.Splits[0]);
        Assert.Equal(["training (n = 6)", "held out (n = 6)"], table.Columns.Skip(2).Take(2));
        Assert.Equal(["Pain", "4 (33.3 %)", "2 (33.3 %)", "2 (33.3 %)"], table.Rows[0].Take(4));
        // Each of the two sides by hand, from the subjects that the result says were on it.
        foreach ((int column, IReadOnlyList<string> subjects) in ((int, IReadOnlyList<string>)[])[(2, result.Splits[0].Final.Prepared.Table.Subjects), (3, result.Splits[0].HeldOut.Subjects)])
        {
            double[] days = [.. subjects.Select(subject => Days[Array.IndexOf([.. features.Subjects], subject)])];
            Quartiles q = Quartiles.Of(days);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{q.Median:0.#} [{q.Lower:0.#}, {q.Upper:0.#}]"), table.Rows[2][column]);
        }
        Assert.Contains("only describe that draw", table.Note, StringComparison.Ordinal);
        Assert.Contains("not drawn by chance", BaselineTables.BySide(features, "Pain", new GivenSplit([]), result.Splits[0]).Note, StringComparison.Ordinal);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static StudyDesign Design(Splitter split) => new()
    {
        Split = split,
        Models = [new CandidateModel("lr", [new Configuration("fixed", new LogisticRegression())])],
    };

    private static readonly bool[] Outcomes = [true, false, false, false, true, false, false, false, true, true, false, false];

    private static FeatureTable Features()
    {
        double[] sex = [1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0], level = [0, 0, 1, 2, 1, Nan, 1, 2, 2, 1, 0, 0];
        return new FeatureTable(Schema, Subjects(), Outcomes,
            [.. Enumerable.Range(0, 12).SelectMany(i => (double[])[i == 9 ? Nan : i == 10 ? 69 : 60 + i, Days[i], sex[i], level[i], 7, Nan, i])]);
    }

    private static FeatureTable Clinical() => new([Schema[1]], Subjects(), Outcomes, Days);

    private static string[] Subjects() => [.. Enumerable.Range(1, 12).Select(i => FormattableString.Invariant($"s{i}"))];
}
