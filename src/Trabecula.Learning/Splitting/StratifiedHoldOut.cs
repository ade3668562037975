namespace Trabecula.Learning.Splitting;

/// <summary>
/// One split by subject, stratified by outcome: of the <c>n_k</c> subjects of each class <c>ceil(n_k * percent / 100)</c> train.
/// </summary>
/// <remarks>
/// Rounding: per class and upwards, in integers, so that 102 events and 754 others split 7:3 into 72 + 528 = 600 and
/// 30 + 226 = 256; 0.7 * n in floating point can come out a hair above an integer.
/// Determinism: depends on the set of subjects, their outcomes and the seed; neither on the order of rows nor on their number.
/// </remarks>
public sealed record StratifiedHoldOut : Splitter
{
    /// <inheritdoc/>
    public override string Name => "Stratified hold-out";

    /// <summary>Share of each class that trains, in percent, 1 to 99.</summary>
    public int TrainingPercent { get; init; } = 70;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() =>
        TrainingPercent is < 1 or > 99 ? [$"TrainingPercent is {TrainingPercent}, expected 1 to 99."] : [];

    /// <summary>How many of a class's subjects train; the others are held out.</summary>
    public int TrainingOf(int subjects) => (subjects * TrainingPercent + 99) / 100;

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed)
    {
        SortedDictionary<string, bool> outcomes = SubjectOutcomes.Of(table);
        var training = new HashSet<string>(StringComparer.Ordinal);
        foreach (bool outcome in (bool[])[false, true])
        {
            // Sorted ids before the shuffle: the order of rows must not matter.
            string[] subjects = [.. outcomes.Where(s => s.Value == outcome).Select(s => s.Key)];
            int count = TrainingOf(subjects.Length);
            if (count == 0 || count == subjects.Length)
                throw new LearningException(
                    $"{subjects.Length} subjects have outcome {(outcome ? 1 : 0)}: too few for {TrainingPercent} % training and some held out.",
                    "Add subjects of this class or change the share.");
            seed.Derive("hold-out", outcome ? 1 : 0).Open().Shuffle(subjects.AsSpan());
            training.UnionWith(subjects.Take(count));
        }
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        return [new RowParts(
            [.. rows.Where(r => training.Contains(table.Subjects[r]))], [.. rows.Where(r => !training.Contains(table.Subjects[r]))])];
    }
}
