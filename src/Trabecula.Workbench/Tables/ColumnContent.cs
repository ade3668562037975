namespace Trabecula.Workbench.Tables;

/// <summary>A column as a typed file stores it: numbers where every cell is one, else text.</summary>
/// <param name="Numbers">The numbers, null where missing; null for a column of text.</param>
/// <param name="Texts">The text, null where missing; null for a column of numbers.</param>
internal sealed record ColumnContent(double?[]? Numbers, string?[]? Texts)
{
    public static ColumnContent Of(DataTable table, int column)
    {
        var problems = new List<Finding>();
        var numbers = new double?[table.RowCount];
        bool any = false;
        for (int row = 0; row < numbers.Length; row++)
        {
            double value = table.Number(row, column, problems);
            numbers[row] = double.IsNaN(value) ? null : value;
            any |= numbers[row] is not null;
            if (problems.Count > 0 || IsCode(table.Cell(row, column)))
                return OfText(table, column);
        }
        return any ? new ColumnContent(numbers, null) : OfText(table, column);
    }

    private static ColumnContent OfText(DataTable table, int column) =>
        new(null, Array.ConvertAll(table.Texts(column), text => text.Length == 0 ? null : text));

    // 007 and +49 are names made of digits, and more than 15 digits do not survive as a number.
    private static bool IsCode(ReadOnlySpan<char> cell) =>
        cell.Length > 1 && (cell[0] == '+' || (cell[0] == '0' && char.IsAsciiDigit(cell[1])) || (cell.Length > 15 && !cell.ContainsAnyExceptInRange('0', '9')));
}
