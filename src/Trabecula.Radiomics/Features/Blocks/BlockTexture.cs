using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>
/// The texture classes on a box of grey levels, with all of PyRadiomics' options, as its definitions stand. Regions with default options go faster
/// ways; kernels of feature maps and everything else come here. Not safe for use by several threads.
/// </summary>
internal sealed class BlockTexture
{
    private readonly BlockPairs _pairs;
    private readonly BlockRuns _runs;
    private readonly BlockZones _zones;
    private readonly BlockNeighbours _neighbours;
    private readonly PaddedBlock _padded;

    /// <param name="options">Which voxels are neighbours.</param>
    /// <param name="size">The box whose borders leave directions out: the region's, or the crop of a feature map.</param>
    /// <param name="spacingMm">Voxel spacing.</param>
    public BlockTexture(TextureOptions options, VolumeSize size, Vector3D spacingMm)
    {
        Steps = Step.Half(size, options.Distances, options.PlanarAxis);
        // Runs and zones know direct neighbours only.
        Step[] adjacent = Step.Half(size, [1], options.PlanarAxis);
        _padded = new PaddedBlock(options.Distances.Max());
        _pairs = new BlockPairs(options, Steps, spacingMm);
        _runs = new BlockRuns(options, adjacent, spacingMm);
        _zones = new BlockZones(adjacent);
        _neighbours = new BlockNeighbours(options, Steps);
    }

    /// <summary>Half of the steps between neighbours.</summary>
    public Step[] Steps { get; }

    /// <summary>Writes the features of a class in the order of its names.</summary>
    /// <param name="block">The levels.</param>
    /// <param name="featureClass">A texture class.</param>
    /// <param name="isUsed">For kernels, which of <see cref="Steps"/> have pairs anywhere; null for a region.</param>
    /// <param name="wanted">Which of GLCM's costly features are wanted.</param>
    /// <param name="values">Receives the features.</param>
    public void Compute(LevelBlock block, FeatureClass featureClass, bool[]? isUsed, PairFeatures wanted, Span<double> values)
    {
        _padded.Fill(block);
        switch (featureClass)
        {
            case FeatureClass.Glcm:
                _pairs.Compute(block, _padded, isUsed, wanted, values);
                break;
            case FeatureClass.Glrlm:
                _runs.Compute(block, _padded, values);
                break;
            case FeatureClass.Glszm:
                _zones.Compute(block, _padded, values);
                break;
            case FeatureClass.Gldm:
                _neighbours.ComputeDependences(block, _padded, values);
                break;
            case FeatureClass.Ngtdm:
                _neighbours.ComputeToneDifferences(block, _padded, values);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(featureClass));
        }
    }
}
