using Trabecula.Radiomics.Features.Blocks;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>
/// A kernel of 3 x 3 x 3 voxels in the bits of a word: voxel (x, y, z) is bit x + 4 y + 16 z. A column and a row are left empty, so that a shift
/// by a step moves every voxel to its neighbour, or into the gap.
/// </summary>
internal static class Cube
{
    /// <summary>Voxels of a whole cube.</summary>
    public const int Voxels = 27;

    /// <summary>Bits of a word that are in use.</summary>
    public const int Bits = 48;

    public const int StrideY = 4;

    public const int StrideZ = 16;

    /// <summary>The bit of a voxel.</summary>
    public static int Bit(int x, int y, int z) => x + StrideY * y + StrideZ * z;

    /// <summary>How many bits a step is long; above 0 for half of the steps.</summary>
    public static int Shift(Step step) => Bit(step.Dx, step.Dy, step.Dz);

    /// <summary>For each voxel its neighbours, within planes across an axis (0 is z) or, with -1, in all directions.</summary>
    public static ulong[] Neighbours(int planarAxis)
    {
        var neighbours = new ulong[Bits];
        foreach ((int x, int y, int z) in Places())
            neighbours[Bit(x, y, z)] = Spread(1UL << Bit(x, y, z), planarAxis) & Whole & ~(1UL << Bit(x, y, z));
        return neighbours;
    }

    /// <summary>The voxels of some and their neighbours; bits of the gaps may be among them.</summary>
    public static ulong Spread(ulong voxels, int planarAxis)
    {
        if (planarAxis != 2)
            voxels |= voxels << 1 | voxels >> 1;
        if (planarAxis != 1)
            voxels |= voxels << StrideY | voxels >> StrideY;
        if (planarAxis != 0)
            voxels |= voxels << StrideZ | voxels >> StrideZ;
        return voxels;
    }

    /// <summary>Voxels from which two steps stay within the cube.</summary>
    public static ulong StartsOfThree(Step step)
    {
        ulong starts = 0;
        foreach ((int x, int y, int z) in Places())
        {
            if (Fits(x, step.Dx) && Fits(y, step.Dy) && Fits(z, step.Dz))
                starts |= 1UL << Bit(x, y, z);
        }
        return starts;

        static bool Fits(int place, int step) => step == 0 || place == (step > 0 ? 0 : 2);
    }

    private static readonly ulong Whole = Places().Aggregate(0UL, (all, place) => all | 1UL << Bit(place.X, place.Y, place.Z));

    private static IEnumerable<(int X, int Y, int Z)> Places() =>
        from z in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 3) from x in Enumerable.Range(0, 3) select (x, y, z);
}
