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

    private static string Reason(FeatureClass featureClass, string[] names)
    {
        bool isUsual = featureClass is FeatureClass.Glcm or FeatureClass.Glrlm
            || featureClass == FeatureClass.FirstOrder && names.All(name => name.EndsWith("_RobustMeanAbsoluteDeviation", StringComparison.Ordinal));
        return isUsual
            ? FeatureCatalogue.Classes.First(each => each.Class == featureClass).Undefined
            : "the image has no value in voxels of the region, or values too large for its sums";
    }
}
