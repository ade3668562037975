using Trabecula.Imaging;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>
/// The texture classes in kernels of 3 x 3 x 3 voxels, with neighbours that touch: what <see cref="BlockTexture"/> computes, a good deal faster. Not
/// safe for use by several threads.
/// </summary>
internal sealed class CubeTexture
{
    private readonly CubePairs _pairs;
    private readonly CubeRuns _runs;
    private readonly CubeZones _zones;
    private readonly CubeDependences _dependences;
    private readonly CubeTones _tones;

    /// <param name="options">Which voxels are neighbours; of those that <see cref="Takes"/> accepts.</param>
    /// <param name="size">The size of the crop, whose borders leave directions out.</param>
    public CubeTexture(TextureOptions options, VolumeSize size)
    {
        Step[] steps = Step.Half(size, [1], options.PlanarAxis);
        _pairs = new CubePairs(steps);
        _runs = new CubeRuns(steps);
        _zones = new CubeZones(options.PlanarAxis);
        _dependences = new CubeDependences(options.PlanarAxis, options.Alpha);
        _tones = new CubeTones(options.PlanarAxis);
    }

    /// <summary>Whether kernels of a radius with these options can be computed here.</summary>
    public static bool Takes(TextureOptions options, int radius) => radius == 1 && options is { Distances: [1], Norm: null, Symmetrical: true };

    /// <summary>Writes the features of a class in the order of its names; those not wanted may be NaN.</summary>
    public void Compute(CubeLevels levels, WantedFeatures wanted, Span<double> values)
    {
        switch (wanted.Class)
        {
            case FeatureClass.Glcm:
                _pairs.Compute(levels, wanted, values);
                break;
            case FeatureClass.Glrlm:
                _runs.Compute(levels, wanted.IsCheapAlone, values);
                break;
            case FeatureClass.Glszm:
                _zones.Compute(levels, wanted.IsCheapAlone, values);
                break;
            case FeatureClass.Gldm:
                _dependences.Compute(levels, wanted.IsCheapAlone, values);
                break;
            case FeatureClass.Ngtdm:
                _tones.Compute(levels, wanted.IsCheapAlone, values);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(wanted));
        }
    }
}
