namespace Trabecula.Radiomics.Parameters;

/// <summary>A filter whose output features are computed on. <paramref name="Settings"/> are the general settings with the
/// overrides that stand under this image type: they count for its features too.</summary>
public abstract record ImageTypeSelection(ExtractionSettings Settings);

/// <summary><c>Original</c>: no filter.</summary>
public sealed record OriginalImageType(ExtractionSettings Settings) : ImageTypeSelection(Settings);

/// <summary><c>LoG</c>: Laplacian of Gaussian, one image per sigma.</summary>
public sealed record LogImageType(ExtractionSettings Settings, IReadOnlyList<LogSigma> Sigmas) : ImageTypeSelection(Settings);

/// <summary><c>Wavelet</c>: coif1, one level, eight subbands.</summary>
public sealed record WaveletImageType(ExtractionSettings Settings) : ImageTypeSelection(Settings);

/// <summary><c>Gradient</c>: gradient magnitude with regard to spacing.</summary>
public sealed record GradientImageType(ExtractionSettings Settings) : ImageTypeSelection(Settings);

/// <summary>A sigma of the Laplacian of Gaussian.</summary>
/// <param name="Mm">The standard deviation in millimetres.</param>
/// <param name="Text">Python's text of the number, which names the columns: <c>1.0</c> and <c>1</c> give different names.</param>
public readonly record struct LogSigma(double Mm, string Text)
{
    /// <summary>The image's name, as in <c>log-sigma-1-0-mm-3D</c>.</summary>
    public string ImageName => $"log-sigma-{Text.Replace('.', '-')}-mm-3D";
}
