using System.Globalization;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>A table with as many digits as a reader wants: files keep every one.</summary>
internal static class ReadableTable
{
    internal static ReportTable Of(ReportTable table)
    {
        bool[] isP = [.. table.Columns.Select(column => column == "P" || column.StartsWith("P (", StringComparison.Ordinal) || column.EndsWith(" P", StringComparison.Ordinal))];
        return table with { Rows = [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select((cell, c) => isP[c] ? Probability(cell) : Rounded(cell))])] };
    }

    /// <summary>Four decimals, or four digits of very large and very small numbers; with a true minus sign.</summary>
    internal static string Rounded(string cell)
    {
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return cell is ['-', >= '0' and <= '9', ..] ? "−" + cell[1..] : cell;
        string text = cell.Length > 7 && cell.Contains('.', StringComparison.Ordinal)
            ? number.ToString(Math.Abs(number) is >= 1e-3 and < 1e5 ? "0.####" : "0.###e+0", CultureInfo.InvariantCulture) : cell;
        return text.Replace('-', '−');
    }

    private static string Probability(string cell) =>
        !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double p) || double.IsNaN(p) ? cell : p < 0.001 ? "<0.001" : p > 0.999 ? ">0.999" : Html.Number(p, 3);
}
