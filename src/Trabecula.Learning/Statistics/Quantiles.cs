using System.Buffers;

namespace Trabecula.Learning.Statistics;

/// <summary>Linear quantiles: type 7 of Hyndman and Fan, the default of NumPy and R.</summary>
public static class Quantiles
{
    /// <summary>The quantile of sorted values without NaN; NaN where there are none.</summary>
    /// <param name="sorted">Ascending values.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is from 0 to 1.");
        if (sorted.IsEmpty)
            return double.NaN;
        double place = probability * (sorted.Length - 1);
        int below = Math.Min((int)place, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        double t = place - below, step = sorted[above] - sorted[below];
        return t < 0.5 ? sorted[below] + step * t : sorted[above] - step * (1 - t);
    }

    /// <summary>The quantile of values in any order, missing ones left out.</summary>
    /// <inheritdoc cref="OfSorted"/>
    public static double Of(ReadOnlySpan<double> values, double probability)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(values.Length);
        try
        {
            return OfSorted(SortPresent(values, rented), probability);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Sorts the values that are not missing into a buffer at least as long, and gives that part of it.</summary>
    internal static Span<double> SortPresent(ReadOnlySpan<double> values, Span<double> buffer)
    {
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
                buffer[count++] = value;
        }
        Span<double> present = buffer[..count];
        present.Sort();
        return present;
    }
}
