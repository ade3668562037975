using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>Applies criteria in their order, so that each subject who leaves is counted once, at the first that fails.</summary>
public static class Eligibility
{
    /// <summary>The rows that meet all criteria. A value that a criterion needs and that is missing excludes, with its own count.</summary>
    /// <param name="table">The screened subjects.</param>
    /// <param name="rows">The rows to begin with, from 0.</param>
    /// <param name="criteria">The criteria.</param>
    /// <param name="steps">Receives a step for each criterion.</param>
    /// <param name="findings">Receives columns that do not exist and cells that are no numbers.</param>
    public static IReadOnlyList<int> Apply(
        DataTable table, IReadOnlyList<int> rows, IReadOnlyList<Criterion> criteria, ICollection<FlowStep> steps, ICollection<Finding> findings)
    {
        foreach (Criterion criterion in criteria)
        {
            int[] places = [.. criterion.Tests.Select(test => ColumnSearch.Require(table, test.Column, $"the criterion '{criterion.Description}'", findings))];
            if (places.Contains(-1))
                continue;
            var remaining = new List<int>();
            List<int> excluded = [], missing = [];
            foreach (int row in rows)
            {
                bool? met = Met(criterion, table, row, places, findings);
                if (met == (criterion.Role == CriterionRole.Inclusion))
                    remaining.Add(row);
                else
                    (met is null ? missing : excluded).Add(table.RowNumber(row));
            }
            rows = remaining;
            steps.Add(new FlowStep(
                criterion.Role == CriterionRole.Inclusion ? FlowReason.Inclusion : FlowReason.Exclusion, criterion.Description, excluded, missing, rows.Count));
        }
        return rows;
    }

    // One condition that fails decides, whatever is missing beside it.
    private static bool? Met(Criterion criterion, DataTable table, int row, int[] places, ICollection<Finding> findings)
    {
        bool? met = true;
        for (int i = 0; i < places.Length; i++)
        {
            switch (criterion.Tests[i].Holds(table, row, places[i], findings))
            {
                case false:
                    return false;
                case null:
                    met = null;
                    break;
            }
        }
        return met;
    }
}
