using Trabecula.Radiomics.Features.Gldm;
using Trabecula.Radiomics.Features.Ngtdm;

namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>PyRadiomics <c>gldm</c> and <c>ngtdm</c> with any of their options: both look at the neighbours of each voxel.</summary>
internal sealed class BlockNeighbours(TextureOptions options, Step[] steps)
{
    private readonly LevelSizeMatrix _matrix = new();
    private int[] _dependences = [];
    private double[] _differences = [];

    /// <summary>Writes the features in the order of <see cref="GldmFeatures.Names"/>.</summary>
    public void ComputeDependences(LevelBlock block, PaddedBlock padded, Span<double> values)
    {
        int sizes = 2 * steps.Length + 1, cells = block.LevelCount * sizes;
        if (_dependences.Length < cells)
            _dependences = new int[cells];
        _dependences.AsSpan(0, cells).Clear();
        int[] levels = block.Levels;
        int[] ranks = padded.Ranks;
        Span<int> offsets = stackalloc int[steps.Length];
        padded.Offsets(steps, offsets);
        foreach (int at in padded.Voxels)
        {
            int dependent = 0, rank = ranks[at], level = levels[rank - 1];
            foreach (int offset in offsets)
            {
                int ahead = ranks[at + offset], behind = ranks[at - offset];
                dependent += ahead != 0 && Math.Abs(level - levels[ahead - 1]) <= options.Alpha ? 1 : 0;
                dependent += behind != 0 && Math.Abs(level - levels[behind - 1]) <= options.Alpha ? 1 : 0;
            }
            _dependences[(rank - 1) * sizes + dependent]++;
        }
        _matrix.Clear(levels.AsSpan(0, block.LevelCount));
        for (int rank = 1; rank <= block.LevelCount; rank++)
        {
            for (int size = 1; size <= sizes; size++)
            {
                int count = _dependences[(rank - 1) * sizes + size - 1];
                if (count > 0)
                    _matrix.Add(rank, size, count);
            }
        }
        GldmFeatures.Write(_matrix.Compute(), values);
    }

    /// <summary>Writes the features in the order of <see cref="NgtdmFeatures.Names"/>.</summary>
    public void ComputeToneDifferences(LevelBlock block, PaddedBlock padded, Span<double> values)
    {
        if (_differences.Length < block.LevelCount)
            _differences = new double[block.LevelCount];
        Span<double> differences = _differences.AsSpan(0, block.LevelCount);
        differences.Clear();
        int[] levels = block.Levels;
        int[] ranks = padded.Ranks;
        Span<int> offsets = stackalloc int[steps.Length];
        padded.Offsets(steps, offsets);
        foreach (int at in padded.Voxels)
        {
            int count = 0;
            double sum = 0;
            foreach (int offset in offsets)
            {
                int ahead = ranks[at + offset], behind = ranks[at - offset];
                if (ahead != 0)
                {
                    sum += levels[ahead - 1];
                    count++;
                }
                if (behind != 0)
                {
                    sum += levels[behind - 1];
                    count++;
                }
            }
            if (count > 0)
                differences[ranks[at] - 1] += Math.Abs(levels[ranks[at] - 1] - sum / count);
        }
        NgtdmFeatures.Formulate(
            levels.AsSpan(0, block.LevelCount), block.Histogram.AsSpan(0, block.LevelCount), differences, block.VoxelCount, coarsenessAlone: false, values);
    }
}
