using System.Globalization;
using System.Text;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Checklists;

/// <summary>Fills the standards' checklists from a study's folder, and writes them as page, CSV and Word.</summary>
internal static class StudyChecklists
{
    internal const string FolderName = "checklists";

    private static readonly double[] s_widths = [0.6, 1.6, 3.2, 1, 2, 3.2];

    /// <summary>Fills all; none before the study stands in words.</summary>
    internal static IReadOnlyList<FilledChecklist> Fill(StudyEvidence evidence) => evidence.Summary.Account is null ? [] :
    [
        Fill("clear", ClearChecklist.Title, ClearChecklist.Source, ClearChecklist.Items, evidence, _ => ""),
        Fill("metrics", MetricsChecklist.Title, MetricsChecklist.Source, MetricsChecklist.Items, evidence, MetricsChecklist.Summary),
        Fill("tripod-ai", TripodChecklist.Title, TripodChecklist.Source, TripodChecklist.Items, evidence, _ => ""),
        Fill("ibsi", IbsiChecklist.Title, IbsiChecklist.Source, IbsiChecklist.Items, evidence, _ => ""),
    ];

    /// <summary>Writes them into their folder, afresh.</summary>
    internal static void Write(string folder, StudySummary summary, IReadOnlyList<FilledChecklist> checklists) =>
        StudyFolder.WriteFresh(Path.Combine(folder, FolderName), checklists.SelectMany(checklist => new (string, Action<Stream>)[]
        {
            ($"{checklist.Name}.html", stream => stream.Write(Encoding.UTF8.GetBytes(Page(checklist, summary)))),
            ($"{checklist.Name}.csv", Table(checklist).WriteCsv),
            ($"{checklist.Name}.docx", stream => WordTable.Write(stream, [Table(checklist)], s_widths)),
        }));

    /// <summary>The report's section about them.</summary>
    internal static string Section(IReadOnlyList<FilledChecklist> checklists) => checklists.Count == 0 ? "" : $"""
        <h2>Checklists</h2>
        <p>Filled from this folder. A yes names its evidence; what only a person can know is left open. Item numbers are the standards', the wording is ours.</p>
        <div class="table"><table><thead><tr><th scope="col">Standard</th><th scope="col">Yes</th><th scope="col">No</th><th scope="col">Not applicable</th><th scope="col">Open</th><th scope="col">Files</th></tr></thead><tbody>
        {string.Concat(checklists.Select(Row))}</tbody></table></div>
        {string.Concat(checklists.Where(checklist => checklist.Summary.Length > 0).Select(checklist => $"<p>{Html.Text(checklist.Summary)}</p>\n"))}
        """;

    private static FilledChecklist Fill(
        string name, string title, string source, IReadOnlyList<ChecklistItem> items, StudyEvidence evidence, Func<IReadOnlyList<ItemStatus>, string> summary)
    {
        FilledItem[] filled = [.. items.Select(item => new FilledItem(item.Number, item.Section, item.Asks, item.Answer(evidence)))];
        return new FilledChecklist(name, title, source, filled) { Summary = summary([.. filled.Select(item => item.Answer.Status)]) };
    }

    private static string Row(FilledChecklist list) => $"""
        <tr><th scope="row"><a href="{FolderName}/{list.Name}.html">{Html.Text(list.Title)}</a></th><td>{Count(list, ItemStatus.Yes)}</td><td>{Count(list, ItemStatus.No)}</td><td>{Count(list, ItemStatus.NotApplicable)}</td><td>{Count(list, ItemStatus.Open)}</td><td><a href="{FolderName}/{list.Name}.csv">CSV</a> <a href="{FolderName}/{list.Name}.docx">Word</a></td></tr>

        """;

    private static string Page(FilledChecklist checklist, StudySummary summary)
    {
        string rows = string.Concat(checklist.Items.Select(item => $"""
            <tr class="{item.Answer.Status.ToString().ToLowerInvariant()}"><th scope="row">{Html.Text(item.Number)}</th><td class="words">{Html.Text(item.Section)}</td><td class="words">{Html.Text(item.Asks)}</td><td class="words">{Word(item.Answer.Status)}</td><td class="words">{Link(item.Answer.Evidence)}</td><td class="words">{Html.Text(item.Answer.Remark)}</td></tr>

            """));
        string body = $"""
            <p class="brand">Trabecula · checklist</p>
            <h1>{Html.Text(checklist.Title)}</h1>
            <p class="lead">{Html.Text(summary.Title)}: {Count(checklist, ItemStatus.Yes)} yes, {Count(checklist, ItemStatus.No)} no, {Count(checklist, ItemStatus.NotApplicable)} not applicable, {Count(checklist, ItemStatus.Open)} open.</p>
            <p>{Html.Text(checklist.Source)}.</p>
            {(checklist.Summary.Length == 0 ? "" : $"<p><strong>{Html.Text(checklist.Summary)}</strong></p>")}
            <div class="table"><table><thead><tr><th scope="col">Item</th><th scope="col" class="words">Part</th><th scope="col" class="words">Asks for</th><th scope="col" class="words">Answer</th><th scope="col" class="words">Evidence</th><th scope="col" class="words">Remark</th></tr></thead><tbody>
            {rows}</tbody></table></div>
            """;
        return ReportPage.Render(
            $"{checklist.Title}: {summary.Title}",
            (summary.SyntheticData ? "<strong>SYNTHETIC DATA.</strong> No patient stands behind these answers. " : "") + "Yes only where the evidence is in the study's folder; a person fills what is open.", body);
    }

    private static ReportTable Table(FilledChecklist checklist) => new(
        checklist.Name, checklist.Title, ["item", "part", "asks for", "answer", "evidence", "remark"],
        [.. checklist.Items.Select(item => (IReadOnlyList<string>)[item.Number, item.Section, item.Asks, Word(item.Answer.Status), item.Answer.Evidence, item.Answer.Remark])])
    {
        Note = $"{checklist.Summary} {checklist.Source}.".Trim(),
    };

    private static string Word(ItemStatus status) => status switch { ItemStatus.Yes => "yes", ItemStatus.No => "no", ItemStatus.NotApplicable => "not applicable", _ => "open" };

    private static string Link(string evidence) => evidence.Length == 0 ? "" : $"<a href=\"../{Html.Text(evidence)}\">{Html.Text(evidence)}</a>";

    private static string Count(FilledChecklist checklist, ItemStatus status) => checklist.Count(status).ToString(CultureInfo.InvariantCulture);
}
