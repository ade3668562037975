using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>What splits and folds lack is said before the search; what held-out subjects cannot tell is said in place of a number.</summary>
public sealed class SplitChecksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly (string Id, bool Event)[] _subjects;

    public SplitChecksTests()
    {
        SmallRun.WriteTables(_folder);
        _subjects = [.. File.ReadLines(_folder["cohort.csv"]).Skip(1).Select(line => (line[..4], line.EndsWith(",1", StringComparison.Ordinal)))];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_HeldOutSideWithOneEvent_EndsAndSaysWhatIsNotEstimable()
    {
        Give((isEvent, place) => isEvent ? place == 0 ? "test" : "train" : place < 12 ? "test" : "train");
        string plan = SmallRun.Plan + "\nsplit: { given: { table: folds.csv, columns: part, heldOut: test } }\ninterpretation: { extent: importance }";
        Assert.Contains(Check(plan).Warnings, warning => warning.StartsWith("1 of the 13 held-out subjects has the event: intervals, calibration and net benefit are not estimable.", StringComparison.Ordinal));
        string folder = SmallRun.Run(_folder, plan: plan);
        StudySummary summary = StudyFolder.Read(Path.Combine(folder, StudyFolder.SummaryName));
        Assert.Matches(@"^Logistic regression: AUROC on held-out subjects [01]\.\d{3}, interval not estimable \(1 with and 12 without the event\)$", Assert.Single(summary.Lines()));
        Assert.Contains("interval not estimable (1 with and 12 without the event)", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        SmallRun.SaysNowhereNaN(folder);
    }

    [Fact]
    public void CheckAndRun_HeldOutSidesOfOneClass_AreRefusedBeforeTheSearch()
    {
        Give((isEvent, place) => !isEvent && place < 12 ? "test" : "train");
        string plan = SmallRun.Plan + "\nsplit: { given: { table: folds.csv, columns: part, heldOut: test } }";
        const string expected = "0 of the 12 held-out subjects have the event: with one class nothing can be measured. Hold out more subjects, or split in another way.";
        Assert.Equal([expected], Check(plan).Problems);
        Assert.Equal(expected, Assert.Throws<StudyException>(() => SmallRun.Run(_folder, plan: plan)).Message);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void CheckAndRun_OneHeldOutFoldOfOneClass_WarnsAndPoolsIt()
    {
        Give((isEvent, place) => isEvent ? place % 2 == 0 ? "a" : "b" : (place % 4) switch { 0 => "a", 1 => "b", _ => "c" });
        string plan = SmallRun.Plan + "\nsplit: { given: { table: folds.csv, columns: part } }";
        Assert.Contains(Check(plan).Warnings, warning => warning.StartsWith("Split 3 of 3 (held out: ", StringComparison.Ordinal)
            && warning.Contains("none of the held-out subjects has the event", StringComparison.Ordinal));
        StudySummary summary = StudyFolder.Read(Path.Combine(SmallRun.Run(_folder, plan: plan), StudyFolder.SummaryName));
        Assert.False(summary.RepeatsSubjects);
        Assert.Contains("95 % interval", Assert.Single(summary.Lines()), StringComparison.Ordinal);
        Assert.Equal("", summary.Tables.Single(table => table.Name == "evaluation").Rows[2][4]);
        SmallRun.SaysNowhereNaN(_folder["run"]);
    }

    [Fact]
    public void Check_TrainingSideWithFewerOfAClassThanItsFolds_NamesTheSplit()
    {
        Give((isEvent, place) => isEvent ? place < 4 ? "train" : "test" : place % 2 == 0 ? "train" : "test");
        string plan = SmallRun.Plan.Replace("folds: 3", "folds: 5", StringComparison.Ordinal) + "\nsplit: { given: { table: folds.csv, columns: part, heldOut: test } }\ncalibration: platt";
        IReadOnlyList<string> problems = Check(plan).Problems;
        Assert.Equal(2, problems.Count);
        Assert.Matches(@"^The split \(held out: \d+ subjects, S\d+, S\d+, S\d+ \.\.\.\), search on its training subjects: Stratified K-fold: 4 subjects have outcome 1, fewer than 5 folds\.", problems[0]);
        Assert.Contains("4 training subjects have the event", problems[1], StringComparison.Ordinal);
        // What the whole cohort has of a class does not matter: with fewer folds than the training side has, nothing stops it.
        Assert.Empty(Check(plan.Replace("folds: 5", "folds: 4", StringComparison.Ordinal).Replace("calibration: platt", "", StringComparison.Ordinal)).Problems);
    }

    [Fact]
    public void Check_GivenFoldsOfOneClass_NamesTheFold()
    {
        Give((isEvent, place) => isEvent ? place % 2 == 0 ? "a" : "b" : (place % 3) switch { 0 => "a", 1 => "b", _ => "c" });
        string plan = SmallRun.Plan.Replace("search: { folds: 3 }", "search: { givenFolds: { table: folds.csv, columns: part } }", StringComparison.Ordinal);
        Assert.Matches(@"^The split \(.*\), fold 3 of its search: all \d+ validation subjects are without the event\. Give other folds", Assert.Single(Check(plan).Problems));
    }

    [Fact]
    public void Run_RepeatedFolds_HeadsWithTheMeanOverTheSplits()
    {
        string folder = SmallRun.Run(_folder, plan: SmallRun.Plan + "\nsplit: { repeatedStratifiedKFold: { folds: 4, repeats: 3 } }\ninterpretation: { extent: none }");
        StudySummary summary = StudyFolder.Read(Path.Combine(folder, StudyFolder.SummaryName));
        Assert.True(summary.RepeatsSubjects);
        ReportTable evaluation = summary.Tables.Single(table => table.Name == "evaluation"), measures = summary.Tables.Single(table => table.Name == "measures");
        double[] areas = [.. evaluation.Rows.Select(row => double.Parse(row[4], CultureInfo.InvariantCulture))];
        ConfidenceInterval expected = CorrectedResampledTTest.Of(areas, 120, 40).Interval();
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"Logistic regression: mean AUROC of 12 splits {areas.Average():F3}, 95 % interval {expected.Lower:F3}-{expected.Upper:F3} (over the splits, Nadeau and Bengio)"),
            Assert.Single(summary.Lines()));
        Assert.Contains("mean AUROC of 12 splits, 95 % interval", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        // Pooled risks have no DeLong interval, and no words about one.
        Assert.Contains("AUROC", measures.Columns);
        Assert.DoesNotContain("AUROC lower (DeLong, log odds)", measures.Columns);
        Assert.DoesNotContain("AUROC by DeLong", measures.Note, StringComparison.Ordinal);
    }

    /// <summary>Pooled, 12 splits would look like thrice as many subjects as there are, and every P would be far too small.</summary>
    [Fact]
    public void Run_RepeatedFolds_ComparesModelsOverTheSplits()
    {
        string folder = SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("rationale: A made-up threshold.", "rationale: A made-up threshold., baselines: [{ name: clinical, source: clinical }, { name: texture, columns: [texture_A] }]", StringComparison.Ordinal) +
            "\nsplit: { repeatedStratifiedKFold: { folds: 4, repeats: 3 } }\ninterpretation: { extent: none }");
        StudySummary summary = StudyFolder.Read(Path.Combine(folder, StudyFolder.SummaryName));
        ReportTable predictions = summary.Tables.Single(table => table.Name == "predictions"), baselines = summary.Tables.Single(table => table.Name == "baselines");
        Assert.DoesNotContain(baselines.Columns, column => column.Contains("McNemar", StringComparison.Ordinal) || column.Contains("DeLong", StringComparison.Ordinal));
        var p = new List<double>();
        foreach ((int row, string small) in ((string[])["clinical", "texture"]).Index())
        {
            double[] differences = [.. predictions.Rows.GroupBy(each => each[0]).Select(split => Area(split, "Logistic regression") - Area(split, small))];
            var expected = CorrectedResampledTTest.Of(differences, 120, 40);
            p.Add(expected.P);
            Assert.Equal(
                [expected.Mean, expected.Interval().Lower, expected.Interval().Upper, expected.P],
                ((string[])["difference in AUROC", "difference in AUROC lower", "difference in AUROC upper", "P (Nadeau and Bengio)"]).Select(column => Cell(baselines, row, column)), (a, b) => Math.Abs(a - b) < 1e-12);
        }
        Assert.Equal(MultipleTesting.Holm(p), Enumerable.Range(0, 2).Select(row => Cell(baselines, row, "P (Holm)")), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.DoesNotContain("too narrow", baselines.Note, StringComparison.Ordinal);
        Assert.DoesNotContain(summary.Account!.Methods, text => text.Contains("DeLong", StringComparison.Ordinal) || text.Contains("McNemar", StringComparison.Ordinal));

        double Area(IEnumerable<IReadOnlyList<string>> rows, string model) =>
            Auroc.ValueOf([.. rows.Select(row => row[2] == "1")], [.. rows.Select(row => double.Parse(row[predictions.Columns.ToList().IndexOf(model)], CultureInfo.InvariantCulture))]);

        static double Cell(ReportTable table, int row, string column) => double.Parse(table.Rows[row][table.Columns.ToList().IndexOf(column)], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Run_OneLook_GivesOneIntervalEverywhereAndNamesItsScale()
    {
        StudySummary summary = StudyFolder.Read(Path.Combine(SmallRun.Run(_folder), StudyFolder.SummaryName));
        ConfidenceInterval expected = Auroc.Of(summary.HeldOutOutcomes, summary.Models[0].Risks).Interval(0.95, AurocScale.Logit);
        foreach (string name in (string[])["evaluation", "measures"])
        {
            ReportTable table = summary.Tables.Single(each => each.Name == name);
            int lower = table.Columns.ToList().IndexOf("AUROC lower (DeLong, log odds)");
            Assert.Equal("AUROC upper (DeLong, log odds)", table.Columns[lower + 1]);
            Assert.Equal(expected.Lower, double.Parse(table.Rows[0][lower], CultureInfo.InvariantCulture), 1e-15);
            Assert.Equal(expected.Upper, double.Parse(table.Rows[0][lower + 1], CultureInfo.InvariantCulture), 1e-15);
        }
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"95 % interval {expected.Lower:F3}-{expected.Upper:F3} (DeLong, log odds)"), Assert.Single(summary.Lines()), StringComparison.Ordinal);
        Assert.Contains("AUROC (DeLong, log odds)", File.ReadAllText(_folder["run/report.html"]), StringComparison.Ordinal);
    }

    private StudyCheck Check(string plan) => StudyCheck.Of(_folder.Write("check.yaml", plan));

    /// <summary>Writes the part of each subject, by its class and its place among those of its class.</summary>
    private void Give(Func<bool, int, string> partOf)
    {
        int events = 0, others = 0;
        _folder.Write("folds.csv", "id,part\n" + string.Concat(_subjects.Select(subject => $"{subject.Id},{partOf(subject.Event, subject.Event ? events++ : others++)}\n")));
    }
}
