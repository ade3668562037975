using System.Globalization;
using System.Text;
using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary><c>trabecula study</c> as a user runs it, on a small table of its own.</summary>
public sealed class StudyTests : IDisposable
{
    private const string Plan = """
        schemaVersion: 1
        title: A small study
        cohort: { table: cohort.csv, id: id }
        eligibility:
          - include: Age 55 or older
            column: age
            atLeast: 55
        outcome: { name: Pain, column: pain }
        predictors:
          clinical: [age, bmd, { column: cleft, kind: binary }]
          radiomic: { readers: [reader1.csv, reader2.csv] }
        steps: [adaptiveScaling, { reproducibility: { scope: radiomic, atLeast: 0.6 } }, { screening: { scope: radiomic, fallback: { fewerThan: 3, keep: 5 } } }, { mrmr: { scope: radiomic, count: 3 } }]
        models:
          - logisticRegression
          - randomForest: { grid: { n_estimators: [10, 20, 40], max_depth: [2, 4] } }
          - svm: { grid: { C: [0.1, 1, 10] } }
        search: { configurations: 12 }
        metrics: { thresholds: [0.2], rationale: One treated in five. }
        """;

    private static readonly string[] Results = ["study.json", "report.html", "tables/trials.csv", "tables/predictions.csv", "tables/steps.csv", "tables/table1.csv", "tables/tableS1.csv", "tables/pca.csv", "tables/importance.csv", "tables/ablation.csv", "models/random-forest.json"];

    private readonly TrabeculaProcess _trabecula = new();

    public StudyTests()
    {
        _trabecula.Write("study.yaml", Plan);
        SmallStudy.WriteTables(_trabecula, subjects: 160);
    }

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Run_OneOrTwoJobsAndReportAgain_GivesTheSameBytes()
    {
        TrabeculaProcess.Result one = _trabecula.Run("study", "run", "study.yaml", "--out", "one", "--jobs", "1");
        Assert.Equal((0, ""), (one.ExitCode, one.Error.Contains("rror", StringComparison.Ordinal) ? one.Error : ""));
        Assert.Contains("Logistic regression: AUROC on held-out subjects 0.", one.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Report: {Path.Combine("one", "report.html")}\n", one.Output, StringComparison.Ordinal);
        Assert.Equal(0, _trabecula.Run("study", "run", "study.yaml", "--out", "two", "--jobs", "2").ExitCode);
        AssertSame("one", "two");
        string report = _trabecula.Read("one/report.html");
        File.Delete(Path.Combine(_trabecula.Folder, "one/report.html"));
        Assert.Equal(0, _trabecula.Run("study", "report", "one").ExitCode);
        Assert.Equal(report, _trabecula.Read("one/report.html"));
    }

    [Fact]
    public void Run_KilledAtManyMomentsAndStartedAgain_ContinuesToTheSameBytes()
    {
        _trabecula.Write("study.yaml", Plan.Replace("configurations: 12", "configurations: 60", StringComparison.Ordinal));
        Assert.Equal(0, _trabecula.Run("study", "run", "study.yaml", "--out", "whole").ExitCode);
        string[] lines = _trabecula.Read("whole/trials.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string killed = Path.Combine(_trabecula.Folder, "killed"), journal = Path.Combine(killed, "trials.jsonl");
        // After the first line and every n-th of the journal, in the search; then when held-out subjects were looked at, and while results are written.
        int every = Math.Max(1, lines.Length / 3);
        Func<bool>[] moments =
        [
            .. Enumerable.Range(0, 4).Select(k => lines.Take(Math.Min(1 + k * every, lines.Length)).Sum(line => line.Length + 1))
                .Select(length => (Func<bool>)(() => File.Exists(journal) && new FileInfo(journal).Length >= length)),
            () => File.Exists(Path.Combine(killed, "looks.jsonl")), () => Directory.Exists(Path.Combine(killed, "tables")), () => Directory.Exists(Path.Combine(killed, "figures")),
        ];
        int kills = 0;
        foreach (Func<bool> moment in moments)
        {
            using TrabeculaProcess.Running running = _trabecula.Start("study", "run", "study.yaml", "--out", "killed");
            if (running.WaitUntil(moment))
            {
                running.Signal("KILL");
                kills += running.Finish().ExitCode == 0 ? 0 : 1;
            }
        }
        Assert.True(kills >= 5, $"{kills} of {moments.Length}");
        Assert.Equal(0, _trabecula.Run("study", "run", "study.yaml", "--out", "killed").ExitCode);
        AssertSameFolders("whole", "killed");
    }

    [Fact]
    public void Check_GoodPlan_TellsWhatARunWouldDo()
    {
        TrabeculaProcess.Result result = _trabecula.Run("study", "check", "study.yaml");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Screened: 160", result.Output, StringComparison.Ordinal);
        Assert.Contains("Age 55 or older: 0 leave", result.Output, StringComparison.Ordinal);
        Assert.Contains("Predictors: 3 clinical, 12 radiomic, read by 2 readers", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FaultyPlan_ReportsEveryProblemAtOnce()
    {
        _trabecula.Write("study.yaml", Plan.Replace("title:", "titel:", StringComparison.Ordinal).Replace("configurations: 12", "configurations: none", StringComparison.Ordinal)
            .Replace("clinical: [age,", "clinical: [pain, age,", StringComparison.Ordinal));
        TrabeculaProcess.Result result = _trabecula.Run("study", "check", "study.yaml");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("titel", result.Error, StringComparison.Ordinal);
        Assert.Contains("configurations", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutXGBoostsLibrary_GoesOnWithTheOthersAndSaysHowToInstallIt()
    {
        _trabecula.Environment["TRABECULA_XGBOOST"] = Path.Combine(_trabecula.Folder, "nothing.so");
        _trabecula.Write("study.yaml", Plan.Replace("  - svm:", "  - xgboost: { name: Boosted }\n  - svm:", StringComparison.Ordinal));
        TrabeculaProcess.Result check = _trabecula.Run("study", "check", "study.yaml");
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("  Boosted: left out\n", check.Output, StringComparison.Ordinal);
        Assert.Contains("Warning: Boosted is left out: XGBoost's library was not found. Install it (Debian, Ubuntu: apt-get install libxgboost0", check.Error, StringComparison.Ordinal);

        TrabeculaProcess.Result run = _trabecula.Run("study", "run", "study.yaml");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("apt-get install libxgboost0", run.Error, StringComparison.Ordinal);
        Assert.Contains("Support vector machine: AUROC", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Boosted: AUROC", run.Output, StringComparison.Ordinal);
        string report = _trabecula.Read("study-run/report.html");
        Assert.Contains("<tr class=\"off\"><th scope=\"row\">Boosted</th>", report, StringComparison.Ordinal);
        Assert.Contains("apt-get install libxgboost0", report, StringComparison.Ordinal);
        Assert.DoesNotContain(_trabecula.Folder, report, StringComparison.Ordinal);

        _trabecula.Write("study.yaml", Plan[..Plan.IndexOf("models:", StringComparison.Ordinal)] + "models: [xgboost]");
        TrabeculaProcess.Result alone = _trabecula.Run("study", "run", "study.yaml", "--out", "alone");
        Assert.Equal(2, alone.ExitCode);
        Assert.StartsWith("No model is left. XGBoost is left out: ", alone.Error[alone.Error.IndexOf("No model", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void CheckAndRun_MoreFeaturesThanMemory_SayHowManyBytesBeforeAnyWork()
    {
        const int columns = 2000;
        var text = new StringBuilder("id").Append(string.Concat(Enumerable.Range(1, columns).Select(f => $",f{f}"))).Append('\n');
        for (int i = 1; i <= 160; i++)
            text.Append(CultureInfo.InvariantCulture, $"S{i:D3}").Append(string.Concat(Enumerable.Range(0, columns).Select(f => $",{(i * 31 + f * i * 17 + f * f) % 997}"))).Append('\n');
        _trabecula.Write("wide.csv", text.ToString());
        _trabecula.Write("study.yaml", Plan.Replace("[reader1.csv, reader2.csv]", "wide.csv", StringComparison.Ordinal) + "\nsplit: { bootstrap: { repeats: 200 } }\n");
        _trabecula.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000";
        foreach (string command in (string[])["check", "run"])
        {
            TrabeculaProcess.Result result = _trabecula.Run("study", command, "study.yaml");
            Assert.Equal(2, result.ExitCode);
            Assert.Contains("of memory, and 256.0 MiB are available: 160 subjects with 2003 predictors by 1 reader are 2.4 MiB, and a run with 200 splits", result.Error, StringComparison.Ordinal);
            Assert.Contains("Leave features out", result.Error, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(Path.Combine(_trabecula.Folder, "study-run")));
    }

    [Fact]
    public void Run_LeakyOrder_NeedsProfilePaperAndWarnsInTheReport()
    {
        string leaky = Plan.Replace("steps:", "stepsBeforeSplit:", StringComparison.Ordinal);
        _trabecula.Write("study.yaml", leaky);
        TrabeculaProcess.Result refused = _trabecula.Run("study", "run", "study.yaml");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("profile", refused.Error, StringComparison.Ordinal);
        _trabecula.Write("study.yaml", leaky + "\nprofile: paper\n");
        Assert.Equal(0, _trabecula.Run("study", "run", "study.yaml").ExitCode);
        Assert.Contains("steps saw the held-out subjects", _trabecula.Read("study-run/report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StepThatCannotBeFittedInAFold_SaysWhichAndWhy()
    {
        _trabecula.Write("study.yaml", Plan.Replace("[reader1.csv, reader2.csv]", "[reader1.csv]", StringComparison.Ordinal));
        TrabeculaProcess.Result result = _trabecula.Run("study", "run", "study.yaml", "--jobs", "2");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Reproducibility filter", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_IntoAFolderOfOtherFiles_IsRefusedAndTheyStay()
    {
        Directory.CreateDirectory(Path.Combine(_trabecula.Folder, "mine"));
        _trabecula.Write("mine/notes.txt", "keep");
        TrabeculaProcess.Result result = _trabecula.Run("study", "run", "study.yaml", "--out", "mine");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("holds files that no earlier run made", result.Error, StringComparison.Ordinal);
        Assert.Equal("keep", _trabecula.Read("mine/notes.txt"));
    }

    [Fact]
    public void Report_OfAFolderWithoutStudy_SaysSo() => Assert.Contains(
        "holds no finished study", _trabecula.Run("study", "report", "nothing").Error, StringComparison.Ordinal);

    /// <summary>All files but the journals and times, which are of the run and not of the study.</summary>
    private void AssertSameFolders(string first, string second)
    {
        string[] names = [.. Names(first)];
        Assert.Equal(names, Names(second));
        Assert.All(Results, name => Assert.Contains(name, names));
        foreach (string name in names)
            Assert.Equal(File.ReadAllBytes(Path.Combine(_trabecula.Folder, first, name)), File.ReadAllBytes(Path.Combine(_trabecula.Folder, second, name)));

        IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(Path.Combine(_trabecula.Folder, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(_trabecula.Folder, folder), file)).Where(name => name is not ("trials.jsonl" or "looks.jsonl" or "times.csv")).Order(StringComparer.Ordinal);
    }

    private void AssertSame(string first, string second)
    {
        foreach (string name in Results)
            Assert.Equal(_trabecula.Read($"{first}/{name}"), _trabecula.Read($"{second}/{name}"));
    }
}
