using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// Values of a cubic spline at points that have nothing in common: each has its own taps and weights along all three axes. The 64 products
/// stand in ITK's order, ((wx wy) wz) c with x fastest; four points are computed side by side.
/// </summary>
internal sealed class ObliqueSplineEvaluation(CubicSplineAxis x, CubicSplineAxis y, CubicSplineAxis z, double[] coefficients)
{
    private const int Points = 4;

    /// <summary>Taps and weights of four points: <c>[tap * 4 + point]</c>.</summary>
    private readonly int[] _tapX = new int[16], _tapY = new int[16], _tapZ = new int[16];
    private readonly double[] _weightX = new double[16], _weightY = new double[16], _weightZ = new double[16];

    /// <summary>Writes the values along a line of the grid.</summary>
    public void EvaluateLine(GridMapping.Scanline line, Span<double> values)
    {
        Span<double> four = stackalloc double[Points];
        for (int start = 0; start < values.Length; start += Points)
        {
            Vector256<double> part = Vector256.Create(start, start + 1.0, start + 2.0, start + 3.0) / Vector256.Create((double)line.Size);
            Place(x, Vector256.Create(line.Start.X) + part * line.Length.X, _tapX, _weightX);
            Place(y, Vector256.Create(line.Start.Y) + part * line.Length.Y, _tapY, _weightY);
            Place(z, Vector256.Create(line.Start.Z) + part * line.Length.Z, _tapZ, _weightZ);
            Sum().CopyTo(four);
            four[..Math.Min(Points, values.Length - start)].CopyTo(values[start..]);
        }
    }

    /// <summary>Points outside the image are held at its border, as their value is set to 0 afterwards.</summary>
    private static void Place(CubicSplineAxis axis, Vector256<double> positions, int[] taps, double[] weights)
    {
        Vector256<double> held = Vector256.Min(Vector256.Max(positions, Vector256.Create(-0.5)), Vector256.Create(axis.Length - 0.5));
        Vector128<int> first = CubicSplineAxis.Weigh(held, weights);
        Vector128<int> start = first - Vector128.Create(axis.First);
        if (Vector128.GreaterThanOrEqualAll(start, Vector128<int>.Zero) && Vector128.LessThanAll(start, Vector128.Create(axis.Count - 3)))
        {
            for (int tap = 0; tap < 4; tap++)
                (start + Vector128.Create(tap)).CopyTo(taps, tap * Points);
            return;
        }
        for (int k = 0; k < 4 * Points; k++)
            taps[k] = Math.Clamp(CubicSplineAxis.Mirror(first[k % Points] + k / Points, axis.Length) - axis.First, 0, axis.Count - 1);
    }

    private Vector256<double> Sum()
    {
        Vector256<double> x0 = Vector256.Create(_weightX, 0), x1 = Vector256.Create(_weightX, 4);
        Vector256<double> x2 = Vector256.Create(_weightX, 8), x3 = Vector256.Create(_weightX, 12), sum = default;
        // Every tap is within the coefficients: Place sees to it.
        ref double start = ref MemoryMarshal.GetArrayDataReference(coefficients);
        Vector128<int> t0 = Vector128.Create(_tapX, 0), t1 = Vector128.Create(_tapX, 4), t2 = Vector128.Create(_tapX, 8), t3 = Vector128.Create(_tapX, 12);
        Vector128<int> rows = Vector128.Create(x.Count), slices = Vector128.Create(y.Count);
        for (int n = 0; n < 4; n++)
        {
            Vector256<double> weightZ = Vector256.Create(_weightZ, n * Points);
            Vector128<int> slice = Vector128.Create(_tapZ, n * Points) * slices;
            for (int m = 0; m < 4; m++)
            {
                Vector256<double> weightY = Vector256.Create(_weightY, m * Points);
                Vector128<int> line = (slice + Vector128.Create(_tapY, m * Points)) * rows;
                sum += x0 * weightY * weightZ * Read(ref start, line + t0);
                sum += x1 * weightY * weightZ * Read(ref start, line + t1);
                sum += x2 * weightY * weightZ * Read(ref start, line + t2);
                sum += x3 * weightY * weightZ * Read(ref start, line + t3);
            }
        }
        return sum;
    }

    private static Vector256<double> Read(ref double start, Vector128<int> at) =>
        Vector256.Create(Unsafe.Add(ref start, at[0]), Unsafe.Add(ref start, at[1]), Unsafe.Add(ref start, at[2]), Unsafe.Add(ref start, at[3]));
}
