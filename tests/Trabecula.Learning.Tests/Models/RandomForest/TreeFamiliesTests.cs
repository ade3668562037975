using System.Text.Json.Nodes;
using Trabecula.Learning.Models;
using Trabecula.Learning.Search;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

public sealed class TreeFamiliesTests
{
    [Theory]
    [InlineData("""{}""", null, 100, 2, 1, "sqrt", ForestClassWeight.None)]
    [InlineData("""{"max_depth":null,"max_features":null,"class_weight":null}""", null, 100, 2, 1, "all", ForestClassWeight.None)]
    [InlineData("""{"max_depth":7,"n_estimators":300,"min_samples_split":5,"min_samples_leaf":4,"max_features":"log2","class_weight":"balanced"}""",
        7, 300, 5, 4, "log2", ForestClassWeight.Balanced)]
    [InlineData("""{"max_features":0.3,"class_weight":"balanced_subsample"}""", null, 100, 2, 1, "0.3", ForestClassWeight.BalancedSubsample)]
    [InlineData("""{"max_features":1}""", null, 100, 2, 1, "1", ForestClassWeight.None)]
    [InlineData("""{"max_features":1.0}""", null, 100, 2, 1, "1.0", ForestClassWeight.None)]
    public void Create_Configuration_SetsTheOptions(string json, int? depth, int trees, int split, int leaf, string columns, ForestClassWeight weight)
    {
        ParameterSet set = ParameterSet.Read(JsonNode.Parse(json)!.AsObject());
        Assert.True(MaxFeatures.TryParse(columns, out MaxFeatures features));
        Assert.Equal(
            new RandomForest
            {
                MaxDepth = depth,
                NEstimators = trees,
                MinSamplesSplit = split,
                MinSamplesLeaf = leaf,
                MaxFeatures = features,
                ClassWeight = weight,
            },
            ModelFamilies.RandomForest.Create(set));
        Assert.Equal(
            new ExtraTrees
            {
                MaxDepth = depth,
                NEstimators = trees,
                MinSamplesSplit = split,
                MinSamplesLeaf = leaf,
                MaxFeatures = features,
                ClassWeight = weight,
            },
            ModelFamilies.ExtraTrees.Create(set));
    }

    [Fact]
    public void Problems_WrongValues_AreNamed() => Assert.Equal(4, ModelFamilies.RandomForest.Problems(ParameterSet.Read(JsonNode.Parse(
        """{"max_depth":0,"max_features":1.5,"n_estimators":"many","class_weight":"heavy"}""")!.AsObject())).Count);
}
