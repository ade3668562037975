using Trabecula.Imaging;
using Trabecula.Radiomics.Features.Glrlm;

namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>PyRadiomics <c>glrlm</c> with any of its options: features of each direction, averaged, or of the weighted sum of all.</summary>
internal sealed class BlockRuns(TextureOptions options, Step[] steps, Vector3D spacingMm)
{
    private readonly LevelSizeMatrix _matrix = new();
    private readonly double[] _weights = [.. steps.Select(step => options.RunWeight(step, spacingMm))];
    private double[] _counts = [];
    private double[] _ofStep = [];

    /// <summary>Writes the features in the order of <see cref="GlrlmFeatures.Names"/>; all NaN where no line of the block holds two voxels of the region.</summary>
    public void Compute(LevelBlock block, PaddedBlock padded, Span<double> values)
    {
        int longest = Math.Max(block.Size.X, Math.Max(block.Size.Y, block.Size.Z)), cells = block.LevelCount * longest;
        if (_counts.Length < cells)
            (_counts, _ofStep) = (new double[cells], new double[cells]);
        _counts.AsSpan(0, cells).Clear();
        values.Clear();
        Span<double> ofStep = stackalloc double[values.Length];
        int used = 0;
        for (int s = 0; s < steps.Length; s++)
        {
            _ofStep.AsSpan(0, cells).Clear();
            if (!Count(block, padded, steps[s], longest))
                continue;
            used++;
            if (options.Norm is not null)
            {
                for (int k = 0; k < cells; k++)
                    _counts[k] += _weights[s] * _ofStep[k];
                continue;
            }
            Formulate(block, _ofStep, longest, ofStep);
            for (int k = 0; k < values.Length; k++)
                values[k] += ofStep[k];
        }
        if (used == 0)
        {
            values.Fill(double.NaN);
            return;
        }
        if (options.Norm is not null)
        {
            Formulate(block, _counts, longest, values);
            return;
        }
        foreach (ref double value in values)
            value /= used;
    }

    private void Formulate(LevelBlock block, double[] counts, int longest, Span<double> values)
    {
        _matrix.Clear(block.Levels.AsSpan(0, block.LevelCount));
        for (int rank = 1; rank <= block.LevelCount; rank++)
        {
            for (int length = 1; length <= longest; length++)
            {
                double count = counts[(rank - 1) * longest + length - 1];
                if (count > 0)
                    _matrix.Add(rank, length, count);
            }
        }
        GlrlmFeatures.Write(_matrix.Compute(), values);
    }

    /// <summary>Counts the runs along a direction; false where no line holds two voxels of the region.</summary>
    private bool Count(LevelBlock block, PaddedBlock padded, Step step, int longest)
    {
        int offset = padded.Offset(step);
        int[] ranks = padded.Ranks;
        bool touch = false;
        foreach (int at in padded.Voxels)
        {
            int rank = ranks[at];
            touch |= ranks[at + offset] != 0;
            if (ranks[at - offset] == rank)
                continue;
            int end = at + offset;
            while (ranks[end] == rank)
                end += offset;
            _ofStep[(rank - 1) * longest + (end - at) / offset - 1]++;
        }
        return touch || LineHoldsTwo(block, step);
    }

    /// <summary>Looks along lines through the gaps, where no two voxels touch.</summary>
    private static bool LineHoldsTwo(LevelBlock block, Step step)
    {
        (int nx, int ny, int nz) = (block.Size.X, block.Size.Y, block.Size.Z);
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                {
                    if (block.At(x, y, z) == 0)
                        continue;
                    for (int k = 1; Inside(x + k * step.Dx, nx) && Inside(y + k * step.Dy, ny) && Inside(z + k * step.Dz, nz); k++)
                    {
                        if (block.At(x + k * step.Dx, y + k * step.Dy, z + k * step.Dz) != 0)
                            return true;
                    }
                }
            }
        }
        return false;
    }

    private static bool Inside(int position, int size) => (uint)position < (uint)size;
}
