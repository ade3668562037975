using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trabecula.Radiomics.Features.Glcm;

/// <summary>
/// Counts pairs of an image with few grey levels 64 voxels at a time: where a block has level i and its neighbours level j are two bit masks,
/// and the pairs (i, j) are the bits that both have. The work grows with the square of the number of levels, and does not stall where
/// one pair follows itself again and again, as it does in images with few levels.
/// </summary>
internal sealed class FewLevelPairs
{
    /// <summary>Beyond this many levels, counting voxel by voxel is faster.</summary>
    public const int MaximumLevels = 9;

    private ulong[] _masks = [];

    /// <summary>Finds where each block has which level, for all directions of an image.</summary>
    public void Prepare<T>(LevelGrid<T> grid, int levelCount) where T : unmanaged, IBinaryInteger<T>
    {
        int[] blocks = grid.Region.Blocks;
        if (_masks.Length < blocks.Length * levelCount)
            _masks = new ulong[blocks.Length * levelCount];
        ref T here = ref MemoryMarshal.GetArrayDataReference(grid.Ranks);
        for (int k = 0; k < blocks.Length; k++)
        {
            for (int level = 0; level < levelCount; level++)
                _masks[k * levelCount + level] = BlockMask.Equal(ref Unsafe.Add(ref here, blocks[k]), T.CreateTruncating(level + 1));
        }
    }

    /// <summary>Counts the pairs of one direction: <c>[i * levelCount + j]</c>, i the voxel's level, j its neighbour's.</summary>
    public void Count<T>(LevelGrid<T> grid, int levelCount, int offset, Span<int> pairs) where T : unmanaged, IBinaryInteger<T>
    {
        int[] blocks = grid.Region.Blocks;
        ref T here = ref MemoryMarshal.GetArrayDataReference(grid.Ranks);
        pairs.Clear();
        for (int k = 0; k < blocks.Length; k++)
        {
            ref T neighbours = ref Unsafe.Add(ref here, blocks[k] + offset);
            ReadOnlySpan<ulong> own = _masks.AsSpan(k * levelCount, levelCount);
            for (int j = 0; j < levelCount; j++)
            {
                ulong neighbour = BlockMask.Equal(ref neighbours, T.CreateTruncating(j + 1));
                if (neighbour == 0)
                    continue;
                ref int pair = ref pairs[j];
                for (int i = 0; i < own.Length; i++)
                    Unsafe.Add(ref pair, i * levelCount) += BitOperations.PopCount(own[i] & neighbour);
            }
        }
    }
}
