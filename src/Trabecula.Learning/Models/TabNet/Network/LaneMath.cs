using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// Exponential, logarithm and sums of lanes in a fixed sequence of additions and multiplications. Those of the runtime use fused operations
/// where the processor has them, and those of the C library differ between processors.
/// </summary>
/// <remarks>Taylor's series after reduction by powers of 2; relative error below 2e-7 in 32 bits and 1e-15 in 64.</remarks>
internal static class LaneMath
{
    private const double Log2E = 1.4426950408889634, Ln2High = 0.693145751953125, Ln2Low = 1.42860682030941723212e-6;

    // 1.5 times the power of 2 at which neighbours are 1 apart: adding it rounds to whole numbers, which stand in the low bits.
    private const float RoundSingle = 12582912f;
    private const double RoundDouble = 6755399441055744d;

    /// <summary>e to the power of each lane, which must not be NaN; cut at 2⁻¹²⁵ and 2¹²⁶ (32 bits) or 2⁻¹⁰²⁰ and 2¹⁰²⁰.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Exp<T>(Vector512<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Exp(x.AsSingle()).As<float, T>() : Exp(x.AsDouble()).As<double, T>();

    /// <summary>The logistic function <c>1 / (1 + e⁻ˣ)</c> of each lane, which must not be NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Logistic<T>(Vector512<T> x)
        where T : unmanaged => Vector512<T>.One / (Vector512<T>.One + Exp(-x));

    /// <summary>The natural logarithm of each lane, which must be positive, normal and finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Log<T>(Vector512<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Log(x.AsSingle()).As<float, T>() : Log(x.AsDouble()).As<double, T>();

    /// <summary>e to the power of a number.</summary>
    internal static double Exp(double x) => Exp(Vector512.Create(x)).ToScalar();

    /// <summary>The natural logarithm of a positive, normal number.</summary>
    internal static double Log(double x) => Log(Vector512.Create(x)).ToScalar();

    /// <summary>The sum of the lanes: of the first half and the second, lane by lane, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Sum<T>(Vector256<T> x)
        where T : unmanaged => SumInLanes(x).ToScalar();

    /// <summary>The same sum, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> SumInLanes<T>(Vector256<T> x)
        where T : unmanaged
    {
        x += SwapHalves(x);
        if (typeof(T) == typeof(float))
            x += SwapPairs(x);
        return x + SwapNeighbours(x);
    }

    /// <summary>The largest of the lanes, in every lane; none may be NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> Largest<T>(Vector256<T> x)
        where T : unmanaged
    {
        x = Larger(x, SwapHalves(x));
        if (typeof(T) == typeof(float))
            x = Larger(x, SwapPairs(x));
        return Larger(x, SwapNeighbours(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> SwapHalves<T>(Vector256<T> x)
        where T : unmanaged => Vector256.Create(x.GetUpper(), x.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> SwapPairs<T>(Vector256<T> x)
        where T : unmanaged => Vector256.Shuffle(x.AsSingle(), Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> SwapNeighbours<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Vector256.Shuffle(x.AsSingle(), Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)).As<float, T>()
            : Vector256.Shuffle(x.AsDouble(), Vector256.Create(1L, 0, 3, 2)).As<double, T>();

    /// <inheritdoc cref="Larger{T}(Vector256{T}, Vector256{T})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Larger<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged => Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    /// <summary>The larger of two numbers in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> Larger<T>(Vector256<T> a, Vector256<T> b)
        where T : unmanaged => Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> limit = Vector512.Create(87f);
        x = Larger(x, -limit);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, limit), x, limit);
        Vector512<float> shifted = x * Vector512.Create((float)Log2E) + Vector512.Create(RoundSingle);
        Vector512<float> n = shifted - Vector512.Create(RoundSingle);
        Vector512<float> r = x - n * Vector512.Create((float)Ln2High) - n * Vector512.Create((float)Ln2Low);
        Vector512<float> p = Vector512.Create(1f / 5040);
        p = p * r + Vector512.Create(1f / 720);
        p = p * r + Vector512.Create(1f / 120);
        p = p * r + Vector512.Create(1f / 24);
        p = p * r + Vector512.Create(1f / 6);
        p = p * r + Vector512.Create(0.5f);
        p = p * r + Vector512<float>.One;
        p = p * r + Vector512<float>.One;
        return (p.AsInt32() + Vector512.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp(Vector512<double> x)
    {
        Vector512<double> limit = Vector512.Create(707d);
        x = Larger(x, -limit);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, limit), x, limit);
        Vector512<double> shifted = x * Vector512.Create(Log2E) + Vector512.Create(RoundDouble);
        Vector512<double> n = shifted - Vector512.Create(RoundDouble);
        Vector512<double> r = x - n * Vector512.Create(Ln2High) - n * Vector512.Create(Ln2Low);
        Vector512<double> p = Vector512.Create(1d / 6227020800);
        p = p * r + Vector512.Create(1d / 479001600);
        p = p * r + Vector512.Create(1d / 39916800);
        p = p * r + Vector512.Create(1d / 3628800);
        p = p * r + Vector512.Create(1d / 362880);
        p = p * r + Vector512.Create(1d / 40320);
        p = p * r + Vector512.Create(1d / 5040);
        p = p * r + Vector512.Create(1d / 720);
        p = p * r + Vector512.Create(1d / 120);
        p = p * r + Vector512.Create(1d / 24);
        p = p * r + Vector512.Create(1d / 6);
        p = p * r + Vector512.Create(0.5);
        p = p * r + Vector512<double>.One;
        p = p * r + Vector512<double>.One;
        return (p.AsInt64() + Vector512.ShiftLeft(shifted.AsInt64(), 52)).AsDouble();
    }

    // log x = e ln 2 + 2 artanh((m - 1) / (m + 1)) with x = m 2^e and m from √½ to √2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Log(Vector512<float> x)
    {
        Vector512<int> bits = x.AsInt32(), offset = Vector512.Create(BitConverter.SingleToInt32Bits(0.70710678f));
        Vector512<int> e = Vector512.ShiftRightArithmetic(bits - offset, 23);
        Vector512<float> m = (bits - Vector512.ShiftLeft(e, 23)).AsSingle();
        Vector512<float> exponent = Vector512.ConvertToSingle(e);
        Vector512<float> f = (m - Vector512<float>.One) / (m + Vector512<float>.One), f2 = f * f;
        Vector512<float> p = Vector512.Create(2f / 9);
        p = p * f2 + Vector512.Create(2f / 7);
        p = p * f2 + Vector512.Create(2f / 5);
        p = p * f2 + Vector512.Create(2f / 3);
        p = p * f2 + Vector512.Create(2f);
        return exponent * Vector512.Create((float)Ln2High) + (exponent * Vector512.Create((float)Ln2Low) + p * f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<long> bits = x.AsInt64(), offset = Vector512.Create(BitConverter.DoubleToInt64Bits(0.7071067811865476));
        // There is no arithmetic shift of 64 bits before AVX-512: a positive number is shifted instead, and the bias taken off after.
        Vector512<long> biased = Vector512.ShiftRightLogical(bits - offset + Vector512.Create(1023L << 52), 52);
        Vector512<double> m = (bits - Vector512.ShiftLeft(biased - Vector512.Create(1023L), 52)).AsDouble();
        Vector512<double> round = Vector512.Create(RoundDouble);
        Vector512<double> exponent = (biased + round.AsInt64()).AsDouble() - round - Vector512.Create(1023d);
        Vector512<double> f = (m - Vector512<double>.One) / (m + Vector512<double>.One), f2 = f * f;
        Vector512<double> p = Vector512.Create(2d / 23);
        p = p * f2 + Vector512.Create(2d / 21);
        p = p * f2 + Vector512.Create(2d / 19);
        p = p * f2 + Vector512.Create(2d / 17);
        p = p * f2 + Vector512.Create(2d / 15);
        p = p * f2 + Vector512.Create(2d / 13);
        p = p * f2 + Vector512.Create(2d / 11);
        p = p * f2 + Vector512.Create(2d / 9);
        p = p * f2 + Vector512.Create(2d / 7);
        p = p * f2 + Vector512.Create(2d / 5);
        p = p * f2 + Vector512.Create(2d / 3);
        p = p * f2 + Vector512.Create(2d / 1);
        return exponent * Vector512.Create(Ln2High) + (exponent * Vector512.Create(Ln2Low) + p * f);
    }
}
