using Trabecula.Learning;
using Trabecula.Workbench.Demos;
using Trabecula.Workbench.Synthesis;
using Xunit;

namespace Trabecula.Workbench.Tests.Demos;

public sealed class ImagingDemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trabecula-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_OneOrThreeJobs_WritesTheSameBytesEverywhere()
    {
        ImagingSummary one = Run("one", jobs: 1), three = Run("three", jobs: 3);
        Assert.Equal(one with { ReportPath = "" }, three with { ReportPath = "" });
        Assert.Equal((30, 0, 1225), (one.Subjects, one.Failed, one.Features));
        Assert.Equal(30, one.Training + one.HeldOut);

        string[] files = [.. Files("one")];
        Assert.Equal(files, Files("three"));
        Assert.Equal(
            ["cohort/cases.csv", "cohort/paper.yaml", "features.csv", "predictions.csv", "report.html", "truth.csv"],
            files.Where(f => !f.EndsWith(".nii.gz", StringComparison.Ordinal)));
        Assert.Equal(60, files.Count(f => f.EndsWith(".nii.gz", StringComparison.Ordinal)));
        Assert.All(files, file =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "one", file)), File.ReadAllBytes(Path.Combine(_folder, "three", file))));
    }

    [Fact]
    public void Run_FolderWithOtherFiles_IsLeftAlone()
    {
        string file = Path.Combine(_folder, "features.csv");
        File.WriteAllText(file, "mine");
        DemoException refused = Assert.Throws<DemoException>(
            () => ImagingDemo.Run(new DemoRequest { OutputFolder = _folder, Subjects = 30 }, null, TestContext.Current.CancellationToken));
        Assert.Contains("--out", refused.Message, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFileSystemEntries(_folder));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void Run_TooFewEventsForAnInterval_IsRefusedBeforeAnyWork()
    {
        ulong seed = Enumerable.Range(0, 200).Select(s => (ulong)s)
            .First(s => SyntheticCohort.Draw(30, ImagingDemo.CohortSeed(new Seed(s))).Count(subject => subject.Outcome) < 5);
        string folder = Path.Combine(_folder, "few");
        DemoException refused = Assert.Throws<DemoException>(
            () => ImagingDemo.Run(new DemoRequest { OutputFolder = folder, Subjects = 30, Seed = seed }, null, TestContext.Current.CancellationToken));
        Assert.Contains("--subjects", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Run_AnySeed_KeepsTheTruthOutOfWhatTheModelReads()
    {
        Run("one", jobs: 2);
        string header = File.ReadLines(Path.Combine(_folder, "one", "features.csv")).First();
        Assert.All(
            (string[])["TrueRisk", "TextureScaleMm", "DensityHu", "Cleft", "Wedge"],
            truth => Assert.DoesNotContain(truth, header, StringComparison.Ordinal));
        Assert.Equal("ID,Image,Mask,Outcome,AgeYears,TScore", File.ReadLines(Path.Combine(_folder, "one", "cohort", "cases.csv")).First());
    }

    [Fact]
    public void Run_Cancelled_StopsWithoutAReport()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ImagingDemo.Run(new DemoRequest { OutputFolder = _folder, Subjects = 30 }, new Stop(stop, "Extracting features", 1), stop.Token));
        Assert.False(File.Exists(Path.Combine(_folder, "report.html")));
    }

    [Fact]
    public void Run_InterruptedThenRunAgain_ContinuesToTheSameFiles()
    {
        Run("whole", jobs: 2);
        string folder = Path.Combine(_folder, "stopped");
        var request = new DemoRequest { OutputFolder = folder, Seed = 3, Subjects = 30, Jobs = 1 };
        using (var stop = new CancellationTokenSource())
            Assert.ThrowsAny<OperationCanceledException>(() => ImagingDemo.Run(request, new Stop(stop, "Generating volumes", 5), stop.Token));
        using (var stop = new CancellationTokenSource())
            Assert.ThrowsAny<OperationCanceledException>(() => ImagingDemo.Run(request, new Stop(stop, "Extracting features", 4), stop.Token));
        string[] volumes = [.. Directory.GetFiles(Path.Combine(folder, "cohort"), "*.nii.gz").Order(StringComparer.Ordinal)];
        Assert.Equal(60, volumes.Length);
        DateTime[] times = [.. volumes.Select(File.GetLastWriteTimeUtc)];
        string damaged = volumes[^1];
        File.WriteAllText(damaged, "not a volume");

        var seen = new Stages();
        ImagingDemo.Run(request, seen, TestContext.Current.CancellationToken);
        Assert.Equal(times[..^1], volumes[..^1].Select(File.GetLastWriteTimeUtc));
        // Four cases are in the journal, so only the others are extracted.
        Assert.Equal(26, seen.Reports.Count(report => report.Stage == "Extracting features"));
        Assert.Equal([("Fitting the model", 0, 1), ("Fitting the model", 1, 1)], seen.Reports.TakeLast(2).Select(r => (r.Stage, r.Done, r.Total)));
        Assert.Equal(Files("whole"), Files("stopped"));
        Assert.All(Files("whole"), file =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "whole", file)), File.ReadAllBytes(Path.Combine(folder, file))));
    }

    [Fact]
    public void Run_InterruptedInAFolderWithAReport_LeavesNoOldReport()
    {
        string cohort = Directory.CreateDirectory(Path.Combine(_folder, "cohort")).FullName;
        foreach (string file in (string[])["report.html", "predictions.csv", Path.Combine(cohort, "cases.csv")])
            File.WriteAllText(Path.Combine(_folder, file), "of an earlier run");
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ImagingDemo.Run(new DemoRequest { OutputFolder = _folder, Subjects = 30 }, new Stop(stop, "Generating volumes", 1), stop.Token));
        Assert.Equal(["cohort", "truth.csv"], Directory.GetFileSystemEntries(_folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    private ImagingSummary Run(string name, int jobs) => ImagingDemo.Run(
        new DemoRequest { OutputFolder = Path.Combine(_folder, name), Seed = 3, Subjects = 30, Jobs = jobs },
        cancellationToken: TestContext.Current.CancellationToken);

    private IEnumerable<string> Files(string name)
    {
        string root = Path.Combine(_folder, name);
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal);
    }

    private sealed class Stop(CancellationTokenSource stop, string stage, int done) : IProgress<DemoProgress>
    {
        public void Report(DemoProgress value)
        {
            if (value.Stage == stage && value.Done >= done)
                stop.Cancel();
        }
    }

    private sealed class Stages : IProgress<DemoProgress>
    {
        public List<DemoProgress> Reports { get; } = [];

        public void Report(DemoProgress value)
        {
            lock (Reports)
                Reports.Add(value);
        }
    }
}
