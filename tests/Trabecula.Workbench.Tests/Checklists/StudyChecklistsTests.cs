using System.Text.RegularExpressions;
using Trabecula.Workbench.Checklists;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Trabecula.Workbench.Tables;
using Xunit;

namespace Trabecula.Workbench.Tests.Checklists;

public sealed class StudyChecklistsTests : IDisposable
{
    private static readonly string[] s_names = ["clear", "metrics", "tripod-ai", "ibsi"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Items_OfEachStandard_HaveItsNumbers()
    {
        Assert.Equal(Enumerable.Range(1, 58).Select(i => $"{i}"), ClearChecklist.Items.Select(item => item.Number));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"{i}"), MetricsChecklist.Items.Select(item => item.Number));
        Assert.Equal(52, TripodChecklist.Items.Count);
        Assert.Equal(Enumerable.Range(1, 27), TripodChecklist.Items.Select(item => int.Parse(item.Number.TrimEnd('a', 'b', 'c', 'd', 'e', 'f', 'g'), null)).Distinct());
        Assert.All((IReadOnlyList<ChecklistItem>[])[TripodChecklist.Items, IbsiChecklist.Items], items => Assert.Equal(items.Count, items.Select(item => item.Number).Distinct().Count()));
    }

    [Theory]
    [InlineData("", "", 100.0, "excellent")]
    [InlineData("9 17", "4 27", 87.6, "excellent")]
    [InlineData("9 17", "1 2 3 4 5 6 7 8 10 11 12 13 14 15 16 18 19 20 21 22 23 24 25 26 27 28 29 30", 0.0, "very low")]
    public void Score_OfThePublishedChecks_IsTheirs(string notApplicable, string no, double score, string band)
    {
        ItemStatus[] answers = [.. Enumerable.Range(1, 30).Select(i => notApplicable.Split(' ').Contains($"{i}") ? ItemStatus.NotApplicable : no.Split(' ').Contains($"{i}") ? ItemStatus.No : ItemStatus.Yes)];
        Assert.Equal(score, MetricsChecklist.Score(answers));
        Assert.Equal(band, MetricsChecklist.Band(score));
    }

    [Theory]
    [InlineData(19.9, "very low")]
    [InlineData(20.0, "low")]
    [InlineData(40.0, "moderate")]
    [InlineData(60.0, "good")]
    [InlineData(79.9, "good")]
    [InlineData(80.0, "excellent")]
    public void Band_AtItsEdges_IsThePublishedOne(double score, string band) => Assert.Equal(band, MetricsChecklist.Band(score));

    [Fact]
    public void Run_Study_GivesNoYesWithoutAnArtefactThatIsThere()
    {
        string run = SmallRun.Run(_folder), report = File.ReadAllText(Path.Combine(run, "report.html"));
        int yes = 0;
        foreach (string name in s_names)
        {
            DataTable table = TableFile.Read(Path.Combine(run, "checklists", name + ".csv"));
            int answer = table.Find("answer"), evidence = table.Find("evidence"), item = table.Find("item");
            for (int row = 0; row < table.RowCount; row++)
            {
                string text = table.Text(row, evidence);
                if (table.Text(row, answer) == "yes")
                {
                    yes++;
                    Assert.True(text.Length > 0, $"{name} {table.Text(row, item)} says yes without evidence.");
                }
                if (text.Length == 0)
                    continue;
                string[] parts = text.Split('#');
                Assert.True(File.Exists(Path.Combine(run, parts[0])), $"{name} {table.Text(row, item)}: {text} is not there.");
                if (parts.Length == 2)
                    Assert.Contains($"id=\"{parts[1]}\"", report, StringComparison.Ordinal);
            }
            Assert.All(Regex.Matches(File.ReadAllText(Path.Combine(run, "checklists", name + ".html")), "href=\"\\.\\./([^#\"]+)").Select(match => match.Groups[1].Value), path =>
                Assert.True(File.Exists(Path.Combine(run, path)), path));
            Assert.True(File.Exists(Path.Combine(run, "checklists", name + ".docx")));
        }
        Assert.InRange(yes, 40, 90);
    }

    /// <summary>Every yes of every list, one by one: without its file, or its place in the report, it must fall.</summary>
    [Fact]
    public void Fill_WithoutAnArtefact_FallsFromYes()
    {
        string run = SmallRun.Run(_folder), page = File.ReadAllText(Path.Combine(run, "report.html"));
        StudySummary summary = StudyFolder.Read(Path.Combine(run, "study.json"));
        FilledItem[] before = Items(page);
        string[] evidence = [.. before.Where(item => item.Answer.Status == ItemStatus.Yes).Select(item => item.Answer.Evidence).Distinct()];
        Assert.True(evidence.Length > 8 && evidence.Any(each => each.Contains('#', StringComparison.Ordinal)));
        foreach (string each in evidence)
        {
            int[] resting = [.. before.Index().Where(item => item.Item.Answer.Status == ItemStatus.Yes && item.Item.Answer.Evidence == each).Select(item => item.Index)];
            FilledItem[] after;
            if (each.StartsWith("report.html#", StringComparison.Ordinal))
                after = Items(page.Replace($"id=\"{each[12..]}\"", "id=\"elsewhere\"", StringComparison.Ordinal));
            else
            {
                string path = Path.Combine(run, each);
                byte[] kept = File.ReadAllBytes(path);
                File.Delete(path);
                after = Items(page);
                File.WriteAllBytes(path, kept);
            }
            Assert.All(resting, i => Assert.False(after[i].Answer.Status == ItemStatus.Yes && after[i].Answer.Evidence == each, $"{after[i].Number} {after[i].Asks} still rests on {each}."));
        }

        FilledItem[] Items(string text) => [.. StudyChecklists.Fill(new StudyEvidence(run, summary, text)).SelectMany(list => list.Items)];
    }

    [Fact]
    public void Run_ThatLeaks_IsNotSaidToSplitProperly()
    {
        string plan = SmallRun.Plan.Replace("steps:", "profile: paper\nstepsBeforeSplit:", StringComparison.Ordinal);
        Assert.Equal(["18", "26", "27"], Metrics("no", SmallRun.Run(_folder, "paper", plan)).Intersect(["18", "26", "27"]));
        Assert.Equal(["18", "26"], Metrics("yes", SmallRun.Run(_folder)).Intersect(["18", "26", "27"]));
    }

    /// <summary>Subgroups of age say nothing about centres.</summary>
    [Theory]
    [InlineData("subgroups: [{ column: age, cuts: [70] }]", "")]
    [InlineData("subgroups: [{ column: centre }]", "tables/subgroups.csv")]
    public void Run_WithSubgroups_ShowsClustersOnlyWhereTheyAreCentres(string subgroups, string evidence)
    {
        string run = SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("metrics: {", $"metrics: {{ {subgroups},", StringComparison.Ordinal));
        DataTable table = TableFile.Read(Path.Combine(run, "checklists", "tripod-ai.csv"));
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => table.Text(row, table.Find("item")) is "12d" or "23b")];
        Assert.Equal([evidence, evidence], rows.Select(row => table.Text(row, table.Find("evidence"))));
        Assert.All(rows, row => Assert.Equal(evidence.Length == 0 ? "open" : "yes", table.Text(row, table.Find("answer"))));
    }

    [Fact]
    public void Run_WithoutImages_LeavesTheirItemsOut()
    {
        string plan = Regex.Replace(SmallRun.Plan, @"\n  radiomic: .*|\n  - \{ reproducibility.*", "");
        string run = SmallRun.Run(_folder, "clinical", plan);
        Assert.Equal(["11", "12", "13", "14", "15", "17"], Metrics("not applicable", run).Intersect(["11", "12", "13", "14", "15", "17"]));
        Assert.False(File.Exists(Path.Combine(run, "tables", "features.csv")));
    }

    private static string[] Metrics(string answer, string run)
    {
        DataTable table = TableFile.Read(Path.Combine(run, "checklists", "metrics.csv"));
        return [.. Enumerable.Range(0, table.RowCount).Where(row => table.Text(row, table.Find("answer")) == answer).Select(row => table.Text(row, table.Find("item")))];
    }
}
