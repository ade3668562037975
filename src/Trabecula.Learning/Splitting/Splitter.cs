namespace Trabecula.Learning.Splitting;

/// <summary>
/// A way to part subjects. Applied to a table it gives the splits of a study, whose held-out side is for one look; applied to a
/// training set it gives the folds of a search.
/// </summary>
public abstract record Splitter
{
    /// <summary>The field's name of the way, as messages and reports show it.</summary>
    public abstract string Name { get; }

    /// <summary>Every problem of the options, each with the option's name, value and cure; empty when there is none.</summary>
    public virtual IReadOnlyList<string> Validate() => [];

    /// <summary>Splits a table: one split, or one for each fold and repeat.</summary>
    /// <exception cref="ArgumentException"><see cref="Validate"/> finds a problem.</exception>
    /// <exception cref="LearningException">A subject's rows disagree on the outcome, or a class has too few subjects.</exception>
    public IReadOnlyList<HoldOutSplit> Split(FeatureTable table, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. Parts(table, seed).Select(part =>
        {
            var origin = new SplitOrigin();
            return new HoldOutSplit(new TrainingSet(table.TakeRows(part.Training), origin), new HeldOutSet(table.TakeRows(part.HeldOut), origin));
        })];
    }

    /// <summary>Splits a training set into folds to choose by.</summary>
    /// <inheritdoc cref="Split(FeatureTable, Seed)"/>
    public IReadOnlyList<Fold> Split(TrainingSet training, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureTable table = training.Table;
        return [.. Parts(table, seed).Select(part =>
        {
            var origin = new SplitOrigin();
            return new Fold(training.Part(table.TakeRows(part.Training), origin), new ValidationSet(table.TakeRows(part.HeldOut), origin));
        })];
    }

    /// <summary>How large the splits of a table are, without making them.</summary>
    /// <inheritdoc cref="Split(FeatureTable, Seed)"/>
    public SplitSizes SizesOf(FeatureTable table, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        IReadOnlyList<RowParts> parts = Parts(table, seed);
        return new SplitSizes(parts.Count, parts.Sum(part => (long)part.Training.Length + part.HeldOut.Length), parts.Max(part => part.Training.Length),
            parts.Min(part => SubjectsOf(table, part.Training)), parts.Min(part => SubjectsOf(table, part.HeldOut)));
    }

    /// <summary>How many folds another way makes of each training side, without making either.</summary>
    /// <param name="table">The table that is split.</param>
    /// <param name="seed">The origin of this split's random choices; the number of folds does not depend on that of the folds.</param>
    /// <param name="folds">The way that parts training sides.</param>
    /// <inheritdoc cref="Split(FeatureTable, Seed)"/>
    public IReadOnlyList<int> FoldsOf(FeatureTable table, Seed seed, Splitter folds)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(folds);
        return [.. Parts(table, seed).Select(part => folds.Parts(
            new FeatureTable(Array.Empty<FeatureColumn>(), [.. part.Training.Select(row => table.Subjects[row])], [.. part.Training.Select(row => table.Outcomes[row])], []), seed).Count)];
    }

    private static int SubjectsOf(FeatureTable table, int[] rows) => rows.Select(row => table.Subjects[row]).Distinct(StringComparer.Ordinal).Count();

    private IReadOnlyList<RowParts> Parts(FeatureTable table, Seed seed)
    {
        if (Validate() is { Count: > 0 } problems)
            throw new ArgumentException($"{Name}: {string.Join(" ", problems)}");
        return PartRows(table, seed);
    }

    /// <summary>The rows of each split; the options are valid.</summary>
    private protected abstract IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed);
}

/// <summary>The sizes of the splits of a table.</summary>
/// <param name="Count">How many splits.</param>
/// <param name="Rows">Rows of both sides of all of them.</param>
/// <param name="LargestTraining">Rows of the largest training set.</param>
/// <param name="SmallestTraining">Different subjects of the smallest training set: a bootstrap draws some of them several times.</param>
/// <param name="SmallestHeldOut">Different subjects of the smallest held-out set.</param>
public readonly record struct SplitSizes(int Count, long Rows, int LargestTraining, int SmallestTraining, int SmallestHeldOut);

/// <summary>The rows of the two sides of one split, in rising order.</summary>
internal readonly record struct RowParts(int[] Training, int[] HeldOut);
