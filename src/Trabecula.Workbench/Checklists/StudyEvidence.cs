using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Checklists;

/// <summary>What a study's folder can show for an item. A yes is given only for a file that is there, or a place that the report has.</summary>
internal sealed class StudyEvidence
{
    private readonly string _folder, _page;

    /// <summary>Looks at a folder whose tables, figures and models are written.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="summary">The study.</param>
    /// <param name="page">The text of its report.</param>
    internal StudyEvidence(string folder, StudySummary summary, string page) => (_folder, Summary, _page) = (folder, summary, page);

    /// <summary>The study.</summary>
    internal StudySummary Summary { get; }

    /// <summary>What its plan asked for.</summary>
    internal StudyFacts Facts => Summary.Account!.Facts;

    /// <summary>Whether there are features of images.</summary>
    internal bool HasImages => Facts.RadiomicColumns > 0;

    /// <summary>For a person to answer.</summary>
    internal static ItemAnswer Person(string remark = "") => new(ItemStatus.Open, "", remark);

    /// <summary>Not done.</summary>
    internal static ItemAnswer No(string remark) => new(ItemStatus.No, "", remark);

    /// <summary>Does not apply.</summary>
    internal static ItemAnswer NotApplicable(string remark) => new(ItemStatus.NotApplicable, "", remark);

    /// <summary>For a person to complete: the folder shows a part of what is asked, and the remark says what is left.</summary>
    internal static ItemAnswer InPart(ItemAnswer shown) => shown.Status == ItemStatus.Yes ? shown with { Status = ItemStatus.Open } : shown;

    /// <summary>Shown by a place of the report.</summary>
    internal ItemAnswer Report(string anchor, string remark = "") =>
        _page.Contains($"id=\"{anchor}\"", StringComparison.Ordinal) ? new ItemAnswer(ItemStatus.Yes, $"report.html#{anchor}", remark) : Person("The report has no such section.");

    /// <summary>Shown by a figure whose title begins or ends with words.</summary>
    internal ItemAnswer Figure(string words, string otherwise, string remark = "")
    {
        int title = _page.IndexOf($"<title>{words}", _page.IndexOf("<body>", StringComparison.Ordinal), StringComparison.Ordinal);
        int figure = title < 0 ? -1 : _page.LastIndexOf("<figure id=\"", title, StringComparison.Ordinal);
        if (figure < 0)
            return Person(otherwise);
        int start = figure + "<figure id=\"".Length;
        return new ItemAnswer(ItemStatus.Yes, $"report.html#{_page[start.._page.IndexOf('"', start)]}", remark);
    }

    /// <summary>Shown by a table of the study that has rows.</summary>
    internal ItemAnswer Table(string name, string remark = "", string otherwise = "") =>
        HasTable(name) ? new ItemAnswer(ItemStatus.Yes, PathOf(name), remark) : Person(otherwise);

    /// <summary>Whether the folder holds a table with a row: one of names alone shows nothing.</summary>
    internal bool HasTable(string name) => Path.Combine(_folder, PathOf(name)) is var path && File.Exists(path) && File.ReadLines(path).Skip(1).Any();

    /// <summary>Shown by the file of a fitted model; of several splits none is kept.</summary>
    internal ItemAnswer Model(string remark)
    {
        string? model = Directory.Exists(Path.Combine(_folder, "models"))
            ? Directory.EnumerateFiles(Path.Combine(_folder, "models")).Order(StringComparer.Ordinal).Select(path => Path.GetFileName(path)).FirstOrDefault() : null;
        return model is null ? Person("The folder holds no fitted model: of several splits none is kept.") : new ItemAnswer(ItemStatus.Yes, $"models/{model}", remark);
    }

    /// <summary>Missing data: who left for it, or what was filled.</summary>
    internal ItemAnswer MissingData => Facts.Imputation
        ? Table("table1", "values missing of each clinical column; how they were filled is in report.html#methods", "No clinical columns.")
        : Figure("Flow of subjects", "No flow.", "who left for a missing value, by criterion");

    private static string PathOf(string table) => $"tables/{table}.csv";
}
