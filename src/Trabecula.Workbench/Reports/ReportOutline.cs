using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Interpretations;

namespace Trabecula.Workbench.Reports;

/// <summary>
/// Numbers the sections, figures and tables of a report's body, says to which of the replicated paper each corresponds, and puts a table of contents before the
/// first section. It works on the finished body, so that a section need not know what stands before it.
/// </summary>
internal static partial class ReportOutline
{
    private const string Paper = "Ge et al. 2025";

    /// <summary>Beginnings of the titles of pictures, the figure of the paper that shows the same, and the table that they are drawn from.</summary>
    private static readonly (string Title, string? Figure, string? Data)[] s_figures =
    [
        ("Segmentation", "Figure 1", null), ("Flow of subjects", "Figure 2", FigureTables.Flow), ("Scores by day", null, FigureTables.Scores), ("mRMR", "Figure 3", MrmrSummary.TableName),
        ("Principal components", "Figure 4", FigureTables.Components), ("Receiver operating", "Figure 5", FigureTables.Roc), ("Precision and recall", null, FigureTables.PrecisionRecall), ("Calibration of", "Figure 5", FigureTables.Calibration),
        ("Decision curves", "Figure 5", "decision-curves"), ("Confusion matrix", "Figure 6", "classifications"), ("Importances", "Figure 7", TabNetTables.ImportancesName),
        ("Permutation importance", "Figure 7", InterpretationTables.Importance), ("Importance of families", null, InterpretationTables.Families),
        ("Shapley values", null, InterpretationTables.Shap), ("Partial dependence", null, InterpretationTables.Dependence), ("Ablation", null, InterpretationTables.Ablation),
        ("Training of", null, TabNetTables.TrainingName), ("Explanations of", null, TabNetTables.ExplanationsName), ("Masks of", null, TabNetTables.MasksName), ("Centres, ", null, "centres"), ("Instability of", null, "instability"),
    ];

    /// <summary>Names of tables, and the table of the paper that shows the same.</summary>
    private static readonly (string Name, string Table)[] s_tables =
    [
        ("table1", "Table 1"), ("evaluation", "Table 2"), ("classifications", "Table 2"), ("comparison", "Table 2"), ("ablation", "Table 3"), ("tableS1", "Table S1"), ("tableS2", "Table S2"),
    ];

    /// <summary>The body with numbers, anchors and contents.</summary>
    /// <param name="body">The sections.</param>
    /// <param name="tables">The tables among them.</param>
    /// <param name="data">Names of the tables that have a file, for the figures that are drawn from them.</param>
    /// <param name="ofPaper">Whether figures and tables say which of the paper's they correspond to.</param>
    internal static string Apply(string body, IReadOnlyList<ReportTable> tables, IReadOnlySet<string> data, bool ofPaper)
    {
        var contents = new List<(string Id, string Text)>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var names = new Stack<string>();
        (int figure, int panel, bool inPlots, int table) = (0, 0, false, 0);
        string numbered = PartPattern().Replace(body, match =>
        {
            string text = match.Value;
            if (match.Groups["head"].Success)
            {
                string title = match.Groups["head"].Value, id = Unique(Slug(title), ids);
                contents.Add((id, title));
                if (tables.FirstOrDefault(candidate => Html.Text(candidate.Title) == title) is { } named)
                    names.Push(named.Name);
                return $"<h2 id=\"{id}\">{title}</h2>";
            }
            if (match.Groups["plots"].Success)
            {
                (inPlots, panel) = (true, 0);
                figure++;
                return text;
            }
            if (match.Groups["name"].Success)
                return TableLabel(++table, match.Groups["name"].Value, ofPaper, tables) + """<div class="table">""";
            if (match.Groups["data"].Success)
            {
                // Of a table with a name of its own, the files are beside the report.
                string? name = names.Count > 0 ? names.Pop() : null;
                return TableLabel(++table, name, ofPaper) + text;
            }
            string inside = match.Groups["figure"].Value;
            if (inPlots)
                panel++;
            else
                figure++;
            string label = inPlots ? $"{Number(figure)}{(char)('a' + (panel - 1) % 26)}" : Number(figure);
            string key = inPlots ? $"figure-{figure.ToString("00", CultureInfo.InvariantCulture)}{(char)('a' + (panel - 1) % 26)}" : $"figure-{figure.ToString("00", CultureInfo.InvariantCulture)}";
            inPlots = inPlots && match.Groups["end"].Length == 0;
            return $"<figure id=\"{key}\">{Captioned(inside, label, key, data, ofPaper)}</figure>{match.Groups["end"].Value}";
        });
        int first = numbered.IndexOf("<h2 ", StringComparison.Ordinal);
        return first < 0 ? numbered : numbered[..first] + Contents(contents) + numbered[first..];
    }

    private static string Captioned(string inside, string label, string key, IReadOnlySet<string> data, bool ofPaper)
    {
        string title = TitlePattern().Match(inside).Groups[1].Value;
        (_, string? same, string? source) = s_figures.FirstOrDefault(known => title.StartsWith(known.Title, StringComparison.Ordinal));
        string[] pictures = ReportFigures.NamesOf(key, ReportFigures.PicturePattern().Count(inside));
        string files = string.Concat(pictures.Select(name =>
            $" <span class=\"files\">{(pictures.Length > 1 ? name[^1] : "")}<a href=\"figures/{name}.svg\">SVG</a> <a href=\"figures/{name}.png\">PNG</a></span>"));
        if (source is not null && data.Contains(source))
            files += $" <span class=\"files\"><a href=\"tables/{source}.csv\">Data</a></span>";
        string number = $"<b>Figure {label}.</b> {(same is null || !ofPaper ? "" : $"<span class=\"paper\">({same} of {Paper})</span> ")}";
        int caption = inside.LastIndexOf("<figcaption>", StringComparison.Ordinal);
        if (caption < 0)
            return $"{inside}<figcaption>{number}{title}.{files}</figcaption>";
        return inside[..(caption + 12)] + number + inside[(caption + 12)..].Replace("</figcaption>", files + "</figcaption>", StringComparison.Ordinal);
    }

    /// <summary>The number of a table, and its title where no heading of its own says it.</summary>
    private static string TableLabel(int number, string? name, bool ofPaper, IReadOnlyList<ReportTable>? untitled = null)
    {
        string title = untitled?.FirstOrDefault(table => table.Name == name) is { } found ? $" {Html.Text(found.Title)}." : "";
        string? same = !ofPaper ? null : s_tables.FirstOrDefault(pair => pair.Name == name).Table;
        string files = name is null ? "" : $" <span class=\"files\"><a href=\"tables/{name}.csv\">CSV</a> <a href=\"tables/{name}.docx\">Word</a></span>";
        return $"<p class=\"label\"><b>Table {Number(number)}.</b>{title}{(same is null ? "" : $" <span class=\"paper\">({same} of {Paper})</span>")}{files}</p>\n";
    }

    private static string Contents(IReadOnlyList<(string Id, string Text)> sections) =>
        $"<nav class=\"contents\" aria-label=\"Contents\"><ol>{string.Concat(sections.Select(section => $"<li><a href=\"#{section.Id}\">{section.Text}</a></li>"))}</ol></nav>\n";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Unique(string slug, HashSet<string> taken)
    {
        string id = slug;
        for (int i = 2; !taken.Add(id); i++)
            id = $"{slug}-{Number(i)}";
        return id;
    }

    private static string Slug(string title)
    {
        var slug = new StringBuilder();
        foreach (char letter in System.Net.WebUtility.HtmlDecode(title).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        return slug.ToString().Trim('-') is { Length: > 0 } found ? found : "section";
    }

    [GeneratedRegex("""<h2>(?<head>.*?)</h2>|(?<plots><div class="plots">)|(?<data><div class="table"><table class="data(?: dense)?">)|<div class="table" data-table="(?<name>[^"]+)">|<figure>(?<figure>.*?)</figure>(?<end>\s*</div>)?""", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PartPattern();

    [GeneratedRegex("<title>(.*?)</title>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex TitlePattern();
}
