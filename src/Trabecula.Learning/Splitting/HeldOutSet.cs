namespace Trabecula.Learning.Splitting;

/// <summary>
/// The rows that were kept away from every fit, to evaluate on. Their features can be scaled and scored, but not taken out: a
/// splitter could make a training set of them.
/// </summary>
public sealed class HeldOutSet
{
    internal HeldOutSet(FeatureTable table, SplitOrigin origin) => (Table, Origin) = (table, origin);

    /// <summary>The subject of each row.</summary>
    public IReadOnlyList<string> Subjects => Table.Subjects;

    /// <summary>The outcome of each row: true is the event.</summary>
    public IReadOnlyList<bool> Outcomes => Table.Outcomes;

    /// <summary>Number of rows.</summary>
    public int RowCount => Table.RowCount;

    internal FeatureTable Table { get; }

    /// <summary>The split that held the rows out.</summary>
    internal SplitOrigin Origin { get; }

    /// <summary>The same rows after a step that was fitted on the training rows of this split.</summary>
    internal HeldOutSet WithTable(FeatureTable prepared) => new(prepared, Origin);
}
