namespace Trabecula.Radiomics.Tests.Features;

/// <summary>A small box of grey levels, 0 outside the region, with plain neighbour access: the ground of the naive versions.</summary>
internal sealed class NaiveRegion(int[] levels, int nx, int ny, int nz)
{
    public int Nx => nx;

    public int Ny => ny;

    public int Nz => nz;

    public int[] Levels => levels;

    public int[] PresentLevels => [.. levels.Where(l => l > 0).Distinct().Order()];

    public int this[int x, int y, int z] =>
        x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz ? 0 : levels[(z * ny + y) * nx + x];

    public IEnumerable<(int X, int Y, int Z)> Voxels()
    {
        for (int z = 0; z < nz; z++)
            for (int y = 0; y < ny; y++)
                for (int x = 0; x < nx; x++)
                    if (this[x, y, z] > 0)
                        yield return (x, y, z);
    }

    public static IEnumerable<(int Dx, int Dy, int Dz)> Neighbours()
    {
        for (int dz = -1; dz <= 1; dz++)
            for (int dy = -1; dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++)
                    if ((dx, dy, dz) != (0, 0, 0))
                        yield return (dx, dy, dz);
    }

    /// <summary>13 directions, those as long as an axis of the box left out.</summary>
    public IEnumerable<(int Dx, int Dy, int Dz)> Directions() =>
        Neighbours().Where(d => d.Dz > 0 || (d.Dz == 0 && (d.Dy > 0 || (d.Dy == 0 && d.Dx > 0))))
            .Where(d => Math.Abs(d.Dx) < nx && Math.Abs(d.Dy) < ny && Math.Abs(d.Dz) < nz);
}
