using System.Globalization;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>A table as a reader wants it: a value and the ends of its interval, three columns in a file, as one.</summary>
internal static class MergedIntervals
{
    internal static ReportTable Of(ReportTable table)
    {
        var columns = new List<string>();
        var cells = table.Rows.Select(_ => new List<string>()).ToArray();
        for (int c = 0; c < table.Columns.Count; c++)
        {
            string name = table.Columns[c];
            // Names of the ends may say how the interval was made, as in "AUROC lower (DeLong)"; so does the name of the whole then.
            string method = c + 2 < table.Columns.Count && name.Length > 0 && table.Columns[c + 1].StartsWith(name + " lower", StringComparison.Ordinal)
                ? table.Columns[c + 1][(name + " lower").Length..] : "";
            bool hasInterval = c + 2 < table.Columns.Count && name.Length > 0 && table.Columns[c + 1] == $"{name} lower{method}" && table.Columns[c + 2] == $"{name} upper{method}";
            columns.Add(hasInterval ? name + method : name);
            foreach ((int r, IReadOnlyList<string> row) in table.Rows.Index())
                cells[r].Add(hasInterval && row[c].Length > 0 && row[c + 1].Length > 0 ? $"{Rounded(row[c])} ({Rounded(row[c + 1])} to {Rounded(row[c + 2])})" : row[c]);
            c += hasInterval ? 2 : 0;
        }
        return table with { Columns = columns, Rows = cells };
    }

    // Files keep every digit; an interval tells how few of them mean anything.
    private static string Rounded(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? Html.Number(number, 3) : cell;
}
