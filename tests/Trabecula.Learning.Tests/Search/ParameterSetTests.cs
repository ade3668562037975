using System.Text.Json.Nodes;
using Trabecula.Learning.Search;
using Xunit;

namespace Trabecula.Learning.Tests.Search;

public sealed class ParameterSetTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1.0")]
    [InlineData("1e-05", "1e-05")]
    [InlineData("1e300", "1e300")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("0.1", "0.1")]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("\"sqrt\"", "sqrt")]
    public void Value_ThroughJson_KeepsItsTypeAndText(string json, string text)
    {
        ParameterValue value = ParameterValue.Read(JsonNode.Parse(json))!;
        Assert.Equal(text, value.ToString());
        Assert.Equal(value, ParameterValue.Read(JsonNode.Parse(value.ToJson()?.ToJsonString() ?? "null")));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("1e999")]
    public void Read_NoSingleFiniteValue_Refuses(string json) =>
        Assert.Throws<LearningException>(() => ParameterSet.Read(new JsonObject { ["C"] = JsonNode.Parse(json) }));

    [Fact]
    public void Equality_OtherOrderOfNames_IsTheSameConfiguration()
    {
        ParameterSet one = Set("""{"penalty": "l2", "C": 1.0}"""), other = Set("""{"C": 1.0, "penalty": "l2"}""");
        Assert.Equal("C=1.0, penalty=l2", one.ToString());
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, Set("""{"C": 1, "penalty": "l2"}"""));
        // Text alone does not tell a word from the number it spells.
        Assert.NotEqual(Set("""{"C": 1}"""), Set("""{"C": "1"}"""));
    }

    [Fact]
    public void Json_RoundTrip_GivesEqualSet()
    {
        ParameterSet set = Set("""{"max_depth": null, "max_features": 0.3, "n_estimators": 100, "bootstrap": false, "criterion": "gini"}""");
        Assert.Equal(set, ParameterSet.Read((JsonObject)JsonNode.Parse(set.ToJson().ToJsonString())!));
    }

    private static ParameterSet Set(string json) => ParameterSet.Read((JsonObject)JsonNode.Parse(json)!);
}
