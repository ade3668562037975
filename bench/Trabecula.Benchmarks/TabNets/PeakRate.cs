using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Benchmarks.TabNets;

/// <summary>
/// The most additions and multiplications in 32 bits that a core does in a second, as measured: independent sums and products in registers, without a
/// load. No program of this machine that does them one by one, not fused, is faster; one that fuses them is as fast where a core has as many units for sums
/// beside those for products, as those of AMD's Zen 2 to 4 have.
/// </summary>
internal static class PeakRate
{
    private const int Rounds = 40, Iterations = 4_000_000, VectorsOfAnIteration = 12;

    /// <summary>In billions a second: the best of some rounds, since others may share the core.</summary>
    internal static double Gigaflops()
    {
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Sink = Run256(1.0000001f);
            best = Math.Max(best, Rate(start, Vector256<float>.Count));
            if (!Vector512.IsHardwareAccelerated)
                continue;
            start = Stopwatch.GetTimestamp();
            Sink = Run512(1.0000001f);
            best = Math.Max(best, Rate(start, Vector512<float>.Count));
        }
        return best;
    }

    /// <summary>Keeps the sums from being left out.</summary>
    internal static float Sink { get; private set; }

    private static double Rate(long start, int lanes) => (double)Iterations * VectorsOfAnIteration * lanes / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256(float by)
    {
        Vector256<float> c = Vector256.Create(by), s0 = c, s1 = c, s2 = c, s3 = c, s4 = c, s5 = c, p0 = c, p1 = c, p2 = c, p3 = c, p4 = c, p5 = c;
        for (int i = 0; i < Iterations; i++)
        {
            (s0, p0, s1, p1) = (s0 + c, p0 * c, s1 + c, p1 * c);
            (s2, p2, s3, p3) = (s2 + c, p2 * c, s3 + c, p3 * c);
            (s4, p4, s5, p5) = (s4 + c, p4 * c, s5 + c, p5 * c);
        }
        return Vector256.Sum(s0 + s1 + s2 + s3 + s4 + s5 + p0 + p1 + p2 + p3 + p4 + p5);
    }

    // The same again in wider registers: the two types have no interface in common that would let them share it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512(float by)
    {
        Vector512<float> c = Vector512.Create(by), s0 = c, s1 = c, s2 = c, s3 = c, s4 = c, s5 = c, p0 = c, p1 = c, p2 = c, p3 = c, p4 = c, p5 = c;
        for (int i = 0; i < Iterations; i++)
        {
            (s0, p0, s1, p1) = (s0 + c, p0 * c, s1 + c, p1 * c);
            (s2, p2, s3, p3) = (s2 + c, p2 * c, s3 + c, p3 * c);
            (s4, p4, s5, p5) = (s4 + c, p4 * c, s5 + c, p5 * c);
        }
        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + p0 + p1 + p2 + p3 + p4 + p5);
    }
}
