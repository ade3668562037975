using System.Text.Json.Nodes;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>Every look at held-out subjects leaves a line in the study's folder, and the report counts them.</summary>
public sealed class LookLogTests : IDisposable
{
    private static readonly string s_other = SmallRun.Plan.Replace("C: 0.1", "C: 0.3", StringComparison.Ordinal);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_First_LogsTheLookWithItsPlanAndTime()
    {
        string run = SmallRun.Run(_folder);
        JsonNode line = JsonNode.Parse(Assert.Single(Looks(run)))!;
        StudySummary summary = Read(run);
        Assert.Equal(summary.Inputs[0].Sha256, line["plan"]!.GetValue<string>());
        Assert.Equal(summary.Splits[0].HeldOut, line["subjects"]!.GetValue<int>());
        Assert.True(DateTimeOffset.TryParse(line["time"]!.GetValue<string>(), out _));
        Assert.Equal(new LookSummary(1, 1), summary.Looks);
        Assert.Contains("held out and looked at once", Page(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SamePlanAgain_IsLoggedAndGivesTheSameBytes()
    {
        string run = SmallRun.Run(_folder), page = Page(run), summary = File.ReadAllText(Path.Combine(run, StudyFolder.SummaryName));
        SmallRun.Run(_folder);
        Assert.Equal(2, Looks(run).Length);
        Assert.Equal((page, summary), (Page(run), File.ReadAllText(Path.Combine(run, StudyFolder.SummaryName))));
    }

    [Fact]
    public void Run_AnotherPlanInTheSameFolder_SaysThatItIsTheSecondToLook()
    {
        string run = SmallRun.Run(_folder);
        SmallRun.Run(_folder, plan: s_other);
        Assert.Equal(2, Looks(run).Length);
        Assert.Equal(new LookSummary(2, 2), Read(run).Looks);
        Assert.Contains("held out and looked at by 2 different studies in this folder, of which this is number 2", Page(run), StringComparison.Ordinal);
        Assert.Contains("their figures are optimistic", Page(run), StringComparison.Ordinal);
        Assert.DoesNotContain("looked at once", Page(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_AfterATornLineAndBesideAForeignOne_KeepsWhatIsWholeAndCountsBoth()
    {
        string path = _folder.Write("looks.jsonl", "{\"study\":\"a\"}\nwhat somebody wrote\n{\"study\":\"b");
        var log = new LookLog(path, "c", "hash", TimeProvider.System);
        log.Add(0, ["S1", "S2", "S2"]);
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(["{\"study\":\"a\"}", "what somebody wrote"], lines[..2]);
        Assert.Equal(2, JsonNode.Parse(lines[2])!["subjects"]!.GetValue<int>());
        Assert.Equal(new LookSummary(3, 3), log.Count());
    }

    [Fact]
    public void Run_SeveralSplits_LogEachAndCountAsOneStudy()
    {
        string run = SmallRun.Run(_folder, plan: SmallRun.Plan + "\nsplit: { stratifiedKFold: { folds: 3 } }");
        Assert.Equal([1, 2, 3], Looks(run).Select(line => JsonNode.Parse(line)!["split"]!.GetValue<int>()));
        Assert.Equal(new LookSummary(1, 1), Read(run).Looks);
    }

    private static string[] Looks(string run) => File.ReadAllLines(Path.Combine(run, StudyFolder.LooksName));

    private static string Page(string run) => File.ReadAllText(Path.Combine(run, StudyFolder.ReportName));

    private static StudySummary Read(string run) => StudyFolder.Read(Path.Combine(run, StudyFolder.SummaryName));
}
