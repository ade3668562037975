using System.Globalization;

namespace Trabecula.Workbench.Tables;

/// <summary>
/// A table as it stands in its file: named columns of text, typed only when asked. Cells are without spaces at their ends.
/// Immutable.
/// </summary>
/// <remarks>All text lies in one buffer: a table of a million numbers is read without a million strings, and any cell can still be
/// quoted as it was written.</remarks>
public sealed class DataTable
{
    private const int ProblemsOfColumn = 10;

    private readonly string[] _columns;
    private readonly char[] _text;
    private readonly int[] _ends;
    private readonly int[] _rowNumbers;
    private readonly string[] _missing;
    private readonly double[] _missingNumbers;
    private readonly Dictionary<string, int> _places;
    private (char Mark, Finding? Fault)? _decimalMark;

    internal DataTable(string name, string[] columns, char[] text, int[] ends, int[] rowNumbers, TableFormat format, IReadOnlyList<string> notices)
    {
        (Name, _columns, _text, _ends, _rowNumbers, Format, Notices) = (name, columns, text, ends, rowNumbers, format, notices);
        _missing = [.. format.Missing];
        _missingNumbers = [.. _missing.Select(word => NumberCell.Parse(word, word.Contains(',', StringComparison.Ordinal) ? ',' : '.', out double number) == NumberFault.None ? number : double.NaN).Where(double.IsFinite)];
        _places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < columns.Length; i++)
            _places[columns[i]] = i;
        Columns = Array.AsReadOnly(_columns);
    }

    /// <summary>The file's name, or another that messages can use.</summary>
    public string Name { get; }

    /// <summary>The name of each column, once in a table.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of rows, the header not counted.</summary>
    public int RowCount => _rowNumbers.Length;

    /// <summary>What was assumed in reading, such as an encoding; a line each.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>The decimal mark of its numbers; <c>.</c> where it is in doubt, which reading a number reports.</summary>
    public char DecimalMark => DecimalMarkOfTable().Mark;

    internal TableFormat Format { get; }

    /// <summary>A table of rows of cells, for tables that come from no file. Rows are numbered from 2, below the header.</summary>
    /// <param name="name">A name that messages can use.</param>
    /// <param name="columns">The columns, each name once.</param>
    /// <param name="rows">The rows, each with a cell for every column; those without any text are left out.</param>
    /// <param name="format">Missing markers and decimal mark; null for the usual.</param>
    /// <exception cref="TableException">A name is empty or stands twice, or a row has too few or too many cells.</exception>
    public static DataTable Of(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, TableFormat? format = null)
    {
        var builder = new DataTableBuilder(name, format ?? new TableFormat { DecimalMark = '.' });
        foreach (string column in columns)
            builder.Add(column);
        builder.EndRow(1);
        int number = 1;
        foreach (IReadOnlyList<string> row in rows)
        {
            foreach (string cell in row)
                builder.Add(cell);
            builder.EndRow(++number);
        }
        return builder.Build();
    }

    /// <summary>The row of the file as a spreadsheet counts it, the header being 1.</summary>
    public int RowNumber(int row) => _rowNumbers[row];

    /// <summary>The place of a column, or -1. Case counts.</summary>
    public int Find(string column) => _places.GetValueOrDefault(column, -1);

    /// <summary>A cell as it is written.</summary>
    public ReadOnlySpan<char> Cell(int row, int column)
    {
        int at = row * _columns.Length + column;
        int start = at == 0 ? 0 : _ends[at - 1];
        return _text.AsSpan(start, _ends[at] - start);
    }

    /// <summary>A cell as it is written; empty where it is missing.</summary>
    public string Text(int row, int column) => IsMissing(row, column) ? "" : Cell(row, column).ToString();

    /// <summary>Whether a cell is empty or holds a missing marker; a number among the markers counts however it is written, as -99 and -99.0.</summary>
    public bool IsMissing(int row, int column)
    {
        ReadOnlySpan<char> cell = Cell(row, column);
        if (cell.IsEmpty)
            return true;
        foreach (string word in _missing)
        {
            if (cell.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return _missingNumbers.Length > 0 && NumberCell.Parse(cell, cell.Contains(',') ? ',' : '.', out double number) == NumberFault.None && _missingNumbers.Contains(number);
    }

    /// <summary>The cells of a column as text, empty where they are missing.</summary>
    public string[] Texts(int column)
    {
        var texts = new string[RowCount];
        for (int row = 0; row < texts.Length; row++)
            texts[row] = Text(row, column);
        return texts;
    }

    /// <summary>The cells of a column as numbers, NaN where they are missing or wrong.</summary>
    /// <param name="column">Place of the column.</param>
    /// <param name="problems">Receives an error for each cell that is neither missing nor a finite number; of many, the first and how
    /// many more there are.</param>
    public double[] Numbers(int column, ICollection<Finding> problems)
    {
        var numbers = new double[RowCount];
        var wrong = new List<Finding>();
        for (int row = 0; row < numbers.Length; row++)
            numbers[row] = Number(row, column, wrong);
        foreach (Finding problem in wrong.Take(ProblemsOfColumn).Where(problem => !problems.Contains(problem)))
            problems.Add(problem);
        if (wrong.Count > ProblemsOfColumn)
        {
            problems.Add(new Finding(
                Severity.Error, string.Create(CultureInfo.InvariantCulture, $"{wrong.Count - ProblemsOfColumn} more cells of this column are no numbers."),
                "Check that it is a column of numbers.")
            { Code = "not-a-number", Table = Name, Column = _columns[column], Rows = [.. wrong.Skip(ProblemsOfColumn).SelectMany(problem => problem.Rows)] });
        }
        return numbers;
    }

    /// <summary>A cell as a number, NaN where it is missing or wrong.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="column">Place of the column.</param>
    /// <param name="problems">Receives an error where the cell is neither missing nor a finite number.</param>
    public double Number(int row, int column, ICollection<Finding> problems)
    {
        if (IsMissing(row, column))
            return double.NaN;
        ReadOnlySpan<char> cell = Cell(row, column);
        (char mark, Finding? fault) = DecimalMarkOfTable();
        NumberFault wrong = NumberCell.Parse(cell, mark, out double value);
        // The mark is in doubt only where a comma stands: 12 and 1.5e3 are what they are.
        if (fault is not null && wrong != NumberFault.NotANumber && cell.ContainsAny(',', '.'))
        {
            if (!problems.Contains(fault))
                problems.Add(fault);
            return double.NaN;
        }
        if (wrong == NumberFault.None)
            return value;
        problems.Add(At(row, column, NumberCell.Explain(wrong, cell, mark), NumberCell.Cure(wrong), "not-a-number"));
        return double.NaN;
    }

    /// <summary>The table of some rows, in the order given.</summary>
    public DataTable TakeRows(IReadOnlyList<int> rows)
    {
        int width = _columns.Length;
        var ends = new int[rows.Count * width];
        var numbers = new int[rows.Count];
        int length = 0;
        foreach (int row in rows)
            length += RowText(row).Length;
        var text = new char[length];
        int at = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            numbers[i] = _rowNumbers[rows[i]];
            int shift = at - (rows[i] == 0 || width == 0 ? 0 : _ends[rows[i] * width - 1]);
            for (int c = 0; c < width; c++)
                ends[i * width + c] = _ends[rows[i] * width + c] + shift;
            ReadOnlySpan<char> source = RowText(rows[i]);
            source.CopyTo(text.AsSpan(at));
            at += source.Length;
        }
        return new DataTable(Name, _columns, text, ends, numbers, Format with { DecimalMark = DecimalMarkOfTable() is (var mark, null) ? mark : null }, Notices);
    }

    /// <summary>A finding at a cell.</summary>
    internal Finding At(int row, int column, string problem, string cure, string code, Severity severity = Severity.Error) =>
        new(severity, problem, cure) { Code = code, Table = Name, Rows = [_rowNumbers[row]], Column = _columns[column] };

    private ReadOnlySpan<char> RowText(int row)
    {
        int width = _columns.Length;
        if (width == 0)
            return [];
        int start = row == 0 ? 0 : _ends[row * width - 1];
        return _text.AsSpan(start, _ends[(row + 1) * width - 1] - start);
    }

    // Found when the first number is asked for, and the same whoever asks first: threads may both compute it.
    private (char Mark, Finding? Fault) DecimalMarkOfTable() =>
        _decimalMark ??= Format.DecimalMark is { } given ? (given, null) : DecimalMarkDetection.Of(this, _text.AsSpan().Contains(','));
}
