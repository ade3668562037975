using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

public sealed class ReportFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Study_WritesEveryFigureAndTableOfItsReport()
    {
        string run = SmallRun.Run(_folder), page = File.ReadAllText(Path.Combine(run, "report.html"));
        string[] links = [.. Regex.Matches(page, "href=\"([^#\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Contains("figures/figure-01.svg", links);
        Assert.Contains("tables/table1.docx", links);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(run, link)), $"{link} is not there."));
        Assert.All(Regex.Matches(page, "<figcaption>.*?</figcaption>", RegexOptions.Singleline).Select(match => match.Value), caption => Assert.Contains(">Data</a>", caption, StringComparison.Ordinal));
        Assert.StartsWith("step,reason to leave,left,left without a value,remaining\nScreened,,0,0,160\nAge of 50 or more,inclusion criterion not met,0,0,160\n", File.ReadAllText(Path.Combine(run, "tables", "flow.csv")), StringComparison.Ordinal);
        Assert.Equal(Regex.Count(page, "<svg "), Directory.GetFiles(Path.Combine(run, "figures"), "*.svg").Length);
        foreach (string path in Directory.EnumerateFiles(Path.Combine(run, "figures"), "*.svg"))
        {
            XElement svg = XElement.Load(path);
            Assert.Equal("{http://www.w3.org/2000/svg}svg", svg.Name);
            string text = File.ReadAllText(path);
            Assert.DoesNotContain("var(", text, StringComparison.Ordinal);
            Assert.DoesNotContain("href", text, StringComparison.Ordinal);
            Assert.True(new FileInfo(Path.ChangeExtension(path, ".png")).Length > 2000);
        }
        foreach (string path in Directory.EnumerateFiles(Path.Combine(run, "tables"), "*.docx"))
        {
            using ZipArchive word = ZipFile.OpenRead(path);
            using Stream document = word.GetEntry("word/document.xml")!.Open();
            XNamespace w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
            XElement[] parts = [.. XDocument.Load(document).Descendants(w + "tbl")];
            Assert.NotEmpty(parts);
            Assert.All(parts, table =>
            {
                int[] columns = [.. table.Descendants(w + "gridCol").Select(column => (int)column.Attribute(w + "w")!)];
                Assert.All(table.Elements(w + "tr"), row => Assert.Equal(columns.Length, row.Elements(w + "tc").Count()));
                // Letters of 8 points are some 90 twentieths of a point wide: in a narrower column words would break.
                int[] longest = [.. columns.Select((_, c) => table.Elements(w + "tr").Max(row => row.Elements(w + "tc").ElementAt(c).Value.Split(' ', '-', '_').Max(word => word.Length)))];
                Assert.All(columns.Zip(longest), column => Assert.True(column.First >= 75 * column.Second, $"{path}: {column.First} for {column.Second} letters"));
            });
        }
    }

    [Fact]
    public void Report_MadeAgain_HasTheSameBytes()
    {
        string run = SmallRun.Run(_folder);
        Dictionary<string, byte[]> before = Bytes(run);
        StudyRun.Report(run);
        Dictionary<string, byte[]> after = Bytes(run);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before, file => Assert.True(file.Value.AsSpan().SequenceEqual(after[file.Key]), $"{file.Key} differs."));
    }

    [Fact]
    public void Report_BesideAnotherRun_ComparesTheirModels()
    {
        string sound = SmallRun.Run(_folder);
        string paper = SmallRun.Run(_folder, "paper", SmallRun.Plan.Replace("steps:", "profile: paper\nstepsBeforeSplit:", StringComparison.Ordinal));
        string page = File.ReadAllText(StudyRun.Report(sound, paper));
        Assert.Contains("<th scope=\"col\">profile sound</th><th scope=\"col\">profile paper</th>", page, StringComparison.Ordinal);
        Assert.Contains("steps saw the held-out subjects before the models were judged by them", page, StringComparison.Ordinal);
        Assert.DoesNotContain("different numbers of configurations", page, StringComparison.Ordinal);
        string other = SmallRun.Run(_folder, "other", SmallRun.Plan.Replace("[{ C: 0.1 }, { C: 1 }]", "[{ C: 1 }]", StringComparison.Ordinal));
        Assert.Contains("different numbers of configurations (Logistic regression 2 here, Logistic regression 1 there)", File.ReadAllText(StudyRun.Report(sound, other)), StringComparison.Ordinal);
        Assert.Contains("Before any split, on all subjects", File.ReadAllText(Path.Combine(paper, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfASmallStudy_TellsMethodsAndLimitationsFromWhatRan()
    {
        string page = File.ReadAllText(Path.Combine(SmallRun.Run(_folder), "report.html"));
        Assert.Contains("Of 160 subjects, 160 were analysed", page, StringComparison.Ordinal);
        Assert.Contains("Reproducibility filter (measure CCC, min agreement 0.6) of radiomic columns", page, StringComparison.Ordinal);
        Assert.Contains("at risks of 0.2 chosen beforehand (A made-up threshold)", page, StringComparison.Ordinal);
        Assert.Contains("The models saw 6 columns.", page, StringComparison.Ordinal);
        Assert.Contains("the mean fall of the AUROC on held-out subjects over 10 random orders", page, StringComparison.Ordinal);
        Assert.Contains("and of all from one source, the rest being kept as fitted and fitted anew.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Models were compared in pairs", page, StringComparison.Ordinal);
        Assert.Contains("3 centres are in the cohort, but the split does not go by them", page, StringComparison.Ordinal);
        Assert.Contains("The plan states no sample size.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Training rows were resampled", page, StringComparison.Ordinal);
        Assert.DoesNotContain("before the split. What they learned", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OpenedInABrowser_ShowsEveryFigureFollowsEveryLinkAndPrints() => Browser.Accepts(_folder, Path.Combine(SmallRun.Run(_folder), "report.html"));

    [Fact]
    public void Report_OfAStudyThatDoesAPaperAgain_SaysWhichOfItsFiguresShowsTheSame()
    {
        Assert.DoesNotContain("Ge et al.", Captions("plain", SmallRun.Plan), StringComparison.Ordinal);
        Assert.Contains("(Figure 2 of Ge et al. 2025)", Captions("again", SmallRun.Plan.Replace("syntheticData: true", "replicates: ge2025", StringComparison.Ordinal)), StringComparison.Ordinal);

        string Captions(string name, string plan) =>
            string.Concat(Regex.Matches(File.ReadAllText(Path.Combine(SmallRun.Run(_folder, name, plan), "report.html")), "<figcaption>.*?</figcaption>|<p class=\"label\">.*?</p>", RegexOptions.Singleline));
    }

    private static Dictionary<string, byte[]> Bytes(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) is not ("times.csv" or "trials.jsonl" or "looks.jsonl")).ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes);
}
