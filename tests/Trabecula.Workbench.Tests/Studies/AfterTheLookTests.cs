using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>Work after the look at held-out subjects: evaluation, refits and report can be watched, stopped and timed like the fits before it.</summary>
public sealed class AfterTheLookTests : IDisposable
{
    private static readonly string s_plan = SmallRun.Plan
        .Replace("  - adaptiveScaling", "  - adaptiveScaling\n  - mrmr: { scope: radiomic, count: 3 }", StringComparison.Ordinal)
        .Replace("rationale: A made-up threshold. }", "rationale: A made-up threshold., refits: 4, baselines: [{ name: age alone, columns: [age] }] }", StringComparison.Ordinal);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_StoppedInAnyStage_StopsThereAndContinuesToTheSameBytes()
    {
        SmallRun.WriteTables(_folder);
        string plan = _folder.Write("study.yaml", s_plan), output = _folder["run"];
        StudyRun.Run(plan, _folder["whole"], 1, cancellationToken: TestContext.Current.CancellationToken);
        foreach (string stage in (string[])
        [
            "Refitting Logistic regression", "Calibration curve of Logistic regression", "Bootstrap of the measures", "Bootstrap of the comparison with small models",
            "Painting figures", "Writing tables",
        ])
        {
            using var stop = new CancellationTokenSource();
            var seen = new Watch(progress =>
            {
                if (progress.Stage == stage && progress.Done > 0)
                    stop.Cancel();
            });
            Assert.ThrowsAny<OperationCanceledException>(() => StudyRun.Run(plan, output, 1, seen, stop.Token));
            Assert.Equal(stage, seen.Reports[^1].Stage);
            Assert.True(seen.Reports[^1].Total > 1, "One step is no progress.");
        }
        StudyRun.Run(plan, output, 1, cancellationToken: TestContext.Current.CancellationToken);
        foreach (string name in (string[])[StudyFolder.SummaryName, StudyFolder.ReportName, StudyFolder.ProvenanceName])
            Assert.Equal(File.ReadAllText(Path.Combine(_folder["whole"], name)), File.ReadAllText(Path.Combine(output, name)));
        // Every one of these runs has looked, and the study counts once.
        Assert.Equal(7, File.ReadAllLines(Path.Combine(output, StudyFolder.LooksName)).Length);
    }

    [Fact]
    public void Run_Finished_HasTheTimeOfEvaluationAndReportToo()
    {
        SmallRun.WriteTables(_folder);
        var seen = new Watch(_ => { });
        StudyRun.Run(_folder.Write("study.yaml", s_plan), _folder["run"], 1, seen, TestContext.Current.CancellationToken);
        string[] stages = [.. File.ReadAllLines(Path.Combine(_folder["run"], StudyFolder.TimesName)).Skip(1).Select(line => line.Split(',')[0])];
        Assert.Equal(["evaluation", "report"], stages[^2..]);
        Assert.Contains(seen.Reports, report => report is { Stage: "Bootstrap of the measures", Done: 2000, Total: 2000 });
    }

    /// <summary>Reports as they come, on the thread that makes them.</summary>
    private sealed class Watch(Action<StudyProgress> onReport) : IProgress<StudyProgress>
    {
        internal List<StudyProgress> Reports { get; } = [];

        public void Report(StudyProgress value)
        {
            lock (Reports)
                Reports.Add(value);
            onReport(value);
        }
    }
}
