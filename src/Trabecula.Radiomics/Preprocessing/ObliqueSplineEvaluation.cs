using System.Runtime.Intrinsics;
using Trabecula.Imaging;

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
            for (int point = 0; point < Points; point++)
            {
                Vector3D at = line.At(Math.Min(start + point, values.Length - 1));
                Place(x, at.X, point, _tapX, _weightX);
                Place(y, at.Y, point, _tapY, _weightY);
                Place(z, at.Z, point, _tapZ, _weightZ);
            }
            Sum().CopyTo(four);
            four[..Math.Min(Points, values.Length - start)].CopyTo(values[start..]);
        }
    }

    /// <summary>Points outside the image are held at its border, as their value is set to 0 afterwards.</summary>
    private static void Place(CubicSplineAxis axis, double position, int point, int[] taps, double[] weights)
    {
        Span<double> w = stackalloc double[4];
        int first = CubicSplineAxis.Weigh(Math.Clamp(position, -0.5, axis.Length - 0.5), w);
        for (int tap = 0; tap < 4; tap++)
        {
            taps[tap * Points + point] = Math.Clamp(CubicSplineAxis.Mirror(first + tap, axis.Length) - axis.First, 0, axis.Count - 1);
            weights[tap * Points + point] = w[tap];
        }
    }

    private Vector256<double> Sum()
    {
        Vector256<double> x0 = Vector256.Create(_weightX, 0), x1 = Vector256.Create(_weightX, 4);
        Vector256<double> x2 = Vector256.Create(_weightX, 8), x3 = Vector256.Create(_weightX, 12), sum = default;
        Span<int> lines = stackalloc int[Points];
        for (int n = 0; n < 4; n++)
        {
            Vector256<double> weightZ = Vector256.Create(_weightZ, n * Points);
            for (int m = 0; m < 4; m++)
            {
                Vector256<double> weightY = Vector256.Create(_weightY, m * Points);
                for (int point = 0; point < Points; point++)
                    lines[point] = (_tapZ[n * Points + point] * y.Count + _tapY[m * Points + point]) * x.Count;
                sum += x0 * weightY * weightZ * Read(lines, 0);
                sum += x1 * weightY * weightZ * Read(lines, 1);
                sum += x2 * weightY * weightZ * Read(lines, 2);
                sum += x3 * weightY * weightZ * Read(lines, 3);
            }
        }
        return sum;
    }

    private Vector256<double> Read(ReadOnlySpan<int> lines, int tap) => Vector256.Create(
        coefficients[lines[0] + _tapX[tap * Points]], coefficients[lines[1] + _tapX[tap * Points + 1]],
        coefficients[lines[2] + _tapX[tap * Points + 2]], coefficients[lines[3] + _tapX[tap * Points + 3]]);
}
