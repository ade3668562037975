using System.Text.Json.Nodes;
using Trabecula.Learning.Models;
using Trabecula.Learning.Search;
using Xunit;

namespace Trabecula.Learning.Tests.Search;

public sealed class ModelFamilyTests
{
    [Fact]
    public void Families_OwnGrids_HoldNoFaultyConfiguration()
    {
        foreach (ModelFamily family in ModelFamilies.All)
        {
            Assert.Empty(family.DefaultGrid.Validate());
            Assert.All(family.DefaultGrid.All(), set => Assert.Empty(family.Problems(set)));
        }
    }

    [Fact]
    public void Families_Defaults_AreAllowedAndThoseOfTheModel()
    {
        foreach (ModelFamily family in ModelFamilies.All)
        {
            Assert.All(family.Parameters, parameter => Assert.Null(parameter.Problem(parameter.Default)));
            var defaults = new ParameterSet(family.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Default)));
            Assert.Equal(family.Create(ParameterSet.Empty), family.Create(defaults));
        }
    }

    [Fact]
    public void Create_WholeOrFraction_SetsTheSameStrength()
    {
        Assert.Equal(2, ((LogisticRegression)ModelFamilies.LogisticRegression.Create(Set("""{"C": 2}"""))).C);
        Assert.Equal(2, ((LogisticRegression)ModelFamilies.LogisticRegression.Create(Set("""{"C": 2.0}"""))).C);
    }

    /// <summary>What the library can do a plan can ask for; but the share for early stopping is two in ten, and the decoder is of one size.</summary>
    [Fact]
    public void TabNet_EveryOption_HasAHyperParameter()
    {
        var model = (TabNet)ModelFamilies.TabNet.Create(Set("""
            {"n_d": 9, "n_a": 7, "n_steps": 4, "gamma": 1.5, "n_independent": 1, "n_shared": 1, "lambda_sparse": 0.01, "momentum": 0.1, "epsilon": 1e-9,
            "mask_type": "entmax", "cat_emb_dim": 2, "lr": 0.1, "weight_decay": 0.1, "clip_value": 2, "scheduler": "plateau", "scheduler_factor": 0.5,
            "scheduler_epochs": 3, "batch_size": 64, "virtual_batch_size": 32, "drop_last": true, "max_epochs": 50, "patience": 5, "pretraining_epochs": 10,
            "pretraining_ratio": 0.3, "class_weight": "balanced"}
            """));
        var unset = new TabNet();
        Assert.Equal(
            [nameof(TabNet.ValidationPercent)],
            typeof(TabNet).GetProperties().Where(property => property.CanWrite && Equals(property.GetValue(model), property.GetValue(unset))).Select(property => property.Name));
        Assert.Equal(0.3, model.Pretraining!.MaskRatio);
        Assert.Equal(Schedule.Step, Of("\"step\"").Schedule);
        Assert.Equal(Schedule.Cosine, Of("\"cosine\"").Schedule);
        Assert.Equal(Schedule.None, Of("null").Schedule);

        static TabNet Of(string scheduler) => (TabNet)ModelFamilies.TabNet.Create(Set($"{{\"scheduler\": {scheduler}}}"));
    }

    [Fact]
    public void Create_FaultyConfiguration_ListsEveryProblem()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() =>
            ModelFamilies.LogisticRegression.Create(Set("""{"C": 0, "penalty": "l3", "alpha": 1}""")));
        Assert.Contains("C is 0, expected a number above 0.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("penalty is l3, expected ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Logistic regression has no hyper-parameter alpha; it has ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0.3", true)]
    [InlineData("1.0", true)]
    [InlineData("\"sqrt\"", true)]
    [InlineData("null", true)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("1.5", false)]
    [InlineData("\"Sqrt\"", false)]
    [InlineData("true", false)]
    public void HyperParameter_SeveralRules_AcceptsWhatOneOfThemAllows(string json, bool accepted)
    {
        var maxFeatures = new HyperParameter("max_features", "Columns looked at", new ParameterValue.Word("sqrt"), new AllowedValue.Word("sqrt"),
            new AllowedValue.Whole(1), new AllowedValue.Number(0, 1, AboveMinimum: true, Fraction: true), new AllowedValue.None());
        string? problem = maxFeatures.Problem(ParameterValue.Read(JsonNode.Parse(json))!);
        Assert.Equal(accepted, problem is null);
        Assert.Equal("sqrt, a whole number from 1, a fraction above 0 and at most 1.0, or null", maxFeatures.Expected);
    }

    private static ParameterSet Set(string json) => ParameterSet.Read((JsonObject)JsonNode.Parse(json)!);
}
