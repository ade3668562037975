using System.Text.Json.Nodes;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;

namespace Trabecula.Learning;

/// <summary>Who reads which fitted type: a line for each, in the order of the alphabet.</summary>
internal static class FittedTypes
{
    internal static Dictionary<string, Func<JsonObject, object>> Readers() => new(StringComparer.Ordinal)
    {
        [nameof(FittedForest)] = FittedForest.Read,
        [nameof(FittedLogisticRegression)] = FittedLogisticRegression.Read,
        [nameof(FittedStandardScaler)] = FittedStandardScaler.Read,
        [nameof(FittedTabNet)] = FittedTabNet.Read,
    };
}
