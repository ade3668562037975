namespace Trabecula.Learning.Splitting;

/// <summary>
/// Splits that somebody else made: the fold of each subject, once or for several repeats. Each fold of each repeat is held out in
/// turn, in rising order of its number; with <see cref="HeldOutFold"/> that one alone.
/// </summary>
/// <remarks>No random choice. A repeat may hold more subjects than a table, so the same folds serve a part of the cohort.</remarks>
/// <param name="Repeats">For each repeat the fold of each subject; any numbers.</param>
public sealed record GivenSplit(IReadOnlyList<IReadOnlyDictionary<string, int>> Repeats) : Splitter
{
    /// <inheritdoc/>
    public override string Name => "Given split";

    /// <summary>The only fold that is held out, the others training; null to hold out each in turn.</summary>
    public int? HeldOutFold { get; init; }

    /// <summary>One split with the two sides given; a subject of neither is refused when a table holds it.</summary>
    /// <exception cref="ArgumentException">A subject is on both sides.</exception>
    public static GivenSplit HoldOut(IEnumerable<string> training, IEnumerable<string> heldOut)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        var sides = training.Distinct().ToDictionary(subject => subject, _ => 0, StringComparer.Ordinal);
        string[] both = [.. heldOut.Distinct().Where(subject => !sides.TryAdd(subject, 1))];
        if (both.Length > 0)
            throw new ArgumentException($"{both.Length} subjects are on both sides: {Listing.Of(both)}.", nameof(heldOut));
        return new GivenSplit([sides]) { HeldOutFold = 1 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => Repeats.Count == 0 ? ["Repeats is empty, expected at least one list of folds."] : [];

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed) =>
        [.. Repeats.SelectMany((folds, repeat) => PartBy(table, SubjectFolds.Look(table, folds, Name, Repeats.Count == 1 ? "fold" : $"fold in repeat {repeat + 1}")))];

    private IReadOnlyList<RowParts> PartBy(FeatureTable table, Dictionary<string, int> foldOf)
    {
        int[] folds = [.. foldOf.Values.Distinct().Order()];
        if (folds.Length < 2)
            throw new LearningException(
                $"{Name}: all {foldOf.Count} subjects are in fold {folds[0]}, expected 2 folds or more.", "Give the subjects' folds.");
        if (HeldOutFold is { } only && !folds.Contains(only))
            throw new LearningException($"{Name}: no subject is in fold {only}, which is to be held out.", $"Hold out one of {string.Join(", ", folds)}.");
        return SubjectFolds.HoldOutEach(table, foldOf, HeldOutFold is { } one ? [one] : folds);
    }
}
