namespace Trabecula.Learning.Splitting;

/// <summary>
/// Each subject is held out once, in one of <see cref="NSplits"/> folds that hold equally many subjects of each class, and equally many
/// in all, within one: scikit-learn's <c>StratifiedKFold(shuffle=True)</c>, by subject.
/// </summary>
/// <remarks>
/// Determinism: depends on the set of subjects, their outcomes and the seed; neither on the order of rows nor on their number.
/// A class with fewer subjects than folds is refused, where scikit-learn warns and leaves folds without the class.
/// </remarks>
public sealed record StratifiedKFold : Splitter
{
    internal const string FieldName = "Stratified K-fold";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Number of folds, at least 2.</summary>
    public int NSplits { get; init; } = 5;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => SubjectFolds.ProblemsOfCount(nameof(NSplits), NSplits, 2);

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed) =>
        SubjectFolds.HoldOutEach(table, Assign(SubjectOutcomes.Of(table), NSplits, seed, Name), Enumerable.Range(0, NSplits));

    /// <summary>The fold of each subject.</summary>
    internal static Dictionary<string, int> Assign(SortedDictionary<string, bool> outcomes, int folds, Seed seed, string splitter)
    {
        var foldOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (bool outcome in (bool[])[false, true])
        {
            string[] subjects = [.. outcomes.Where(s => s.Value == outcome).Select(s => s.Key)];
            if (subjects.Length < folds)
                throw new LearningException(
                    $"{splitter}: {subjects.Length} subjects have outcome {(outcome ? 1 : 0)}, fewer than {folds} folds.",
                    "Take fewer folds, or add subjects of this class.");
            seed.Derive("stratified-fold", outcome ? 1 : 0).Open().Shuffle(subjects.AsSpan());
            // The second class goes on where the first one stopped: only so are the folds' sizes equal within one as well.
            foreach (string subject in subjects)
                foldOf.Add(subject, foldOf.Count % folds);
        }
        return foldOf;
    }
}
