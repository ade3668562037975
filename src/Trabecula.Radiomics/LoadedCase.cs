using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics;

/// <summary>An image with its mask, ready for the extraction of any of its labels.</summary>
public sealed class LoadedCase
{
    internal LoadedCase(ExtractionParameters parameters, Volume image, Mask mask) =>
        (Parameters, Image, Mask) = (parameters, image, mask);

    /// <summary>What is computed.</summary>
    public ExtractionParameters Parameters { get; }

    /// <summary>The image as read.</summary>
    public Volume Image { get; }

    /// <summary>The mask as read.</summary>
    public Mask Mask { get; }

    /// <summary>The labels that occur in the mask, ascending, without 0.</summary>
    public IReadOnlyList<uint> Labels { get; } = [];

    /// <summary>Computes the features of one label.</summary>
    /// <exception cref="RadiomicsException">The region or the image does not allow it.</exception>
    public FeatureVector Extract(uint label, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new FeatureVector([new Diagnostic("diagnostics_Configuration_Settings", Parameters.SettingsDiagnostic)], []);
    }
}
