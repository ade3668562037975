using System.Numerics;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Filters;

/// <summary>Spherical harmonics at points of a sphere, the way PyRadiomics asks SciPy for them: with the two angles exchanged.</summary>
/// <remarks>Y = sqrt((2n+1) / 4π · (n-m)! / (n+m)!) · P_n^m(cos(azimuth)) · exp(i m · polar angle), Condon and Shortley's sign in P.</remarks>
internal static class SphericalHarmonics
{
    /// <summary>The values of one degree: <c>[order + degree][point]</c>.</summary>
    public static Complex[][] OfDegree(int degree, IReadOnlyList<Vector3D> points, double radius)
    {
        var values = new Complex[2 * degree + 1][];
        for (int order = -degree; order <= degree; order++)
        {
            int m = Math.Abs(order);
            double scale = Math.Sqrt((2 * degree + 1) / (4 * Math.PI) / FactorialRatio(degree, m));
            if (order < 0 && m % 2 == 1)
                scale = -scale;
            values[order + degree] =
            [
                .. points.Select(point =>
                {
                    double polar = Math.Acos(Math.Clamp(point.Z / radius, -1, 1)), azimuth = Math.Atan2(point.Y, point.X);
                    return scale * Legendre(degree, m, Math.Cos(azimuth)) * Complex.Exp(new Complex(0, order * polar));
                }),
            ];
        }
        return values;
    }

    /// <summary>(n + m)! / (n - m)!</summary>
    private static double FactorialRatio(int n, int m)
    {
        double ratio = 1;
        for (int k = n - m + 1; k <= n + m; k++)
            ratio *= k;
        return ratio;
    }

    /// <summary>The associated Legendre function by its recurrence in n.</summary>
    private static double Legendre(int n, int m, double x)
    {
        double previous = 0, value = 1, root = Math.Sqrt((1 - x) * (1 + x));
        for (int k = 1; k <= m; k++)
            value *= -(2 * k - 1) * root;
        for (int k = m + 1; k <= n; k++)
            (previous, value) = (value, ((2 * k - 1) * x * value - (k + m - 1) * previous) / (k - m));
        return value;
    }
}
