namespace Trabecula.Radiomics.Parameters;

/// <summary>A filter whose output features are computed on.</summary>
/// <param name="Settings">The general settings with the overrides that stand under this image type: they count for its features too.</param>
public abstract record ImageTypeSelection(ExtractionSettings Settings);

/// <summary><c>Original</c>: no filter.</summary>
public sealed record OriginalImageType(ExtractionSettings Settings) : ImageTypeSelection(Settings);

/// <summary><c>LoG</c>: Laplacian of Gaussian, one image per sigma.</summary>
public sealed record LogImageType(ExtractionSettings Settings, IReadOnlyList<LogSigma> Sigmas) : ImageTypeSelection(Settings);

/// <summary><c>Wavelet</c>: the subbands of the undecimated transform.</summary>
/// <param name="Settings"><inheritdoc cref="ImageTypeSelection" path="/param"/></param>
/// <param name="Wavelet">PyWavelets' name of a discrete wavelet, as in <c>coif1</c>.</param>
/// <param name="StartLevel">Levels that are computed and left out.</param>
/// <param name="Levels">Levels that are given, at least 1.</param>
public sealed record WaveletImageType(ExtractionSettings Settings, string Wavelet = "coif1", int StartLevel = 0, int Levels = 1) : ImageTypeSelection(Settings);

/// <summary><c>Gradient</c>: gradient magnitude, per millimetre or (<paramref name="UseSpacing"/> false) per voxel.</summary>
public sealed record GradientImageType(ExtractionSettings Settings, bool UseSpacing = true) : ImageTypeSelection(Settings);

/// <summary><c>Square</c>, <c>SquareRoot</c>, <c>Logarithm</c> and <c>Exponential</c>: a function of each voxel, scaled by the largest magnitude.</summary>
public sealed record PointwiseImageType(ExtractionSettings Settings, PointwiseFunction Function) : ImageTypeSelection(Settings);

/// <summary><c>LBP2D</c>: local binary patterns in planes across <c>force2Ddimension</c>.</summary>
/// <param name="Settings"><inheritdoc cref="ImageTypeSelection" path="/param"/></param>
/// <param name="Radius">Radius of the circle in voxels.</param>
/// <param name="Samples">Samples on the circle.</param>
/// <param name="Method">scikit-image's name: <c>default</c>, <c>ror</c>, <c>uniform</c> or <c>var</c>.</param>
public sealed record Lbp2DImageType(ExtractionSettings Settings, double Radius = 1, int Samples = 8, string Method = "uniform") : ImageTypeSelection(Settings);

/// <summary><c>LBP3D</c>: local binary patterns on a sphere, by spherical harmonics.</summary>
/// <param name="Settings"><inheritdoc cref="ImageTypeSelection" path="/param"/></param>
/// <param name="Levels">Degrees of spherical harmonics, from 0; one image for each.</param>
/// <param name="Radius">Radius of the sphere in voxels.</param>
/// <param name="Subdivision">How often the icosahedron's triangles are divided in four.</param>
public sealed record Lbp3DImageType(ExtractionSettings Settings, int Levels = 2, double Radius = 1, int Subdivision = 1) : ImageTypeSelection(Settings);

/// <summary>The filters that look at a voxel alone.</summary>
public enum PointwiseFunction
{
    /// <summary>(x / sqrt(M))², M the largest magnitude of the image; the sign is lost.</summary>
    Square,
    /// <summary>± sqrt(M |x|).</summary>
    SquareRoot,
    /// <summary>± log(|x| + 1), scaled so that the largest magnitude stays M.</summary>
    Logarithm,
    /// <summary>exp(x log(M) / M).</summary>
    Exponential,
}

/// <summary>A sigma of the Laplacian of Gaussian.</summary>
/// <param name="Mm">The standard deviation in millimetres.</param>
/// <param name="Text">Python's text of the number, which names the columns: <c>1.0</c> and <c>1</c> give different names.</param>
public readonly record struct LogSigma(double Mm, string Text)
{
    /// <summary>The image's name, as in <c>log-sigma-1-0-mm-3D</c>.</summary>
    public string ImageName => $"log-sigma-{Text.Replace('.', '-')}-mm-3D";
}
