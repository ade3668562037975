using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>Numbers of fits and of subjects are those that a run has, whatever its folds and splits.</summary>
public sealed class StudyCountsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StudyCountsTests() => SmallRun.WriteTables(_folder);

    public void Dispose() => _folder.Dispose();

    // Two configurations of one model: in each split twice as many fits as folds, and one more.
    [Theory]
    [InlineData("search: { folds: 3 }", "", 7, "3 folds, and one final fit of each model")]
    [InlineData("search: { folds: 3 }", "split: { stratifiedKFold: { folds: 4 } }", 28, "3 folds in each split, and one final fit of each model in each split")]
    [InlineData("search: { givenFolds: { columns: centre } }", "", 7, "3 folds, and")]
    [InlineData("search: { givenFolds: { columns: [centre, centre] } }", "", 13, "6 folds, and")]
    [InlineData("search: { givenFolds: { columns: centre, heldOut: B } }", "", 3, "1 fold, and")]
    // What is held out is none of the folds that are left to choose by.
    [InlineData("search: { givenFolds: { columns: centre } }", "split: leaveOneCentreOut", 15, "2 folds in each split")]
    [InlineData("search: { folds: 3 }", "split: { bootstrap: { repeats: 5 } }", 35, "3 folds in each split")]
    public void Check_AnyFolds_CountsTheFitsOfARun(string search, string split, int fits, string folds)
    {
        string plan = _folder.Write("study.yaml", SmallRun.Plan.Replace("search: { folds: 3 }", search, StringComparison.Ordinal) + "\n" + split);
        StudyCheck check = StudyCheck.Of(plan);
        Assert.Empty(check.Problems);
        string line = Assert.Single(check.Facts, fact => fact.StartsWith("Fits:", StringComparison.Ordinal));
        Assert.StartsWith($"Fits: {fits} ({folds}", line, StringComparison.Ordinal);
        StudyRun.Run(plan, _folder["run"], 1, cancellationToken: TestContext.Current.CancellationToken);
        string[] pieces = [.. File.ReadLines(Path.Combine(_folder["run"], StudyFolder.JournalName)).Skip(1)];
        int trials = pieces.Sum(piece => piece.Split("\"fold\"").Length - 1), splits = Read().Splits.Count;
        Assert.Equal(fits, trials + splits);
    }

    [Fact]
    public void Check_OneConfiguration_CountsNoFolds()
    {
        string plan = _folder.Write("study.yaml", SmallRun.Plan.Replace("[{ C: 0.1 }, { C: 1 }]", "[{ C: 1 }]", StringComparison.Ordinal));
        Assert.Contains("Fits: 1 (nothing to choose, so no folds, and one final fit of each model)", StudyCheck.Of(plan).Facts);
    }

    [Fact]
    public void Check_Refits_AreCounted()
    {
        string plan = _folder.Write("study.yaml", SmallRun.Plan.Replace("rationale: A made-up threshold.", "rationale: A made-up threshold., refits: 40", StringComparison.Ordinal));
        Assert.Contains("Fits: 7 (3 folds, and one final fit of each model; then 40 refits of each on bootstrap draws)", StudyCheck.Of(plan).Facts);
    }

    [Fact]
    public void Run_Again_SaysHowManyFitsItTakesOver()
    {
        string plan = _folder.Write("study.yaml", SmallRun.Plan);
        Assert.DoesNotContain(Stages(), stage => stage.StartsWith("Continuing", StringComparison.Ordinal));
        Assert.Contains("Continuing: 6 fits of an earlier run of this study are not made again.", Stages());

        List<string> Stages()
        {
            var stages = new Stages();
            StudyRun.Run(plan, _folder["run"], 1, stages, TestContext.Current.CancellationToken);
            return stages.Told;
        }
    }

    private sealed class Stages : IProgress<StudyProgress>
    {
        public List<string> Told { get; } = [];

        public void Report(StudyProgress value) => Told.Add(value.Stage);
    }

    [Fact]
    public void Check_FoldsThatATrainingSideCannotFill_AreAProblemBeforeTheRun()
    {
        var cohort = new StringBuilder();
        foreach (string line in File.ReadLines(_folder["cohort.csv"]))
            cohort.Append(line.EndsWith(",1", StringComparison.Ordinal) && cohort.ToString().Split(",1\n").Length > 6 ? line[..^1] + "0" : line).Append('\n');
        _folder.Write("cohort.csv", cohort.ToString());
        string plan = _folder.Write("study.yaml", SmallRun.Plan.Replace("folds: 3", "folds: 6", StringComparison.Ordinal));
        Assert.Contains("fewer than 6 folds", Assert.Single(StudyCheck.Of(plan).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Bootstrap_CountsEachSubjectOnceHoweverOftenItWasDrawn()
    {
        string plan = _folder.Write("study.yaml", SmallRun.Plan.Replace("trials: [{ C: 0.1 }, { C: 1 }]", "trials: [{ C: 1 }]", StringComparison.Ordinal)
            .Replace("rationale: A made-up threshold.", "rationale: A made-up threshold., subgroups: [centre]", StringComparison.Ordinal) + "\nsplit: { bootstrap: { repeats: 2 } }");
        StudyRun.Run(plan, _folder["run"], 1, cancellationToken: TestContext.Current.CancellationToken);
        StudySummary summary = Read();
        string[][] sides = Cells("splits");
        int all = summary.Flow[^1].Remaining;
        foreach ((int i, SplitSummary split) in summary.Splits.Index())
        {
            string[] training = [.. sides.Where(row => row[0] == $"{i + 1}" && row[2] == "training").Select(row => row[1])];
            Assert.Equal(training.Distinct().Count(), training.Length);
            Assert.Equal((training.Length, all), (split.Training, split.Training + split.HeldOut));
            Assert.True(split.FittedRows > split.Training);
        }
        string[][] predictions = Cells("predictions");
        ReportTable measures = summary.Tables.First(table => table.Name == "measures");
        int subjects = predictions.Select(row => row[1]).Distinct().Count(), events = predictions.Where(row => row[2] == "1").Select(row => row[1]).Distinct().Count();
        Assert.True(subjects < predictions.Length, "Two draws share no held-out subject.");
        Assert.Equal((subjects, events, predictions.Length), (Cell(measures, "subjects"), Cell(measures, "events"), Cell(measures, "risks")));
        Assert.DoesNotContain(summary.Account!.Methods, text => text.Contains("fold of the search", StringComparison.Ordinal));
        // Intervals that take a subject held out twice for two would be too narrow.
        ReportTable subgroups = summary.Tables.First(table => table.Name == "subgroups");
        Assert.DoesNotContain(subgroups.Columns, column => column.Contains(" lower", StringComparison.Ordinal));
        Assert.Contains("net benefit at 0.2", subgroups.Columns);
        Assert.All(subgroups.Rows, row => Assert.Equal(subgroups.Columns.Count, row.Count));
        Assert.Contains("No intervals", subgroups.Note, StringComparison.Ordinal);
        Assert.Equal(subjects, subgroups.Rows.Sum(row => int.Parse(row[3], CultureInfo.InvariantCulture)));
        Assert.Contains(summary.Account!.Limitations, text => text.StartsWith($"{events} held-out subjects with the event are few", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OneBootstrapDraw_DescribesItsTrainingSubjectsOnce()
    {
        string plan = _folder.Write("study.yaml", SmallRun.Plan + "\nsplit: { bootstrap: { repeats: 1 } }\nsampleSize: [{ development: { prevalence: 0.3, parameters: 6, cStatistic: 0.8 } }]");
        StudyRun.Run(plan, _folder["run"], 1, cancellationToken: TestContext.Current.CancellationToken);
        StudySummary summary = Read();
        int training = summary.Splits[0].Training, all = summary.Flow[^1].Remaining;
        Assert.Equal([$"all (n = {all})", $"training (n = {training})", $"held out (n = {all - training})"], summary.Tables.First(table => table.Name == "tableS1").Columns.Skip(1).Take(3));
        ReportTable sizes = summary.Tables.First(table => table.Name == "sample-size");
        Assert.All(sizes.Rows, row => Assert.Equal(training, int.Parse(row[3], CultureInfo.InvariantCulture)));
        Assert.Contains(summary.Account!.Methods, text => text.Contains($"into {training} for training", StringComparison.Ordinal));
        Assert.Contains(summary.Account.Methods, text => text.StartsWith("On training rows alone, and in every fold of the search anew, these steps", StringComparison.Ordinal));
        // The check says the same beforehand.
        Assert.Contains(StudyCheck.Of(plan).Facts, fact => fact.Contains($"{training}", StringComparison.Ordinal));
    }

    private StudySummary Read() => StudyFolder.Read(Path.Combine(_folder["run"], StudyFolder.SummaryName));

    private string[][] Cells(string table) => [.. File.ReadLines(Path.Combine(_folder["run"], "tables", table + ".csv")).Skip(1).Select(line => line.Split(','))];

    private static int Cell(ReportTable table, string column) => int.Parse(table.Rows[0][table.Columns.Index().First(each => each.Item == column).Index], CultureInfo.InvariantCulture);
}
