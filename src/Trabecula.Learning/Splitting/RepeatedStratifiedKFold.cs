namespace Trabecula.Learning.Splitting;

/// <summary>
/// <see cref="StratifiedKFold"/> several times with other folds: the splits of the first repeat come first. scikit-learn's
/// <c>RepeatedStratifiedKFold</c>, by subject.
/// </summary>
/// <remarks>The held-out sides of different repeats hold the same subjects: their results are not independent (Nadeau and Bengio 2003).</remarks>
public sealed record RepeatedStratifiedKFold : Splitter
{
    /// <inheritdoc/>
    public override string Name => "Repeated stratified K-fold";

    /// <summary>Number of folds of a repeat, at least 2.</summary>
    public int NSplits { get; init; } = 5;

    /// <summary>Number of repeats, at least 1.</summary>
    public int NRepeats { get; init; } = 10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() =>
        [.. SubjectFolds.ProblemsOfCount(nameof(NSplits), NSplits, 2), .. SubjectFolds.ProblemsOfCount(nameof(NRepeats), NRepeats, 1)];

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed)
    {
        SortedDictionary<string, bool> outcomes = SubjectOutcomes.Of(table);
        return [.. Enumerable.Range(0, NRepeats).SelectMany(repeat => SubjectFolds.HoldOutEach(
            table, StratifiedKFold.Assign(outcomes, NSplits, seed.Derive("repeat", repeat), Name), Enumerable.Range(0, NSplits)))];
    }
}
