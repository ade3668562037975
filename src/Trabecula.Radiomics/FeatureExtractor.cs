using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics;

/// <summary>Computes radiomic features as PyRadiomics 3.0.1 does.</summary>
public sealed class FeatureExtractor(ExtractionParameters parameters)
{
    /// <summary>What is computed.</summary>
    public ExtractionParameters Parameters { get; } = parameters ?? throw new ArgumentNullException(nameof(parameters));

    /// <summary>Computes the features of the label that the parameters name, 1 unless they say otherwise.</summary>
    /// <exception cref="RadiomicsException">The region or the image does not allow it.</exception>
    public FeatureVector Extract(Volume image, Mask mask, CancellationToken cancellationToken = default) =>
        Extract(image, mask, Parameters.Settings.Label, cancellationToken);

    /// <summary>Computes the features of one label.</summary>
    /// <exception cref="RadiomicsException">The region or the image does not allow it.</exception>
    public FeatureVector Extract(Volume image, Mask mask, uint label, CancellationToken cancellationToken = default) =>
        Load(image, mask, cancellationToken).Extract(label, cancellationToken);

    /// <summary>Does once what all labels of a mask share: hashes, whole-image statistics, the list of labels.</summary>
    /// <exception cref="RadiomicsException">The image cannot be normalised.</exception>
    /// <exception cref="ImagingException">The mask holds so many labels that it must be an image.</exception>
    public LoadedCase Load(Volume image, Mask mask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        cancellationToken.ThrowIfCancellationRequested();
        return new LoadedCase(Parameters, image, mask, cancellationToken);
    }
}
