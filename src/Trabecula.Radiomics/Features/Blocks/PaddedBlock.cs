namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>The ranks of a block with a margin of zeros, so that a neighbour is a place and an offset and never needs a bounds check.</summary>
/// <param name="reach">The longest step along an axis.</param>
internal sealed class PaddedBlock(int reach)
{
    private int _strideY, _strideZ;
    private int[] _voxels = [];

    /// <summary>Ranks from 1, x fastest; 0 outside the region and in the margin.</summary>
    public int[] Ranks { get; private set; } = [];

    /// <summary>Where the region's voxels are, in memory order.</summary>
    public ReadOnlySpan<int> Voxels => _voxels.AsSpan(0, Count);

    /// <summary>Number of the region's voxels.</summary>
    public int Count { get; private set; }

    /// <summary>Takes up a block.</summary>
    public void Fill(LevelBlock block)
    {
        (int nx, int ny, int nz) = (block.Size.X, block.Size.Y, block.Size.Z);
        _strideY = nx + 2 * reach;
        _strideZ = _strideY * (ny + 2 * reach);
        int length = checked(_strideZ * (nz + 2 * reach));
        if (Ranks.Length < length)
            Ranks = new int[length];
        else
            Array.Clear(Ranks, 0, length);
        if (_voxels.Length < block.VoxelCount)
            _voxels = new int[block.VoxelCount];
        Count = 0;
        int source = 0;
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                int target = (z + reach) * _strideZ + (y + reach) * _strideY + reach;
                for (int x = 0; x < nx; x++, source++, target++)
                {
                    int rank = block.Ranks[source];
                    if (rank == 0)
                        continue;
                    Ranks[target] = rank;
                    _voxels[Count++] = target;
                }
            }
        }
    }

    /// <summary>How far apart the ends of a step are in memory.</summary>
    public int Offset(Step step) => step.Dz * _strideZ + step.Dy * _strideY + step.Dx;

    /// <summary>The offsets of some steps.</summary>
    public void Offsets(Step[] steps, Span<int> offsets)
    {
        for (int s = 0; s < steps.Length; s++)
            offsets[s] = Offset(steps[s]);
    }
}
