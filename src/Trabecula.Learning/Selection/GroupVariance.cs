using Trabecula.Learning.Preparation;

namespace Trabecula.Learning.Selection;

/// <summary>Analysis of variance of columns between the two outcomes.</summary>
internal static class GroupVariance
{
    /// <summary>F of each column; 0 where it is constant, infinite where it is constant within both groups alone.</summary>
    internal static double[] F(ColumnMajor columns, int count, IReadOnlyList<bool> outcomes, CancellationToken cancellationToken)
    {
        var f = new double[count];
        bool[] isEvent = [.. outcomes];
        int n = isEvent.Length, events = isEvent.Count(x => x);
        for (int place = 0; place < count; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> column = columns[place];
            double s1 = 0, s0 = 0;
            for (int row = 0; row < n; row++)
            {
                if (isEvent[row]) s1 += column[row];
                else s0 += column[row];
            }
            double m1 = s1 / events, m0 = s0 / (n - events), mean = (s1 + s0) / n, within = 0;
            for (int row = 0; row < n; row++)
            {
                double d = column[row] - (isEvent[row] ? m1 : m0);
                within += d * d;
            }
            double between = events * (m1 - mean) * (m1 - mean) + (n - events) * (m0 - mean) * (m0 - mean);
            f[place] = column.IndexOfAnyExcept(column[0]) < 0 ? 0 : between / (within / (n - 2));
        }
        return f;
    }
}
