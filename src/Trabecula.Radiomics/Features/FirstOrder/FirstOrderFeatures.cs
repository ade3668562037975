using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Features.FirstOrder;

/// <summary>
/// PyRadiomics <c>firstorder</c>: 18 features of the distribution of intensities inside the region (IBSI 3.3 and 3.4). Moments divide by n,
/// kurtosis has no 3 taken off; skewness and kurtosis of a constant region are 0.
/// </summary>
internal static class FirstOrderFeatures
{
    public static readonly string[] Names =
    [
        "10Percentile", "90Percentile", "Energy", "Entropy", "InterquartileRange", "Kurtosis", "Maximum", "MeanAbsoluteDeviation", "Mean",
        "Median", "Minimum", "Range", "RobustMeanAbsoluteDeviation", "RootMeanSquared", "Skewness", "TotalEnergy", "Uniformity", "Variance",
    ];

    /// <summary>Smallest and largest value.</summary>
    public static (double Minimum, double Maximum) Range(ReadOnlySpan<double> values)
    {
        ref double x = ref MemoryMarshal.GetReference(values);
        Vector256<double> low = Vector256.Create(double.PositiveInfinity), high = Vector256.Create(double.NegativeInfinity);
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            // Neither comparison holds for a voxel that is not a number.
            Vector256<double> value = Vector256.LoadUnsafe(ref x, (nuint)i);
            low = Vector256.ConditionalSelect(Vector256.LessThan(value, low), value, low);
            high = Vector256.ConditionalSelect(Vector256.GreaterThan(value, high), value, high);
        }
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        for (int k = 0; k < 4; k++)
            (minimum, maximum) = (low[k] < minimum ? low[k] : minimum, high[k] > maximum ? high[k] : maximum);
        for (; i < values.Length; i++)
        {
            minimum = values[i] < minimum ? values[i] : minimum;
            maximum = values[i] > maximum ? values[i] : maximum;
        }
        return (minimum, maximum);
    }

    /// <summary>Writes the features in the order of <see cref="Names"/>, then StandardDeviation.</summary>
    /// <param name="voxels">The region's intensities.</param>
    /// <param name="minimum">The smallest.</param>
    /// <param name="maximum">The largest.</param>
    /// <param name="histogram">How many of them each grey level has, for entropy and uniformity.</param>
    /// <param name="voxelVolume">In cubic millimetres.</param>
    /// <param name="shift">Added to the intensities for Energy, TotalEnergy and RootMeanSquared.</param>
    /// <param name="values">Receives the features.</param>
    /// <param name="needsOrder">Whether percentiles, and what is made of them, are wanted; they are NaN otherwise.</param>
    public static void Compute(
        ReadOnlySpan<double> voxels, double minimum, double maximum, ReadOnlySpan<int> histogram, double voxelVolume, double shift, Span<double> values,
        bool needsOrder = true)
    {
        double n = voxels.Length;
        Span<double> percentiles = stackalloc double[5];
        if (needsOrder)
            OrderStatistics.Percentiles(voxels, minimum, maximum, [0.1, 0.25, 0.5, 0.75, 0.9], percentiles);
        else
            percentiles.Fill(double.NaN);
        double p10 = percentiles[0], p90 = percentiles[4];

        (double sum, double energy) = SumAndEnergy(voxels);
        // The mean of equal values may be off by its last bit, which would leave moments of pure rounding.
        double mean = minimum == maximum ? minimum : sum / n;
        Moments moments = CentralMoments(voxels, mean);
        double m2 = moments.Second / n, m3 = moments.Third / n, m4 = moments.Fourth / n;
        (double entropy, double uniformity) = EntropyAndUniformity(histogram);
        if (shift != 0)
            energy = ShiftedEnergy(voxels, shift);

        values[0] = p10;
        values[1] = p90;
        values[2] = energy;
        values[3] = entropy;
        values[4] = percentiles[3] - percentiles[1];
        values[5] = m2 == 0 ? 0 : m4 / (m2 * m2);
        values[6] = maximum;
        values[7] = moments.Absolute / n;
        values[8] = mean;
        values[9] = percentiles[2];
        values[10] = minimum;
        values[11] = maximum - minimum;
        values[12] = needsOrder ? RobustMeanAbsoluteDeviation(voxels, p10, p90) : double.NaN;
        values[13] = Math.Sqrt(energy / n);
        values[14] = m2 == 0 ? 0 : m3 / (m2 * Math.Sqrt(m2));
        values[15] = energy * voxelVolume;
        values[16] = uniformity;
        values[17] = m2;
        values[18] = Math.Sqrt(m2);
    }

    private static double ShiftedEnergy(ReadOnlySpan<double> voxels, double shift)
    {
        double energy = 0;
        foreach (double voxel in voxels)
            energy += (voxel + shift) * (voxel + shift);
        return energy;
    }

    /// <summary>The sum of values, and of their squares.</summary>
    public static (double Sum, double Energy) SumAndEnergy(ReadOnlySpan<double> voxels)
    {
        ref double x = ref MemoryMarshal.GetReference(voxels);
        Vector256<double> sum0 = default, sum1 = default, energy0 = default, energy1 = default;
        int i = 0;
        for (; i <= voxels.Length - 8; i += 8)
        {
            Vector256<double> a = Vector256.LoadUnsafe(ref x, (nuint)i), b = Vector256.LoadUnsafe(ref x, (nuint)i + 4);
            sum0 += a;
            sum1 += b;
            energy0 += a * a;
            energy1 += b * b;
        }
        double sum = Add(sum0, sum1), energy = Add(energy0, energy1);
        for (; i < voxels.Length; i++)
        {
            sum += voxels[i];
            energy += voxels[i] * voxels[i];
        }
        return (sum, energy);
    }

    private readonly record struct Moments(double Absolute, double Second, double Third, double Fourth);

    private static Moments CentralMoments(ReadOnlySpan<double> voxels, double mean)
    {
        ref double x = ref MemoryMarshal.GetReference(voxels);
        Vector256<double> centre = Vector256.Create(mean), absolute = default, second = default, third = default, fourth = default;
        int i = 0;
        for (; i <= voxels.Length - 4; i += 4)
        {
            Vector256<double> d = Vector256.LoadUnsafe(ref x, (nuint)i) - centre, d2 = d * d;
            absolute += Vector256.Abs(d);
            second += d2;
            third += d2 * d;
            fourth += d2 * d2;
        }
        var m = new Moments(Add(absolute, default), Add(second, default), Add(third, default), Add(fourth, default));
        for (; i < voxels.Length; i++)
        {
            double d = voxels[i] - mean, d2 = d * d;
            m = new Moments(m.Absolute + Math.Abs(d), m.Second + d2, m.Third + d2 * d, m.Fourth + d2 * d2);
        }
        return m;
    }

    /// <summary>Mean absolute deviation of the values in the closed range from P10 to P90 about their own mean.</summary>
    private static double RobustMeanAbsoluteDeviation(ReadOnlySpan<double> voxels, double p10, double p90)
    {
        ref double x = ref MemoryMarshal.GetReference(voxels);
        Vector256<double> low = Vector256.Create(p10), high = Vector256.Create(p90), one = Vector256.Create(1.0), sum = default, count = default;
        int whole = voxels.Length & ~3;
        for (int i = 0; i < whole; i += 4)
        {
            Vector256<double> v = Vector256.LoadUnsafe(ref x, (nuint)i);
            Vector256<double> inside = Vector256.GreaterThanOrEqual(v, low) & Vector256.LessThanOrEqual(v, high);
            sum += v & inside;
            count += one & inside;
        }
        double n = Add(count, default), mean = Add(sum, default);
        for (int i = whole; i < voxels.Length; i++)
        {
            bool inside = voxels[i] >= p10 && voxels[i] <= p90;
            mean += inside ? voxels[i] : 0;
            n += inside ? 1 : 0;
        }
        mean /= n;

        Vector256<double> centre = Vector256.Create(mean), deviation = default;
        for (int i = 0; i < whole; i += 4)
        {
            Vector256<double> v = Vector256.LoadUnsafe(ref x, (nuint)i);
            Vector256<double> inside = Vector256.GreaterThanOrEqual(v, low) & Vector256.LessThanOrEqual(v, high);
            deviation += Vector256.Abs(v - centre) & inside;
        }
        double total = Add(deviation, default);
        for (int i = whole; i < voxels.Length; i++)
            total += voxels[i] >= p10 && voxels[i] <= p90 ? Math.Abs(voxels[i] - mean) : 0;
        return total / n;
    }

    private static (double Entropy, double Uniformity) EntropyAndUniformity(ReadOnlySpan<int> histogram)
    {
        double logs = 0, squares = 0, n = 0;
        foreach (int count in histogram)
        {
            n += count;
            logs += Log2.TimesItself(count);
            squares += (double)count * count;
        }
        return (Log2.Entropy(logs, n, histogram.Length), squares / (n * n));
    }

    private static double Add(Vector256<double> a, Vector256<double> b)
    {
        Vector256<double> sum = a + b;
        return sum[0] + sum[1] + (sum[2] + sum[3]);
    }
}
