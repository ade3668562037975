namespace Trabecula.Learning.Models;

/// <summary>A random threshold of a column in a node, between its smallest and its largest value there.</summary>
/// <remarks>Source: Geurts, Ernst and Wehenkel, Extremely randomized trees, Machine Learning 63 (2006) 3.</remarks>
internal static class RandomSplit
{
    /// <summary>Improves on the split found so far, if the drawn threshold does.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="counts">Of every row of the table.</param>
    /// <param name="total">Of all rows of the node.</param>
    /// <param name="minRows">Rows on either side.</param>
    /// <param name="weights">Of the classes.</param>
    /// <param name="random">Draws the threshold.</param>
    /// <param name="best">The split so far, replaced by a better one.</param>
    /// <returns>False if the column is constant in the node.</returns>
    internal static bool Improve(
        SortedColumns columns, int column, ReadOnlySpan<int> rows, ReadOnlySpan<ClassCounts> counts, ClassCounts total, int minRows,
        ClassWeights weights, ref NodeSeed random, ref NodeSplit best)
    {
        ReadOnlySpan<int> places = columns.Places(column);
        ReadOnlySpan<float> values = columns.Values(column);
        int lowest = int.MaxValue, highest = -1;
        foreach (int row in rows)
            (lowest, highest) = (Math.Min(lowest, places[row]), Math.Max(highest, places[row]));
        double low = values[lowest], high = values[highest];
        if (low == high)
            return false;
        double drawn = low + random.NextDouble() * (high - low), threshold = drawn < high ? drawn : low;
        int place = lowest + LastAtMost(values[lowest..highest], threshold);
        ClassCounts left = default;
        int rowsLeft = 0;
        foreach (int row in rows)
        {
            if (places[row] > place)
                continue;
            left += counts[row];
            rowsLeft++;
        }
        if (rowsLeft < minRows || rows.Length - rowsLeft < minRows)
            return true;
        double cost = left.HalfGini(weights) + (total - left).HalfGini(weights);
        if (cost < best.Cost)
            best = new NodeSplit(column, place, threshold, left, cost);
        return true;
    }

    /// <summary>The last of rising values that is at most the threshold; the first always is.</summary>
    private static int LastAtMost(ReadOnlySpan<float> values, double threshold)
    {
        int at = 0, above = values.Length;
        while (above - at > 1)
        {
            int middle = (at + above) / 2;
            (at, above) = values[middle] <= threshold ? (middle, above) : (at, middle);
        }
        return at;
    }
}
