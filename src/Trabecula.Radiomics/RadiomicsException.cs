namespace Trabecula.Radiomics;

/// <summary>A region, image or parameter from which features cannot be computed. The message names the cause and the cure.</summary>
/// <param name="stage">Where it happened.</param>
/// <param name="problem">What is wrong: the value found and what was expected.</param>
/// <param name="cure">What the user can do.</param>
public sealed class RadiomicsException(ExtractionStage stage, string problem, string cure) : Exception($"{problem} {cure}")
{
    /// <summary>Where it happened.</summary>
    public ExtractionStage Stage { get; } = stage;

    /// <summary>What is wrong: the value found and what was expected.</summary>
    public string Problem { get; } = problem;

    /// <summary>What the user can do.</summary>
    public string Cure { get; } = cure;
}

/// <summary>The steps of one extraction, in their order.</summary>
public enum ExtractionStage
{
    /// <summary>Parameters are read.</summary>
    Parameters,
    /// <summary>Image and mask are read.</summary>
    Reading,
    /// <summary>The mask is checked against the image, and the region against its limits.</summary>
    MaskCheck,
    /// <summary>Intensities are normalised over the whole file.</summary>
    Normalization,
    /// <summary>Image and mask are resampled.</summary>
    Resampling,
    /// <summary>Filters are applied.</summary>
    Filtering,
    /// <summary>Intensities are put into bins.</summary>
    Discretization,
    /// <summary>Features are computed.</summary>
    Features,
}
