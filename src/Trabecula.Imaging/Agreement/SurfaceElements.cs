using System.Numerics;

namespace Trabecula.Imaging.Agreement;

/// <summary>
/// Distances of two surfaces by their elements: the triangles of marching cubes at each corner between eight voxels, weighted by area,
/// so that neither oblique surfaces nor thick slices count more than they are.
/// </summary>
/// <remarks>Source: Nikolov et al., arXiv:1809.04430 (2018), and their <c>surface-distance</c>.</remarks>
internal sealed record SurfaceElements(DirectedDistances FirstToSecond, DirectedDistances SecondToFirst)
{
    public static SurfaceElements Of(PaddedSet first, PaddedSet second, Vector3D spacingMm, CancellationToken cancellationToken)
    {
        double[] areas = AreasOf(spacingMm);
        var corners = new VolumeSize(first.Size.X - 1, first.Size.Y - 1, first.Size.Z - 1);
        double[] one = AreasAt(first, corners, areas), two = AreasAt(second, corners, areas);
        return new SurfaceElements(
            DirectedDistances.Of(DistanceTransform.Squared(Occupied(two), corners, spacingMm, cancellationToken), one),
            DirectedDistances.Of(DistanceTransform.Squared(Occupied(one), corners, spacingMm, cancellationToken), two));
    }

    /// <summary>The share of both surfaces that lies within a distance of the other one.</summary>
    public double Dice(double toleranceMm) =>
        (FirstToSecond.WeightWithin(toleranceMm) + SecondToFirst.WeightWithin(toleranceMm)) / (FirstToSecond.Weight + SecondToFirst.Weight);

    private static bool[] Occupied(double[] areas) => Array.ConvertAll(areas, area => area > 0);

    private static double[] AreasAt(PaddedSet set, VolumeSize corners, double[] areas)
    {
        var found = new double[corners.Count];
        int row = set.Size.X, slice = set.Size.X * set.Size.Y, at = 0;
        for (int z = 0; z < corners.Z; z++)
        {
            for (int y = 0; y < corners.Y; y++)
            {
                for (int x = 0; x < corners.X; x++, at++)
                {
                    ReadOnlySpan<bool> cube = set.Inside[(z * slice + y * row + x)..];
                    int pattern = Bit(cube[0], 0) | Bit(cube[1], 1) | Bit(cube[row + 1], 2) | Bit(cube[row], 3)
                        | Bit(cube[slice], 4) | Bit(cube[slice + 1], 5) | Bit(cube[slice + row + 1], 6) | Bit(cube[slice + row], 7);
                    found[at] = areas[pattern];
                }
            }
        }
        return found;
    }

    private static int Bit(bool inside, int place) => inside ? 1 << place : 0;

    /// <summary>
    /// The area of the triangles of each pattern of eight voxels, in square millimetres. A pattern has the area of its complement and of its
    /// mirror images: of each such group, the table's entry with at most four corners counts, which keeps corners apart that touch by an edge.
    /// </summary>
    private static double[] AreasOf(Vector3D spacing)
    {
        var areas = new double[256];
        for (int pattern = 1; pattern < 255; pattern++)
        {
            int few = BitOperations.PopCount((uint)pattern) <= 4 ? pattern : 255 - pattern;
            for (int mirror = 1; mirror < 8 && few > 127; mirror++)
            {
                if (Mirrored(few, mirror) is var image and < 128)
                    few = image;
            }
            areas[pattern] = AreaOf(few, spacing);
        }
        return areas;
    }

    // Corners 0 to 7 are (z, y, x) = 000, 001, 011, 010, 100, 101, 111, 110: from 3 bits to a corner by exchanging 2 with 3 and 6 with 7.
    private static int Mirrored(int pattern, int axes)
    {
        int image = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            int place = (corner ^ (corner >> 1 & 1)) ^ axes;
            image |= (pattern >> corner & 1) << (place ^ (place >> 1 & 1));
        }
        return image;
    }

    private static double AreaOf(int pattern, Vector3D spacing)
    {
        double area = 0;
        int[] edges = MarchingCubes.Triangles(pattern);
        for (int i = 0; i < edges.Length; i += 3)
        {
            Vector3D a = At(edges[i]), b = At(edges[i + 1]), c = At(edges[i + 2]);
            (double ux, double uy, double uz) = (b.X - a.X, b.Y - a.Y, b.Z - a.Z);
            (double vx, double vy, double vz) = (c.X - a.X, c.Y - a.Y, c.Z - a.Z);
            (double x, double y, double z) = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx);
            area += 0.5 * Math.Sqrt(x * x + y * y + z * z);
        }
        return area;

        Vector3D At(int edge)
        {
            (int z, int y, int x) = MarchingCubes.DoubledEdges[edge];
            return new(0.5 * x * spacing.X, 0.5 * y * spacing.Y, 0.5 * z * spacing.Z);
        }
    }
}
