using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Features.Gldm;

/// <summary>
/// Grey-level dependence matrix (Sun and Wee 1983, as NGLDM; IBSI 3.11): how many voxels of level i have j - 1 of their 26 neighbours inside
/// the region at the same level (PyRadiomics <c>gldm_a</c> 0).
/// </summary>
internal sealed class DependenceMatrix
{
    /// <summary>A voxel itself and its 26 neighbours.</summary>
    private const int Sizes = 27;

    private int[] _counts = [];

    /// <summary>Counts all voxels and adds them to <paramref name="matrix"/>, which must be empty.</summary>
    public void Count<T>(LevelGrid<T> grid, int levelCount, LevelSizeMatrix matrix) where T : unmanaged, IBinaryInteger<T>
    {
        int length = (levelCount + 1) * Sizes;
        if (_counts.Length < length)
            _counts = new int[length];
        Array.Clear(_counts, 0, length);
        CountVoxels(grid.Ranks, grid.Region);
        for (int rank = 1; rank <= levelCount; rank++)
        {
            for (int size = 1; size <= Sizes; size++)
            {
                int count = _counts[rank * Sizes + size - 1];
                if (count > 0)
                    matrix.Add(rank, size, count);
            }
        }
    }

    private void CountVoxels<T>(T[] ranks, RegionGrid region) where T : unmanaged, IBinaryInteger<T>
    {
        ref T here = ref MemoryMarshal.GetArrayDataReference(ranks);
        Span<T> dependence = stackalloc T[Vector256<T>.Count];
        RegionGrid.Direction[] directions = region.Directions;
        foreach (int start in region.Blocks)
        {
            for (int block = start; block < start + RegionGrid.BlockLength; block += Vector256<T>.Count)
            {
                Vector256<T> level = Vector256.LoadUnsafe(ref here, (nuint)block), equal = Vector256<T>.Zero;
                foreach (RegionGrid.Direction direction in directions)
                {
                    // A comparison that holds is -1.
                    equal -= Vector256.Equals(level, Vector256.LoadUnsafe(ref here, (nuint)(block + direction.Offset)));
                    equal -= Vector256.Equals(level, Vector256.LoadUnsafe(ref here, (nuint)(block - direction.Offset)));
                }
                equal.CopyTo(dependence);
                for (uint inside = Vector256.GreaterThan(level, Vector256<T>.Zero).ExtractMostSignificantBits(); inside != 0; inside &= inside - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(inside);
                    _counts[int.CreateTruncating(ranks[block + bit]) * Sizes + int.CreateTruncating(dependence[bit])]++;
                }
            }
        }
    }
}
