using Trabecula.Imaging;

namespace Trabecula.Radiomics.Features.Shape;

/// <summary>Eigenvalues of the covariance of the region's voxel centres (divided by n), in square millimetres, ascending.</summary>
internal static class PrincipalAxes
{
    public static Vector3D Eigenvalues(RegionGrid region, Vector3D spacingMm)
    {
        // Sums of voxel indices are whole numbers: a flat region has a variance of exactly zero across itself.
        Int128 sx = 0, sy = 0, sz = 0, xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
        foreach (RegionGrid.Span span in region.Spans)
        {
            long n = span.Length, z = span.Box / (region.Nx * region.Ny), y = span.Box / region.Nx % region.Ny, first = span.Box % region.Nx;
            long last = first + n - 1, sum = n * (first + last) / 2;
            long squares = SumOfSquares(last) - SumOfSquares(first - 1);
            sx += sum;
            sy += y * n;
            sz += z * n;
            xx += squares;
            yy += y * y * n;
            zz += z * z * n;
            xy += y * sum;
            xz += z * sum;
            yz += y * z * n;
        }
        Int128 count = region.VoxelCount;
        double Covariance(Int128 product, Int128 a, Int128 b, double scale) => (double)(count * product - a * b) / ((double)count * (double)count) * scale;
        (double x1, double y1, double z1) = (spacingMm.X, spacingMm.Y, spacingMm.Z);
        return SymmetricEigenvalues(
            Covariance(xx, sx, sx, x1 * x1), Covariance(yy, sy, sy, y1 * y1), Covariance(zz, sz, sz, z1 * z1),
            Covariance(xy, sx, sy, x1 * y1), Covariance(xz, sx, sz, x1 * z1), Covariance(yz, sy, sz, y1 * z1));
    }

    /// <summary>1 + 4 + ... + m².</summary>
    private static long SumOfSquares(long m) => m * (m + 1) * (2 * m + 1) / 6;

    /// <summary>Jacobi's rotations, which leave an axis without covariance exactly as it is.</summary>
    private static Vector3D SymmetricEigenvalues(double xx, double yy, double zz, double xy, double xz, double yz)
    {
        Span<double> a = [xx, xy, xz, xy, yy, yz, xz, yz, zz];
        for (int sweep = 0; sweep < 30 && Math.Abs(a[1]) + Math.Abs(a[2]) + Math.Abs(a[5]) > 0; sweep++)
        {
            Rotate(a, 0, 1, 2);
            Rotate(a, 0, 2, 1);
            Rotate(a, 1, 2, 0);
        }
        Span<double> values = [a[0], a[4], a[8]];
        values.Sort();
        return new Vector3D(Clean(values[0]), Clean(values[1]), Clean(values[2]));
    }

    /// <summary>Rounding may leave the smallest eigenvalue of a plane just below zero; PyRadiomics sets it to zero too.</summary>
    private static double Clean(double value) => value is < 0 and > -1e-10 ? 0 : value;

    private static void Rotate(Span<double> a, int p, int q, int r)
    {
        double apq = a[p * 3 + q];
        if (apq == 0)
            return;
        double theta = (a[q * 4] - a[p * 4]) / (2 * apq);
        double t = 1 / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        if (theta < 0)
            t = -t;
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        double apr = a[p * 3 + r], aqr = a[q * 3 + r];
        a[p * 4] -= t * apq;
        a[q * 4] += t * apq;
        a[p * 3 + q] = a[q * 3 + p] = 0;
        a[p * 3 + r] = a[r * 3 + p] = c * apr - s * aqr;
        a[q * 3 + r] = a[r * 3 + q] = s * apr + c * aqr;
    }
}
