using System.Globalization;
using Sylvan.Data.Csv;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Extraction;

/// <summary>Checks a table of cases cell by cell and collects what is wrong.</summary>
internal sealed class CaseTableReader(string path, bool readLabels, List<string> problems)
{
    private static readonly string[] ResultPrefixes = ["diagnostics_", "original_", "log-sigma-", "wavelet-", "gradient_"];

    // The most that Linux takes as a path.
    private const int LongestCell = 4096;

    private const int ColumnsShown = 12, LettersShown = 60;

    private readonly string _folder = Path.GetDirectoryName(path) ?? "";
    private string[] _columns = [];
    private int _image = -1, _mask = -1, _id = -1, _label = -1;

    // Columns of further readers' masks by reader; empty for one reader.
    private readonly SortedDictionary<int, int> _furtherMasks = [];

    public CaseTable Read(CsvDataReader reader)
    {
        var rows = new List<CaseRow>();
        try
        {
            int number = 0;
            while (reader.Read())
            {
                number++;
                string[] cells = Cells(reader);
                if (number == 1)
                {
                    ReadHeader(cells);
                    if (problems.Count > 0)
                        break;
                }
                else if (cells.Any(cell => cell.Length > 0))
                    ReadRow(number, cells, rows);
            }
            if (number <= 1 && problems.Count == 0)
                problems.Add("the table holds no case. Add one row for each image with its mask.");
        }
        catch (CsvFormatException exception)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"row {exception.RowNumber + 1}: not readable as CSV. Check the quotes."));
        }
        FindRepeated(rows);
        if (_furtherMasks.Count == 0)
            return new CaseTable(_columns, _label, rows);
        // The label may stand behind a mask column that falls away.
        int label = _label < 0 ? -1 : _label - _furtherMasks.Values.Count(column => column < _label);
        return new CaseTable([.. _columns.Where((_, column) => !_furtherMasks.ContainsValue(column)), CaseTable.ReaderColumn], label, rows);
    }

    private static string[] Cells(CsvDataReader reader)
    {
        var cells = new string[reader.RowFieldCount];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = reader.GetString(i);
        return cells;
    }

    private void ReadHeader(string[] cells)
    {
        _columns = cells;
        _image = Find("Image", required: true);
        _mask = Find("Mask", required: true);
        _id = Find("ID", required: false);
        _label = Find("Label", required: false);
        FindFurtherReaders();
        foreach (IGrouping<string, string> name in cells.GroupBy(cell => cell, StringComparer.Ordinal).Where(group => group.Count() > 1))
            problems.Add($"row 1: the column '{Excerpt(name.Key)}' stands twice. Rename or delete one.");
        foreach (string column in cells.Where(cell => ResultPrefixes.Any(prefix => cell.StartsWith(prefix, StringComparison.Ordinal))))
            problems.Add($"row 1: the column '{Excerpt(column)}' has the name of a result. Rename or delete it.");
    }

    private void FindFurtherReaders()
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            string name = _columns[column].Trim();
            if (name.StartsWith("Mask", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int reader) && reader > 1 && !_furtherMasks.TryAdd(reader, column))
                problems.Add($"row 1: the columns {_columns[_furtherMasks[reader]]} and {_columns[column]} both mean the mask of one reader. Keep one.");
        }
        if (_furtherMasks.Count > 0 && _columns.Any(column => column.Trim().Equals(CaseTable.ReaderColumn, StringComparison.OrdinalIgnoreCase)))
            problems.Add($"row 1: the column {CaseTable.ReaderColumn} will tell the masks of several readers apart. Rename or delete it.");
    }

    private int Find(string name, bool required)
    {
        int[] places = [.. Enumerable.Range(0, _columns.Length).Where(i => _columns[i].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (places.Length == 0 && required)
            problems.Add($"row 1: no column '{name}'; the columns are {ColumnNames()}. Name the columns Image and Mask.");
        else if (places.Length > 1 && places.Select(place => _columns[place]).Distinct(StringComparer.Ordinal).Count() > 1)
            problems.Add($"row 1: the columns {string.Join(" and ", places.Select(place => _columns[place]))} both mean {name}. Keep one.");
        return places.Length == 0 ? -1 : places[0];
    }

    private string ColumnNames() => PlainText.List([.. _columns.Select(Excerpt)], ColumnsShown);

    private static string Excerpt(string cell) => PlainText.Excerpt(cell, LettersShown);

    private void ReadRow(int number, string[] cells, List<CaseRow> rows)
    {
        int before = problems.Count;
        if (cells.Length != _columns.Length)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"row {number}: {cells.Length} {(cells.Length == 1 ? "cell" : "cells")}, but the header has {_columns.Length}. Check the delimiters and quotes of this row."));
            return;
        }
        string image = Required(number, cells, _image), mask = Required(number, cells, _mask);
        string subject = _id < 0 ? image : Required(number, cells, _id);
        string? name = readLabels && _label >= 0 && LabelSelection.IsName(cells[_label]) ? cells[_label].Trim() : null;
        uint? label = readLabels && _label >= 0 && name is null ? Label(number, cells) : null;
        var masks = new SortedDictionary<int, string> { [1] = mask };
        foreach ((int reader, int column) in _furtherMasks)
        {
            // A reader need not have read every case.
            if (cells[column].Trim().Length > 0)
                masks[reader] = Required(number, cells, column);
        }
        if (problems.Count > before)
            return;
        foreach ((int reader, string path) in masks)
        {
            rows.Add(new CaseRow(number, subject, _furtherMasks.Count == 0 ? cells : CellsOf(reader, path, cells), Path.Combine(_folder, image), Path.Combine(_folder, path), label)
            { LabelName = name, HasId = _id >= 0, Reader = _furtherMasks.Count == 0 ? null : reader });
        }
    }

    private string[] CellsOf(int reader, string mask, string[] cells) =>
    [
        .. cells.Select((cell, column) => column == _mask ? mask : cell).Where((_, column) => !_furtherMasks.ContainsValue(column)),
        reader.ToString(CultureInfo.InvariantCulture),
    ];

    private string Required(int number, string[] cells, int column)
    {
        string cell = cells[column].Trim();
        if (cell.Length == 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"row {number}, column {_columns[column]}: the cell is empty. Fill it, or delete the row."));
        }
        if (cell.Length > LongestCell)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"row {number}, column {_columns[column]}: the cell has {cell.Length} letters, more than any path or ID. Check the delimiters and quotes of this row."));
        }
        if (cell.FirstOrDefault(char.IsControl, ' ') is var letter and not ' ')
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"row {number}, column {_columns[column]}: the cell holds a control character (U+{(int)letter:X4}). Delete it."));
        }
        return cell;
    }

    private uint? Label(int number, string[] cells)
    {
        if (cells[_label].Trim().Length == 0)
            return null;
        if (LabelSelection.TryParse(cells[_label], out uint label))
            return label;
        problems.Add(string.Create(CultureInfo.InvariantCulture,
            $"row {number}, column {_columns[_label]}: '{Excerpt(cells[_label])}' is not a label. Write a whole number from 1 or a segment's name, or delete the column."));
        return null;
    }

    private void FindRepeated(List<CaseRow> rows)
    {
        if (_id < 0)
            return;
        foreach (IGrouping<(string, uint?, string?), CaseRow> same in rows.Where(row => row.Reader is null or 1).GroupBy(row => (row.Subject, row.Label, row.LabelName)).Where(group => group.Count() > 1))
        {
            string label = same.Key.Item2 is { } value ? string.Create(CultureInfo.InvariantCulture, $" with label {value}") : same.Key.Item3 is { } name ? $" with label {name}" : "";
            problems.Add($"rows {PlainText.List([.. same.Select(row => row.Number.ToString(CultureInfo.InvariantCulture))])}, column {_columns[_id]}: " +
                $"'{same.Key.Item1}'{label} stands {same.Count().ToString(CultureInfo.InvariantCulture)} times. Give each case its own ID.");
        }
    }
}
