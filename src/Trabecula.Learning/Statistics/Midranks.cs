namespace Trabecula.Learning.Statistics;

/// <summary>Ranks from 1, equal values sharing the mean of their ranks.</summary>
internal static class Midranks
{
    internal static double[] Of(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            for (int i = start; i < end; i++)
                ranks[order[i]] = 0.5 * (start + 1 + end);
        }
        return ranks;
    }
}
