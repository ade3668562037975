using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>Finds columns by name and reports those that do not exist.</summary>
internal static class ColumnSearch
{
    /// <summary>The place of a column, or -1 with a finding that says who wants it.</summary>
    public static int Require(DataTable table, string column, string wantedBy, ICollection<Finding> findings)
    {
        int place = table.Find(column);
        if (place < 0)
        {
            string? near = Spelling.Nearest(column, table.Columns);
            findings.Add(new Finding(
                Severity.Error, $"there is no such column; it is needed for {wantedBy}.", near is null ? "Name a column of the table." : $"Did you mean '{near}'?")
            { Code = "no-column", Table = table.Name, Column = column });
        }
        return place;
    }
}
