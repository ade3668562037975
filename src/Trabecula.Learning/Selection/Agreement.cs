using Trabecula.Learning.Preparation;

namespace Trabecula.Learning.Selection;

/// <summary>How far readers agree on a column.</summary>
public enum Agreement
{
    /// <summary>Lin's concordance correlation coefficient, moments with divisor n (Lin 1989).</summary>
    Ccc,
}

/// <summary>The coefficients.</summary>
internal static class Agreements
{
    internal static double Between(this Agreement measure, ReadOnlySpan<ColumnMajor> readings, int place)
    {
        double least = double.PositiveInfinity;
        for (int a = 0; a < readings.Length; a++)
        {
            for (int b = a + 1; b < readings.Length; b++)
            {
                Span<double> first = readings[a][place].ToArray(), second = readings[b][place].ToArray();
                int pairs = Present.MoveToFront(first, second);
                least = Math.Min(least, pairs < 2 ? double.NaN : Concordance.Ccc(first[..pairs], second[..pairs]));
            }
        }
        return least;
    }
}
