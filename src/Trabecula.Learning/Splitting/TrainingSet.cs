namespace Trabecula.Learning.Splitting;

/// <summary>
/// The rows that a model may learn from. Every <c>Fit</c> takes one of these and nothing else, and only a splitter of this
/// namespace makes one, so that what was held out cannot reach a fit.
/// </summary>
public sealed class TrainingSet
{
    private readonly bool _isDerived;

    internal TrainingSet(FeatureTable table, SplitOrigin origin) : this(table, origin, table.Subjects, isDerived: false)
    {
    }

    private TrainingSet(FeatureTable table, SplitOrigin origin, IReadOnlyList<string> sources, bool isDerived) =>
        (Table, Origin, Sources, _isDerived) = (table, origin, sources, isDerived);

    /// <summary>The rows.</summary>
    public FeatureTable Table { get; }

    /// <summary>The subjects that the values come from, by way of fitted steps and samplers too: what a fit on these rows has seen.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The split that gave the rows.</summary>
    internal SplitOrigin Origin { get; }

    /// <summary>The same rows after a step that was fitted on training rows.</summary>
    internal TrainingSet WithTable(FeatureTable prepared)
    {
        if (!prepared.Subjects.SequenceEqual(Table.Subjects))
            throw new ArgumentException("A step must keep the rows of its training set.", nameof(prepared));
        return new TrainingSet(prepared, Origin, Sources, isDerived: true);
    }

    /// <summary>The rows after resampling, which made them of these.</summary>
    internal TrainingSet WithRows(FeatureTable resampled) => new(resampled, Origin, Sources, isDerived: true);

    /// <summary>Some of the rows, as those of another split. Steps and samplers that ran before it have brought all sources into each row.</summary>
    internal TrainingSet Part(FeatureTable rows, SplitOrigin origin) => new(rows, origin, _isDerived ? Sources : rows.Subjects, _isDerived);
}
