using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>Statistics over all voxels of an image, from one pass.</summary>
/// <param name="Count">Number of voxels.</param>
/// <param name="Sum">Sum, exact for integer types and then rounded once.</param>
/// <param name="SumOfSquares">Sum of squares, exact for integer types of up to 32 bits and then rounded once.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="FirstNonFinite">Index of the first voxel that is infinite or not a number, or -1.</param>
internal readonly record struct IntensityStatistics(
    long Count, double Sum, double SumOfSquares, double Minimum, double Maximum, long FirstNonFinite)
{
    /// <summary>Mean.</summary>
    public double Mean => Sum / Count;

    /// <summary>
    /// Standard deviation with n - 1, from the sums as ITK's StatisticsImageFilter does it: with exact sums its last bits are met too.
    /// </summary>
    public double StandardDeviation => Math.Sqrt((SumOfSquares - Sum * Sum / Count) / (Count - 1));

    /// <summary>Statistics of a file's image.</summary>
    public static IntensityStatistics Of(Volume image) => image.Accept(new Operation());

    /// <summary>Statistics of values in double precision.</summary>
    public static IntensityStatistics Of(ReadOnlySpan<double> values) => OfFloating(values);

    private sealed class Operation : IVolumeOperation<IntensityStatistics>
    {
        public IntensityStatistics Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            if (typeof(T) == typeof(short)) return OfInt16(MemoryMarshal.Cast<T, short>(volume.Voxels));
            if (typeof(T) == typeof(byte) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(ushort)
                || typeof(T) == typeof(int) || typeof(T) == typeof(uint))
                return OfInteger(volume.Voxels);
            return OfFloating(volume.Voxels);
        }
    }

    private static IntensityStatistics OfInt16(ReadOnlySpan<short> voxels)
    {
        // Per block the lanes of the int sums cannot overflow: 2^15 values of 2^15 at most, over at least 8 lanes.
        const int block = 1 << 15;
        long sum = 0;
        Vector<short> minima = new(short.MaxValue), maxima = new(short.MinValue);
        Vector<long> squares = Vector<long>.Zero;
        int vectors = voxels.Length / Vector<short>.Count;
        ReadOnlySpan<Vector<short>> body = MemoryMarshal.Cast<short, Vector<short>>(voxels[..(vectors * Vector<short>.Count)]);
        while (body.Length > 0)
        {
            ReadOnlySpan<Vector<short>> part = body[..Math.Min(body.Length, block / Vector<short>.Count)];
            Vector<int> sums = Vector<int>.Zero;
            foreach (Vector<short> v in part)
            {
                minima = Vector.Min(minima, v);
                maxima = Vector.Max(maxima, v);
                Vector.Widen(v, out Vector<int> low, out Vector<int> high);
                sums += low + high;
                // A square is at most 2^30, so two of them still fit as unsigned numbers.
                Vector<uint> pair = Vector.AsVectorUInt32(low * low) + Vector.AsVectorUInt32(high * high);
                Vector.Widen(pair, out Vector<ulong> first, out Vector<ulong> second);
                squares += Vector.AsVectorInt64(first + second);
            }
            for (int i = 0; i < Vector<int>.Count; i++) sum += sums[i];
            body = body[part.Length..];
        }
        long squareSum = Vector.Sum(squares);
        short minimum = short.MaxValue, maximum = short.MinValue;
        for (int i = 0; i < Vector<short>.Count; i++)
            (minimum, maximum) = (Math.Min(minimum, minima[i]), Math.Max(maximum, maxima[i]));
        foreach (short v in voxels[(vectors * Vector<short>.Count)..])
        {
            (minimum, maximum) = (Math.Min(minimum, v), Math.Max(maximum, v));
            sum += v;
            squareSum += (long)v * v;
        }
        return new(voxels.Length, sum, squareSum, minimum, maximum, -1);
    }

    private static IntensityStatistics OfInteger<T>(ReadOnlySpan<T> voxels) where T : unmanaged, INumber<T>
    {
        long sum = 0;
        UInt128 squareSum = 0;
        T minimum = voxels[0], maximum = voxels[0];
        foreach (T v in voxels)
        {
            long value = long.CreateTruncating(v);
            (minimum, maximum) = (T.Min(minimum, v), T.Max(maximum, v));
            sum += value;
            squareSum += (ulong)Math.Abs(value) * (UInt128)(ulong)Math.Abs(value);
        }
        return new(voxels.Length, sum, (double)squareSum, double.CreateTruncating(minimum), double.CreateTruncating(maximum), -1);
    }

    /// <summary>Floating point with Neumaier's compensation, as ITK compensates its sums too.</summary>
    private static IntensityStatistics OfFloating<T>(ReadOnlySpan<T> voxels) where T : unmanaged, INumber<T>
    {
        double sum = 0, sumError = 0, squares = 0, squaresError = 0;
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        long firstNonFinite = -1;
        for (int i = 0; i < voxels.Length; i++)
        {
            double value = double.CreateTruncating(voxels[i]);
            if (!double.IsFinite(value) && firstNonFinite < 0) firstNonFinite = i;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            Add(ref sum, ref sumError, value);
            Add(ref squares, ref squaresError, value * value);
        }
        return new(voxels.Length, sum + sumError, squares + squaresError, minimum, maximum, firstNonFinite);
    }

    private static void Add(ref double sum, ref double error, double value)
    {
        double total = sum + value;
        error += Math.Abs(sum) >= Math.Abs(value) ? sum - total + value : value - total + sum;
        sum = total;
    }
}
