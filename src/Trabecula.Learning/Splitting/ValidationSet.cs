namespace Trabecula.Learning.Splitting;

/// <summary>
/// The rows of a training set that one of its folds keeps from the fit, to choose hyper-parameters by. Only a split of a
/// <see cref="TrainingSet"/> makes one, so it holds no row that the study holds out, and may be looked at as often as a search needs.
/// </summary>
public sealed class ValidationSet
{
    internal ValidationSet(FeatureTable table, SplitOrigin origin) => (Table, Origin) = (table, origin);

    /// <summary>The subject of each row.</summary>
    public IReadOnlyList<string> Subjects => Table.Subjects;

    /// <summary>The outcome of each row: true is the event.</summary>
    public IReadOnlyList<bool> Outcomes => Table.Outcomes;

    /// <summary>Number of rows.</summary>
    public int RowCount => Table.RowCount;

    internal FeatureTable Table { get; }

    /// <summary>The split that kept the rows from the fit.</summary>
    internal SplitOrigin Origin { get; }

    /// <summary>The same rows after a step that was fitted on the training rows of this fold.</summary>
    internal ValidationSet WithTable(FeatureTable prepared) => new(prepared, Origin);
}

/// <summary>One fold of a training set.</summary>
/// <param name="Training">The rows to fit on.</param>
/// <param name="Validation">The rows to score; shares no subject with <paramref name="Training"/>.</param>
public sealed record Fold(TrainingSet Training, ValidationSet Validation);
