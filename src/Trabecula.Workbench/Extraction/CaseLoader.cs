using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.Extraction;

/// <summary>Reads an image with its mask. The seam between the bookkeeping of a cohort and the work on voxels.</summary>
internal interface ICaseLoader
{
    /// <summary>Reads both files.</summary>
    ICaseFeatures Load(string imagePath, string maskPath, CancellationToken cancellationToken);
}

/// <summary>An image with its mask, in memory.</summary>
internal interface ICaseFeatures
{
    /// <summary>The labels that occur in the mask, ascending, without 0.</summary>
    IReadOnlyList<uint> Labels { get; }

    /// <summary>Computes the features of one label.</summary>
    FeatureVector Extract(uint label, CancellationToken cancellationToken);
}

/// <summary>Reads image and mask files and extracts features with one set of parameters.</summary>
internal sealed class CaseLoader(ExtractionParameters parameters) : ICaseLoader
{
    private readonly FeatureExtractor _extractor = new(parameters);

    public ICaseFeatures Load(string imagePath, string maskPath, CancellationToken cancellationToken)
    {
        Volume image = VolumeFile.Read(imagePath, cancellationToken);
        var mask = new Mask(VolumeFile.Read(maskPath, cancellationToken));
        return new Loaded(_extractor.Load(image, mask, cancellationToken));
    }

    private sealed class Loaded(LoadedCase loaded) : ICaseFeatures
    {
        public IReadOnlyList<uint> Labels => loaded.Labels;

        public FeatureVector Extract(uint label, CancellationToken cancellationToken) => loaded.Extract(label, cancellationToken);
    }
}
