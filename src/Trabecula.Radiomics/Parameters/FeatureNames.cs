using Trabecula.Radiomics.Features.FirstOrder;
using Trabecula.Radiomics.Features.Glcm;
using Trabecula.Radiomics.Features.Gldm;
using Trabecula.Radiomics.Features.Glrlm;
using Trabecula.Radiomics.Features.Glszm;
using Trabecula.Radiomics.Features.Ngtdm;
using Trabecula.Radiomics.Features.Shape;

namespace Trabecula.Radiomics.Parameters;

/// <summary>Names of PyRadiomics 3.0.1's feature classes and features, in its own spelling.</summary>
internal static class FeatureNames
{
    private static readonly string[] s_firstOrder = [.. FirstOrderFeatures.Names, .. DeprecatedOf(FeatureClass.FirstOrder)];
    private static readonly string[] s_shape = [.. ShapeFeatures.Names, .. DeprecatedOf(FeatureClass.Shape)];
    private static readonly string[] s_planarShape = [.. PlanarShapeFeatures.Names, .. DeprecatedOf(FeatureClass.Shape2D)];

    /// <summary>The classes, in the order of an omitted <c>featureClass</c>: alphabetical, as Python lists its
    /// modules.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["firstorder", "glcm", "gldm", "glrlm", "glszm", "ngtdm", "shape", "shape2D"];

    /// <summary>The class of a name, or null.</summary>
    public static FeatureClass? ClassOf(string name)
    {
        foreach (FeatureClass featureClass in Enum.GetValues<FeatureClass>())
        {
            if (NameOf(featureClass) == name)
                return featureClass;
        }
        return null;
    }

    /// <summary>The name of a class, as it stands in parameter files and column names.</summary>
    public static string NameOf(FeatureClass featureClass) => featureClass switch
    {
        FeatureClass.Shape => "shape",
        FeatureClass.FirstOrder => "firstorder",
        FeatureClass.Glcm => "glcm",
        FeatureClass.Glrlm => "glrlm",
        FeatureClass.Glszm => "glszm",
        FeatureClass.Gldm => "gldm",
        FeatureClass.Ngtdm => "ngtdm",
        FeatureClass.Shape2D => "shape2D",
        _ => throw new ArgumentOutOfRangeException(nameof(featureClass)),
    };

    /// <summary>The features of a class that are not deprecated, in the order of the columns: by the ASCII codes of their getters.</summary>
    public static IReadOnlyList<string> Of(FeatureClass featureClass) => featureClass switch
    {
        FeatureClass.Shape => ShapeFeatures.Names,
        FeatureClass.FirstOrder => FirstOrderFeatures.Names,
        FeatureClass.Glcm => GlcmFeatures.Names,
        FeatureClass.Glrlm => GlrlmFeatures.Names,
        FeatureClass.Glszm => GlszmFeatures.Names,
        FeatureClass.Gldm => GldmFeatures.Names,
        FeatureClass.Ngtdm => NgtdmFeatures.Names,
        FeatureClass.Shape2D => PlanarShapeFeatures.Names,
        _ => throw new ArgumentOutOfRangeException(nameof(featureClass)),
    };

    /// <summary>The features of a class that have values: those of <see cref="Of"/>, then deprecated ones.</summary>
    public static IReadOnlyList<string> Computed(FeatureClass featureClass) => featureClass switch
    {
        FeatureClass.FirstOrder => s_firstOrder,
        FeatureClass.Shape => s_shape,
        FeatureClass.Shape2D => s_planarShape,
        _ => Of(featureClass),
    };

    /// <summary>Features that PyRadiomics still accepts by name; for some of them it then writes no column.</summary>
    public static IReadOnlyList<string> DeprecatedOf(FeatureClass featureClass) => featureClass switch
    {
        FeatureClass.FirstOrder => ["StandardDeviation"],
        FeatureClass.Shape => ["Compactness1", "Compactness2", "SphericalDisproportion"],
        FeatureClass.Shape2D => ["SphericalDisproportion"],
        FeatureClass.Glcm => ["Dissimilarity", "Homogeneity1", "Homogeneity2", "SumVariance"],
        FeatureClass.Gldm => ["GrayLevelNonUniformityNormalized", "DependencePercentage"],
        _ => [],
    };
}
