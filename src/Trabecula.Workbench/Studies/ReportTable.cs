using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Studies;

/// <summary>A table of a study: a CSV file of its own, and a part of the report.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Title">What the table shows.</param>
/// <param name="Columns">The head.</param>
/// <param name="Rows">The cells, as they are shown.</param>
public sealed record ReportTable(string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>What a reader must know to read it: definitions, tests, caveats.</summary>
    public string Note { get; init; } = "";

    /// <summary>The columns that a reader is shown, a value and the ends of its interval as one; empty for all. The file has every one.</summary>
    public IReadOnlyList<string> Essential { get; init; } = [];

    /// <summary>The column whose cells name the rows, where a few wide rows may be shown side by side as columns; null where they may not.</summary>
    public string? RowName { get; init; }

    /// <summary>How many of these stand side by side; the others follow below.</summary>
    public int Across { get; init; } = 5;

    /// <summary>Writes the table as CSV, lines ended by a line feed.</summary>
    internal void WriteCsv(Stream stream)
    {
        using var text = new CsvText(stream);
        text.WriteRow(Columns);
        foreach (IReadOnlyList<string> row in Rows)
            text.WriteRow(row);
    }
}
