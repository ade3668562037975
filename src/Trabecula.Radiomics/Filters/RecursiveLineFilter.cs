using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// Runs a recursive filter forwards and backwards over a bundle of parallel lines: in double precision along the line, the sum of
/// both directions stored in single precision, as ITK does.
/// </summary>
internal sealed class RecursiveLineFilter(int longestLine)
{
    /// <summary>Lines in a bundle: enough independent recursions to keep the arithmetic units busy.</summary>
    public const int Lines = 32;

    private readonly double[] _samples = GC.AllocateUninitializedArray<double>(longestLine * Lines);
    private readonly double[] _forward = GC.AllocateUninitializedArray<double>(longestLine * Lines);
    private readonly double[] _backward = GC.AllocateUninitializedArray<double>(4 * Lines);
    private readonly float[] _result = GC.AllocateUninitializedArray<float>(longestLine * Lines);

    /// <summary>Input: the sample i of the line l is at <c>i * Lines + l</c>.</summary>
    public Span<double> Samples => _samples;

    /// <summary>Output, laid out like the input.</summary>
    public Span<float> Result => _result;

    /// <summary>Filters the lines.</summary>
    /// <param name="length">Samples of each line, at least 4.</param>
    /// <param name="filter">The coefficients.</param>
    public void Run(int length, in RecursiveGaussian filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 4);
        if (Vector512.IsHardwareAccelerated) Run<Lanes8>(length, filter);
        else Run<Lanes4>(length, filter);
    }

    private void Run<T>(int length, in RecursiveGaussian f) where T : struct, ILanes<T>
    {
        ref double samples = ref MemoryMarshal.GetArrayDataReference(_samples);
        ref double forward = ref MemoryMarshal.GetArrayDataReference(_forward);
        ref double backward = ref MemoryMarshal.GetArrayDataReference(_backward);
        ref float result = ref MemoryMarshal.GetArrayDataReference(_result);
        Forward<T>(ref samples, ref forward, length, f);
        Backward<T>(ref samples, ref forward, ref backward, ref result, length, f);
    }

    private static void Forward<T>(ref double x, ref double y, int length, in RecursiveGaussian f) where T : struct, ILanes<T>
    {
        T n0 = T.All(f.N0), n1 = T.All(f.N1), n2 = T.All(f.N2), n3 = T.All(f.N3);
        for (int lane = 0; lane < Lines; lane += T.Count)
        {
            // Before the start: the first sample for ever, and results that it has brought to rest.
            T edge = T.Load(ref x, lane), x1 = T.Load(ref x, Lines + lane), x2 = T.Load(ref x, 2 * Lines + lane), x3 = T.Load(ref x, 3 * Lines + lane);
            T b1 = edge * T.All(f.BN1), b2 = edge * T.All(f.BN2), b3 = edge * T.All(f.BN3), b4 = edge * T.All(f.BN4);
            T d1 = T.All(f.D1), d2 = T.All(f.D2), d3 = T.All(f.D3);
            T y0 = edge * n0 + edge * n1 + edge * n2 + edge * n3 - (b1 + b2 + b3 + b4);
            T y1 = x1 * n0 + edge * n1 + edge * n2 + edge * n3 - (y0 * d1 + b2 + b3 + b4);
            T y2 = x2 * n0 + x1 * n1 + edge * n2 + edge * n3 - (y1 * d1 + y0 * d2 + b3 + b4);
            T y3 = x3 * n0 + x2 * n1 + x1 * n2 + edge * n3 - (y2 * d1 + y1 * d2 + y0 * d3 + b4);
            T.Store(y0, ref y, lane);
            T.Store(y1, ref y, Lines + lane);
            T.Store(y2, ref y, 2 * Lines + lane);
            T.Store(y3, ref y, 3 * Lines + lane);
        }
        T c1 = T.All(f.D1), c2 = T.All(f.D2), c3 = T.All(f.D3), c4 = T.All(f.D4);
        for (int at = 4 * Lines; at < length * Lines; at += T.Count)
        {
            T value = T.Load(ref x, at) * n0 + T.Load(ref x, at - Lines) * n1 + T.Load(ref x, at - 2 * Lines) * n2 + T.Load(ref x, at - 3 * Lines) * n3
                - (T.Load(ref y, at - Lines) * c1 + T.Load(ref y, at - 2 * Lines) * c2 + T.Load(ref y, at - 3 * Lines) * c3 + T.Load(ref y, at - 4 * Lines) * c4);
            T.Store(value, ref y, at);
        }
    }

    private static void Backward<T>(ref double x, ref double y, ref double ring, ref float result, int length, in RecursiveGaussian f)
        where T : struct, ILanes<T>
    {
        T m1 = T.All(f.M1), m2 = T.All(f.M2), m3 = T.All(f.M3), m4 = T.All(f.M4);
        int end = (length - 1) * Lines;
        for (int lane = 0; lane < Lines; lane += T.Count)
        {
            T edge = T.Load(ref x, end + lane), x1 = T.Load(ref x, end - Lines + lane), x2 = T.Load(ref x, end - 2 * Lines + lane);
            T b1 = edge * T.All(f.BM1), b2 = edge * T.All(f.BM2), b3 = edge * T.All(f.BM3), b4 = edge * T.All(f.BM4);
            T d1 = T.All(f.D1), d2 = T.All(f.D2), d3 = T.All(f.D3);
            T z0 = edge * m1 + edge * m2 + edge * m3 + edge * m4 - (b1 + b2 + b3 + b4);
            T z1 = edge * m1 + edge * m2 + edge * m3 + edge * m4 - (z0 * d1 + b2 + b3 + b4);
            T z2 = x1 * m1 + edge * m2 + edge * m3 + edge * m4 - (z1 * d1 + z0 * d2 + b3 + b4);
            T z3 = x2 * m1 + x1 * m2 + edge * m3 + edge * m4 - (z2 * d1 + z1 * d2 + z0 * d3 + b4);
            Keep(z0, length - 1, lane, ref y, ref ring, ref result);
            Keep(z1, length - 2, lane, ref y, ref ring, ref result);
            Keep(z2, length - 3, lane, ref y, ref ring, ref result);
            Keep(z3, length - 4, lane, ref y, ref ring, ref result);
        }
        T c1 = T.All(f.D1), c2 = T.All(f.D2), c3 = T.All(f.D3), c4 = T.All(f.D4);
        for (int i = length - 5; i >= 0; i--)
        {
            int r1 = ((i + 1) & 3) * Lines, r2 = ((i + 2) & 3) * Lines, r3 = ((i + 3) & 3) * Lines, r4 = (i & 3) * Lines, row = i * Lines;
            for (int lane = 0; lane < Lines; lane += T.Count)
            {
                int at = row + lane;
                T value = T.Load(ref x, at + Lines) * m1 + T.Load(ref x, at + 2 * Lines) * m2 + T.Load(ref x, at + 3 * Lines) * m3 + T.Load(ref x, at + 4 * Lines) * m4
                    - (T.Load(ref ring, r1 + lane) * c1 + T.Load(ref ring, r2 + lane) * c2 + T.Load(ref ring, r3 + lane) * c3 + T.Load(ref ring, r4 + lane) * c4);
                T.Store(value, ref ring, r4 + lane);
                T.Narrow(T.Load(ref y, at) + value, ref result, at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<T>(T value, int i, int lane, ref double y, ref double ring, ref float result) where T : struct, ILanes<T>
    {
        T.Store(value, ref ring, (i & 3) * Lines + lane);
        T.Narrow(T.Load(ref y, i * Lines + lane) + value, ref result, i * Lines + lane);
    }
}
