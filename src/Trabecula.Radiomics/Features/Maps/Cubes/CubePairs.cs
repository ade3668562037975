using System.Numerics;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Features.Glcm;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>
/// GLCM of a kernel, symmetric and without weights: features of each direction's matrix, averaged. A direction has at most 18 pairs, so that the matrix is
/// a list of its cells; sums of whole numbers stay whole.
/// </summary>
internal sealed class CubePairs
{
    /// <summary>Ranks are below 32: a pair of them is ten bits.</summary>
    private const int RankBits = 5;

    private const int MostPairs = 18;

    /// <summary>So few levels have fewer pairs than their voxels.</summary>
    private const int FewLevels = 4;

    private static readonly int JointAverage = Array.IndexOf(GlcmFeatures.Names, "JointAverage");

    private readonly int[] _shifts;
    private readonly byte[] _counts = new byte[1 << 2 * RankBits];
    private readonly int[] _cells = new int[MostPairs + 1];
    private readonly byte[] _ranks = new byte[Cube.Bits];
    private readonly CubeMatrix _matrix = new();
    private readonly CubeFormulas _formulas = new();
    private readonly CubeCorrelation _correlation = new();

    public CubePairs(Step[] steps) => _shifts = [.. steps.Select(Cube.Shift)];

    /// <summary>Writes the features in the order of <see cref="GlcmFeatures.Names"/>; those not wanted may be NaN.</summary>
    /// <param name="levels">The kernel.</param>
    /// <param name="wanted">What is wanted; the rest is left as it was.</param>
    /// <param name="values">Receives the features.</param>
    public void Compute(CubeLevels levels, WantedFeatures wanted, Span<double> values)
    {
        bool[]? isUsed = wanted.UsedSteps;
        bool isCorrelationWanted = wanted.Pairs.HasFlag(PairFeatures.MaximalCorrelation);
        values.Clear();
        Span<double> ofStep = stackalloc double[values.Length];
        Span<int> defined = stackalloc int[values.Length];
        int used = 0;
        bool emptyCounts = false;
        double correlation = 0;
        _correlation.Begin();
        if (levels.Count > FewLevels)
            RankVoxels(levels);
        for (int s = 0; s < _shifts.Length; s++)
        {
            if (!Count(levels, _shifts[s]))
            {
                emptyCounts |= isUsed is not null && isUsed[s];
                continue;
            }
            used++;
            _formulas.Compute(_matrix, levels, wanted.Pairs, ofStep);
            foreach (int k in wanted.Places)
            {
                if (double.IsNaN(ofStep[k]))
                    continue;
                values[k] += ofStep[k];
                defined[k]++;
            }
            if (isCorrelationWanted)
                correlation += _correlation.Take(_matrix, levels);
        }
        foreach (int k in wanted.Places)
            values[k] /= defined[k];
        if (isCorrelationWanted)
            values[CubeFormulas.MaximalCorrelation] = (correlation + _correlation.Finish()) / used;
        if (emptyCounts)
            values[JointAverage] = double.NaN;
    }

    private void RankVoxels(CubeLevels levels)
    {
        for (int k = 0; k < levels.Count; k++)
        {
            for (ulong left = levels.Masks[k]; left != 0; left &= left - 1)
                _ranks[BitOperations.TrailingZeroCount(left)] = (byte)k;
        }
    }

    /// <summary>Makes the matrix of a step; false where it has no pair.</summary>
    private bool Count(CubeLevels levels, int shift)
    {
        ulong starts = levels.Inside & levels.Inside >> shift;
        if (starts == 0)
            return false;
        _matrix.Clear(levels.Count);
        if (levels.Count <= FewLevels)
            CountLevels(levels, shift);
        else
            CountVoxels(levels, starts, shift);
        return true;
    }

    /// <summary>Pair by pair of levels: voxels of the one that have the other beside them.</summary>
    private void CountLevels(CubeLevels levels, int shift)
    {
        ulong[] masks = levels.Masks;
        for (int i = 0; i < levels.Count; i++)
        {
            ulong mask = masks[i], shifted = mask >> shift;
            for (int j = i; j < levels.Count; j++)
            {
                int count = BitOperations.PopCount(masks[j] & shifted) + (i == j ? 0 : BitOperations.PopCount(mask & masks[j] >> shift));
                if (count > 0)
                    _matrix.Add(i, j, count);
            }
        }
    }

    /// <summary>Pair by pair of voxels.</summary>
    private void CountVoxels(CubeLevels levels, ulong starts, int shift)
    {
        byte[] ranks = _ranks, counts = _counts;
        int[] cells = _cells;
        int cellCount = 0;
        for (; starts != 0; starts &= starts - 1)
        {
            int at = BitOperations.TrailingZeroCount(starts), i = ranks[at], j = ranks[at + shift];
            int cell = Math.Min(i, j) << RankBits | Math.Max(i, j);
            // Written in any case, and kept where the cell is new.
            cells[cellCount] = cell;
            cellCount += counts[cell]++ == 0 ? 1 : 0;
        }
        for (int k = 0; k < cellCount; k++)
        {
            int cell = cells[k];
            _matrix.Add(cell >> RankBits, cell & (1 << RankBits) - 1, counts[cell]);
            counts[cell] = 0;
        }
    }
}
