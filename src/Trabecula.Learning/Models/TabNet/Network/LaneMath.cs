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
    internal static Vector256<T> Exp<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Exp(x.AsSingle()).As<float, T>() : Exp(x.AsDouble()).As<double, T>();

    /// <summary>The natural logarithm of each lane, which must be positive, normal and finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> Log<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Log(x.AsSingle()).As<float, T>() : Log(x.AsDouble()).As<double, T>();

    /// <summary>e to the power of a number.</summary>
    internal static double Exp(double x) => Exp(Vector256.Create(x)).ToScalar();

    /// <summary>The natural logarithm of a positive, normal number.</summary>
    internal static double Log(double x) => Log(Vector256.Create(x)).ToScalar();

    /// <summary>The sum of the lanes: of the first half and the second, lane by lane, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Sum<T>(Vector256<T> x)
        where T : unmanaged, INumber<T>
    {
        Vector128<T> half = x.GetLower() + x.GetUpper();
        return Vector128<T>.Count == 2
            ? half.GetElement(0) + half.GetElement(1)
            : half.GetElement(0) + half.GetElement(2) + (half.GetElement(1) + half.GetElement(3));
    }

    /// <summary>The larger of two numbers in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> Larger<T>(Vector256<T> a, Vector256<T> b)
        where T : unmanaged => Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exp(Vector256<float> x)
    {
        Vector256<float> limit = Vector256.Create(87f);
        x = Larger(x, -limit);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, limit), x, limit);
        Vector256<float> shifted = x * Vector256.Create((float)Log2E) + Vector256.Create(RoundSingle);
        Vector256<float> n = shifted - Vector256.Create(RoundSingle);
        Vector256<float> r = x - n * Vector256.Create((float)Ln2High) - n * Vector256.Create((float)Ln2Low);
        Vector256<float> p = Vector256.Create(1f / 5040);
        p = p * r + Vector256.Create(1f / 720);
        p = p * r + Vector256.Create(1f / 120);
        p = p * r + Vector256.Create(1f / 24);
        p = p * r + Vector256.Create(1f / 6);
        p = p * r + Vector256.Create(0.5f);
        p = p * r + Vector256<float>.One;
        p = p * r + Vector256<float>.One;
        return (p.AsInt32() + Vector256.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Exp(Vector256<double> x)
    {
        Vector256<double> limit = Vector256.Create(707d);
        x = Larger(x, -limit);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, limit), x, limit);
        Vector256<double> shifted = x * Vector256.Create(Log2E) + Vector256.Create(RoundDouble);
        Vector256<double> n = shifted - Vector256.Create(RoundDouble);
        Vector256<double> r = x - n * Vector256.Create(Ln2High) - n * Vector256.Create(Ln2Low);
        Vector256<double> p = Vector256.Create(1d / 6227020800);
        p = p * r + Vector256.Create(1d / 479001600);
        p = p * r + Vector256.Create(1d / 39916800);
        p = p * r + Vector256.Create(1d / 3628800);
        p = p * r + Vector256.Create(1d / 362880);
        p = p * r + Vector256.Create(1d / 40320);
        p = p * r + Vector256.Create(1d / 5040);
        p = p * r + Vector256.Create(1d / 720);
        p = p * r + Vector256.Create(1d / 120);
        p = p * r + Vector256.Create(1d / 24);
        p = p * r + Vector256.Create(1d / 6);
        p = p * r + Vector256.Create(0.5);
        p = p * r + Vector256<double>.One;
        p = p * r + Vector256<double>.One;
        return (p.AsInt64() + Vector256.ShiftLeft(shifted.AsInt64(), 52)).AsDouble();
    }

    // log x = e ln 2 + 2 artanh((m - 1) / (m + 1)) with x = m 2^e and m from √½ to √2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Log(Vector256<float> x)
    {
        Vector256<int> bits = x.AsInt32(), offset = Vector256.Create(BitConverter.SingleToInt32Bits(0.70710678f));
        Vector256<int> e = Vector256.ShiftRightArithmetic(bits - offset, 23);
        Vector256<float> m = (bits - Vector256.ShiftLeft(e, 23)).AsSingle();
        Vector256<float> exponent = Vector256.ConvertToSingle(e);
        Vector256<float> f = (m - Vector256<float>.One) / (m + Vector256<float>.One), f2 = f * f;
        Vector256<float> p = Vector256.Create(2f / 9);
        p = p * f2 + Vector256.Create(2f / 7);
        p = p * f2 + Vector256.Create(2f / 5);
        p = p * f2 + Vector256.Create(2f / 3);
        p = p * f2 + Vector256.Create(2f);
        return exponent * Vector256.Create((float)Ln2High) + (exponent * Vector256.Create((float)Ln2Low) + p * f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Log(Vector256<double> x)
    {
        Vector256<long> bits = x.AsInt64(), offset = Vector256.Create(BitConverter.DoubleToInt64Bits(0.7071067811865476));
        // There is no arithmetic shift of 64 bits before AVX-512: a positive number is shifted instead, and the bias taken off after.
        Vector256<long> biased = Vector256.ShiftRightLogical(bits - offset + Vector256.Create(1023L << 52), 52);
        Vector256<double> m = (bits - Vector256.ShiftLeft(biased - Vector256.Create(1023L), 52)).AsDouble();
        Vector256<double> round = Vector256.Create(RoundDouble);
        Vector256<double> exponent = (biased + round.AsInt64()).AsDouble() - round - Vector256.Create(1023d);
        Vector256<double> f = (m - Vector256<double>.One) / (m + Vector256<double>.One), f2 = f * f;
        Vector256<double> p = Vector256.Create(2d / 23);
        p = p * f2 + Vector256.Create(2d / 21);
        p = p * f2 + Vector256.Create(2d / 19);
        p = p * f2 + Vector256.Create(2d / 17);
        p = p * f2 + Vector256.Create(2d / 15);
        p = p * f2 + Vector256.Create(2d / 13);
        p = p * f2 + Vector256.Create(2d / 11);
        p = p * f2 + Vector256.Create(2d / 9);
        p = p * f2 + Vector256.Create(2d / 7);
        p = p * f2 + Vector256.Create(2d / 5);
        p = p * f2 + Vector256.Create(2d / 3);
        p = p * f2 + Vector256.Create(2d / 1);
        return exponent * Vector256.Create(Ln2High) + (exponent * Vector256.Create(Ln2Low) + p * f);
    }
}
