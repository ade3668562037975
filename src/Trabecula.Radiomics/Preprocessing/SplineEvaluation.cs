using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// Values of a cubic spline on a grid along its axes: 64 weighted coefficients a voxel, added one by one in ITK's order. A sum along
/// one axis after the other would be faster, but symmetric images then lose ties between voxels that percentiles look at.
/// </summary>
internal static class SplineEvaluation
{
    /// <summary>Rows are filled up to whole vectors of the widest kind.</summary>
    private const int Padding = 8;

    /// <summary>Evaluates the spline.</summary>
    /// <param name="coefficients">The coefficients that the axes take, x fastest.</param>
    /// <param name="x">Positions along x.</param>
    /// <param name="y">Positions along y.</param>
    /// <param name="z">Positions along z.</param>
    public static double[] Evaluate(ReadOnlySpan<double> coefficients, CubicSplineAxis x, CubicSplineAxis y, CubicSplineAxis z)
    {
        int stride = (x.Positions + Padding - 1) / Padding * Padding;
        var weights = new double[4 * stride];
        for (int i = 0; i < x.Positions; i++)
        {
            for (int tap = 0; tap < 4; tap++) weights[tap * stride + i] = x.Weights(i)[tap];
        }
        // Four slices of coefficients, spread so that each of the four taps of a row of voxels is a row in memory.
        int slice = y.TapCount * 4 * stride;
        var spread = new double[4 * slice];
        int[] held = [-1, -1, -1, -1];
        var line = new double[stride];
        var values = GC.AllocateUninitializedArray<double>(checked(x.Positions * y.Positions * z.Positions));
        for (int k = 0; k < z.Positions; k++)
        {
            foreach (int tap in z.Taps(k))
            {
                if (held[tap & 3] == tap) continue;
                Spread(coefficients.Slice(tap * y.TapCount * x.TapCount, y.TapCount * x.TapCount), spread.AsSpan((tap & 3) * slice, slice), x, stride);
                held[tap & 3] = tap;
            }
            for (int j = 0; j < y.Positions; j++)
            {
                if (Vector512.IsHardwareAccelerated) Row<Lanes8>(weights, spread, slice, stride, y, j, z, k, line);
                else Row<Lanes4>(weights, spread, slice, stride, y, j, z, k, line);
                line.AsSpan(0, x.Positions).CopyTo(values.AsSpan((k * y.Positions + j) * x.Positions));
            }
        }
        return values;
    }

    private static void Spread(ReadOnlySpan<double> coefficients, Span<double> spread, CubicSplineAxis x, int stride)
    {
        for (int row = 0; row * x.TapCount < coefficients.Length; row++)
        {
            ReadOnlySpan<double> from = coefficients.Slice(row * x.TapCount, x.TapCount);
            Span<double> to = spread.Slice(row * 4 * stride, 4 * stride);
            for (int i = 0; i < x.Positions; i++)
            {
                ReadOnlySpan<int> taps = x.Taps(i);
                to[i] = from[taps[0]];
                to[stride + i] = from[taps[1]];
                to[2 * stride + i] = from[taps[2]];
                to[3 * stride + i] = from[taps[3]];
            }
        }
    }

    private static void Row<T>(
        double[] weights, double[] spread, int slice, int stride, CubicSplineAxis y, int j, CubicSplineAxis z, int k, double[] line)
        where T : struct, ILanes<T>
    {
        ref double w = ref MemoryMarshal.GetArrayDataReference(weights);
        ref double from = ref MemoryMarshal.GetArrayDataReference(spread);
        ref double to = ref MemoryMarshal.GetArrayDataReference(line);
        ReadOnlySpan<int> ty = y.Taps(j), tz = z.Taps(k);
        ReadOnlySpan<double> wy = y.Weights(j), wz = z.Weights(k);
        for (int i = 0; i < stride; i += T.Count)
        {
            T w0 = T.Load(ref w, i), w1 = T.Load(ref w, stride + i), w2 = T.Load(ref w, 2 * stride + i), w3 = T.Load(ref w, 3 * stride + i);
            T sum = T.All(0);
            for (int n = 0; n < 4; n++)
            {
                T weightZ = T.All(wz[n]);
                for (int m = 0; m < 4; m++)
                {
                    T weightY = T.All(wy[m]);
                    ref double row = ref Unsafe.Add(ref from, (tz[n] & 3) * slice + ty[m] * 4 * stride + i);
                    sum += w0 * weightY * weightZ * T.Load(ref row, 0);
                    sum += w1 * weightY * weightZ * T.Load(ref row, stride);
                    sum += w2 * weightY * weightZ * T.Load(ref row, 2 * stride);
                    sum += w3 * weightY * weightZ * T.Load(ref row, 3 * stride);
                }
            }
            T.Store(sum, ref to, i);
        }
    }
}
