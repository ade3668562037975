using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>A subject who is held out again is no new subject: nothing that a study says of repeated splits takes it for one.</summary>
public sealed class RepeatedSplitsTests : IDisposable
{
    private const string Given = "\nsplit: { given: { table: folds.csv, columns: [s1, s2, s3], heldOut: test } }\ninterpretation: { extent: none }";
    private const string Flat = "logisticRegression: { name: flat, trials: [{ penalty: l1, C: 0.0001 }] }", FlatToo = "logisticRegression: { name: flat too, trials: [{ penalty: l1, C: 0.0002 }] }";
    private readonly TemporaryFolder _folder = new();

    public RepeatedSplitsTests() => SmallRun.WriteTables(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_ModelsThatAreFlatInEverySplit_ClaimNoCertainty()
    {
        string plan = SmallRun.Plan.Replace("models: [{", $"models: [{{ {Flat} }}, {{ {FlatToo} }}, {{", StringComparison.Ordinal);
        StudySummary summary = Run(plan + "\nsplit: { repeatedStratifiedKFold: { folds: 4, repeats: 2 } }\ninterpretation: { extent: none }");
        Assert.Equal("flat: mean AUROC of 8 splits 0.500, interval not estimable (AUROCs do not vary between splits)", summary.Lines().First());
        ReportTable comparison = Table(summary, "comparison");
        Assert.Equal(("flat − flat too", "0", "", "", "1"), (
            comparison.Rows[0][1], Cell(comparison, 0, "difference in AUROC"), Cell(comparison, 0, "difference in AUROC lower"), Cell(comparison, 0, "difference in AUROC upper"), Cell(comparison, 0, "P (Nadeau and Bengio)")));
        Assert.NotEqual("", Cell(comparison, 1, "difference in AUROC lower"));
        SmallRun.SaysNowhereNaN(_folder["run"]);
    }

    [Fact]
    public void Run_OneSubjectWithTheEventHeldOutThreeTimes_MeasuresNothingOnIt()
    {
        Give((isEvent, place, split) => isEvent ? place == 0 : place % 3 == split);
        Assert.Contains(StudyCheck.Of(_folder.Write("check.yaml", SmallRun.Plan + Given)).Warnings, warning =>
            warning.Contains("held-out subjects has the event: intervals, calibration and net benefit are not estimable.", StringComparison.Ordinal));
        StudySummary summary = Run(SmallRun.Plan + Given);
        Assert.True(summary.RepeatsSubjects);
        Assert.Null(summary.Evaluation);
        Assert.DoesNotContain(summary.Tables, table => table.Name is "measures" or "classifications" or "hosmer-lemeshow");
        Assert.Matches(@"^Logistic regression: mean AUROC of 3 splits [01]\.\d{3}, interval not estimable \(fewer than two held-out subjects of a class\)$", Assert.Single(summary.Lines()));
        SmallRun.SaysNowhereNaN(_folder["run"]);
    }

    [Fact]
    public void Run_SplitsOfUnequalSizes_TakeTheMeanOfTheirRatios()
    {
        Give((_, place, split) => split switch { 0 => place % 8 == 0, 1 => place % 2 == 0, _ => place % 5 != 0 });
        StudySummary summary = Run(SmallRun.Plan + Given);
        double[] areas = [.. Areas(summary, "Logistic regression")];
        ConfidenceInterval expected = Expected(summary, areas);
        ReportTable measures = Table(summary, "measures");
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"Logistic regression: mean AUROC of 3 splits {areas.Average():F3}, 95 % interval {Math.Max(0, expected.Lower):F3}-{Math.Min(1, expected.Upper):F3} (over the splits, Nadeau and Bengio)"),
            Assert.Single(summary.Lines()));
        Assert.Equal(areas.Average(), Number(measures, 0, "mean AUROC over the splits"), 1e-12);
        Assert.Equal(Math.Max(0, expected.Lower), Number(measures, 0, "mean AUROC over the splits lower (Nadeau and Bengio)"), 1e-12);
        Assert.Equal(Math.Min(1, expected.Upper), Number(measures, 0, "mean AUROC over the splits upper (Nadeau and Bengio)"), 1e-12);
    }

    [Fact]
    public void Run_RepeatedFolds_LeavesOutIntervalsAndTestsThatCountASubjectAgain()
    {
        StudySummary summary = Run(SmallRun.Plan + "\nsplit: { repeatedStratifiedKFold: { folds: 4, repeats: 2 } }\ninterpretation: { extent: none }");
        ReportTable measures = Table(summary, "measures"), classifications = Table(summary, "classifications");
        Assert.Equal(["mean AUROC over the splits lower (Nadeau and Bengio)", "Brier score lower"], measures.Columns.Where(column => column.Contains(" lower", StringComparison.Ordinal)));
        Assert.Contains("calibration slope", measures.Columns);
        Assert.DoesNotContain("Spiegelhalter P", measures.Columns);
        Assert.Equal(
            ["F1 lower", "kappa lower", "Matthews correlation lower", "net benefit lower"], classifications.Columns.Where(column => column.EndsWith(" lower", StringComparison.Ordinal)));
        Assert.DoesNotContain(summary.Tables, table => table.Name == "hosmer-lemeshow");
        Assert.All([measures, classifications], table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
        Assert.All([measures, classifications], table => Assert.Contains("take each time for another subject", table.Note, StringComparison.Ordinal));
        string[] wrong = ["too narrow", "Wald", "Clopper", "Spiegelhalter"];
        Assert.All(wrong, word => Assert.DoesNotContain([measures.Note!, classifications.Note!, .. summary.Account!.Methods], text => text.Contains(word, StringComparison.Ordinal)));
        Assert.Contains(summary.Account!.Methods, text => text.Contains("take each time for another subject", StringComparison.Ordinal));
        // Nor do the figures and the table behind them.
        string page = File.ReadAllText(_folder["run/report.html"]);
        Assert.DoesNotContain("exact 95 % intervals", page, StringComparison.Ordinal);
        Assert.DoesNotContain("intervals are exact", page, StringComparison.Ordinal);
        Assert.Matches(@">sensitivity [01]\.\d{3}</text>", page);
        string[] groups = [.. File.ReadLines(_folder["run/tables/calibration.csv"]).Where(line => line.Contains(",group,", StringComparison.Ordinal))];
        Assert.NotEmpty(groups);
        Assert.All(groups, line => Assert.Contains(",,,", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_RepeatedFolds_SaysTheSameAurocOfSmallModelsInNoteAndDifference()
    {
        StudySummary summary = Run(SmallRun.Plan.Replace("rationale: A made-up threshold.", "rationale: A made-up threshold., baselines: [{ name: clinical, source: clinical }]", StringComparison.Ordinal) +
            "\nsplit: { repeatedStratifiedKFold: { folds: 4, repeats: 2 } }\ninterpretation: { extent: none }");
        ReportTable baselines = Table(summary, "baselines");
        double[] small = [.. Areas(summary, "clinical")];
        Assert.Equal(Areas(summary, "Logistic regression").Average() - small.Average(), Number(baselines, 0, "difference in AUROC"), 1e-12);
        ConfidenceInterval expected = Expected(summary, small);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"all clinical columns, mean AUROC of 8 splits {small.Average():F3} ({expected.Lower:F3} to {expected.Upper:F3})"), baselines.Note, StringComparison.Ordinal);
    }

    private StudySummary Run(string plan) => StudyFolder.Read(Path.Combine(SmallRun.Run(_folder, plan: plan), StudyFolder.SummaryName));

    /// <summary>By the formula, with the mean of test size over training size.</summary>
    private static ConfidenceInterval Expected(StudySummary summary, double[] areas)
    {
        double mean = areas.Average(), variance = areas.Sum(area => (area - mean) * (area - mean)) / (areas.Length - 1);
        return new CorrectedResampledTTest(mean, variance, 1.0 / areas.Length + summary.Splits.Average(split => (double)split.HeldOut / split.Training), areas.Length - 1).Interval();
    }

    private static IEnumerable<double> Areas(StudySummary summary, string model)
    {
        ReportTable predictions = Table(summary, "predictions");
        return predictions.Rows.Index().GroupBy(row => row.Item[0]).Select(split => Auroc.ValueOf(
            [.. split.Select(row => row.Item[2] == "1")], [.. split.Select(row => Number(predictions, row.Index, model))]));
    }

    private static ReportTable Table(StudySummary summary, string name) => summary.Tables.Single(table => table.Name == name);

    private static string Cell(ReportTable table, int row, string column) => table.Rows[row][table.Columns.ToList().IndexOf(column)];

    private static double Number(ReportTable table, int row, string column) => double.Parse(Cell(table, row, column), CultureInfo.InvariantCulture);

    /// <summary>Writes three splits: who is held out, by class, place in the class, and split.</summary>
    private void Give(Func<bool, int, int, bool> heldOut)
    {
        int[] places = [0, 0];
        _folder.Write("folds.csv", "id,s1,s2,s3\n" + string.Concat(File.ReadLines(_folder["cohort.csv"]).Skip(1).Select(line =>
        {
            bool isEvent = line.EndsWith(",1", StringComparison.Ordinal);
            int place = places[isEvent ? 1 : 0]++;
            return $"{line[..4]},{string.Join(',', Enumerable.Range(0, 3).Select(split => heldOut(isEvent, place, split) ? "test" : "train"))}\n";
        })));
    }
}
