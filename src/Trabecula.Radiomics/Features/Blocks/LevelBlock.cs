using Trabecula.Imaging;

namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>The grey levels in a box of voxels: a whole region, or the kernel about one voxel of a feature map. Reused from kernel to kernel.</summary>
internal sealed class LevelBlock
{
    // Zero between two blocks; place 0 stays so, for voxels outside the region.
    private int[] _rankOf = [];

    /// <summary>Voxels along x, y and z.</summary>
    public VolumeSize Size { get; private set; }

    /// <summary>The rank of each voxel's level among those of the block, from 1, x fastest; 0 outside the region.</summary>
    public int[] Ranks { get; private set; } = [];

    /// <summary>The level of each rank, ascending.</summary>
    public int[] Levels { get; private set; } = [];

    /// <summary>Voxels of each rank.</summary>
    public int[] Histogram { get; private set; } = [];

    /// <summary>How many levels the block has: the used part of <see cref="Levels"/>.</summary>
    public int LevelCount { get; private set; }

    /// <summary>How many levels the region has that the block belongs to.</summary>
    public int RegionLevelCount { get; private set; }

    /// <summary>The highest level of that region, PyRadiomics' Ng.</summary>
    public int HighestLevel { get; private set; }

    /// <summary>Voxels inside the region.</summary>
    public int VoxelCount { get; private set; }

    /// <summary>The rank at a place of the block.</summary>
    public int At(int x, int y, int z) => Ranks[(z * Size.Y + y) * Size.X + x];

    /// <summary>A whole region.</summary>
    public static LevelBlock Of(RegionGrid region, Discretization levels)
    {
        var block = new LevelBlock
        {
            Size = new(region.Nx, region.Ny, region.Nz),
            Ranks = new int[region.Nx * region.Ny * region.Nz],
            Levels = levels.Levels,
            Histogram = levels.Histogram,
            LevelCount = levels.Levels.Length,
            RegionLevelCount = levels.Levels.Length,
            HighestLevel = levels.HighestLevel,
            VoxelCount = region.VoxelCount,
        };
        foreach (RegionGrid.Span span in region.Spans)
            levels.Ranks.Slice(span.Voxel, span.Length).CopyTo(block.Ranks.AsSpan(span.Box));
        return block;
    }

    /// <summary>Takes up a part of another block; its own ranks are those of the levels that occur in it.</summary>
    public void Take(LevelBlock whole, VoxelBox part)
    {
        (Size, RegionLevelCount, HighestLevel) = (part.Size, whole.LevelCount, whole.HighestLevel);
        int count = part.Count;
        if (Ranks.Length < count)
        {
            Ranks = new int[count];
            Levels = new int[count];
            Histogram = new int[count];
        }
        Copy(whole, part);
        RankLevels(whole, count);
    }

    private void Copy(LevelBlock whole, VoxelBox part)
    {
        int target = 0;
        for (int z = part.Z; z <= part.Last(2); z++)
        {
            for (int y = part.Y; y <= part.Last(1); y++, target += part.Size.X)
                whole.Ranks.AsSpan((z * whole.Size.Y + y) * whole.Size.X + part.X, part.Size.X).CopyTo(Ranks.AsSpan(target));
        }
    }

    /// <summary>Counts the region's ranks in a table, and gives those that occur their own in ascending order.</summary>
    private void RankLevels(LevelBlock whole, int count)
    {
        if (_rankOf.Length <= whole.LevelCount)
            _rankOf = new int[whole.LevelCount + 1];
        (LevelCount, VoxelCount) = (0, 0);
        for (int i = 0; i < count; i++)
        {
            int rank = Ranks[i];
            if (rank == 0)
                continue;
            VoxelCount++;
            if (_rankOf[rank]++ == 0)
                Levels[LevelCount++] = rank;
        }
        Array.Sort(Levels, 0, LevelCount);
        for (int k = 0; k < LevelCount; k++)
        {
            int rank = Levels[k];
            Histogram[k] = _rankOf[rank];
            _rankOf[rank] = k + 1;
        }
        for (int i = 0; i < count; i++)
            Ranks[i] = _rankOf[Ranks[i]];
        for (int k = 0; k < LevelCount; k++)
        {
            _rankOf[Levels[k]] = 0;
            Levels[k] = whole.Levels[Levels[k] - 1];
        }
    }
}
