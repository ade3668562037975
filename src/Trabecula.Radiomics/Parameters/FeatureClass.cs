namespace Trabecula.Radiomics.Parameters;

/// <summary>PyRadiomics' feature classes.</summary>
public enum FeatureClass
{
    /// <summary><c>shape</c>: size and shape of the region, from the mask alone.</summary>
    Shape,
    /// <summary><c>firstorder</c>: distribution of intensities.</summary>
    FirstOrder,
    /// <summary><c>glcm</c>: grey-level co-occurrence matrix.</summary>
    Glcm,
    /// <summary><c>glrlm</c>: grey-level run-length matrix.</summary>
    Glrlm,
    /// <summary><c>glszm</c>: grey-level size-zone matrix.</summary>
    Glszm,
    /// <summary><c>gldm</c>: grey-level dependence matrix.</summary>
    Gldm,
    /// <summary><c>ngtdm</c>: neighbouring grey-tone difference matrix.</summary>
    Ngtdm,
    /// <summary><c>shape2D</c>: size and shape of a region of one slice.</summary>
    Shape2D,
}

/// <summary>A feature class and the features wanted of it.</summary>
/// <param name="Class">The class.</param>
/// <param name="Features">Names as PyRadiomics spells them, in output order and each once; null means all that are not deprecated.</param>
public sealed record FeatureClassSelection(FeatureClass Class, IReadOnlyList<string>? Features)
{
    /// <summary>Whether the class needs no intensities.</summary>
    public bool IsOfMaskAlone => Class is FeatureClass.Shape or FeatureClass.Shape2D;
}
