using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

public sealed class ReportFolderTests : IDisposable
{
    /// <summary>Counts what a reader would miss: figures without size, links without target, pictures of the same name.</summary>
    private const string Probe = """
        <script>addEventListener('load',()=>{const all=q=>[...document.querySelectorAll(q)],lines=[];
        all('figure svg').forEach(f=>{const r=f.getBoundingClientRect();if(r.width<50||r.height<50)lines.push('small '+f.parentElement.id)});
        all('nav a').forEach(a=>{if(!document.querySelector(a.getAttribute('href')))lines.push('no target '+a.getAttribute('href'))});
        if(document.documentElement.scrollWidth>innerWidth)lines.push('wider than the window');
        document.body.insertAdjacentHTML('beforeend','<pre id="probe">figures '+all('main svg').length+'; links '+all('nav a').length+'; faults '+lines.join(', ')+'</pre>')})</script>
        """;

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
            XElement table = XDocument.Load(document).Descendants(w + "tbl").Single();
            int columns = table.Descendants(w + "gridCol").Count();
            Assert.All(table.Elements(w + "tr"), row => Assert.Equal(columns, row.Elements(w + "tc").Count()));
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
        Assert.Contains("Before any split, on all subjects", File.ReadAllText(Path.Combine(paper, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfASmallStudy_TellsMethodsAndLimitationsFromWhatRan()
    {
        string page = File.ReadAllText(Path.Combine(SmallRun.Run(_folder), "report.html"));
        Assert.Contains("Of 160 subjects, 160 were analysed", page, StringComparison.Ordinal);
        Assert.Contains("Reproducibility filter (measure CCC, min agreement 0.6) of radiomic columns", page, StringComparison.Ordinal);
        Assert.Contains("net benefit at 0.2 (A made-up threshold.)", page, StringComparison.Ordinal);
        Assert.Contains("3 centres are in the cohort, but the split does not go by them", page, StringComparison.Ordinal);
        Assert.Contains("The plan states no sample size.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Training rows were resampled", page, StringComparison.Ordinal);
        Assert.DoesNotContain("before the split. What they learned", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OpenedInABrowser_ShowsEveryFigureFollowsEveryLinkAndPrints()
    {
        string? browser = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);
        if (browser is null)
            Assert.Skip("No Chromium here.");
        string run = SmallRun.Run(_folder), page = File.ReadAllText(Path.Combine(run, "report.html"));
        string probed = _folder.Write("probed.html", page.Replace("</body>", Probe + "</body>", StringComparison.Ordinal)), pdf = _folder["report.pdf"];
        (string dom, string log) = Browse(browser, "--dump-dom", "--virtual-time-budget=5000", probed);
        Assert.Equal(
            $"figures {Regex.Count(page, "<svg ")}; links {Regex.Count(page, "<h2 id=")}; faults ",
            Regex.Matches(dom, "<pre id=\"probe\">(.*?)</pre>")[^1].Groups[1].Value);
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        Browse(browser, $"--print-to-pdf={pdf}", Path.Combine(run, "report.html"));
        Assert.True(new FileInfo(pdf).Length > 20_000);
        Assert.StartsWith("%PDF", File.ReadAllText(pdf)[..8], StringComparison.Ordinal);
    }

    private (string Output, string Log) Browse(string browser, params string[] arguments)
    {
        var start = new ProcessStartInfo(browser,
            ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--window-size=1000,2000", $"--user-data-dir={_folder["browser"]}", .. arguments[..^1], "file://" + arguments[^1]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> log = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, log.Result);
    }

    private static Dictionary<string, byte[]> Bytes(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) is not ("times.csv" or "trials.jsonl" or "looks.jsonl")).ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes);
}
