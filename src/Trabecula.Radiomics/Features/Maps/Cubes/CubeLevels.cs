using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Radiomics.Features.Blocks;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>
/// The grey levels in the 3 x 3 x 3 voxels about one voxel, ascending. Reused from voxel to voxel: where the kernel moves on by one along x, two of its
/// three planes stay, and only the third is read.
/// </summary>
internal sealed class CubeLevels
{
    private static readonly ulong FirstPlanes = Planes();

    // Ascending; levels that have just slid out stay until the kernel is read, so that there may be nine more.
    private readonly int[] _ranks = new int[Cube.Voxels + 9];
    private LevelBlock? _whole;
    private VoxelBox _part;

    // The voxels of each of the region's levels; 0 of all that are not among _ranks.
    private ulong[] _maskOf = [];
    private int _rankCount;

    /// <summary>How many levels there are.</summary>
    public int Count { get; private set; }

    /// <summary>The levels.</summary>
    public int[] Levels { get; } = new int[Cube.Voxels];

    /// <summary>The voxels of each level.</summary>
    public ulong[] Masks { get; } = new ulong[Cube.Voxels];

    /// <summary>How many voxels each level has.</summary>
    public int[] Histogram { get; } = new int[Cube.Voxels];

    /// <summary>Voxels that have a level.</summary>
    public ulong Inside { get; private set; }

    /// <summary>How many voxels have one.</summary>
    public int VoxelCount { get; private set; }

    /// <summary>How many levels the region has that the kernel belongs to.</summary>
    public int RegionLevelCount { get; private set; }

    /// <summary>The highest level of that region.</summary>
    public int HighestLevel { get; private set; }

    /// <summary>Takes up a part, at most 3 x 3 x 3 voxels, of a block.</summary>
    public void Take(LevelBlock whole, VoxelBox part)
    {
        bool slides = ReferenceEquals(whole, _whole) && part == _part with { X = _part.X + 1 } && part.Size.X == 3;
        if (slides)
            Slide();
        else
            Restart(whole);
        (_whole, _part) = (whole, part);
        Read(whole, part, slides ? 2 : 0);
        List(whole);
    }

    private void Slide()
    {
        for (int k = 0; k < _rankCount; k++)
        {
            ref ulong mask = ref _maskOf[_ranks[k]];
            mask = mask >> 1 & FirstPlanes;
        }
    }

    private void Restart(LevelBlock whole)
    {
        for (int k = 0; k < _rankCount; k++)
            _maskOf[_ranks[k]] = 0;
        _rankCount = 0;
        if (_maskOf.Length <= whole.LevelCount)
            _maskOf = new ulong[whole.LevelCount + 1];
    }

    private void Read(LevelBlock whole, VoxelBox part, int start)
    {
        int[] ranks = whole.Ranks;
        ulong[] maskOf = _maskOf;
        for (int z = 0; z < part.Size.Z; z++)
        {
            for (int y = 0; y < part.Size.Y; y++)
            {
                int at = ((part.Z + z) * whole.Size.Y + part.Y + y) * whole.Size.X + part.X;
                for (int x = start; x < part.Size.X; x++)
                {
                    int rank = ranks[at + x];
                    if (rank == 0)
                        continue;
                    if (maskOf[rank] == 0)
                        Insert(rank);
                    maskOf[rank] |= 1UL << Cube.Bit(x, y, z);
                }
            }
        }
    }

    private void Insert(int rank)
    {
        int k = _rankCount;
        for (; k > 0 && _ranks[k - 1] >= rank; k--)
        {
            if (_ranks[k - 1] == rank)
                return;
        }
        Array.Copy(_ranks, k, _ranks, k + 1, _rankCount - k);
        _ranks[k] = rank;
        _rankCount++;
    }

    private void List(LevelBlock whole)
    {
        (RegionLevelCount, HighestLevel) = (whole.LevelCount, whole.HighestLevel);
        ulong inside = 0;
        int count = 0;
        for (int k = 0; k < _rankCount; k++)
        {
            int rank = _ranks[k];
            ulong mask = _maskOf[rank];
            if (mask == 0)
                continue;
            inside |= mask;
            (_ranks[count], Levels[count], Masks[count], Histogram[count]) = (rank, whole.Levels[rank - 1], mask, BitOperations.PopCount(mask));
            count++;
        }
        (Count, _rankCount, Inside, VoxelCount) = (count, count, inside, BitOperations.PopCount(inside));
    }

    /// <summary>The voxels of the first two planes across x.</summary>
    private static ulong Planes()
    {
        ulong planes = 0;
        for (int y = 0; y < 3; y++)
        {
            for (int z = 0; z < 3; z++)
                planes |= 3UL << Cube.Bit(0, y, z);
        }
        return planes;
    }
}
