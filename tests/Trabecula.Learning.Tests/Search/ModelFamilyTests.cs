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
