using System.Numerics;
using Trabecula.Radiomics.Features.Gldm;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>GLDM of a kernel: the dependent neighbours of a voxel are the bits common to its neighbours and the levels near its own.</summary>
/// <param name="planarAxis">The array axis (0 is z) without neighbours across it, or -1.</param>
/// <param name="alpha">How far the levels of a dependent neighbour may differ.</param>
internal sealed class CubeDependences(int planarAxis, int alpha)
{
    private readonly ulong[] _neighbours = Cube.Neighbours(planarAxis);
    private static readonly int Entropy = Array.IndexOf(GldmFeatures.Names, "DependenceEntropy");

    private readonly CubeSizes _sizes = new();

    /// <summary>Writes the features in the order of <see cref="GldmFeatures.Names"/>.</summary>
    public void Compute(CubeLevels levels, bool entropyAlone, Span<double> values)
    {
        _sizes.Begin(levels, entropyAlone);
        for (int k = 0; k < levels.Count; k++)
        {
            ulong near = alpha == 0 ? levels.Masks[k] : Near(levels, k);
            for (ulong left = levels.Masks[k]; left != 0; left &= left - 1)
                _sizes.Tally(BitOperations.PopCount(near & _neighbours[BitOperations.TrailingZeroCount(left)]) + 1);
            _sizes.AddTallied(k);
        }
        if (entropyAlone)
            values[Entropy] = _sizes.Entropy();
        else
            GldmFeatures.Write(_sizes.Compute(), values);
    }

    private ulong Near(CubeLevels levels, int rank)
    {
        ulong near = 0;
        for (int k = 0; k < levels.Count; k++)
        {
            if (Math.Abs(levels.Levels[k] - levels.Levels[rank]) <= alpha)
                near |= levels.Masks[k];
        }
        return near;
    }
}
