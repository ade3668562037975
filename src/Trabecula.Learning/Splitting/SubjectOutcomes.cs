namespace Trabecula.Learning.Splitting;

/// <summary>The outcome of each subject, sorted by id.</summary>
internal static class SubjectOutcomes
{
    internal static SortedDictionary<string, bool> Of(FeatureTable table) => Of(table.Subjects, table.Outcomes);

    internal static SortedDictionary<string, bool> Of(IReadOnlyList<string> subjects, IReadOnlyList<bool> rowOutcomes)
    {
        var outcomes = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        var split = new SortedSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < subjects.Count; row++)
        {
            if (!outcomes.TryAdd(subjects[row], rowOutcomes[row]) && outcomes[subjects[row]] != rowOutcomes[row])
                split.Add(subjects[row]);
        }
        if (split.Count > 0)
            throw new LearningException(
                $"Rows of one subject disagree on the outcome: {Listing.Of(split)}.",
                "Give each subject one outcome; a split by subject cannot be stratified otherwise.");
        return outcomes;
    }
}
