using System.Globalization;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>A table as a reader wants it: values with their intervals, few digits, and a few wide rows turned into columns. Files keep every digit.</summary>
internal static class ReadableTable
{
    private const int MostUnturned = 8;

    /// <summary>The parts in which a table is read, one below the other; each has the title and the note of the whole.</summary>
    internal static IReadOnlyList<ReportTable> PartsOf(ReportTable table)
    {
        ReportTable whole = Essential(Rounded(MergedIntervals.Of(table)));
        return whole.RowName is null || whole.Rows.Count == 0 || whole.Columns.Count <= MostUnturned
            ? [whole] : [.. whole.Rows.Chunk(whole.Across).Select(rows => Turned(whole with { Rows = rows }, whole))];
    }

    /// <summary>A few wide rows as columns, so that they can be read side by side. A first column that says the same of all rows of the whole table is left out.</summary>
    internal static ReportTable Turned(ReportTable table, ReportTable? whole = null)
    {
        whole ??= table;
        int head = table.Columns.Index().First(each => each.Item == table.RowName).Index;
        IEnumerable<int> shown = Enumerable.Range(0, table.Columns.Count)
            .Where(c => c != head && (c > 0 || whole.Rows.Any(row => row[0] != whole.Rows[0][0])));
        return table with
        {
            Columns = [table.Columns[head], .. table.Rows.Select(row => row[head])],
            Rows = [.. shown.Select(c => (IReadOnlyList<string>)[table.Columns[c], .. table.Rows.Select(row => row[c])])],
        };
    }

    private static ReportTable Essential(ReportTable table)
    {
        if (table.Essential.Count == 0)
            return table;
        int[] kept = [.. table.Columns.Index().Where(column => table.Essential.Contains(column.Item)).Select(column => column.Index)];
        return table with { Columns = [.. kept.Select(c => table.Columns[c])], Rows = [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. kept.Select(c => row[c])])] };
    }

    private static ReportTable Rounded(ReportTable table)
    {
        Func<string, string>[] columns = [.. table.Columns.Select((column, c) => IsP(column) ? Probability : InColumn([.. table.Rows.Select(row => row[c])]))];
        return table with { Rows = [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select((cell, c) => columns[c](cell))])] };
    }

    private static bool IsP(string column) => column == "P" || column.StartsWith("P ", StringComparison.Ordinal) || column.EndsWith(" P", StringComparison.Ordinal);

    /// <summary>Computed numbers of a column have the same decimals, three or as many as the largest needs; what a plan or a count gave stays as it is.</summary>
    private static Func<string, string> InColumn(string[] cells)
    {
        double[] computed = [.. cells.Where(IsComputed).Select(cell => Math.Abs(double.Parse(cell, CultureInfo.InvariantCulture))).Where(double.IsFinite)];
        if (computed.Length == 0 || !Array.TrueForAll(cells, cell => cell.Length == 0 || IsNumber(cell)))
            return Rounded;
        double largest = computed.Max();
        int decimals = largest switch { >= 1000 => 0, >= 100 => 1, >= 10 => 2, >= 0.01 or 0 => 3, >= 0.001 => 4, _ => -1 };
        return decimals < 0 ? Rounded
            : cell => cell.Contains('.', StringComparison.Ordinal) || cell.Contains('E', StringComparison.Ordinal) || cell is "0" or "1"
                ? Html.Number(double.Parse(cell, CultureInfo.InvariantCulture), decimals) : Rounded(cell);
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // A number that somebody wrote is short.
    private static bool IsComputed(string cell) => cell.Length > 7 && (cell.Contains('.', StringComparison.Ordinal) || cell.Contains('E', StringComparison.Ordinal)) && IsNumber(cell);

    /// <summary>A number by itself: four decimals, or four digits of a very large or very small one; with a true minus sign.</summary>
    private static string Rounded(string cell)
    {
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return cell is ['-', >= '0' and <= '9', ..] ? "−" + cell[1..] : cell;
        string text = IsComputed(cell) ? number.ToString(Math.Abs(number) is >= 1e-3 and < 1e5 ? "0.####" : "0.###e+0", CultureInfo.InvariantCulture) : cell;
        return text.Replace('-', '−');
    }

    private static string Probability(string cell) =>
        !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double p) || double.IsNaN(p) ? cell : p < 0.001 ? "<0.001" : p > 0.999 ? ">0.999" : Html.Number(p, 3);
}
