using CsCheck;
using Trabecula.Imaging;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.Shape;
using Xunit;

namespace Trabecula.Radiomics.Tests.Features;

/// <summary>Diameters over the hulls of planes against all pairs of vertices, and the mesh cell by cell, on random ragged masks.</summary>
public sealed class ShapeNaiveTests
{
    private static readonly Gen<(byte[] Mask, int Nx, int Ny, int Nz, Vector3D Spacing)> Masks =
        from nx in Gen.Int[1, 9]
        from ny in Gen.Int[1, 8]
        from nz in Gen.Int[1, 7]
        from fill in Gen.Double[0.05, 1.1]
        from sx in Gen.Double[0.3, 3]
        from sy in Gen.Double[0.3, 3]
        from sz in Gen.Double[0.3, 5]
        from voxels in Gen.Double[0, 1].Array[nx * ny * nz]
        select (Fill(voxels, fill), nx, ny, nz, new Vector3D(sx, sy, sz));

    [Fact]
    public void Diameters_RandomMasks_EqualAllPairsOfVertices() => Masks.Sample(
        m =>
        {
            var region = new RegionGrid(m.Mask, m.Nx, m.Ny, m.Nz);
            MeshDiameters fast = MeshDiameters.Measure(m.Mask, region, m.Spacing);
            MeshDiameters naive = NaiveDiameters(m.Mask, m.Nx, m.Ny, m.Nz, m.Spacing);
            Assert.Equal(naive.WholeMm, fast.WholeMm, 1e-9);
            Assert.Equal(naive.SliceMm, fast.SliceMm, 1e-9);
            Assert.Equal(naive.ColumnMm, fast.ColumnMm, 1e-9);
            Assert.Equal(naive.RowMm, fast.RowMm, 1e-9);
        },
        iter: 500, threads: 1);

    [Fact]
    public void Mesh_RandomMasks_EqualsSumOverCells() => Masks.Sample(
        m =>
        {
            (double volume, double area) = SurfaceMesh.Measure(new RegionGrid(m.Mask, m.Nx, m.Ny, m.Nz), m.Spacing);
            (double naiveVolume, double naiveArea) = NaiveMesh(m.Mask, m.Nx, m.Ny, m.Nz, m.Spacing);
            Assert.Equal(naiveVolume, volume, 1e-9);
            Assert.Equal(naiveArea, area, 1e-9);
        },
        iter: 500, threads: 1);

    private static byte[] Fill(double[] voxels, double fill)
    {
        byte[] mask = [.. voxels.Select(v => v < fill ? (byte)1 : (byte)0)];
        mask[0] = 1;
        return mask;
    }

    private static Func<int, int, int, int> Reader(byte[] mask, int nx, int ny, int nz) =>
        (x, y, z) => x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz ? 0 : mask[(z * ny + y) * nx + x];

    private static MeshDiameters NaiveDiameters(byte[] mask, int nx, int ny, int nz, Vector3D s)
    {
        Func<int, int, int, int> at = Reader(mask, nx, ny, nz);
        var vertices = new List<(double X, double Y, double Z)>();
        for (int z = -1; z < nz; z++)
        {
            for (int y = -1; y < ny; y++)
            {
                for (int x = -1; x < nx; x++)
                {
                    if (at(x, y, z) != at(x + 1, y, z))
                        vertices.Add((x + 0.5, y, z));
                    if (at(x, y, z) != at(x, y + 1, z))
                        vertices.Add((x, y + 0.5, z));
                    if (at(x, y, z) != at(x, y, z + 1))
                        vertices.Add((x, y, z + 0.5));
                }
            }
        }
        double whole = 0, slice = 0, column = 0, row = 0;
        foreach (var a in vertices)
        {
            foreach (var b in vertices)
            {
                double dx = (a.X - b.X) * s.X, dy = (a.Y - b.Y) * s.Y, dz = (a.Z - b.Z) * s.Z, d = Math.Sqrt(dx * dx + dy * dy + dz * dz);
                whole = Math.Max(whole, d);
                slice = a.Z == b.Z ? Math.Max(slice, d) : slice;
                column = a.Y == b.Y ? Math.Max(column, d) : column;
                row = a.X == b.X ? Math.Max(row, d) : row;
            }
        }
        return new MeshDiameters(whole, slice, column, row);
    }

    private static (double Volume, double Area) NaiveMesh(byte[] mask, int nx, int ny, int nz, Vector3D s)
    {
        Func<int, int, int, int> at = Reader(mask, nx, ny, nz);
        (int Z, int Y, int X)[] corners = [(0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0)];
        double volume = 0, area = 0;
        for (int z = -1; z < nz; z++)
        {
            for (int y = -1; y < ny; y++)
            {
                for (int x = -1; x < nx; x++)
                {
                    int pattern = 0;
                    for (int c = 0; c < 8; c++)
                        pattern |= at(x + corners[c].X, y + corners[c].Y, z + corners[c].Z) << c;
                    int sign = pattern >= 128 ? -1 : 1;
                    int[] edges = MarchingCubes.Triangles(pattern >= 128 ? pattern ^ 255 : pattern);
                    for (int t = 0; t < edges.Length; t += 3)
                    {
                        Vector3D Point(int edge)
                        {
                            var e = MarchingCubes.DoubledEdges[edge];
                            return new((x + 1 + e.X / 2.0) * s.X, (y + 1 + e.Y / 2.0) * s.Y, (z + 1 + e.Z / 2.0) * s.Z);
                        }
                        Vector3D a = Point(edges[t]), b = Point(edges[t + 1]), c = Point(edges[t + 2]);
                        // The table orders corners along (z, y, x): the sign of the triple product is that of this order.
                        volume -= sign * Dot(a, Cross(b, c)) / 6;
                        Vector3D normal = Cross(Minus(a, c), Minus(b, c));
                        area += Math.Sqrt(Dot(normal, normal)) / 2;
                    }
                }
            }
        }
        return (volume, area);
    }

    private static Vector3D Minus(Vector3D a, Vector3D b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    private static double Dot(Vector3D a, Vector3D b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    private static Vector3D Cross(Vector3D a, Vector3D b) => new(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);
}
