using System.Globalization;
using Sylvan.Data.Csv;

namespace Trabecula.Workbench.Extraction;

/// <summary>Checks a table of cases cell by cell and collects what is wrong.</summary>
internal sealed class CaseTableReader(string path, bool readLabels, List<string> problems)
{
    private static readonly string[] ResultPrefixes = ["diagnostics_", "original_", "log-sigma-", "wavelet-", "gradient_"];

    private readonly string _folder = Path.GetDirectoryName(path) ?? "";
    private string[] _columns = [];
    private int _image = -1, _mask = -1, _id = -1, _label = -1;

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
        return new CaseTable(_columns, _label, rows);
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
        foreach (IGrouping<string, string> name in cells.GroupBy(cell => cell, StringComparer.Ordinal).Where(group => group.Count() > 1))
            problems.Add($"row 1: the column '{name.Key}' stands twice. Rename or delete one.");
        foreach (string column in cells.Where(cell => ResultPrefixes.Any(prefix => cell.StartsWith(prefix, StringComparison.Ordinal))))
            problems.Add($"row 1: the column '{column}' has the name of a result. Rename or delete it.");
    }

    private int Find(string name, bool required)
    {
        int[] places = [.. Enumerable.Range(0, _columns.Length).Where(i => _columns[i].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (places.Length == 0 && required)
            problems.Add($"row 1: no column '{name}'; the columns are {string.Join(", ", _columns)}. Name the columns Image and Mask.");
        else if (places.Length > 1 && places.Select(place => _columns[place]).Distinct(StringComparer.Ordinal).Count() > 1)
            problems.Add($"row 1: the columns {string.Join(" and ", places.Select(place => _columns[place]))} both mean {name}. Keep one.");
        return places.Length == 0 ? -1 : places[0];
    }

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
        if (problems.Count == before)
            rows.Add(new CaseRow(number, subject, cells, Path.Combine(_folder, image), Path.Combine(_folder, mask), label) { LabelName = name });
    }

    private string Required(int number, string[] cells, int column)
    {
        string cell = cells[column].Trim();
        if (cell.Length == 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"row {number}, column {_columns[column]}: the cell is empty. Fill it, or delete the row."));
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
            $"row {number}, column {_columns[_label]}: '{cells[_label]}' is not a label. Write a whole number from 1 or a segment's name, or delete the column."));
        return null;
    }

    private void FindRepeated(List<CaseRow> rows)
    {
        if (_id < 0)
            return;
        foreach (IGrouping<(string, uint?, string?), CaseRow> same in rows.GroupBy(row => (row.Subject, row.Label, row.LabelName)).Where(group => group.Count() > 1))
        {
            string label = same.Key.Item2 is { } value ? string.Create(CultureInfo.InvariantCulture, $" with label {value}") : same.Key.Item3 is { } name ? $" with label {name}" : "";
            problems.Add($"rows {string.Join(", ", same.Select(row => row.Number.ToString(CultureInfo.InvariantCulture)))}, column {_columns[_id]}: " +
                $"'{same.Key.Item1}'{label} stands {same.Count().ToString(CultureInfo.InvariantCulture)} times. Give each case its own ID.");
        }
    }
}
