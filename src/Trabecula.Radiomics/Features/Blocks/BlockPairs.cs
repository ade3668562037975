using Trabecula.Imaging;

namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>
/// PyRadiomics <c>glcm</c> with any of its options: features of each direction's matrix, averaged, or of the weighted sum of all.
/// </summary>
internal sealed class BlockPairs(TextureOptions options, Step[] steps, Vector3D spacingMm)
{
    private readonly CooccurrenceFormulas _formulas = new();
    private readonly double[] _weights = [.. steps.Select(step => options.PairWeight(step, spacingMm))];
    private double[] _matrix = [];

    /// <summary>The place of JointAverage, which averages over all directions, empty ones included.</summary>
    private static readonly int JointAverage = Array.IndexOf(Glcm.GlcmFeatures.Names, "JointAverage");

    /// <summary>Writes the features in the order of <see cref="Glcm.GlcmFeatures.Names"/>.</summary>
    /// <param name="block">The levels.</param>
    /// <param name="isUsed">Which steps have pairs anywhere in the region; null where the block is the region, and finds out itself.</param>
    /// <param name="withMcc">Whether MCC is wanted, which costs more than all others.</param>
    /// <param name="values">Receives the features.</param>
    public void Compute(LevelBlock block, bool[]? isUsed, bool withMcc, Span<double> values)
    {
        int n = block.LevelCount;
        if (_matrix.Length < n * n)
            _matrix = new double[n * n];
        if (options.Norm is not null)
        {
            _matrix.AsSpan(0, n * n).Clear();
            for (int s = 0; s < steps.Length; s++)
                Count(block, steps[s], _weights[s]);
            Formulate(block, withMcc, values);
            return;
        }

        values.Clear();
        Span<double> ofStep = stackalloc double[values.Length];
        Span<int> defined = stackalloc int[values.Length];
        bool emptyCounts = false;
        for (int s = 0; s < steps.Length; s++)
        {
            _matrix.AsSpan(0, n * n).Clear();
            Count(block, steps[s], 1);
            if (!Formulate(block, withMcc, ofStep))
            {
                emptyCounts |= isUsed is not null && isUsed[s];
                continue;
            }
            for (int k = 0; k < values.Length; k++)
            {
                if (double.IsNaN(ofStep[k]))
                    continue;
                values[k] += ofStep[k];
                defined[k]++;
            }
        }
        for (int k = 0; k < values.Length; k++)
            values[k] /= defined[k];
        if (emptyCounts)
            values[JointAverage] = double.NaN;
    }

    private void Count(LevelBlock block, Step step, double weight)
    {
        (int nx, int ny, int nz) = (block.Size.X, block.Size.Y, block.Size.Z);
        int n = block.LevelCount, offset = (step.Dz * ny + step.Dy) * nx + step.Dx;
        int[] ranks = block.Ranks;
        for (int z = 0; z + step.Dz < nz; z++)
        {
            for (int y = Math.Max(0, -step.Dy); y < Math.Min(ny, ny - step.Dy); y++)
            {
                int row = (z * ny + y) * nx;
                for (int x = Math.Max(0, -step.Dx); x < Math.Min(nx, nx - step.Dx); x++)
                {
                    int i = ranks[row + x], j = ranks[row + x + offset];
                    if (i == 0 || j == 0)
                        continue;
                    _matrix[(i - 1) * n + j - 1] += weight;
                    if (options.Symmetrical)
                        _matrix[(j - 1) * n + i - 1] += weight;
                }
            }
        }
    }

    /// <summary>False, and all values NaN, where the matrix is empty.</summary>
    private bool Formulate(LevelBlock block, bool withMcc, Span<double> values)
    {
        int n = block.LevelCount;
        Span<double> matrix = _matrix.AsSpan(0, n * n);
        double total = 0;
        foreach (double count in matrix)
            total += count;
        if (total == 0)
        {
            values.Fill(double.NaN);
            return false;
        }
        foreach (ref double count in matrix)
            count /= total;
        _formulas.Compute(matrix, block.Levels.AsSpan(0, n), block.HighestLevel, block.RegionLevelCount, withMcc, values);
        return true;
    }
}
