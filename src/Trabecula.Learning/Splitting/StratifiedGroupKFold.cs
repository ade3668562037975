namespace Trabecula.Learning.Splitting;

/// <summary>
/// Folds that balance the <em>rows</em> of each class while they keep whole groups together: for subjects with several rows (levels,
/// visits), also where these rows differ in outcome, and for subjects that belong together (families, wards). Each group is held out
/// once. The aim of scikit-learn's <c>StratifiedGroupKFold</c>.
/// </summary>
/// <remarks>
/// Method: greedy. Groups go in falling order of how unevenly they hold the classes (the standard deviation of their counts), ties in
/// random order; each goes to the fold that leaves the smallest sum, over the classes, of the variance between folds of their share of
/// the class, ties to the fold with fewest rows, then to the first.
/// Determinism: depends on the groups, their counts and the seed, not on the order of rows.
/// </remarks>
public sealed record StratifiedGroupKFold : Splitter
{
    /// <inheritdoc/>
    public override string Name => "Stratified group K-fold";

    /// <summary>Number of folds, at least 2.</summary>
    public int NSplits { get; init; } = 5;

    /// <summary>From each subject to its group; null where each subject is a group of its own.</summary>
    public IReadOnlyDictionary<string, string>? Groups { get; init; }

    /// <summary>How often the folds are made, at least 1; those of the first repeat come first. Where sizes differ, the order of groups leaves little to chance.</summary>
    public int NRepeats { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() =>
        [.. SubjectFolds.ProblemsOfCount(nameof(NSplits), NSplits, 2), .. SubjectFolds.ProblemsOfCount(nameof(NRepeats), NRepeats, 1)];

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed)
    {
        Dictionary<string, string> groupOf = Groups is null
            ? SubjectFolds.Sorted(table).ToDictionary(subject => subject, StringComparer.Ordinal)
            : SubjectFolds.Look(table, Groups, Name, "group");
        var counts = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        for (int row = 0; row < table.RowCount; row++)
        {
            string group = groupOf[table.Subjects[row]];
            if (!counts.TryGetValue(group, out int[]? count))
                counts.Add(group, count = new int[2]);
            count[table.Outcomes[row] ? 1 : 0]++;
        }
        RequireGroups(counts);
        return [.. Enumerable.Range(0, NRepeats).SelectMany(repeat => PartOnce(table, groupOf, counts, SubjectFolds.SeedOf(seed, repeat)))];
    }

    private IEnumerable<RowParts> PartOnce(FeatureTable table, Dictionary<string, string> groupOf, SortedDictionary<string, int[]> counts, Seed seed)
    {
        string[] order = [.. counts.Keys];
        seed.Derive("group-fold").Open().Shuffle(order.AsSpan());
        Dictionary<string, int> foldOfGroup = Assign([.. order.OrderByDescending(group => Math.Abs(counts[group][0] - counts[group][1]))], counts);
        return [.. Enumerable.Range(0, NSplits).Select(fold => SubjectFolds.Part(table, subject => foldOfGroup[groupOf[subject]] == fold))];
    }

    private Dictionary<string, int> Assign(string[] order, SortedDictionary<string, int[]> counts)
    {
        double[] total = [counts.Values.Sum(c => (double)c[0]), counts.Values.Sum(c => (double)c[1])];
        var held = new int[NSplits, 2];
        var foldOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string group in order)
        {
            int best = -1;
            (double Unevenness, int Rows) lowest = default;
            for (int fold = 0; fold < NSplits; fold++)
            {
                Move(fold, counts[group], 1);
                (double, int) found = (Unevenness(), held[fold, 0] + held[fold, 1]);
                Move(fold, counts[group], -1);
                if (best < 0 || found.CompareTo(lowest) < 0)
                    (best, lowest) = (fold, found);
            }
            Move(best, counts[group], 1);
            foldOf[group] = best;
        }
        return foldOf;

        void Move(int fold, int[] count, int sign)
        {
            held[fold, 0] += sign * count[0];
            held[fold, 1] += sign * count[1];
        }

        // Sums of squares of shares: the mean share of a class is the same whichever fold the group goes to, so this orders as the variance.
        double Unevenness()
        {
            double sum = 0;
            for (int fold = 0; fold < NSplits; fold++)
            {
                double controls = held[fold, 0] / total[0], events = held[fold, 1] / total[1];
                sum += controls * controls + events * events;
            }
            return sum;
        }
    }

    private void RequireGroups(SortedDictionary<string, int[]> counts)
    {
        for (int outcome = 0; outcome < 2; outcome++)
        {
            int groups = counts.Values.Count(count => count[outcome] > 0);
            if (groups < NSplits)
                throw new LearningException(
                    $"{Name}: {groups} groups have rows of outcome {outcome}, fewer than {NSplits} folds.",
                    "Take fewer folds, or add subjects of this class.");
        }
    }
}
