namespace Trabecula.Learning.Splitting;

/// <summary>
/// As many subjects as there are, drawn with replacement, train, each with all of its rows and as often as drawn; the subjects that were
/// never drawn (about 37 %) are held out. One split for each repeat.
/// </summary>
/// <remarks>
/// Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 17; subjects, not rows, are what is drawn.
/// A draw that leaves a side without one of the classes is drawn again.
/// Determinism: depends on the set of subjects, their outcomes and the seed, not on the order of rows.
/// </remarks>
public sealed record BootstrapSplit : Splitter
{
    private const int MaximumDraws = 1000;

    /// <inheritdoc/>
    public override string Name => "Bootstrap";

    /// <summary>Number of repeats, at least 1.</summary>
    public int NRepeats { get; init; } = 200;

    /// <summary>Whether each class is drawn by itself, so that every training side has the class counts of the table.</summary>
    public bool Stratified { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => SubjectFolds.ProblemsOfCount(nameof(NRepeats), NRepeats, 1);

    private protected override IReadOnlyList<RowParts> PartRows(FeatureTable table, Seed seed)
    {
        SortedDictionary<string, bool> outcomes = SubjectOutcomes.Of(table);
        foreach (bool outcome in (bool[])[false, true])
        {
            int count = outcomes.Values.Count(o => o == outcome);
            if (count < 2)
                throw new LearningException(
                    $"{Name}: {count} subjects have outcome {(outcome ? 1 : 0)}, expected 2 or more.", "Add subjects of this class.");
        }
        return [.. Enumerable.Range(0, NRepeats).Select(repeat => Draw(table, outcomes, seed.Derive("bootstrap", repeat)))];
    }

    private RowParts Draw(FeatureTable table, SortedDictionary<string, bool> outcomes, Seed seed)
    {
        string[][] strata = Stratified
            ? [[.. outcomes.Where(s => !s.Value).Select(s => s.Key)], [.. outcomes.Where(s => s.Value).Select(s => s.Key)]]
            : [[.. outcomes.Keys]];
        RandomSequence random = seed.Open();
        for (int draw = 0; draw < MaximumDraws; draw++)
        {
            var times = outcomes.Keys.ToDictionary(subject => subject, _ => 0, StringComparer.Ordinal);
            foreach (string[] stratum in strata)
            {
                for (int i = 0; i < stratum.Length; i++)
                    times[stratum[random.NextInt(stratum.Length)]]++;
            }
            if (times.Select(t => (t.Value > 0, outcomes[t.Key])).Distinct().Count() == 4)
                return Rows(table, times);
        }
        throw new LearningException(
            $"{Name}: {MaximumDraws} draws of {outcomes.Count} subjects left a side without one of the classes.", "Add subjects of the rarer class.");
    }

    private static RowParts Rows(FeatureTable table, Dictionary<string, int> times)
    {
        RowParts sides = SubjectFolds.Part(table, subject => times[subject] == 0);
        return sides with { Training = [.. sides.Training.SelectMany(row => Enumerable.Repeat(row, times[table.Subjects[row]]))] };
    }
}
