namespace Trabecula.Learning.Splitting;

/// <summary>
/// One split for each centre, in the order of their names: its subjects are held out, those of all other centres train
/// (internal-external validation). scikit-learn's <c>LeaveOneGroupOut</c>.
/// </summary>
/// <remarks>Source: Steyerberg and Harrell, J. Clin. Epidemiol. 69 (2016) 245. No random choice.</remarks>
/// <param name="Centres">The centre of each subject; it may hold more subjects than a table.</param>
public sealed record LeaveOneCentreOut(IReadOnlyDictionary<string, string> Centres) : Splitter
{
    /// <inheritdoc/>
    public override string Name => "Leave one centre out";

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed)
    {
        Dictionary<string, string> centreOf = SubjectFolds.Look(table, Centres, Name, "centre");
        string[] centres = [.. centreOf.Values.Distinct().Order(StringComparer.Ordinal)];
        if (centres.Length < 2)
            throw new LearningException(
                $"{Name}: all subjects are of one centre ({string.Join(", ", centres)}), expected 2 or more.",
                "Split by another way, such as by time.");
        return [.. centres.Select(centre => SubjectFolds.Part(table, subject => centreOf[subject] == centre))];
    }
}
