namespace Trabecula.Learning.Splitting;

/// <summary>
/// The rows that a model may learn from. Every <c>Fit</c> takes one of these and nothing else, and only a splitter of this
/// namespace makes one, so that what was held out cannot reach a fit.
/// </summary>
public sealed class TrainingSet
{
    internal TrainingSet(FeatureTable table, SplitOrigin origin) => (Table, Origin) = (table, origin);

    /// <summary>The rows.</summary>
    public FeatureTable Table { get; }

    /// <summary>The split that gave the rows.</summary>
    internal SplitOrigin Origin { get; }

    /// <summary>The same rows after a step that was fitted on training rows.</summary>
    internal TrainingSet WithTable(FeatureTable prepared)
    {
        if (!prepared.Subjects.SequenceEqual(Table.Subjects))
            throw new ArgumentException("A step must keep the rows of its training set.", nameof(prepared));
        return new TrainingSet(prepared, Origin);
    }

    /// <summary>The rows after resampling, which made them of these.</summary>
    internal TrainingSet WithRows(FeatureTable resampled) => new(resampled, Origin);
}
