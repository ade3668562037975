using System.Globalization;

namespace Trabecula.Workbench.Tables;

/// <summary>Finds the decimal mark of a table from all of its cells.</summary>
/// <remarks>
/// A comma between digits can be a decimal mark or separate thousands. It is taken as a decimal mark where at least one cell can be
/// nothing else (other than three digits after it, or a leading 0) and no cell has a decimal point. Where both marks occur, or every
/// comma could separate thousands, a guess could be wrong by a factor of a thousand, so the user is asked.
/// </remarks>
internal static class DecimalMarkDetection
{
    private const string Cure = "State the decimal mark of the table.";

    public static (char Mark, Finding? Fault) Of(DataTable table, bool hasCommas)
    {
        if (!hasCommas)
            return ('.', null);
        (int Row, int Column)? comma = null, point = null, doubtful = null;
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int column = 0; column < table.Columns.Count; column++)
            {
                ReadOnlySpan<char> cell = table.Cell(row, column);
                switch (Read(cell))
                {
                    case Reading.CommaOnly: comma ??= (row, column); break;
                    case Reading.PointOnly: point ??= (row, column); break;
                    case Reading.Doubtful: doubtful ??= (row, column); break;
                }
            }
        }
        return (comma, point, doubtful) switch
        {
            ({ } c, { } p, _) => ('.', table.At(
                c.Row, c.Column, string.Create(CultureInfo.InvariantCulture,
                    $"'{table.Cell(c.Row, c.Column)}' has a decimal comma, but '{table.Cell(p.Row, p.Column)}' in row {table.RowNumber(p.Row)}, column {table.Columns[p.Column]}, a decimal point."),
                "Write all numbers of the table alike, or state its decimal mark.", "decimal-mark")),
            ({ }, null, _) => (',', null),
            (null, null, { } d) => ('.', table.At(
                d.Row, d.Column, $"the comma of '{table.Cell(d.Row, d.Column)}' may be a decimal mark or separate thousands.", Cure, "decimal-mark")),
            _ => ('.', null),
        };
    }

    private enum Reading
    {
        Other,
        CommaOnly,
        PointOnly,
        Doubtful,
    }

    private static Reading Read(ReadOnlySpan<char> cell)
    {
        int at = cell.IndexOfAny(',', '.');
        if (at < 0)
            return Reading.Other;
        char mark = cell[at];
        if (NumberCell.Parse(cell, mark, out _) != NumberFault.None)
            return Reading.Other;
        if (mark == '.')
            return Reading.PointOnly;
        ReadOnlySpan<char> whole = cell[..at].TrimStart("+-"), part = cell[(at + 1)..];
        bool likeThousands = whole.Length is >= 1 and <= 3 && whole[0] != '0' && part.Length == 3 && !part.ContainsAnyExceptInRange('0', '9');
        return likeThousands ? Reading.Doubtful : Reading.CommaOnly;
    }
}
