using Trabecula.Workbench.Checklists;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The report of a study and what a paper takes from it: the page, its pictures as SVG and PNG, its tables as Word documents, the checklists that it fills.</summary>
internal static class ReportFolder
{
    internal const string FiguresName = "figures";

    /// <summary>Writes them; the same summary gives the same bytes.</summary>
    /// <param name="folder">The study's folder, with its tables.</param>
    /// <param name="summary">The study.</param>
    /// <param name="more">Tables that have a file and no place in the report.</param>
    /// <param name="work">Told how far it is, and asked whether to stop.</param>
    /// <returns>The page.</returns>
    internal static string Write(string folder, StudySummary summary, IReadOnlyList<ReportTable> more, StageWork? work = null)
    {
        string page = StudyReport.Render(summary), path = Path.Combine(folder, StudyFolder.ReportName);
        WriteFigures(folder, page, work);
        foreach (ReportTable table in (work ?? new StageWork()).Through("Writing tables", [.. summary.Tables, .. FigureTables.Of(summary), .. more]))
        {
            string file = Path.Combine(folder, "tables", table.Name);
            AtomicFile.Write(file + ".csv", table.WriteCsv);
            AtomicFile.Write(file + ".docx", stream => WordTable.Write(stream, ReadableTable.PartsOf(Beginning(table)), []));
        }
        // The checklists look at the report and the files beside it, and the report then shows what they found.
        IReadOnlyList<FilledChecklist> checklists = StudyChecklists.Fill(new StudyEvidence(folder, summary, page));
        StudyChecklists.Write(folder, summary, checklists);
        StudyFolder.WriteText(path, StudyReport.Render(summary, StudyChecklists.Section(checklists)));
        return path;
    }

    /// <summary>Tables as Word documents, beside their CSV files.</summary>
    internal static void WriteWordTables(string folder, IReadOnlyList<ReportTable> tables)
    {
        foreach (ReportTable table in tables)
            AtomicFile.Write(Path.Combine(folder, "tables", table.Name + ".docx"), stream => WordTable.Write(stream, ReadableTable.PartsOf(Beginning(table)), []));
    }

    /// <summary>The pictures of a page, afresh.</summary>
    internal static void WriteFigures(string folder, string page, StageWork? work = null) => StudyFolder.WriteFresh(Path.Combine(folder, FiguresName), (work ?? new StageWork()).Through("Painting figures", ReportFigures.Of(page)).SelectMany(figure => new (string, Action<Stream>)[]
    {
        ($"{figure.Name}.svg", stream => stream.Write(ReportFigures.Svg(figure))),
        ($"{figure.Name}.png", stream => stream.Write(ReportFigures.Png(figure))),
    }));

    /// <summary>Long tables are files for machines: a document has their beginning and says where the rest is.</summary>
    private static ReportTable Beginning(ReportTable table)
    {
        const int most = 200;
        string more = table.Rows.Count > most ? FormattableString.Invariant($" The first {most} of {table.Rows.Count} rows; all are in {table.Name}.csv.") : "";
        return table with { Rows = [.. table.Rows.Take(most)], Note = (table.Note + more).Trim() };
    }
}
