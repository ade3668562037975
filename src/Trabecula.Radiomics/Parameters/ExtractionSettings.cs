using Trabecula.Imaging;

namespace Trabecula.Radiomics.Parameters;

/// <summary>
/// PyRadiomics' <c>setting</c> block, with its defaults; what only one image type reads stands in its selection. Property names are
/// PyRadiomics' keys with the unit added where there is one.
/// </summary>
public sealed record ExtractionSettings
{
    // One list for all, so that default settings are equal to each other.
    private static readonly IReadOnlyList<int> s_neighbours = [1];

    /// <summary><c>label</c>: the label of the region in the mask.</summary>
    public uint Label { get; init; } = 1;

    /// <summary><c>binWidth</c>: width of a grey-level bin, in units of the image (after normalisation, if any).</summary>
    public double BinWidth { get; init; } = 25;

    /// <summary><c>binCount</c>: this many bins between the region's minimum and maximum, in place of <see cref="BinWidth"/>.</summary>
    public int? BinCount { get; init; }

    /// <summary><c>normalize</c>: z-score over all voxels of the file.</summary>
    public bool Normalize { get; init; }

    /// <summary><c>normalizeScale</c>: factor after normalisation.</summary>
    public double NormalizeScale { get; init; } = 1;

    /// <summary><c>removeOutliers</c>: clip to this many standard deviations after normalisation; null keeps all.</summary>
    public double? RemoveOutliers { get; init; }

    /// <summary><c>resampledPixelSpacing</c>: new spacing in millimetres, 0 for the mask's own; null does not resample.</summary>
    public Vector3D? ResampledPixelSpacingMm { get; init; }

    /// <summary><c>interpolator</c>: how intensities are interpolated; null does not resample, whatever spacing is given.</summary>
    public Interpolator? Interpolator { get; init; } = Parameters.Interpolator.BSpline;

    /// <summary><c>preCrop</c>: without resampling, filters see the region's box with <see cref="PadDistance"/> instead of the whole file.</summary>
    public bool PreCrop { get; init; }

    /// <summary><c>padDistance</c>: voxels kept around the region's box when resampling or with <see cref="PreCrop"/>.</summary>
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

    /// <summary><c>label_channel</c>: the component of a mask whose voxels are vectors.</summary>
    public int LabelChannel { get; init; }

    /// <summary><c>resegmentRange</c>: the region keeps only voxels from the lower to the upper bound, both included; one number is a lower
    /// bound only, null keeps all.</summary>
    public IReadOnlyList<double>? ResegmentRange { get; init; }

    /// <summary><c>resegmentMode</c>: what the bounds of <see cref="ResegmentRange"/> mean.</summary>
    public ResegmentMode ResegmentMode { get; init; }

    /// <summary><c>resegmentShape</c>: shape features too are those of the resegmented region.</summary>
    public bool ResegmentShape { get; init; }

    /// <summary><c>voxelArrayShift</c>: added to intensities for Energy, TotalEnergy and RootMeanSquared.</summary>
    public long VoxelArrayShift { get; init; }

    /// <summary><c>distances</c>: the shells of neighbours (Chebyshev distance in voxels) of GLCM, GLDM and NGTDM.</summary>
    public IReadOnlyList<int> Distances { get; init; } = s_neighbours;

    /// <summary><c>force2D</c>: no neighbours across <see cref="Force2DDimension"/>.</summary>
    public bool Force2D { get; init; }

    /// <summary><c>force2Ddimension</c>: the axis that 2-D planes lie across, as an array axis: 0 is z, 1 is y, 2 is x.</summary>
    public int Force2DDimension { get; init; }

    /// <summary><c>symmetricalGLCM</c>: count each pair both ways.</summary>
    public bool SymmetricalGlcm { get; init; } = true;

    /// <summary><c>weightingNorm</c>: sum GLCM and GLRLM over the directions with a weight by distance; null averages features instead.</summary>
    public WeightingNorm? WeightingNorm { get; init; }

    /// <summary><c>gldm_a</c>: a neighbour depends on its centre when their levels differ by at most this.</summary>
    public int GldmA { get; init; }

    /// <summary>The <c>voxelSetting</c> block, for feature maps.</summary>
    public VoxelSettings Voxel { get; init; } = VoxelSettings.Default;
}

/// <summary>SimpleITK's interpolators by its numbers, as <c>interpolator</c> takes them.</summary>
public enum Interpolator
{
    /// <summary><c>sitkNearestNeighbor</c>.</summary>
    NearestNeighbor = 1,
    /// <summary><c>sitkLinear</c>: trilinear.</summary>
    Linear = 2,
    /// <summary><c>sitkBSpline</c>: cubic interpolating spline.</summary>
    BSpline = 3,
    /// <summary><c>sitkGaussian</c>: Gaussian of 0.8 voxels, cut off at 4 standard deviations.</summary>
    Gaussian = 4,
    /// <summary><c>sitkLabelGaussian</c>: the value that the most Gaussian weight stands for.</summary>
    LabelGaussian = 5,
    /// <summary><c>sitkHammingWindowedSinc</c>, radius 5.</summary>
    HammingWindowedSinc = 6,
    /// <summary><c>sitkCosineWindowedSinc</c>, radius 5.</summary>
    CosineWindowedSinc = 7,
    /// <summary><c>sitkWelchWindowedSinc</c>, radius 5.</summary>
    WelchWindowedSinc = 8,
    /// <summary><c>sitkLanczosWindowedSinc</c>, radius 5.</summary>
    LanczosWindowedSinc = 9,
    /// <summary><c>sitkBlackmanWindowedSinc</c>, radius 5.</summary>
    BlackmanWindowedSinc = 10,
}

/// <summary>What <c>resegmentRange</c> is measured in.</summary>
public enum ResegmentMode
{
    /// <summary>Intensities, after normalisation if there is one.</summary>
    Absolute,
    /// <summary>Fractions of the region's maximum.</summary>
    Relative,
    /// <summary>Standard deviations (with n) from the region's mean.</summary>
    Sigma,
}

/// <summary>How the length of a step between voxels, in millimetres, is measured.</summary>
public enum WeightingNorm
{
    /// <summary>Square root of the sum of squares.</summary>
    Euclidean,
    /// <summary>Sum along the axes.</summary>
    Manhattan,
    /// <summary>Largest along the axes.</summary>
    Infinity,
    /// <summary>All directions count the same.</summary>
    NoWeighting,
}

/// <summary>PyRadiomics' <c>voxelSetting</c> block. <c>voxelBatch</c> is accepted and changes nothing: memory is bounded without it.</summary>
public sealed record VoxelSettings
{
    /// <summary>PyRadiomics' defaults.</summary>
    public static VoxelSettings Default { get; } = new();

    /// <summary><c>kernelRadius</c>: voxels that the cube around a voxel reaches to each side.</summary>
    public int KernelRadius { get; init; } = 1;

    /// <summary><c>maskedKernel</c>: only voxels of the region count in a cube.</summary>
    public bool MaskedKernel { get; init; } = true;

    /// <summary><c>initValue</c>: the maps' value outside the region.</summary>
    public double InitValue { get; init; }
}
