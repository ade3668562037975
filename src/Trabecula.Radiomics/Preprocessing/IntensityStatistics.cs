using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>
    /// Floating point with compensated sums, as ITK's are too. Eight interleaved sums whatever the processor, so that the result
    /// is the same everywhere.
    /// </summary>
    private static IntensityStatistics OfFloating<T>(ReadOnlySpan<T> voxels) where T : unmanaged, INumber<T>
    {
        const int lanes = 8;
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        CompensatedSum sum = default, squares = default;
        CompensatedSum4 sumLow = default, sumHigh = default, squaresLow = default, squaresHigh = default;
        Vector256<double> minima = Vector256.Create(minimum), maxima = Vector256.Create(maximum), probe = Vector256<double>.Zero;
        Span<double> block = stackalloc double[lanes];
        int body = voxels.Length - voxels.Length % lanes;
        for (int i = 0; i < body; i += lanes)
        {
            Vector256<double> low, high;
            if (typeof(T) == typeof(double))
            {
                low = Vector256.LoadUnsafe(in Unsafe.As<T, double>(ref Unsafe.AsRef(in voxels[i])));
                high = Vector256.LoadUnsafe(in Unsafe.As<T, double>(ref Unsafe.AsRef(in voxels[i])), 4);
            }
            else if (typeof(T) == typeof(float))
            {
                (low, high) = Vector256.Widen(Vector256.LoadUnsafe(in Unsafe.As<T, float>(ref Unsafe.AsRef(in voxels[i]))));
            }
            else
            {
                for (int k = 0; k < lanes; k++) block[k] = double.CreateTruncating(voxels[i + k]);
                (low, high) = (Vector256.LoadUnsafe(in block[0]), Vector256.LoadUnsafe(in block[4]));
            }
            minima = Vector256.Min(minima, Vector256.Min(low, high));
            maxima = Vector256.Max(maxima, Vector256.Max(low, high));
            // 0 times a finite number is 0; times anything else it is not a number, and stays so.
            probe += (low + high) * 0.0;
            sumLow.Add(low);
            sumHigh.Add(high);
            squaresLow.Add(low * low);
            squaresHigh.Add(high * high);
        }
        for (int k = 0; k < 4; k++)
        {
            sum.Add(sumLow, k);
            sum.Add(sumHigh, k);
            squares.Add(squaresLow, k);
            squares.Add(squaresHigh, k);
            (minimum, maximum) = (Math.Min(minimum, minima[k]), Math.Max(maximum, maxima[k]));
        }
        for (int i = body; i < voxels.Length; i++)
        {
            double value = double.CreateTruncating(voxels[i]);
            (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
            sum.Add(value);
            squares.Add(value * value);
        }
        long firstNonFinite = double.IsFinite(minimum) && double.IsFinite(maximum) && Vector256.EqualsAll(probe, Vector256<double>.Zero) ? -1 : FirstNonFiniteOf(voxels);
        return new(voxels.Length, sum.Value, squares.Value, minimum, maximum, firstNonFinite);
    }

    private static long FirstNonFiniteOf<T>(ReadOnlySpan<T> voxels) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < voxels.Length; i++)
        {
            if (!T.IsFinite(voxels[i])) return i;
        }
        return -1;
    }
}
