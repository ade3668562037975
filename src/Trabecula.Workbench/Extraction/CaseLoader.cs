using System.Globalization;
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
    // Segmentations of the whole body have some hundred.
    private const int MostUsualLabels = 1000;

    private readonly FeatureExtractor _extractor = new(parameters);

    public ICaseFeatures Load(string imagePath, string maskPath, CancellationToken cancellationToken)
    {
        Volume image = VolumeFile.Read(imagePath, cancellationToken);
        var mask = new Mask(VolumeFile.Read(maskPath, cancellationToken));
        LoadedCase loaded;
        try
        {
            loaded = _extractor.Load(image, mask, cancellationToken);
        }
        catch (ImagingException exception) when (exception.Path.Length == 0)
        {
            // Volumes in memory have no name; the only such fault is one of the mask's labels.
            throw new ImagingException(maskPath, exception.Problem, exception.Cure, exception);
        }
        IReadOnlyList<uint> labels = loaded.Labels;
        return new Loaded(loaded, labels, SwapWarning(imagePath, maskPath, labels));
    }

    private static string? SwapWarning(string imagePath, string maskPath, IReadOnlyList<uint> labels)
    {
        if (RealPath.Of(imagePath) == RealPath.Of(maskPath))
            return "Image and mask are the same file: is the path of the mask right?";
        // A negative number becomes a label above the largest positive one.
        return labels.Count > MostUsualLabels || labels is [.., > int.MaxValue]
            ? string.Create(CultureInfo.InvariantCulture, $"The mask looks like an image ({labels.Count} labels, up to {labels[^1]}): are image and mask swapped?")
            : null;
    }

    private sealed class Loaded(LoadedCase loaded, IReadOnlyList<uint> labels, string? warning) : ICaseFeatures
    {
        public IReadOnlyList<uint> Labels => labels;

        public FeatureVector Extract(uint label, CancellationToken cancellationToken)
        {
            FeatureVector features = loaded.Extract(label, cancellationToken);
            return warning is null ? features : features with { Warnings = [warning, .. features.Warnings] };
        }
    }
}
