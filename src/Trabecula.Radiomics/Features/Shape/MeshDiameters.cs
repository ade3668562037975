using Trabecula.Imaging;

namespace Trabecula.Radiomics.Features.Shape;

/// <summary>Largest distances between vertices of the mesh: anywhere, and within planes across each axis.</summary>
/// <param name="WholeMm">PyRadiomics <c>Maximum3DDiameter</c>.</param>
/// <param name="SliceMm"><c>Maximum2DDiameterSlice</c>: equal z, at whole and at half indices.</param>
/// <param name="ColumnMm"><c>Maximum2DDiameterColumn</c>: equal y.</param>
/// <param name="RowMm"><c>Maximum2DDiameterRow</c>: equal x.</param>
internal readonly record struct MeshDiameters(double WholeMm, double SliceMm, double ColumnMm, double RowMm)
{
    /// <param name="mask">0 or 1, x fastest, the region's box.</param>
    /// <param name="region">The grid of the same box.</param>
    /// <param name="spacingMm">Voxel spacing.</param>
    public static MeshDiameters Measure(ReadOnlySpan<byte> mask, RegionGrid region, Vector3D spacingMm)
    {
        (int nx, int ny, int nz) = (region.Nx, region.Ny, region.Nz);
        var acrossZ = new SurfacePoints(mask, nx, ny, nz);
        byte[] turned = new byte[mask.Length];
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
                mask.Slice((z * ny + y) * nx, nx).CopyTo(turned.AsSpan((y * nz + z) * nx));
        }
        var acrossY = new SurfacePoints(turned, nx, nz, ny);
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                    turned[(x * nz + z) * ny + y] = mask[(z * ny + y) * nx + x];
            }
        }
        var acrossX = new SurfacePoints(turned, ny, nz, nx);
        return new MeshDiameters(
            Math.Sqrt(LargestSquared(acrossZ, spacingMm)),
            Math.Sqrt(LargestSquaredInPlane(acrossZ, spacingMm.X, spacingMm.Y)),
            Math.Sqrt(LargestSquaredInPlane(acrossY, spacingMm.X, spacingMm.Z)),
            Math.Sqrt(LargestSquaredInPlane(acrossX, spacingMm.Y, spacingMm.Z)));
    }

    private static double LargestSquaredInPlane(SurfacePoints points, double spacingU, double spacingV)
    {
        double best = 0, su = spacingU * spacingU / 4, sv = spacingV * spacingV / 4;
        for (int plane = 0; plane < points.Planes; plane++)
        {
            ReadOnlySpan<(int U, int V)> corners = points.Plane(plane);
            for (int i = 0; i < corners.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double du = corners[i].U - corners[j].U, dv = corners[i].V - corners[j].V;
                    best = Math.Max(best, du * du * su + dv * dv * sv);
                }
            }
        }
        return best;
    }

    /// <summary>
    /// Pairs of planes, farthest apart first; a pair is left out when even opposite corners of its two frames are no farther than the
    /// best so far, and a point when the far corner of the other frame is not.
    /// </summary>
    private static double LargestSquared(SurfacePoints points, Vector3D spacingMm)
    {
        double su = spacingMm.X * spacingMm.X / 4, sv = spacingMm.Y * spacingMm.Y / 4, sw = spacingMm.Z * spacingMm.Z / 4;
        int planes = points.Planes;
        var frames = new Frame[planes];
        for (int k = 0; k < planes; k++)
            frames[k] = Frame.Of(points.Plane(k));
        double best = 0;
        for (int distance = planes - 1; distance >= 0; distance--)
        {
            double dw = (double)distance * distance * sw;
            for (int k = 0; k + distance < planes; k++)
            {
                Frame a = frames[k], b = frames[k + distance];
                if (a.IsEmpty || b.IsEmpty || dw + a.FarthestSquared(b, su, sv) <= best)
                    continue;
                foreach ((int U, int V) p in points.Plane(k))
                {
                    if (dw + b.FarthestSquared(p, su, sv) <= best)
                        continue;
                    foreach ((int U, int V) q in points.Plane(k + distance))
                    {
                        double du = p.U - q.U, dv = p.V - q.V;
                        best = Math.Max(best, du * du * su + dv * dv * sv + dw);
                    }
                }
            }
        }
        return best;
    }

    /// <summary>The smallest rectangle around a plane's points.</summary>
    private readonly record struct Frame(int MinimumU, int MaximumU, int MinimumV, int MaximumV)
    {
        public bool IsEmpty => MinimumU > MaximumU;

        public static Frame Of(ReadOnlySpan<(int U, int V)> points)
        {
            var frame = new Frame(int.MaxValue, int.MinValue, int.MaxValue, int.MinValue);
            foreach ((int u, int v) in points)
            {
                frame = new Frame(
                    Math.Min(frame.MinimumU, u), Math.Max(frame.MaximumU, u), Math.Min(frame.MinimumV, v), Math.Max(frame.MaximumV, v));
            }
            return frame;
        }

        public double FarthestSquared(Frame other, double su, double sv)
        {
            double du = Math.Max(MaximumU - other.MinimumU, other.MaximumU - MinimumU);
            double dv = Math.Max(MaximumV - other.MinimumV, other.MaximumV - MinimumV);
            return du * du * su + dv * dv * sv;
        }

        public double FarthestSquared((int U, int V) point, double su, double sv)
        {
            double du = Math.Max(MaximumU - point.U, point.U - MinimumU), dv = Math.Max(MaximumV - point.V, point.V - MinimumV);
            return du * du * su + dv * dv * sv;
        }
    }
}
