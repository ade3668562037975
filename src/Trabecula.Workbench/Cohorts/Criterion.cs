using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>What meeting a criterion means.</summary>
public enum CriterionRole
{
    /// <summary>Who does not meet it leaves.</summary>
    Inclusion,

    /// <summary>Who meets it leaves.</summary>
    Exclusion,
}

/// <summary>A condition on one column; all that is given must hold.</summary>
/// <param name="Column">The column of the cohort's table.</param>
public sealed record ColumnTest(string Column)
{
    /// <summary>The texts of which the cell must be one; numbers are compared as numbers, so that 1 and 1.0 are equal. Empty for none.</summary>
    public IReadOnlyList<string> EqualTo { get; init; } = [];

    /// <summary>The least number; null for none.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The largest number; null for none.</summary>
    public double? AtMost { get; init; }

    /// <summary>A number that the cell must exceed; null for none.</summary>
    public double? Above { get; init; }

    /// <summary>A number that the cell must stay below; null for none.</summary>
    public double? Below { get; init; }

    /// <summary>Whether the cell must be missing (true) or must not be (false); null where it does not matter.</summary>
    public bool? Missing { get; init; }

    private bool NeedsNumber => AtLeast is not null || AtMost is not null || Above is not null || Below is not null;

    /// <summary>Whether a cell passes; null where it is missing, or wrong, so that nobody knows.</summary>
    internal bool? Holds(DataTable table, int row, int column, ICollection<Finding> findings)
    {
        bool missing = table.IsMissing(row, column);
        if (Missing is { } wanted && missing != wanted)
            return false;
        if (EqualTo.Count == 0 && !NeedsNumber)
            return true;
        if (missing)
            return null;
        if (EqualTo.Count > 0 && !EqualTo.Any(text => CellText.AreEqual(table, row, column, text)))
            return false;
        if (!NeedsNumber)
            return true;
        double value = table.Number(row, column, findings);
        return double.IsNaN(value) ? null : !(value < AtLeast || value > AtMost || value <= Above || value >= Below);
    }
}

/// <summary>A criterion of eligibility.</summary>
/// <param name="Role">What meeting it means.</param>
/// <param name="Description">The criterion in words, for the flow diagram.</param>
/// <param name="Tests">The conditions that together make it up: it is met where all hold.</param>
public sealed record Criterion(CriterionRole Role, string Description, IReadOnlyList<ColumnTest> Tests)
{
    /// <summary>Includes who meets the conditions.</summary>
    public static Criterion Include(string description, params IReadOnlyList<ColumnTest> tests) => new(CriterionRole.Inclusion, description, tests);

    /// <summary>Excludes who meets the conditions.</summary>
    public static Criterion Exclude(string description, params IReadOnlyList<ColumnTest> tests) => new(CriterionRole.Exclusion, description, tests);
}
