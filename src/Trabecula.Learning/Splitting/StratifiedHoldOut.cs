namespace Trabecula.Learning.Splitting;

/// <summary>The two sides of a split.</summary>
/// <param name="Training">What may be fitted.</param>
/// <param name="HeldOut">What is kept for evaluation; shares no subject with <paramref name="Training"/>.</param>
public sealed record HoldOutSplit(TrainingSet Training, HeldOutSet HeldOut);

/// <summary>
/// One split by subject, stratified by outcome: of the <c>n_k</c> subjects of each class <c>ceil(n_k * percent / 100)</c> train.
/// </summary>
/// <remarks>
/// Rounding: per class and upwards, in integers, so that 102 events and 754 others split 7:3 into 72 + 528 = 600 and
/// 30 + 226 = 256; 0.7 * n in floating point can come out a hair above an integer.
/// Determinism: depends on the set of subjects, their outcomes and the seed; neither on the order of rows nor on their number.
/// </remarks>
public sealed record StratifiedHoldOut
{
    /// <summary>Share of each class that trains, in percent, 1 to 99.</summary>
    public int TrainingPercent { get; init; } = 70;

    /// <summary>How many of a class's subjects train; the others are held out.</summary>
    public int TrainingOf(int subjects) => (subjects * TrainingPercent + 99) / 100;

    /// <summary>Splits a table.</summary>
    /// <exception cref="ArgumentException"><see cref="TrainingPercent"/> is not within 1 to 99.</exception>
    /// <exception cref="LearningException">
    /// A subject's rows disagree on the outcome, or a class has too few subjects to stand on both sides.
    /// </exception>
    public HoldOutSplit Split(FeatureTable table, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (TrainingPercent is < 1 or > 99)
            throw new ArgumentException($"TrainingPercent is {TrainingPercent}, expected 1 to 99.");

        SortedDictionary<string, bool> outcomes = OutcomeBySubject(table);
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
        var origin = new SplitOrigin();
        return new HoldOutSplit(
            new TrainingSet(table.TakeRows([.. rows.Where(r => training.Contains(table.Subjects[r]))]), origin),
            new HeldOutSet(table.TakeRows([.. rows.Where(r => !training.Contains(table.Subjects[r]))]), origin));
    }

    private static SortedDictionary<string, bool> OutcomeBySubject(FeatureTable table)
    {
        var outcomes = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        var split = new SortedSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < table.RowCount; row++)
        {
            if (!outcomes.TryAdd(table.Subjects[row], table.Outcomes[row]) && outcomes[table.Subjects[row]] != table.Outcomes[row])
                split.Add(table.Subjects[row]);
        }
        if (split.Count > 0)
            throw new LearningException(
                $"Rows of one subject disagree on the outcome: {string.Join(", ", split)}.",
                "Give each subject one outcome; a split by subject cannot be stratified otherwise.");
        return outcomes;
    }
}
