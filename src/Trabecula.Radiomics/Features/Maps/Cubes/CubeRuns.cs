using System.Numerics;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Features.Glrlm;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>
/// GLRLM of a kernel: voxels of a level that have their neighbour beside them are the bits common to the level and the level shifted; runs of three are
/// those of which the next has one too.
/// </summary>
internal sealed class CubeRuns
{
    private readonly (int Shift, ulong StartsOfThree)[] _steps;
    private readonly CubeSizes _sizes = new();

    public CubeRuns(Step[] steps) => _steps = [.. steps.Select(step => (Cube.Shift(step), Cube.StartsOfThree(step)))];

    /// <summary>Writes the features in the order of <see cref="GlrlmFeatures.Names"/>; all NaN where no line of the kernel holds two voxels.</summary>
    /// <param name="levels">The kernel.</param>
    /// <param name="entropyAlone">Whether only RunEntropy is wanted.</param>
    /// <param name="values">Receives the features.</param>
    public void Compute(CubeLevels levels, bool entropyAlone, Span<double> values)
    {
        values.Clear();
        Span<double> ofStep = stackalloc double[values.Length];
        _sizes.Begin(levels, entropyAlone);
        ulong inside = levels.Inside;
        double entropy = 0;
        int used = 0;
        foreach ((int shift, ulong startsOfThree) in _steps)
        {
            // A line counts when it holds two voxels, touching or with one missing between them.
            if ((inside & inside >> shift) == 0 && (inside & inside >> 2 * shift & startsOfThree) == 0)
                continue;
            used++;
            _sizes.Clear();
            Count(levels, shift);
            if (entropyAlone)
            {
                entropy += _sizes.Entropy();
                continue;
            }
            GlrlmFeatures.Write(_sizes.Compute(), ofStep);
            for (int k = 0; k < values.Length; k++)
                values[k] += ofStep[k];
        }
        if (used == 0)
        {
            values.Fill(double.NaN);
            return;
        }
        if (entropyAlone)
            values[Entropy] = entropy;
        foreach (ref double value in values)
            value /= used;
    }

    private static readonly int Entropy = Array.IndexOf(GlrlmFeatures.Names, "RunEntropy");

    private void Count(CubeLevels levels, int shift)
    {
        for (int k = 0; k < levels.Count; k++)
        {
            ulong mask = levels.Masks[k], pairs = mask & mask >> shift;
            if (pairs == 0)
            {
                _sizes.Add(k, 1, levels.Histogram[k]);
                continue;
            }
            int threes = BitOperations.PopCount(pairs & pairs >> shift), twos = BitOperations.PopCount(pairs) - 2 * threes;
            int ones = levels.Histogram[k] - 2 * twos - 3 * threes;
            if (ones > 0)
                _sizes.Add(k, 1, ones);
            if (twos > 0)
                _sizes.Add(k, 2, twos);
            if (threes > 0)
                _sizes.Add(k, 3, threes);
        }
    }
}
