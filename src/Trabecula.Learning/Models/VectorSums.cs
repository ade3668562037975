using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models;

/// <summary>
/// Sums over vectors in one fixed order, which is part of their definition: lane k of four holds the elements k, k + 4, k + 8 and so
/// on, lanes are added as (0 + 1) + (2 + 3), the elements behind the last whole four come last. The width of the processor's registers
/// plays no part.
/// </summary>
internal static class VectorSums
{
    internal const int Lanes = 4;

    /// <summary>The smallest multiple of the lanes that holds a length.</summary>
    internal static int Padded(int length) => (length + Lanes - 1) / Lanes * Lanes;

    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> wideB = MemoryMarshal.Cast<double, Vector256<double>>(b)[..wideA.Length];
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
            sums += wideA[i] * wideB[i];
        double sum = Total(sums);
        for (int i = wideA.Length * Lanes; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Four products at once with one vector, each as <see cref="Dot"/> gives it: the first is read once.</summary>
    internal static void Dot4(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b0, ReadOnlySpan<double> b1, ReadOnlySpan<double> b2, ReadOnlySpan<double> b3, Span<double> into)
    {
        ReadOnlySpan<Vector256<double>> wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> wide0 = MemoryMarshal.Cast<double, Vector256<double>>(b0)[..wideA.Length];
        ReadOnlySpan<Vector256<double>> wide1 = MemoryMarshal.Cast<double, Vector256<double>>(b1)[..wideA.Length];
        ReadOnlySpan<Vector256<double>> wide2 = MemoryMarshal.Cast<double, Vector256<double>>(b2)[..wideA.Length];
        ReadOnlySpan<Vector256<double>> wide3 = MemoryMarshal.Cast<double, Vector256<double>>(b3)[..wideA.Length];
        Vector256<double> s0 = Vector256<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (int i = 0; i < wideA.Length; i++)
        {
            Vector256<double> x = wideA[i];
            s0 += x * wide0[i];
            s1 += x * wide1[i];
            s2 += x * wide2[i];
            s3 += x * wide3[i];
        }
        (into[0], into[1], into[2], into[3]) = (Total(s0), Total(s1), Total(s2), Total(s3));
        for (int i = wideA.Length * Lanes; i < a.Length; i++)
        {
            into[0] += a[i] * b0[i];
            into[1] += a[i] * b1[i];
            into[2] += a[i] * b2[i];
            into[3] += a[i] * b3[i];
        }
    }

    /// <summary>The sum of the magnitudes of the products.</summary>
    internal static double DotOfMagnitudes(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> wideB = MemoryMarshal.Cast<double, Vector256<double>>(b)[..wideA.Length];
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
            sums += Vector256.Abs(wideA[i] * wideB[i]);
        double sum = Total(sums);
        for (int i = wideA.Length * Lanes; i < a.Length; i++)
            sum += Math.Abs(a[i] * b[i]);
        return sum;
    }

    /// <summary>The sum of the squared differences.</summary>
    internal static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> wideB = MemoryMarshal.Cast<double, Vector256<double>>(b)[..wideA.Length];
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            Vector256<double> difference = wideA[i] - wideB[i];
            sums += difference * difference;
        }
        double sum = Total(sums);
        for (int i = wideA.Length * Lanes; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    internal static double Sum(ReadOnlySpan<double> a)
    {
        ReadOnlySpan<Vector256<double>> wide = MemoryMarshal.Cast<double, Vector256<double>>(a);
        Vector256<double> sums = Vector256<double>.Zero;
        foreach (Vector256<double> four in wide)
            sums += four;
        double sum = Total(sums);
        for (int i = wide.Length * Lanes; i < a.Length; i++)
            sum += a[i];
        return sum;
    }

    internal static double SumOfMagnitudes(ReadOnlySpan<double> a)
    {
        ReadOnlySpan<Vector256<double>> wide = MemoryMarshal.Cast<double, Vector256<double>>(a);
        Vector256<double> sums = Vector256<double>.Zero;
        foreach (Vector256<double> four in wide)
            sums += Vector256.Abs(four);
        double sum = Total(sums);
        for (int i = wide.Length * Lanes; i < a.Length; i++)
            sum += Math.Abs(a[i]);
        return sum;
    }

    /// <summary>Adds a multiple of one vector to another.</summary>
    internal static void AddScaled(Span<double> to, double factor, ReadOnlySpan<double> from)
    {
        Span<Vector256<double>> wideTo = MemoryMarshal.Cast<double, Vector256<double>>(to);
        ReadOnlySpan<Vector256<double>> wideFrom = MemoryMarshal.Cast<double, Vector256<double>>(from)[..wideTo.Length];
        Vector256<double> factors = Vector256.Create(factor);
        for (int i = 0; i < wideTo.Length; i++)
            wideTo[i] += factors * wideFrom[i];
        for (int i = wideTo.Length * Lanes; i < to.Length; i++)
            to[i] += factor * from[i];
    }

    private static double Total(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}
