using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trabecula.Learning;

/// <summary>The parts that fitted states have in common: lists of numbers and of columns. Doubles are written so that they read back equal.</summary>
internal static class StateJson
{
    internal static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(Number)];

    /// <summary>JSON knows neither infinity nor NaN: these are written as texts.</summary>
    internal static JsonNode Number(double value) => double.IsFinite(value)
        ? JsonValue.Create(value)
        : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture))!;

    internal static JsonArray Integers(IEnumerable<int> values) => [.. values.Select(value => (JsonNode)JsonValue.Create(value))];

    internal static JsonArray Texts(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)JsonValue.Create(value)!)];

    internal static JsonArray Columns(IEnumerable<FeatureColumn> columns) =>
    [
        .. columns.Select(column =>
        {
            var node = new JsonObject { ["name"] = column.Name, ["kind"] = column.Kind.ToString(), ["source"] = column.Source.ToString() };
            if (column.Levels.Count > 0)
                node["levels"] = Texts(column.Levels);
            return (JsonNode)node;
        }),
    ];

    internal static double[] Numbers(JsonObject state, string key) => [.. state[key]!.AsArray().Select(value => Number(value!))];

    internal static double Number(JsonNode value) => value.GetValueKind() == JsonValueKind.String
        ? double.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture)
        : value.GetValue<double>();

    internal static int[] Integers(JsonObject state, string key) => [.. state[key]!.AsArray().Select(value => value!.GetValue<int>())];

    internal static string[] Texts(JsonObject state, string key) => [.. state[key]!.AsArray().Select(value => value!.GetValue<string>())];

    internal static FeatureColumn[] Columns(JsonObject state, string key) =>
    [
        .. state[key]!.AsArray().Select(node => new FeatureColumn(
            node!["name"]!.GetValue<string>(), Enum.Parse<ColumnKind>(node["kind"]!.GetValue<string>()),
            Enum.Parse<ColumnSource>(node["source"]!.GetValue<string>()))
        {
            Levels = node["levels"] is null ? [] : Texts(node.AsObject(), "levels"),
        }),
    ];
}
