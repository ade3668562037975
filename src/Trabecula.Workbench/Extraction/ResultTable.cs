using System.Globalization;

namespace Trabecula.Workbench.Extraction;

/// <summary>
/// The output as PyRadiomics lays it out: the columns of the input, then diagnostics and features. The first case with features gives
/// their order; columns that only later cases have follow by name. Where masks name their segments, a column of the names follows the input's;
/// a table's own column <c>Segment</c> keeps what it says.
/// </summary>
internal sealed class ResultTable
{
    private const string LabelName = "Label";

    private readonly IReadOnlyList<CaseResult> _results;
    private readonly int _labelColumn, _segmentColumn;
    private readonly string[] _inputColumns;

    /// <summary>Lays out results.</summary>
    /// <param name="table">The input.</param>
    /// <param name="results">A result for each case and label.</param>
    /// <param name="showLabel">Whether a case has several labels, so that a column must tell them apart.</param>
    public ResultTable(CaseTable table, IReadOnlyList<CaseResult> results, bool showLabel)
    {
        _results = results;
        _labelColumn = table.LabelColumn >= 0 ? table.LabelColumn : showLabel ? table.Columns.Count : -1;
        _inputColumns = table.LabelColumn < 0 && showLabel ? [.. table.Columns, LabelName] : [.. table.Columns];
        _segmentColumn = Array.FindIndex(_inputColumns, column => column.Trim().Equals(CaseTable.SegmentColumn, StringComparison.OrdinalIgnoreCase));
        if (_segmentColumn < 0 && results.Any(result => result.Segment.Length > 0))
        {
            _segmentColumn = _inputColumns.Length;
            _inputColumns = [.. _inputColumns, CaseTable.SegmentColumn];
        }

        List<FeatureLayout> layouts = [.. results.Where(r => r.Features is not null).Select(r => r.Features!.Layout).Distinct()];
        DiagnosticColumns = Union(layouts, layout => layout.Diagnostics);
        FeatureColumns = Union(layouts, layout => layout.Features);
    }

    /// <summary>The input's columns, with label and name of the segment where they are needed.</summary>
    public IReadOnlyList<string> InputColumns => _inputColumns;

    /// <summary>Columns that tell where the values come from.</summary>
    public IReadOnlyList<string> DiagnosticColumns { get; }

    /// <summary>Columns of features.</summary>
    public IReadOnlyList<string> FeatureColumns { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => _results.Count;

    /// <summary>The input's cells of a row.</summary>
    public string[] InputCells(int row)
    {
        CaseResult result = _results[row];
        string[] cells = [.. result.Row.Cells.Take(_inputColumns.Length), .. Enumerable.Repeat("", Math.Max(0, _inputColumns.Length - result.Row.Cells.Count))];
        if (_labelColumn >= 0 && result is { Label: { } label, Row.LabelName: null } && !Says(cells[_labelColumn], label))
            cells[_labelColumn] = label.ToString(CultureInfo.InvariantCulture);
        if (_segmentColumn >= 0 && result.Segment.Length > 0 && cells[_segmentColumn].Trim().Length == 0)
            cells[_segmentColumn] = result.Segment;
        return cells;
    }

    /// <summary>The values of a row; null where its case failed.</summary>
    public FeatureRecord? Values(int row) => _results[row].Features;

    private static bool Says(string cell, uint label) => LabelSelection.TryParse(cell, out uint written) && written == label;

    private static List<string> Union(List<FeatureLayout> layouts, Func<FeatureLayout, string[]> names)
    {
        if (layouts.Count == 0)
            return [];
        List<string> columns = [.. names(layouts[0])];
        var known = columns.ToHashSet(StringComparer.Ordinal);
        columns.AddRange(layouts.Skip(1).SelectMany(names).Where(known.Add).Order(StringComparer.Ordinal));
        return columns;
    }
}
