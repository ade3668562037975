namespace Trabecula.Learning.Splitting;

/// <summary>
/// Each subject is held out once, in one of <see cref="NSplits"/> folds of equal size within one, whatever the outcomes: scikit-learn's
/// <c>KFold(shuffle=True)</c>, by subject.
/// </summary>
/// <remarks>Determinism: depends on the set of subjects and the seed; neither on the order of rows nor on their number.</remarks>
public sealed record KFold : Splitter
{
    /// <inheritdoc/>
    public override string Name => "K-fold";

    /// <summary>Number of folds, at least 2.</summary>
    public int NSplits { get; init; } = 5;

    /// <summary>How often the folds are drawn, at least 1; those of the first repeat come first.</summary>
    public int NRepeats { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() =>
        [.. SubjectFolds.ProblemsOfCount(nameof(NSplits), NSplits, 2), .. SubjectFolds.ProblemsOfCount(nameof(NRepeats), NRepeats, 1)];

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed)
    {
        string[] subjects = SubjectFolds.Sorted(table);
        if (subjects.Length < NSplits)
            throw new LearningException(
                $"{Name}: {subjects.Length} subjects are fewer than {NSplits} folds.", "Take fewer folds, or add subjects.");
        return [.. Enumerable.Range(0, NRepeats).SelectMany(repeat => PartOnce(table, subjects, SubjectFolds.SeedOf(seed, repeat)))];
    }

    private IReadOnlyList<RowParts> PartOnce(FeatureTable table, string[] subjects, Seed seed)
    {
        string[] drawn = [.. subjects];
        seed.Derive("k-fold").Open().Shuffle(drawn.AsSpan());
        var foldOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < drawn.Length; i++)
            foldOf[drawn[i]] = i % NSplits;
        return SubjectFolds.HoldOutEach(table, foldOf, Enumerable.Range(0, NSplits));
    }
}
