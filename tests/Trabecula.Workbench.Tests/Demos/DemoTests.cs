using System.Text.RegularExpressions;
using Trabecula.Workbench.Demos;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Demos;

/// <summary>The whole demonstration, with few configurations of two models so that it ends in seconds.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_InterruptedThenRunAgain_RecoversTheKnownRiskFactorsAndSetsBothOrdersSideBySide()
    {
        using (var stop = new CancellationTokenSource())
            Assert.ThrowsAny<OperationCanceledException>(() => Demo.Run(Request("one"), new Stop(stop, "Sound order: final fit"), stop.Token));
        Assert.False(File.Exists(_folder["one/report.html"]));
        var stages = new List<string>();
        DemoSummary summary = Demo.Run(Request("one"), new Stages(stages), TestContext.Current.CancellationToken);
        Assert.Equal((1253, 856, 102, 256, 30), summary.Study);
        Assert.Equal(["Logistic regression", "Random forest"], summary.Models.Select(model => model.Name));

        // Clinical factors: those with the largest effects are what both models rely on, among some twenty predictors.
        Assert.Equal(["ivc", "tlf", "bmd"], summary.Factors.Select(factor => factor.Name));
        int count = File.ReadAllLines(Path.Combine(_folder["one"], "sound", "tables", "importance.csv")).Count(line => line.StartsWith("Logistic regression,", StringComparison.Ordinal));
        Assert.True(count > 15);
        Assert.Equal(1, summary.Factors[1].Ranks[0]);
        Assert.All(summary.Factors, factor => Assert.True(factor.Ranks[0] <= count / 2 + 2, $"{factor.Name} is {factor.Ranks[0]} of {count}"));

        // The factors of the image are in radiomic columns alone: both sources are missed.
        Assert.True(summary.Ablation!.Value.WithoutRadiomic < -0.02 && summary.Ablation.Value.WithoutClinical < -0.01);
        // The readers' agreement keeps what was made reliable: 940 of 1,223 by chance would be 15 of 20.
        Assert.True(summary.Radiomic.Selected >= 15);
        Assert.Equal(summary.Radiomic.Selected, summary.Radiomic.Reliable);
        // Nothing is better than the truth but by chance, and the order that leaks looks better than the sound one.
        Assert.InRange(summary.TrueRiskAuroc, 0.7, 0.95);
        Assert.All(summary.Models, model => Assert.True(model.Sound.Value < summary.TrueRiskAuroc + 0.03 && model.Paper!.Value > model.Sound.Value));

        string overview = File.ReadAllText(summary.ReportPath), report = File.ReadAllText(Path.Combine(_folder["one"], "sound", "report.html"));
        Assert.Contains("SYNTHETIC DATA", overview[..overview.IndexOf("<h1>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("Each model tried 2 configurations", overview, StringComparison.Ordinal);
        Assert.All(Regex.Matches(overview, "href=\"([^\"#]+)\"").Select(match => match.Groups[1].Value), link => Assert.True(File.Exists(Path.Combine(_folder["one"], link)), link));
        Assert.Contains("<th scope=\"col\">profile sound</th><th scope=\"col\">profile paper</th>", report, StringComparison.Ordinal);
        foreach (string number in (string[])["Figure 1", "Figure 2", "Figure 3", "Figure 4", "Figure 5", "Figure 6", "Figure 7", "Table 1", "Table 2", "Table 3", "Table S1", "Table S2"])
            Assert.Contains($"({number} of Ge et al. 2025)", report, StringComparison.Ordinal);
        Assert.Contains("Published order: searching Logistic regression", stages);
        Assert.Contains("Published order: final fit", stages);
        Assert.Equal(9, summary.Lines().Count());
        Assert.All((string[])["report.html", "sound/report.html", "imaging/report.html"], page => Browser.Accepts(_folder, Path.Combine(_folder["one"], page)));
    }

    [Fact]
    public void Run_FolderWithOtherFiles_IsLeftAlone()
    {
        string mine = Directory.CreateDirectory(_folder["mine"]).FullName;
        File.WriteAllText(Path.Combine(mine, "file.txt"), "mine");
        DemoException refused = Assert.Throws<DemoException>(() => Demo.Run(Request("mine"), null, TestContext.Current.CancellationToken));
        Assert.Contains("--out", refused.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(mine));
    }

    [Fact]
    public void Run_UnusableRequest_TellsEveryProblem()
    {
        var request = new DemoRequest { OutputFolder = _folder["none"], Subjects = 3, Jobs = 0 };
        var thrown = Assert.Throws<DemoException>(() => Demo.Run(request, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal($"--subjects 3: give 30 to 5000.{Environment.NewLine}--jobs 0: give 1 or more.", thrown.Message);
        Assert.False(Directory.Exists(_folder["none"]));
    }

    [Fact]
    public void Run_FolderIsAFile_NamesItAndTheCure()
    {
        string file = _folder.Write("taken", "");
        var thrown = Assert.Throws<DemoException>(() => Demo.Run(new DemoRequest { OutputFolder = file, Subjects = 30 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.StartsWith($"{file} cannot be written: ", thrown.Message, StringComparison.Ordinal);
        Assert.EndsWith("--out.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configurations_Full_AreThePapers() =>
        Assert.Equal((20, 100), (new DemoRequest { OutputFolder = "d" }.Configurations, new DemoRequest { OutputFolder = "d", Full = true }.Configurations));

    private DemoRequest Request(string name) => new() { OutputFolder = _folder[name], Subjects = 30, Jobs = 2, ConfigurationsGiven = 2, Models = ["logisticRegression", "randomForest"] };

    private sealed class Stages(List<string> stages) : IProgress<DemoProgress>
    {
        public void Report(DemoProgress value)
        {
            lock (stages)
                stages.Add(value.Stage);
        }
    }

    private sealed class Stop(CancellationTokenSource stop, string stage) : IProgress<DemoProgress>
    {
        public void Report(DemoProgress value)
        {
            if (value.Stage == stage)
                stop.Cancel();
        }
    }
}
