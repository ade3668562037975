using System.Numerics;
using Trabecula.Radiomics.Features.Ngtdm;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>NGTDM of a kernel: the sums over each voxel's 26 neighbours as three sums of three.</summary>
/// <param name="planarAxis">The array axis (0 is z) without neighbours across it, or -1.</param>
internal sealed class CubeTones(int planarAxis)
{
    // Sums of three along an axis reach one step beyond both ends.
    private const int Margin = Cube.StrideZ + Cube.StrideY + 4;
    private const int Length = Cube.Bits + 2 * Margin;

    private readonly ulong[] _neighbours = Cube.Neighbours(planarAxis);
    private readonly int[] _levels = new int[Length], _rows = new int[Length], _planes = new int[Length], _cubes = new int[Length];
    private readonly double[] _differences = new double[Cube.Voxels];

    /// <summary>Writes the features in the order of <see cref="NgtdmFeatures.Names"/>.</summary>
    /// <param name="levels">The kernel.</param>
    /// <param name="coarsenessAlone">Whether only Coarseness is wanted, which needs no pairs of levels.</param>
    /// <param name="values">Receives the features.</param>
    public void Compute(CubeLevels levels, bool coarsenessAlone, Span<double> values)
    {
        ulong inside = levels.Inside;
        _levels.AsSpan(Margin, Cube.Bits).Clear();
        for (int k = 0; k < levels.Count; k++)
        {
            for (ulong left = levels.Masks[k]; left != 0; left &= left - 1)
                _levels[Margin + BitOperations.TrailingZeroCount(left)] = levels.Levels[k];
        }
        int[] sums = SumNeighbours();
        for (int k = 0; k < levels.Count; k++)
        {
            double sum = 0;
            int level = levels.Levels[k];
            for (ulong left = levels.Masks[k]; left != 0; left &= left - 1)
            {
                int bit = BitOperations.TrailingZeroCount(left), count = BitOperations.PopCount(inside & _neighbours[bit]);
                if (count > 0)
                    sum += (double)Math.Abs(level * count - (sums[Margin + bit] - level)) / count;
            }
            _differences[k] = sum;
        }
        NgtdmFeatures.Formulate(
            levels.Levels.AsSpan(0, levels.Count), levels.Histogram.AsSpan(0, levels.Count), _differences, levels.VoxelCount, coarsenessAlone, values);
    }

    /// <summary>Sums over a voxel and its neighbours. A level is below 2^21, so that 27 fit.</summary>
    private int[] SumNeighbours()
    {
        int[] from = _levels;
        if (planarAxis != 2)
            from = Sum(from, _rows, 1);
        if (planarAxis != 1)
            from = Sum(from, _planes, Cube.StrideY);
        if (planarAxis != 0)
            from = Sum(from, _cubes, Cube.StrideZ);
        return from;
    }

    private static int[] Sum(int[] from, int[] to, int step)
    {
        RegionGrid.SumOfThree<int>(from, to, step);
        return to;
    }
}
