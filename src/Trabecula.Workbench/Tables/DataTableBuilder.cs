using System.Globalization;

namespace Trabecula.Workbench.Tables;

/// <summary>Builds a table cell by cell; the first row holds the names.</summary>
internal sealed class DataTableBuilder(string name, TableFormat format)
{
    private readonly List<Finding> _problems = [];
    private readonly List<string> _notices = [];
    private readonly List<string> _header = [];
    private readonly List<int> _rowNumbers = [];
    private readonly List<int> _ends = new(1 << 12);
    private char[] _text = new char[1 << 14];
    private int _length, _rowStart, _cells;
    private bool _hasHeader, _rowHasText;

    /// <summary>Number of columns, after the header.</summary>
    public int Width => _header.Count;

    /// <summary>Adds something for the reader of the report.</summary>
    public void Notice(string text) => _notices.Add(text);

    /// <summary>Adds a problem that refuses the table when it is built.</summary>
    public void Problem(Finding problem) => _problems.Add(problem);

    /// <summary>Adds the next cell of the row.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (!_hasHeader)
        {
            _header.Add(cell.ToString());
            return;
        }
        _rowHasText |= !cell.IsEmpty;
        if (++_cells > Width && cell.IsEmpty)
            return;
        if (_length > int.MaxValue / 2 - cell.Length)
            throw new TableException(name, "the table has more than 1,000,000,000 letters.", "Leave out what the study does not need.");
        if (_length + cell.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_length + cell.Length, 2 * _text.Length));
        cell.CopyTo(_text.AsSpan(_length));
        _length += cell.Length;
        _ends.Add(_length);
    }

    /// <summary>Ends a row. Rows without any text are left out.</summary>
    /// <param name="number">The row as a spreadsheet counts it, the header being 1.</param>
    public void EndRow(int number)
    {
        if (!_hasHeader)
        {
            _hasHeader = _header.Exists(cell => cell.Length > 0);
            if (!_hasHeader)
                _header.Clear();
            return;
        }
        if (_rowHasText && _cells != Width)
        {
            bool onlyEmpty = _cells > Width && _ends.Count - _rowNumbers.Count * Width == Width;
            if (!onlyEmpty)
            {
                _problems.Add(new Finding(
                    Severity.Error, string.Create(CultureInfo.InvariantCulture, $"{_cells} {(_cells == 1 ? "cell" : "cells")}, but the header has {Width}."),
                    "Check the delimiters and quotes of this row.")
                { Code = "ragged-row", Table = name, Rows = [number] });
                _rowHasText = false;
            }
        }
        if (_rowHasText)
        {
            _rowNumbers.Add(number);
            _rowStart = _length;
        }
        else
        {
            _ends.RemoveRange(_rowNumbers.Count * Width, _ends.Count - _rowNumbers.Count * Width);
            _length = _rowStart;
        }
        (_cells, _rowHasText) = (0, false);
    }

    /// <summary>The table.</summary>
    /// <exception cref="TableException">There are problems.</exception>
    public DataTable Build()
    {
        if (!_hasHeader)
            throw new TableException(name, "the table is empty.", "Give a table whose first row names its columns.");
        string[] columns = NameColumns();
        foreach (IGrouping<string, string> same in columns.GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            _problems.Add(new Finding(
                Severity.Error, string.Create(CultureInfo.InvariantCulture, $"the column '{same.Key}' stands {same.Count()} times."), "Rename or delete the others.")
            { Code = "duplicate-column", Table = name, Rows = [1] });
        }
        if (_rowNumbers.Count == 0 && _problems.Count == 0)
            _problems.Add(new Finding(Severity.Error, "the table has a header but no row.", "Add a row for each subject.") { Code = "no-rows", Table = name });
        if (_problems.Count > 0)
            throw new TableException(_problems);

        var table = new DataTable(name, columns, _text.AsSpan(0, _length).ToArray(), [.. _ends], [.. _rowNumbers], format, _notices);
        int[] kept = [.. Enumerable.Range(0, Width).Where(c => _header[c].Length > 0 || Enumerable.Range(0, table.RowCount).Any(r => !table.Cell(r, c).IsEmpty))];
        return kept.Length == Width ? table : WithColumns(table, kept);
    }

    // Statistical programs write row names under an empty header, and spreadsheets leave empty columns at the end.
    private string[] NameColumns()
    {
        string[] columns = [.. _header];
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Length == 0)
                columns[i] = string.Create(CultureInfo.InvariantCulture, $"Column {i + 1}");
        }
        return columns;
    }

    private DataTable WithColumns(DataTable table, int[] kept)
    {
        var builder = new DataTableBuilder(name, format);
        foreach (int column in kept)
            builder.Add(table.Columns[column]);
        builder.EndRow(1);
        for (int row = 0; row < table.RowCount; row++)
        {
            foreach (int column in kept)
                builder.Add(table.Cell(row, column));
            builder.EndRow(table.RowNumber(row));
        }
        foreach (string notice in _notices)
            builder.Notice(notice);
        return builder.Build();
    }
}
