using Trabecula.Learning;

namespace Trabecula.Workbench.Studies.Interpretations;

/// <summary>
/// Families of predictors by PyRadiomics' names, as <c>wavelet-LLH_glcm_Idn</c>: by the image that a feature was computed on, and by what it measures.
/// Every feature is in one family of either kind.
/// </summary>
internal static class FeatureFamilies
{
    private const string Clinical = "clinical", Shape = "shape", Other = "other radiomic";

    private static readonly (string Prefix, string Family)[] s_images =
    [
        ("original", "original image"), ("wavelet", "wavelet"), ("log-sigma", "LoG"), ("gradient", "gradient"), ("squareroot", "square root"), ("square", "square"),
        ("logarithm", "logarithm"), ("exponential", "exponential"), ("lbp", "local binary pattern"),
    ];

    // Levels of wavelets above the first carry their number: wavelet2-LLH.
    private static readonly char[] s_digits = [.. "0123456789"];

    private static readonly string[] s_textures = ["glcm", "glrlm", "glszm", "gldm", "ngtdm"];

    /// <summary>The family of the image: clinical, shape (which is of the mask), original image, wavelet, LoG, gradient and so on.</summary>
    internal static string OfImage(FeatureColumn column)
    {
        if (Parts(column) is not [string image, string featureClass, ..])
            return Unnamed(column);
        return featureClass.StartsWith(Shape, StringComparison.Ordinal) ? Shape
            : s_images.FirstOrDefault(each => image.Split('-')[0].TrimEnd(s_digits) == each.Prefix || image == each.Prefix || image.StartsWith(each.Prefix + "-", StringComparison.Ordinal)).Family ?? Other;
    }

    /// <summary>The family of the measure: clinical, shape, first-order, texture.</summary>
    internal static string OfMeasure(FeatureColumn column) => Parts(column) switch
    {
        [_, "firstorder", ..] => "first-order",
        [_, string featureClass, ..] when featureClass.StartsWith(Shape, StringComparison.Ordinal) => Shape,
        [_, string featureClass, ..] when s_textures.Contains(featureClass) => "texture",
        _ => Unnamed(column),
    };

    private static string[] Parts(FeatureColumn column) =>
        column.Source == ColumnSource.Radiomic && column.Name.Split('_') is { Length: >= 3 } parts ? parts : [];

    private static string Unnamed(FeatureColumn column) => column.Source == ColumnSource.Clinical ? Clinical : Other;
}
