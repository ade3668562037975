using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trabecula.Learning.Preparation;

namespace Trabecula.Learning.Selection;

/// <summary>
/// Columns moved to mean 0 and scaled to length 1, so that the dot product of two is Pearson's r. Constant columns become 0.
/// </summary>
internal static class UnitColumns
{
    /// <summary>Values summed side by side, a part of the definition of <see cref="Dot"/>: four vectors of four.</summary>
    internal const int Lanes = 16;

    /// <summary>The unit columns; the zeros after each, up to the stride, leave the dot products as they are.</summary>
    internal static ColumnMajor Of(ColumnMajor columns, int count)
    {
        for (int place = 0; place < count; place++)
        {
            Span<double> column = columns[place];
            double sum = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
            foreach (double value in column)
            {
                sum += value;
                least = Math.Min(least, value);
                most = Math.Max(most, value);
            }
            if (!(least < most))
            {
                column.Clear();
                continue;
            }
            // In units of the range: squares of very small or large values would leave the range of a double.
            double mean = sum / column.Length, range = most - least;
            for (int row = 0; row < column.Length; row++)
                column[row] = (column[row] - mean) / range;
            double length = Math.Sqrt(Dot(columns.Padded(place), columns.Padded(place)));
            for (int row = 0; row < column.Length; row++)
                column[row] /= length;
        }
        return columns;
    }

    /// <summary>
    /// The dot product of two columns padded to a multiple of <see cref="Lanes"/>: lane i sums every sixteenth product from i on, and the
    /// lanes are added as (0 + 4) + (8 + 12) and so on, then pairwise from the first. The same on every processor.
    /// </summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> x = MemoryMarshal.Cast<double, Vector256<double>>(a), y = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int i = 0; i + 3 < x.Length && i + 3 < y.Length; i += 4)
        {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        Vector256<double> s = (s0 + s1) + (s2 + s3);
        return (s.GetElement(0) + s.GetElement(1)) + (s.GetElement(2) + s.GetElement(3));
    }
}

/// <summary>F of the analysis of variance between two groups.</summary>
internal static class TwoGroupF
{
    /// <summary>What r² lacks to 1 in a column that is constant within each group, by rounding alone.</summary>
    private const double Nothing = 1e-14;

    /// <summary>
    /// F of each unit column, which follows from its r with the outcome as 0 and 1: <c>F = (n - 2) r² / (1 - r²)</c>. 0 for a constant
    /// column, infinite for one that is constant within each group alone.
    /// </summary>
    internal static double[] Of(ColumnMajor units, int count, IReadOnlyList<bool> outcomes)
    {
        var outcome = new double[units.Stride];
        int events = outcomes.Count(isEvent => isEvent), rows = units.Rows;
        double share = (double)events / rows, length = Math.Sqrt(events * (1 - share));
        for (int row = 0; row < rows; row++)
            outcome[row] = ((outcomes[row] ? 1 : 0) - share) / length;
        var f = new double[count];
        for (int place = 0; place < count; place++)
        {
            double r = UnitColumns.Dot(outcome, units.Padded(place)), unexplained = 1 - r * r;
            f[place] = unexplained <= Nothing ? double.PositiveInfinity : (rows - 2) * r * r / unexplained;
        }
        return f;
    }
}

/// <summary>|r| with the chosen column, floored.</summary>
internal sealed class CorrelationRedundancy(ColumnMajor units, double floor) : Redundancy
{
    internal override void AddTo(int chosen, ReadOnlySpan<int> left, Span<double> sums)
    {
        ReadOnlySpan<double> last = units.Padded(chosen);
        foreach (int place in left)
            sums[place] += Math.Max(Math.Abs(UnitColumns.Dot(last, units.Padded(place))), floor);
    }
}
