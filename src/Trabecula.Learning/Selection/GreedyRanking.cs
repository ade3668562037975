namespace Trabecula.Learning.Selection;

/// <summary>How much columns share with a chosen one.</summary>
internal abstract class Redundancy
{
    /// <summary>Adds to the sum of each column that is left its redundancy with the one chosen last.</summary>
    /// <param name="chosen">The column chosen last.</param>
    /// <param name="left">The columns that may still be chosen.</param>
    /// <param name="sums">One sum for each column.</param>
    internal abstract void AddTo(int chosen, ReadOnlySpan<int> left, Span<double> sums);
}

/// <summary>Forward selection by relevance and mean redundancy. Sums are carried on, so that a step costs one pass over what is left.</summary>
internal static class GreedyRanking
{
    internal static MrmrChoice[] Of(
        double[] relevance, Redundancy redundancy, int count, Func<double, double, double> score, double tie,
        CancellationToken cancellationToken)
    {
        int[] left = [.. Enumerable.Range(0, relevance.Length).Where(i => relevance[i] > 0)];
        var sums = new double[relevance.Length];
        var scores = new double[left.Length];
        var ranking = new List<MrmrChoice>(Math.Min(count, left.Length));
        int remaining = left.Length;
        while (remaining > 0 && ranking.Count < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ranking.Count > 0)
                redundancy.AddTo(ranking[^1].Column, left.AsSpan(0, remaining), sums);
            for (int i = 0; i < remaining; i++)
                scores[i] = ranking.Count == 0 ? relevance[left[i]] : score(relevance[left[i]], sums[left[i]] / ranking.Count);
            int best = FirstOfTheBest(scores.AsSpan(0, remaining), tie);
            int column = left[best];
            ranking.Add(new MrmrChoice(column, scores[best], relevance[column], ranking.Count == 0 ? 0 : sums[column] / ranking.Count));
            remaining--;
            left.AsSpan(best + 1, remaining - best).CopyTo(left.AsSpan(best));
        }
        return [.. ranking];
    }

    private static int FirstOfTheBest(ReadOnlySpan<double> scores, double tie)
    {
        double best = double.NegativeInfinity;
        foreach (double score in scores)
            best = Math.Max(best, score);
        double least = double.IsInfinity(best) ? best : best - tie * Math.Max(1, Math.Abs(best));
        int first = 0;
        while (!(scores[first] >= least))
            first++;
        return first;
    }
}
