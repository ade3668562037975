namespace Trabecula.Learning;

/// <summary>What the numbers of a column mean.</summary>
public enum ColumnKind
{
    /// <summary>A measurement.</summary>
    Continuous,

    /// <summary>0 or 1.</summary>
    Binary,

    /// <summary>The place, from 0, of a value among <see cref="FeatureColumn.Levels"/>.</summary>
    Categorical,
}

/// <summary>Where a predictor comes from.</summary>
public enum ColumnSource
{
    /// <summary>The patient and the record.</summary>
    Clinical,

    /// <summary>The image.</summary>
    Radiomic,
}

/// <summary>A column of a <see cref="FeatureTable"/>.</summary>
/// <param name="Name">The name, once in a table.</param>
/// <param name="Kind">What its numbers mean.</param>
/// <param name="Source">Where it comes from; steps can be confined to one source.</param>
public sealed record FeatureColumn(string Name, ColumnKind Kind = ColumnKind.Continuous, ColumnSource Source = ColumnSource.Radiomic)
{
    /// <summary>The values of a categorical column, in the order of their numbers; empty for other kinds.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];
}

/// <summary>The columns that a step works on. It hands the others on as they are.</summary>
public enum ColumnScope
{
    /// <summary>All columns.</summary>
    All,

    /// <summary>Columns of <see cref="ColumnSource.Clinical"/>.</summary>
    Clinical,

    /// <summary>Columns of <see cref="ColumnSource.Radiomic"/>.</summary>
    Radiomic,
}
