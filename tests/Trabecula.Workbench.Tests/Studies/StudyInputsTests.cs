using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>Every file that a study reads has a part in its key, and problems of such files are named by their rows.</summary>
public sealed class StudyInputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StudyInputsTests() => SmallRun.WriteTables(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_AgainWithAnotherFileOfTrials_TriesThese()
    {
        string plan = SmallRun.Plan.Replace("trials: [{ C: 0.1 }, { C: 1 }]", "trials: { file: trials.json }", StringComparison.Ordinal);
        _folder.Write("trials.json", """[{ "C": 1e-5 }, { "C": 1 }]""");
        SmallRun.Run(_folder, plan: plan);
        _folder.Write("trials.json", """[{ "C": 30.0 }, { "C": 1 }]""");
        AssertAgainIsAsAnew(plan, "trials.json");
    }

    [Fact]
    public void Run_AgainWithOtherFolds_ScoresOnThese()
    {
        string plan = SmallRun.Plan.Replace("search: { folds: 3 }", "search: { givenFolds: { table: folds.csv, columns: fold } }", StringComparison.Ordinal);
        _folder.Write("folds.csv", Folds(i => i % 3));
        SmallRun.Run(_folder, plan: plan);
        _folder.Write("folds.csv", Folds(i => i / 2 % 3));
        AssertAgainIsAsAnew(plan, "folds.csv");
    }

    [Fact]
    public void Key_OfAStudyWithXGBoost_GoesByTheVersionOfItsLibrary()
    {
        StudyInputs with = Read(SmallRun.Plan.Replace("models: [", "models: [xgboost, ", StringComparison.Ordinal)), without = Read(SmallRun.Plan);
        Assert.NotEqual(StudyKey.Of(with, [], new Version(1, 7, 6)), StudyKey.Of(with, [], new Version(2, 0, 3)));
        Assert.Equal(StudyKey.Of(without, [], new Version(1, 7, 6)), StudyKey.Of(without, [], new Version(2, 0, 3)));
    }

    [Fact]
    public void Read_FoldsWithSubjectsTwiceWithoutFoldOrAbsent_NamesTheirRows()
    {
        string plan = SmallRun.Plan.Replace(
            "search: { folds: 3 }", "search: { givenFolds: { table: folds.csv, columns: fold, delimiter: semicolon, missing: [none] } }", StringComparison.Ordinal);
        string[] lines = Folds(i => i % 3).Replace(",", ";", StringComparison.Ordinal).Split('\n');
        lines[3] = "S003;none";
        lines[5] = "S004;1";
        lines[7] = "S007;";
        _folder.Write("folds.csv", string.Join('\n', lines));
        string[] findings = [.. Read(plan).Cohort.Findings.Where(finding => finding.Table == "folds.csv").Select(finding => finding.ToString())];
        Assert.Equal(
            [
                "folds.csv, rows 5, 6, column id: the subject 'S004' stands 2 times. Keep one row for each subject.",
                "folds.csv, rows 4, 8, column fold: the fold of the subject is missing. Fill it, or leave the subject out of the study.",
                "folds.csv, column id: 1 of the subjects has no row: S005. Add it.",
            ],
            findings);
        Assert.Contains("'S004' stands 2 times", Assert.Single(StudyCheck.Of(_folder["p.yaml"]).Problems, problem => problem.Contains("S004", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FoldsWithoutTheColumn_NamesTheNearest()
    {
        _folder.Write("folds.csv", Folds(i => i % 3));
        string plan = SmallRun.Plan + "\nsplit: { given: { table: folds.csv, columns: folds } }";
        Assert.Contains("folds.csv, column folds: there is no such column; it is needed for the given split. Did you mean 'fold'?", Read(plan).Cohort.Findings.Select(finding => finding.ToString()));
    }

    private static string Folds(Func<int, int> fold) => "id,fold\n" + string.Concat(Enumerable.Range(0, 160).Select(i => $"S{i + 1:000},{fold(i)}\n"));

    private StudyInputs Read(string plan) => StudyInputs.Read(_folder.Write("p.yaml", plan));

    private void AssertAgainIsAsAnew(string plan, string file)
    {
        SmallRun.Run(_folder, plan: plan);
        Directory.Move(_folder["run"], _folder["again"]);
        SmallRun.Run(_folder, plan: plan);
        Assert.Equal(File.ReadAllText(Path.Combine(_folder["run"], "tables", "trials.csv")), File.ReadAllText(Path.Combine(_folder["again"], "tables", "trials.csv")));
        Assert.Contains(StudyFolder.Read(Path.Combine(_folder["again"], StudyFolder.SummaryName)).Inputs, input => input.Name == file);
    }
}
