using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Descriptions;

/// <summary>What a feature means.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Name">PyRadiomics' name, as in <c>Contrast</c>.</param>
/// <param name="IbsiCode">The four characters by which the Image Biomarker Standardisation Initiative knows the same feature; null where it has none.</param>
/// <param name="Formula">Its formula in the symbols of its class.</param>
/// <param name="Definition">What it measures, in a sentence or two.</param>
/// <param name="Remarks">What to know beside that.</param>
public sealed record FeatureDescription(
    FeatureClass Class, string Name, string? IbsiCode, string Formula, string Definition, IReadOnlyList<string> Remarks)
{
    /// <summary>Class and name, as they stand in a column: <c>glcm_Contrast</c>.</summary>
    public string FullName => $"{FeatureNames.NameOf(Class)}_{Name}";
}

/// <summary>What the features of a class have in common.</summary>
/// <param name="Class">The class.</param>
/// <param name="Title">Its name in words.</param>
/// <param name="About">What it looks at, and the symbols of its formulas.</param>
/// <param name="Undefined">When a value of the class is NaN.</param>
/// <param name="Source">Where the definitions come from.</param>
/// <param name="Features">Its features: those with columns in their order, then deprecated ones.</param>
public sealed record ClassDescription(
    FeatureClass Class, string Title, string About, string Undefined, string Source, IReadOnlyList<FeatureDescription> Features)
{
    /// <summary>The class as it stands in parameter files and columns.</summary>
    public string Name => FeatureNames.NameOf(Class);
}
