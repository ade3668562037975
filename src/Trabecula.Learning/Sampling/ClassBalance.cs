namespace Trabecula.Learning.Sampling;

/// <summary>Which class is the rarer one, and how far it is from a wanted share of the other.</summary>
/// <param name="Minority">The outcome of the rarer class; with equal counts the event.</param>
/// <param name="MinorityRows">Its rows, in order.</param>
/// <param name="MajorityRows">The others, in order.</param>
internal readonly record struct ClassBalance(bool Minority, int[] MinorityRows, int[] MajorityRows)
{
    internal static ClassBalance Of(FeatureTable table)
    {
        int events = table.EventCount;
        bool minority = events <= table.RowCount - events;
        ILookup<bool, int> rows = Enumerable.Range(0, table.RowCount).ToLookup(row => table.Outcomes[row] == minority);
        return new ClassBalance(minority, [.. rows[true]], [.. rows[false]]);
    }

    /// <summary>Rows that the rarer class lacks to be <paramref name="ratio"/> times the other, rounded down; 0 where it lacks none.</summary>
    internal int Lacking(double ratio) => Math.Max(0, (int)(MajorityRows.Length * ratio - MinorityRows.Length));

    internal static IEnumerable<string> ProblemsOf(double samplingStrategy)
    {
        if (!(samplingStrategy > 0 && samplingStrategy <= 1))
            yield return FormattableString.Invariant($"SamplingStrategy is {samplingStrategy}, expected more than 0 and at most 1.");
    }

    internal static IEnumerable<string> ProblemsOf(int neighbors)
    {
        if (neighbors < 1)
            yield return FormattableString.Invariant($"NNeighbors is {neighbors}, expected 1 or more.");
    }

    internal void RequireMoreMinorityRowsThan(int neighbors, string sampler)
    {
        if (MinorityRows.Length <= neighbors)
            throw new LearningException(
                $"{sampler}: {MinorityRows.Length} rows have outcome {(Minority ? 1 : 0)}, too few for {neighbors} neighbours of the same class each.",
                "Take fewer neighbours, fewer folds, or add subjects of this class.");
    }
}
