using Trabecula.Learning;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>Parts of the held-out subjects in which models are looked at too.</summary>
/// <param name="Column">A column of the cohort's table.</param>
public sealed record SubgroupPlan(string Column)
{
    /// <summary>Where a measurement is cut, rising; empty for a column whose texts are the subgroups.</summary>
    public IReadOnlyList<double> Cuts { get; init; } = [];
}

/// <summary>A small model that the others must beat: a logistic regression on a few columns.</summary>
/// <param name="Name">What tables call it.</param>
public sealed record BaselinePlan(string Name)
{
    /// <summary>The columns, by name.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>All columns of a source; null where only <see cref="Columns"/> count.</summary>
    public ColumnSource? Source { get; init; }
}
