namespace Trabecula.Radiomics.Parameters;

/// <summary>Names of PyRadiomics 3.0.1's feature classes and features, in its own spelling.</summary>
internal static class FeatureNames
{
    /// <summary>The classes that this version computes, in the order of an omitted <c>featureClass</c>: alphabetical, as Python lists its
    /// modules.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["firstorder", "glcm", "gldm", "glrlm", "glszm", "ngtdm", "shape"];

    /// <summary>The class of planar shapes, which needs <c>force2D</c>.</summary>
    public const string PlanarShape = "shape2D";

    /// <summary>The class of a name, or null.</summary>
    public static FeatureClass? ClassOf(string name) => name switch
    {
        "firstorder" => FeatureClass.FirstOrder,
        "glcm" => FeatureClass.Glcm,
        "gldm" => FeatureClass.Gldm,
        "glrlm" => FeatureClass.Glrlm,
        "glszm" => FeatureClass.Glszm,
        "ngtdm" => FeatureClass.Ngtdm,
        "shape" => FeatureClass.Shape,
        _ => null,
    };

    /// <summary>The features of a class that are not deprecated.</summary>
    public static IReadOnlyList<string> Of(FeatureClass featureClass) => featureClass switch
    {
        FeatureClass.FirstOrder => Split(
            "Energy TotalEnergy Entropy Minimum 10Percentile 90Percentile Maximum Mean Median InterquartileRange Range " +
            "MeanAbsoluteDeviation RobustMeanAbsoluteDeviation RootMeanSquared Skewness Kurtosis Variance Uniformity"),
        FeatureClass.Shape => Split(
            "MeshVolume VoxelVolume SurfaceArea SurfaceVolumeRatio Sphericity Maximum3DDiameter Maximum2DDiameterSlice " +
            "Maximum2DDiameterColumn Maximum2DDiameterRow MajorAxisLength MinorAxisLength LeastAxisLength Elongation Flatness"),
        FeatureClass.Glcm => Split(
            "Autocorrelation JointAverage ClusterProminence ClusterShade ClusterTendency Contrast Correlation DifferenceAverage " +
            "DifferenceEntropy DifferenceVariance JointEnergy JointEntropy Imc1 Imc2 Idm MCC Idmn Id Idn InverseVariance " +
            "MaximumProbability SumAverage SumEntropy SumSquares"),
        FeatureClass.Glrlm => Split(
            "ShortRunEmphasis LongRunEmphasis GrayLevelNonUniformity GrayLevelNonUniformityNormalized RunLengthNonUniformity " +
            "RunLengthNonUniformityNormalized RunPercentage GrayLevelVariance RunVariance RunEntropy LowGrayLevelRunEmphasis " +
            "HighGrayLevelRunEmphasis ShortRunLowGrayLevelEmphasis ShortRunHighGrayLevelEmphasis LongRunLowGrayLevelEmphasis " +
            "LongRunHighGrayLevelEmphasis"),
        FeatureClass.Glszm => Split(
            "SmallAreaEmphasis LargeAreaEmphasis GrayLevelNonUniformity GrayLevelNonUniformityNormalized SizeZoneNonUniformity " +
            "SizeZoneNonUniformityNormalized ZonePercentage GrayLevelVariance ZoneVariance ZoneEntropy LowGrayLevelZoneEmphasis " +
            "HighGrayLevelZoneEmphasis SmallAreaLowGrayLevelEmphasis SmallAreaHighGrayLevelEmphasis LargeAreaLowGrayLevelEmphasis " +
            "LargeAreaHighGrayLevelEmphasis"),
        FeatureClass.Gldm => Split(
            "SmallDependenceEmphasis LargeDependenceEmphasis GrayLevelNonUniformity DependenceNonUniformity " +
            "DependenceNonUniformityNormalized GrayLevelVariance DependenceVariance DependenceEntropy LowGrayLevelEmphasis " +
            "HighGrayLevelEmphasis SmallDependenceLowGrayLevelEmphasis SmallDependenceHighGrayLevelEmphasis " +
            "LargeDependenceLowGrayLevelEmphasis LargeDependenceHighGrayLevelEmphasis"),
        FeatureClass.Ngtdm => Split("Coarseness Contrast Busyness Complexity Strength"),
        _ => throw new ArgumentOutOfRangeException(nameof(featureClass), featureClass, "Not a feature class."),
    };

    /// <summary>Features that PyRadiomics still accepts by name; for some of them it then writes no column.</summary>
    public static IReadOnlyList<string> DeprecatedOf(FeatureClass featureClass) => featureClass switch
    {
        FeatureClass.FirstOrder => ["StandardDeviation"],
        FeatureClass.Shape => ["Compactness1", "Compactness2", "SphericalDisproportion"],
        FeatureClass.Glcm => ["Dissimilarity", "Homogeneity1", "Homogeneity2", "SumVariance"],
        FeatureClass.Gldm => ["GrayLevelNonUniformityNormalized", "DependencePercentage"],
        _ => [],
    };

    private static string[] Split(string names) => names.Split(' ');
}
