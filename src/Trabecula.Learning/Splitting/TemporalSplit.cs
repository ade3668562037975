using System.Globalization;

namespace Trabecula.Learning.Splitting;

/// <summary>
/// One split in time: earlier subjects train, later ones are held out, from a date on (<see cref="HeldOutFrom"/>) or as a share of all
/// (<see cref="HeldOutPercent"/>).
/// </summary>
/// <remarks>
/// Ties: subjects of one date are never parted, so the held-out share can come out larger than asked for. No random choice.
/// </remarks>
/// <param name="Dates">The date of each subject; it may hold more subjects than a table.</param>
public sealed record TemporalSplit(IReadOnlyDictionary<string, DateOnly> Dates) : Splitter
{
    /// <inheritdoc/>
    public override string Name => "Temporal split";

    /// <summary>The first date that is held out; null to hold out a share.</summary>
    public DateOnly? HeldOutFrom { get; init; }

    /// <summary>The last share of the subjects that is held out, rounded down to whole subjects, in percent, 1 to 99; unused with <see cref="HeldOutFrom"/>.</summary>
    public int HeldOutPercent { get; init; } = 30;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() =>
        HeldOutPercent is < 1 or > 99 ? [$"HeldOutPercent is {HeldOutPercent}, expected 1 to 99."] : [];

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed)
    {
        Dictionary<string, DateOnly> dateOf = SubjectFolds.Look(table, Dates, Name, "date");
        DateOnly[] dates = [.. dateOf.Values.Order()];
        DateOnly from = HeldOutFrom ?? ShareFrom(dates);
        int heldOut = dates.Count(date => date >= from);
        if (heldOut == 0 || heldOut == dates.Length)
            throw new LearningException(string.Create(CultureInfo.InvariantCulture,
                $"{Name}: with {from:yyyy-MM-dd} as the first held-out date {dates.Length - heldOut} subjects train and {heldOut} are held out."),
                dates.Length == 0 ? "Give at least two subjects." : string.Create(CultureInfo.InvariantCulture,
                $"Choose a date after {dates[0]:yyyy-MM-dd} and not after {dates[^1]:yyyy-MM-dd}, or another share."));
        return [SubjectFolds.Part(table, subject => dateOf[subject] >= from)];
    }

    private DateOnly ShareFrom(DateOnly[] sorted)
    {
        int count = (int)((long)sorted.Length * HeldOutPercent / 100);
        return count == 0 ? DateOnly.MaxValue : sorted[^count];
    }
}
