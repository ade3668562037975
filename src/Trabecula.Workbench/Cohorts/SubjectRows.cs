using System.Globalization;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>The rows of subjects, each once.</summary>
internal static class SubjectRows
{
    /// <summary>The first row of each subject. Rows without an id and subjects with several rows are errors, reported by row.</summary>
    public static IReadOnlyList<int> Distinct(DataTable table, int column, ICollection<Finding> findings) => [.. ById(table, column, findings).Values];

    /// <summary>The first row of each subject by its id, in the order of the rows.</summary>
    public static OrderedDictionary<string, int> ById(DataTable table, int column, ICollection<Finding> findings)
    {
        var first = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var repeated = new OrderedDictionary<string, List<int>>(StringComparer.Ordinal);
        var nameless = new List<int>();
        for (int row = 0; row < table.RowCount; row++)
        {
            string id = table.Text(row, column);
            if (id.Length == 0)
                nameless.Add(table.RowNumber(row));
            else if (!first.TryAdd(id, row))
            {
                if (!repeated.TryGetValue(id, out List<int>? rows))
                    repeated[id] = rows = [table.RowNumber(first[id])];
                rows.Add(table.RowNumber(row));
            }
        }
        if (nameless.Count > 0)
        {
            findings.Add(new Finding(Severity.Error, "the id of the subject is missing.", "Fill it, or delete these rows.")
            { Code = "no-subject", Table = table.Name, Rows = nameless, Column = table.Columns[column] });
        }
        foreach ((string id, List<int> rows) in repeated)
        {
            findings.Add(new Finding(
                Severity.Error, string.Create(CultureInfo.InvariantCulture, $"the subject '{id}' stands {rows.Count} times."), "Keep one row for each subject.")
            { Code = "duplicate-subject", Table = table.Name, Rows = rows, Column = table.Columns[column] });
        }
        return first;
    }
}
