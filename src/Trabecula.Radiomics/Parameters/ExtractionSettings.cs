using Trabecula.Imaging;

namespace Trabecula.Radiomics.Parameters;

/// <summary>
/// PyRadiomics' <c>setting</c> block, with its defaults; only what this version computes. Property names are PyRadiomics' keys
/// with the unit added where there is one.
/// </summary>
public sealed record ExtractionSettings
{
    /// <summary><c>label</c>: the label of the region in the mask.</summary>
    public uint Label { get; init; } = 1;

    /// <summary><c>binWidth</c>: width of a grey-level bin, in units of the image (after normalisation, if any).</summary>
    public double BinWidth { get; init; } = 25;

    /// <summary><c>normalize</c>: z-score over all voxels of the file.</summary>
    public bool Normalize { get; init; }

    /// <summary><c>normalizeScale</c>: factor after normalisation.</summary>
    public double NormalizeScale { get; init; } = 1;

    /// <summary><c>removeOutliers</c>: clip to this many standard deviations after normalisation; null keeps all.</summary>
    public double? RemoveOutliers { get; init; }

    /// <summary><c>resampledPixelSpacing</c>: new spacing in millimetres, 0 for the mask's own; null does not resample.</summary>
    public Vector3D? ResampledPixelSpacingMm { get; init; }

    /// <summary><c>padDistance</c>: new voxels kept around the region's box when resampling.</summary>
    public int PadDistance { get; init; } = 5;

    /// <summary><c>correctMask</c>: put a mask of another geometry onto the image's grid instead of refusing it.</summary>
    public bool CorrectMask { get; init; }

    /// <summary><c>geometryTolerance</c>: how far geometries may differ; null is 1e-6.</summary>
    public double? GeometryTolerance { get; init; }

    /// <summary><c>minimumROIDimensions</c>: how many axes of the region's box must be longer than one voxel.</summary>
    public int MinimumRoiDimensions { get; init; } = 2;

    /// <summary><c>minimumROISize</c>: a region of this many voxels or fewer is refused; null does not check.</summary>
    public int? MinimumRoiSize { get; init; }

    /// <summary><c>additionalInfo</c>: give the diagnostics columns.</summary>
    public bool AdditionalInfo { get; init; } = true;
}
