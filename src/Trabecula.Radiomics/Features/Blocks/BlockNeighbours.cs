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
    public void ComputeDependences(LevelBlock block, Span<double> values)
    {
        int sizes = 2 * steps.Length + 1, cells = block.LevelCount * sizes;
        if (_dependences.Length < cells)
            _dependences = new int[cells];
        _dependences.AsSpan(0, cells).Clear();
        int[] levels = block.Levels;
        ForEachVoxel(block, (rank, neighbours) =>
        {
            int dependent = 0, level = levels[rank - 1];
            foreach (int neighbour in neighbours)
                dependent += Math.Abs(level - levels[neighbour - 1]) <= options.Alpha ? 1 : 0;
            _dependences[(rank - 1) * sizes + dependent]++;
        });
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
    public void ComputeToneDifferences(LevelBlock block, Span<double> values)
    {
        if (_differences.Length < block.LevelCount)
            _differences = new double[block.LevelCount];
        Span<double> differences = _differences.AsSpan(0, block.LevelCount);
        differences.Clear();
        int[] levels = block.Levels;
        ForEachVoxel(block, (rank, neighbours) =>
        {
            if (neighbours.IsEmpty)
                return;
            double sum = 0;
            foreach (int neighbour in neighbours)
                sum += levels[neighbour - 1];
            _differences[rank - 1] += Math.Abs(levels[rank - 1] - sum / neighbours.Length);
        });
        NgtdmFeatures.Formulate(levels.AsSpan(0, block.LevelCount), block.Histogram.AsSpan(0, block.LevelCount), differences, block.VoxelCount, values);
    }

    private delegate void NeighbourVisitor(int rank, ReadOnlySpan<int> neighbours);

    /// <summary>Calls back with each voxel's rank and the ranks of its neighbours inside the region.</summary>
    private void ForEachVoxel(LevelBlock block, NeighbourVisitor visit)
    {
        (int nx, int ny, int nz) = (block.Size.X, block.Size.Y, block.Size.Z);
        Span<int> neighbours = steps.Length <= 256 ? stackalloc int[2 * steps.Length] : new int[2 * steps.Length];
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                {
                    int rank = block.Ranks[(z * ny + y) * nx + x], count = 0;
                    if (rank == 0)
                        continue;
                    foreach (Step step in steps)
                    {
                        int ahead = RankAt(block, x + step.Dx, y + step.Dy, z + step.Dz), behind = RankAt(block, x - step.Dx, y - step.Dy, z - step.Dz);
                        if (ahead != 0)
                            neighbours[count++] = ahead;
                        if (behind != 0)
                            neighbours[count++] = behind;
                    }
                    visit(rank, neighbours[..count]);
                }
            }
        }
    }

    private static int RankAt(LevelBlock block, int x, int y, int z) =>
        (uint)x < (uint)block.Size.X && (uint)y < (uint)block.Size.Y && (uint)z < (uint)block.Size.Z ? block.Ranks[(z * block.Size.Y + y) * block.Size.X + x] : 0;
}
