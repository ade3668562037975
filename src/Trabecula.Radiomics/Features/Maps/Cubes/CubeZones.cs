using System.Numerics;
using Trabecula.Radiomics.Features.Glszm;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>GLSZM of a kernel: a zone grows by all its neighbours at once.</summary>
/// <param name="planarAxis">The array axis (0 is z) across which zones do not reach, or -1.</param>
internal sealed class CubeZones(int planarAxis)
{
    private static readonly int Entropy = Array.IndexOf(GlszmFeatures.Names, "ZoneEntropy");

    private readonly CubeSizes _sizes = new();

    /// <summary>Writes the features in the order of <see cref="GlszmFeatures.Names"/>.</summary>
    public void Compute(CubeLevels levels, bool entropyAlone, Span<double> values)
    {
        _sizes.Begin(levels, entropyAlone);
        for (int k = 0; k < levels.Count; k++)
        {
            if (levels.Histogram[k] == 1)
            {
                _sizes.Add(k, 1, 1);
                continue;
            }
            for (ulong left = levels.Masks[k]; left != 0;)
            {
                ulong zone = left & (~left + 1), grown = Cube.Spread(zone, planarAxis) & left;
                while (grown != zone)
                    (zone, grown) = (grown, Cube.Spread(grown, planarAxis) & left);
                left ^= zone;
                _sizes.Tally(BitOperations.PopCount(zone));
            }
            _sizes.AddTallied(k);
        }
        if (entropyAlone)
            values[Entropy] = _sizes.Entropy();
        else
            GlszmFeatures.Write(_sizes.Compute(), values);
    }
}
