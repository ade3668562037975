namespace Trabecula.Workbench.Studies.Plans;

/// <summary>What stands between the cells of a text table.</summary>
public enum Delimiter
{
    /// <summary>Found out from the file.</summary>
    Auto,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>A semicolon.</summary>
    Semicolon,

    /// <summary>A tabulator.</summary>
    Tab,

    /// <summary>A vertical bar.</summary>
    Bar,
}

/// <summary>The decimal mark of a text table.</summary>
public enum DecimalMark
{
    /// <summary>Found out from the file.</summary>
    Auto,

    /// <summary>A point.</summary>
    Point,

    /// <summary>A comma.</summary>
    Comma,
}

/// <summary>How a table's file is read.</summary>
public record TableFormatPlan
{
    /// <summary>The sheet of an Excel file; null for its only one.</summary>
    public string? Sheet { get; init; }

    /// <summary>What stands between cells.</summary>
    public Delimiter Delimiter { get; init; } = Delimiter.Auto;

    /// <summary>The decimal mark.</summary>
    public DecimalMark Decimal { get; init; } = DecimalMark.Auto;

    /// <summary>The missing markers, words that mean a missing value, besides an empty cell; null for the usual ones.</summary>
    public IReadOnlyList<string>? Missing { get; init; }
}

/// <summary>The table of subjects.</summary>
public sealed record CohortPlan : TableFormatPlan
{
    /// <summary>The file, relative to the plan.</summary>
    public string Table { get; init; } = "";

    /// <summary>The column with the subject of each row.</summary>
    public string Id { get; init; } = "";

    /// <summary>The column with each subject's centre, for a split by centre.</summary>
    public string? Centre { get; init; }

    /// <summary>The column with each subject's date, for a split in time.</summary>
    public string? Date { get; init; }
}

/// <summary>One criterion of eligibility: one condition, or several that must all hold.</summary>
public sealed record EligibilityPlan
{
    /// <summary>The criterion in words where subjects who do not meet it leave; else null.</summary>
    public string? Include { get; init; }

    /// <summary>The criterion in words where subjects who meet it leave; else null.</summary>
    public string? Exclude { get; init; }

    /// <summary>The condition that is written with the criterion itself; without a column where there is none.</summary>
    public ConditionPlan Own { get; init; } = new();

    /// <summary>Conditions that are written as a list.</summary>
    public IReadOnlyList<ConditionPlan> All { get; init; } = [];

    /// <summary>The conditions: the criterion is met where all of them hold.</summary>
    public IReadOnlyList<ConditionPlan> Conditions => All.Count > 0 ? All : [Own];
}

/// <summary>A condition on one column; all that is given must hold.</summary>
public sealed record ConditionPlan
{
    /// <summary>The column it looks at.</summary>
    public string Column { get; init; } = "";

    /// <summary>The texts of which the cell must be one; empty for none.</summary>
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
}
