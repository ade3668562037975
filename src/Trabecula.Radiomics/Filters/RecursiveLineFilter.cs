using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// Runs a recursive filter forwards and backwards over a bundle of parallel lines: in double precision along the line, the sum of
/// both directions stored in single precision, as ITK does.
/// </summary>
internal sealed class RecursiveLineFilter
{
    /// <summary>Lines in a bundle: enough independent recursions to keep the arithmetic units busy.</summary>
    public const int Lines = 64;

    /// <summary>Doubles in a cache line: vectors that straddle two of them take twice as long.</summary>
    private const int Alignment = 8;

    private readonly double[] _memory;
    private readonly int _samples;
    private readonly int _forward;
    private readonly int _backward;
    private readonly int _result;
    private readonly int _longest;

    /// <summary>Reserves the working memory, which does not move so that it stays aligned.</summary>
    /// <param name="longestLine">Samples of the longest line that will be filtered.</param>
    public unsafe RecursiveLineFilter(int longestLine)
    {
        _longest = longestLine * Lines;
        _memory = GC.AllocateUninitializedArray<double>(2 * _longest + 4 * Lines + (_longest + 1) / 2 + Alignment, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory)) / sizeof(double);
        _samples = (int)((Alignment - address % Alignment) % Alignment);
        _forward = _samples + _longest;
        _backward = _forward + _longest;
        _result = _backward + 4 * Lines;
    }

    /// <summary>Input: the sample i of the line l is at <c>i * Lines + l</c>.</summary>
    public Span<double> Samples => _memory.AsSpan(_samples, _longest);

    /// <summary>Output, laid out like the input.</summary>
    public Span<float> Result => MemoryMarshal.Cast<double, float>(_memory.AsSpan(_result))[.._longest];

    /// <summary>Filters the lines.</summary>
    /// <param name="lines">Lines in use; the others of the bundle are left alone, but for a few that fill a vector.</param>
    /// <param name="length">Samples of each line, at least 4.</param>
    /// <param name="first">The first sample whose result is wanted.</param>
    /// <param name="last">The last sample whose result is wanted.</param>
    /// <param name="filter">The coefficients.</param>
    public void Run(int lines, int length, int first, int last, in RecursiveGaussian filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 4);
        if (Vector512.IsHardwareAccelerated) Run<Lanes8>(lines, length, first, last, filter);
        else Run<Lanes4>(lines, length, first, last, filter);
    }

    private void Run<T>(int lines, int length, int first, int last, in RecursiveGaussian f) where T : struct, ILanes<T>
    {
        ref double samples = ref _memory[_samples];
        ref double forward = ref _memory[_forward];
        ref double backward = ref _memory[_backward];
        ref float result = ref MemoryMarshal.GetReference(Result);
        Forward<T>(ref samples, ref forward, lines, last, f);
        Backward<T>(ref samples, ref forward, ref backward, ref result, lines, length, first, f);
    }

    private static void Forward<T>(ref double x, ref double y, int lines, int last, in RecursiveGaussian f) where T : struct, ILanes<T>
    {
        T n0 = T.All(f.N0), n1 = T.All(f.N1), n2 = T.All(f.N2), n3 = T.All(f.N3);
        for (int lane = 0; lane < lines; lane += T.Count)
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
        for (int i = 4; i <= last; i++)
        {
            ref double row = ref Unsafe.Add(ref x, i * Lines), into = ref Unsafe.Add(ref y, i * Lines);
            for (int lane = 0; lane < lines; lane += T.Count)
            {
                ref double p = ref Unsafe.Add(ref row, lane), q = ref Unsafe.Add(ref into, lane);
                T value = T.Load(ref p, 0) * n0 + T.Load(ref p, -Lines) * n1 + T.Load(ref p, -2 * Lines) * n2 + T.Load(ref p, -3 * Lines) * n3
                    - (T.Load(ref q, -Lines) * c1 + T.Load(ref q, -2 * Lines) * c2 + T.Load(ref q, -3 * Lines) * c3 + T.Load(ref q, -4 * Lines) * c4);
                T.Store(value, ref q, 0);
            }
        }
    }

    private static void Backward<T>(ref double x, ref double y, ref double ring, ref float result, int lines, int length, int first, in RecursiveGaussian f)
        where T : struct, ILanes<T>
    {
        T m1 = T.All(f.M1), m2 = T.All(f.M2), m3 = T.All(f.M3), m4 = T.All(f.M4);
        int end = (length - 1) * Lines;
        for (int lane = 0; lane < lines; lane += T.Count)
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
        for (int i = length - 5; i >= first; i--)
        {
            ref double p = ref Unsafe.Add(ref x, i * Lines), q = ref Unsafe.Add(ref y, i * Lines);
            ref double r1 = ref Unsafe.Add(ref ring, ((i + 1) & 3) * Lines), r2 = ref Unsafe.Add(ref ring, ((i + 2) & 3) * Lines);
            ref double r3 = ref Unsafe.Add(ref ring, ((i + 3) & 3) * Lines), r4 = ref Unsafe.Add(ref ring, (i & 3) * Lines);
            ref float to = ref Unsafe.Add(ref result, i * Lines);
            for (int lane = 0; lane < lines; lane += T.Count)
            {
                ref double here = ref Unsafe.Add(ref p, lane);
                T value = T.Load(ref here, Lines) * m1 + T.Load(ref here, 2 * Lines) * m2 + T.Load(ref here, 3 * Lines) * m3 + T.Load(ref here, 4 * Lines) * m4
                    - (T.Load(ref r1, lane) * c1 + T.Load(ref r2, lane) * c2 + T.Load(ref r3, lane) * c3 + T.Load(ref r4, lane) * c4);
                T.Store(value, ref r4, lane);
                T.Narrow(T.Load(ref q, lane) + value, ref to, lane);
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
