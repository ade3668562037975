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
    /// <param name="padded">The same with a margin.</param>
    /// <param name="isUsed">Which steps have pairs anywhere in the region; null where the block is the region, and finds out itself.</param>
    /// <param name="wanted">Which of the costly features are wanted; the others are computed anyhow.</param>
    /// <param name="values">Receives the features.</param>
    public void Compute(LevelBlock block, PaddedBlock padded, bool[]? isUsed, PairFeatures wanted, Span<double> values)
    {
        int n = block.LevelCount;
        if (_matrix.Length < n * n)
            _matrix = new double[n * n];
        if (options.Norm is not null)
        {
            _matrix.AsSpan(0, n * n).Clear();
            for (int s = 0; s < steps.Length; s++)
                Count(padded, n, steps[s], _weights[s]);
            Formulate(block, wanted, values);
            return;
        }

        values.Clear();
        Span<double> ofStep = stackalloc double[values.Length];
        Span<int> defined = stackalloc int[values.Length];
        bool emptyCounts = false;
        for (int s = 0; s < steps.Length; s++)
        {
            _matrix.AsSpan(0, n * n).Clear();
            Count(padded, n, steps[s], 1);
            if (!Formulate(block, wanted, ofStep))
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

    private void Count(PaddedBlock padded, int n, Step step, double weight)
    {
        int offset = padded.Offset(step);
        int[] ranks = padded.Ranks;
        Span<double> matrix = _matrix;
        foreach (int at in padded.Voxels)
        {
            int i = ranks[at], j = ranks[at + offset];
            if (j == 0)
                continue;
            matrix[(i - 1) * n + j - 1] += weight;
            if (options.Symmetrical)
                matrix[(j - 1) * n + i - 1] += weight;
        }
    }

    /// <summary>False, and all values NaN, where the matrix is empty.</summary>
    private bool Formulate(LevelBlock block, PairFeatures wanted, Span<double> values)
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
        _formulas.Compute(matrix, block.Levels.AsSpan(0, n), block.HighestLevel, block.RegionLevelCount, wanted, values);
        return true;
    }
}
