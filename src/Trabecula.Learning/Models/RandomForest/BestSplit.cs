using System.Numerics;

namespace Trabecula.Learning.Models;

/// <summary>The split of a node.</summary>
/// <param name="Column">The column.</param>
/// <param name="Place">Rows up to this place of the column go left.</param>
/// <param name="Threshold">The same as a value.</param>
/// <param name="Left">What goes left.</param>
/// <param name="Cost">Half of the weighted Gini impurity of both sides.</param>
internal record struct NodeSplit(int Column, int Place, double Threshold, ClassCounts Left, double Cost);

/// <summary>The best threshold of a column in a node: the smallest weighted Gini impurity of both sides, the lower one of equals.</summary>
/// <remarks>
/// Method: the rows' places are sorted (by a bitmap, since each occurs once; a few rows by insertion), then one pass adds up the
/// classes. In a column without ties only thresholds between rows of different class are weighed: within a run of one class the
/// impurity is a strictly concave function of the threshold, so its minimum lies at an end of the run (Fayyad and Irani, Machine
/// Learning 8 (1992) 87), or at the first or last threshold that leaves enough rows on both sides.
/// </remarks>
internal sealed class BestSplit(SortedColumns columns)
{
    /// <summary>Up to so many rows insertion is the faster sort.</summary>
    private const int FewRows = 14;

    /// <summary>A bitmap with more words than this for each row is slower than sorting.</summary>
    private const int WordsPerRow = 8;

    private readonly ulong[] _bitmap = new ulong[(columns.RowCount + 63) / 64];
    private readonly int[] _places = new int[columns.RowCount];
    private readonly ulong[] _left = new ulong[columns.RowCount];
    private readonly int[] _before = new int[columns.RowCount];

    /// <summary>Improves on the split found so far, if the column can.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="counts">Of every row of the table.</param>
    /// <param name="total">Of all rows of the node.</param>
    /// <param name="minRows">Rows on either side.</param>
    /// <param name="weights">Of the classes.</param>
    /// <param name="best">The split so far, replaced by a better one.</param>
    /// <returns>False if the column is constant in the node.</returns>
    internal bool Improve(
        int column, ReadOnlySpan<int> rows, ReadOnlySpan<ClassCounts> counts, ClassCounts total, int minRows, ClassWeights weights, ref NodeSplit best)
    {
        Span<int> places = _places.AsSpan(0, rows.Length);
        SortPlaces(columns.Places(column), rows, places);
        ReadOnlySpan<float> values = columns.Values(column);
        if (values[places[0]] == values[places[^1]])
            return false;
        int candidates = columns.HasTies(column)
            ? WhereValuesChange(values, columns.Rows(column), places, counts, minRows)
            : WhereClassesChange(columns.Rows(column), places, counts, minRows);
        double cost = best.Cost;
        int at = Weigh(candidates, total, weights, ref cost);
        if (at >= 0)
        {
            int before = _before[at];
            double low = values[places[before]], high = values[places[before + 1]], middle = low / 2 + high / 2;
            // Beyond the range of 32 bits the upper value, and so the middle, is infinite.
            best = new NodeSplit(column, places[before], middle < high ? middle : low, new ClassCounts(_left[at]), cost);
        }
        return true;
    }

    private void SortPlaces(ReadOnlySpan<int> placeOf, ReadOnlySpan<int> rows, Span<int> places)
    {
        if (rows.Length <= FewRows)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                int place = placeOf[rows[i]], at = i;
                for (; at > 0 && places[at - 1] > place; at--)
                    places[at] = places[at - 1];
                places[at] = place;
            }
            return;
        }
        if (_bitmap.Length > rows.Length * WordsPerRow)
        {
            for (int i = 0; i < rows.Length; i++)
                places[i] = placeOf[rows[i]];
            places.Sort();
            return;
        }
        ulong[] bitmap = _bitmap;
        foreach (int row in rows)
        {
            int place = placeOf[row];
            bitmap[place >> 6] |= 1UL << place;
        }
        int next = 0;
        for (int word = 0; word < bitmap.Length; word++)
        {
            ulong bits = bitmap[word];
            bitmap[word] = 0;
            for (; bits != 0; bits &= bits - 1)
                places[next++] = (word << 6) | BitOperations.TrailingZeroCount(bits);
        }
    }

    private int WhereClassesChange(ReadOnlySpan<int> rowAt, ReadOnlySpan<int> places, ReadOnlySpan<ClassCounts> counts, int minRows)
    {
        ulong left = 0;
        for (int i = 0; i < minRows - 1; i++)
            left += counts[rowAt[places[i]]].Packed;
        int found = 0, first = minRows - 1, last = places.Length - minRows - 1;
        ulong here = counts[rowAt[places[first]]].Packed;
        for (int i = first; i <= last; i++)
        {
            ulong after = counts[rowAt[places[i + 1]]].Packed;
            left += here;
            _left[found] = left;
            _before[found] = i;
            // A row has one class: its packed counts fit 32 bits for a case, and do not for a control.
            bool differs = (here > uint.MaxValue) != (after > uint.MaxValue);
            found += differs | i == first | i == last ? 1 : 0;
            here = after;
        }
        return found;
    }

    private int WhereValuesChange(
        ReadOnlySpan<float> values, ReadOnlySpan<int> rowAt, ReadOnlySpan<int> places, ReadOnlySpan<ClassCounts> counts, int minRows)
    {
        ulong left = 0;
        int found = 0;
        for (int i = 0; i < places.Length - minRows; i++)
        {
            left += counts[rowAt[places[i]]].Packed;
            if (i < minRows - 1 || values[places[i]] == values[places[i + 1]])
                continue;
            _left[found] = left;
            _before[found++] = i;
        }
        return found;
    }

    /// <summary>The place of the first candidate that costs less than the bound, and least; -1 if none does.</summary>
    private int Weigh(int candidates, ClassCounts total, ClassWeights weights, ref double bound)
    {
        int best = -1;
        for (int i = 0; i < candidates; i++)
        {
            var left = new ClassCounts(_left[i]);
            double cost = left.HalfGini(weights) + (total - left).HalfGini(weights);
            if (cost < bound)
                (bound, best) = (cost, i);
        }
        return best;
    }
}
