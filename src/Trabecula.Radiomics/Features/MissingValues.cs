using Trabecula.Radiomics.Descriptions;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features;

/// <summary>Says which features have no value, and why: no NaN is silent.</summary>
internal static class MissingValues
{
    private const int NamedFeatures = 3;

    /// <summary>One sentence for each class that has features without a value.</summary>
    public static IEnumerable<string> Describe(IReadOnlyList<FeatureValue> features)
    {
        foreach (IGrouping<string, FeatureValue> ofClass in features.Where(feature => double.IsNaN(feature.Value)).GroupBy(feature => feature.Name.Split('_')[^2]))
        {
            string[] names = [.. ofClass.Select(feature => feature.Name)];
            string shown = names.Length <= NamedFeatures ? string.Join(", ", names) : FormattableString.Invariant($"{names.Length} {ofClass.Key} features");
            yield return $"No value (NaN) of {shown}: {Reason(FeatureNames.ClassOf(ofClass.Key)!.Value, names)}.";
        }
    }

    /// <summary>One sentence for each class, and each reason, of the maps that have voxels without a value.</summary>
    /// <param name="missing">Maps, with the count of voxels that have none.</param>
    /// <param name="voxels">The region's voxels.</param>
    public static IEnumerable<string> DescribeMaps(IEnumerable<(string Map, int Voxels)> missing, int voxels)
    {
        foreach (var ofClass in missing.GroupBy(map => (Class: map.Map.Split('_')[^2], IsAverage: IsJointAverage(map.Map))))
        {
            (string Map, int Voxels)[] worst = [.. ofClass.OrderByDescending(map => map.Voxels)];
            string shown = string.Join(", ", worst.Take(NamedFeatures).Select(map => FormattableString.Invariant($"{map.Map} in {map.Voxels} of {voxels} voxels")));
            int more = worst.Length - NamedFeatures;
            string others = more > 0 ? FormattableString.Invariant($" and of {more} more {ofClass.Key.Class} {(more == 1 ? "map" : "maps")}") : "";
            string reason = ofClass.Key.IsAverage ? "their kernel holds no pair along a direction in which others do; PyRadiomics averages these with the rest"
                : $"within their kernel {Reason(FeatureNames.ClassOf(ofClass.Key.Class)!.Value, [.. worst.Select(map => map.Map)])}";
            yield return $"No value (NaN) in the map of {shown}{others}: {reason}.";
        }
    }

    private static bool IsJointAverage(string map) => map.EndsWith("_glcm_JointAverage", StringComparison.Ordinal);

    private static string Reason(FeatureClass featureClass, string[] names)
    {
        bool isUsual = featureClass is FeatureClass.Glcm or FeatureClass.Glrlm
            || featureClass == FeatureClass.FirstOrder && names.All(name => name.EndsWith("_RobustMeanAbsoluteDeviation", StringComparison.Ordinal));
        return isUsual
            ? FeatureCatalogue.Classes.First(each => each.Class == featureClass).Undefined
            : "the image has no value in voxels of the region, or values too large for its sums";
    }
}
