using System.Runtime.CompilerServices;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Features.Shape;

/// <summary>Volume and surface of the region's mesh through the midpoints between region and other voxels (IBSI "mesh").</summary>
/// <remarks>
/// A cell's triangles depend on its corner pattern only, so patterns are counted first. For a triangle abc of a cell at t,
/// (a+t).((b+t) x (c+t)) = a.(b x c) + t.(a x b + b x c + c x a): the volume needs the sums of t for each pattern and no more. In
/// doubled voxel indices all of it is whole numbers, so the volume is exact but for the final product with the spacing. The sums keep t because
/// the mesh need not be closed at ambiguous faces; PyRadiomics' origin, one voxel before the box, is therefore part of the value.
/// </remarks>
internal static class SurfaceMesh
{
    private const int Patterns = 128;

    /// <summary>Mesh volume in cubic and surface area in square millimetres.</summary>
    public static (double VolumeMm3, double AreaMm2) Measure(RegionGrid region, Vector3D spacingMm)
    {
        var cells = new PatternSums[Patterns];
        CountPatterns(region, cells);
        Int128 volume = 0;
        double area = 0;
        for (int pattern = 1; pattern < Patterns; pattern++)
        {
            PatternSums sums = cells[pattern];
            if (sums.Count == 0)
                continue;
            int[] edges = MarchingCubes.Triangles(pattern);
            for (int t = 0; t < edges.Length; t += 3)
            {
                var a = MarchingCubes.DoubledEdges[edges[t]];
                var b = MarchingCubes.DoubledEdges[edges[t + 1]];
                var c = MarchingCubes.DoubledEdges[edges[t + 2]];
                volume += SignedVolume(a, b, c, sums);
                area += sums.Count * Area(a, b, c, spacingMm);
            }
        }
        return ((double)volume / 48 * (spacingMm.X * spacingMm.Y * spacingMm.Z), area);
    }

    /// <summary>How many cells show a pattern, and of those with its complement counted negative: number and sums of positions.</summary>
    private record struct PatternSums(long Count, long Signed, long Z, long Y, long X);

    private static void CountPatterns(RegionGrid region, PatternSums[] cells)
    {
        byte[] inside = region.Inside;
        for (int z = -1; z < region.Nz; z++)
        {
            for (int y = -1; y < region.Ny; y++)
            {
                int at = region.First + z * region.StrideZ + y * region.StrideY - 1;
                int left = Column(inside, at, region);
                for (int x = -1; x < region.Nx; x++)
                {
                    int right = Column(inside, at + x + 2, region);
                    // Corners 0, 3, 4, 7 lie on the left face, 1, 2, 5, 6 on the right.
                    int pattern = (left & 1) | (left & 2) << 2 | (left & 4) << 2 | (left & 8) << 4
                        | (right & 1) << 1 | (right & 2) << 1 | (right & 4) << 3 | (right & 8) << 3;
                    left = right;
                    if (pattern is 0 or 255)
                        continue;
                    int sign = 1;
                    if (pattern >= Patterns)
                        (pattern, sign) = (pattern ^ 255, -1);
                    ref PatternSums sums = ref cells[pattern];
                    sums.Count++;
                    sums.Signed += sign;
                    sums.Z += sign * (z + 1);
                    sums.Y += sign * (y + 1);
                    sums.X += sign * (x + 1);
                }
            }
        }
    }

    /// <summary>The four voxels of a cell face across x: bit 0 at (z, y), 1 at y + 1, 2 at z + 1, 3 at both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Column(byte[] inside, int at, RegionGrid region) =>
        inside[at] | inside[at + region.StrideY] << 1 | inside[at + region.StrideZ] << 2 | inside[at + region.StrideZ + region.StrideY] << 3;

    /// <summary>Six times the signed volume under a pattern's triangle, over all its cells, in eighths of a voxel.</summary>
    private static Int128 SignedVolume((int Z, int Y, int X) a, (int Z, int Y, int X) b, (int Z, int Y, int X) c, PatternSums sums)
    {
        (int Z, int Y, int X) ab = Cross(a, b), bc = Cross(b, c), ca = Cross(c, a);
        long own = ab.Z * c.Z + ab.Y * c.Y + ab.X * c.X;
        return (Int128)own * sums.Signed
            + 2 * ((Int128)(ab.Z + bc.Z + ca.Z) * sums.Z + (Int128)(ab.Y + bc.Y + ca.Y) * sums.Y + (Int128)(ab.X + bc.X + ca.X) * sums.X);
    }

    private static (int Z, int Y, int X) Cross((int Z, int Y, int X) a, (int Z, int Y, int X) b) =>
        (a.Y * b.X - b.Y * a.X, a.X * b.Z - b.X * a.Z, a.Z * b.Y - b.Z * a.Y);

    private static double Area((int Z, int Y, int X) a, (int Z, int Y, int X) b, (int Z, int Y, int X) c, Vector3D spacingMm)
    {
        double uz = 0.5 * (a.Z - c.Z) * spacingMm.Z, uy = 0.5 * (a.Y - c.Y) * spacingMm.Y, ux = 0.5 * (a.X - c.X) * spacingMm.X;
        double vz = 0.5 * (b.Z - c.Z) * spacingMm.Z, vy = 0.5 * (b.Y - c.Y) * spacingMm.Y, vx = 0.5 * (b.X - c.X) * spacingMm.X;
        double nz = uy * vx - vy * ux, ny = ux * vz - vx * uz, nx = uz * vy - vz * uy;
        return 0.5 * Math.Sqrt(nz * nz + ny * ny + nx * nx);
    }
}
