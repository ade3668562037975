using System.Text.Json.Nodes;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;

namespace Trabecula.Learning;

/// <summary>Who reads which fitted type: a line for each, in the order of the alphabet.</summary>
internal static class FittedTypes
{
    internal static Dictionary<string, Func<JsonObject, object>> Readers() => new(StringComparer.Ordinal)
    {
        [nameof(ColumnExclusion)] = ColumnExclusion.Read,
        [nameof(FittedAdaptiveScaler)] = FittedAdaptiveScaler.Read,
        [nameof(FittedColumnChoice)] = FittedColumnChoice.Read,
        [nameof(FittedCorrelationFilter)] = FittedCorrelationFilter.Read,
        [nameof(FittedForest)] = FittedForest.Read,
        [nameof(FittedImputer)] = FittedImputer.Read,
        [nameof(FittedLassoSelection)] = FittedLassoSelection.Read,
        [nameof(FittedLogisticRegression)] = FittedLogisticRegression.Read,
        [nameof(FittedMrmr)] = FittedMrmr.Read,
        [nameof(FittedOneHotEncoder)] = FittedOneHotEncoder.Read,
        [nameof(FittedReproducibilityFilter)] = FittedReproducibilityFilter.Read,
        [nameof(FittedStandardScaler)] = FittedStandardScaler.Read,
        [nameof(FittedSupportVectorMachine)] = FittedSupportVectorMachine.Read,
        [nameof(FittedTabNet)] = FittedTabNet.Read,
        [nameof(FittedUnivariateScreening)] = FittedUnivariateScreening.Read,
        [nameof(FittedVarianceFilter)] = FittedVarianceFilter.Read,
    };
}
