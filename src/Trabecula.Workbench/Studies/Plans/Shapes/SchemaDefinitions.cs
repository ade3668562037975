using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>
/// Says once what a schema says several times: equal parts become <c>definitions</c> (draft 7) that <c>$ref</c> points to. A shape is used in
/// many places, and a single item may stand for a list of one, so that the schema as shapes write it is several times as long.
/// </summary>
internal sealed class SchemaDefinitions
{
    // A reference takes some 40 characters itself.
    private const int Shortest = 100;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonNode> _definitions = new(StringComparer.Ordinal);

    private SchemaDefinitions()
    {
    }

    /// <summary>The same schema, its repeated parts under <c>definitions</c>.</summary>
    public static JsonObject Hoist(JsonObject schema)
    {
        var definitions = new SchemaDefinitions();
        definitions.Count(schema);
        JsonObject hoisted = Map(schema, "plan", definitions.Replace);
        if (definitions._definitions.Count > 0)
            hoisted["definitions"] = new JsonObject(definitions._definitions.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value)));
        return hoisted;
    }

    private void Count(JsonObject schema)
    {
        string text = schema.ToJsonString();
        _counts[text] = _counts.GetValueOrDefault(text) + 1;
        Map(schema, "", (part, _) =>
        {
            Count(part);
            return part.DeepClone();
        });
    }

    /// <summary>In draft 7 nothing beside a <c>$ref</c> counts, so a part is replaced as a whole, with its description and default.</summary>
    private JsonNode Replace(JsonObject schema, string place)
    {
        string text = schema.ToJsonString();
        if (text.Length < Shortest || _counts[text] < 2)
            return Map(schema, place, Replace);
        if (!_names.TryGetValue(text, out string? name))
        {
            _names[text] = name = Unused(place);
            _definitions[name] = Map(schema, place, Replace);
        }
        return new JsonObject { ["$ref"] = $"#/definitions/{name}" };
    }

    /// <summary>A schema with each schema directly in it replaced.</summary>
    private static JsonObject Map(JsonObject schema, string place, Func<JsonObject, string, JsonNode> replace) => new(schema.Select(each => KeyValuePair.Create(each.Key, each switch
    {
        { Key: "properties" or "patternProperties", Value: JsonObject named } =>
            new JsonObject(named.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)replace(one.Value!.AsObject(), each.Key == "properties" ? one.Key : place)))),
        { Key: "anyOf", Value: JsonArray several } => new JsonArray([.. several.Select(one => replace(one!.AsObject(), place))]),
        { Key: "items", Value: JsonObject item } => replace(item, place),
        _ => each.Value?.DeepClone(),
    })));

    private string Unused(string place)
    {
        string name = place;
        for (int i = 2; _names.ContainsValue(name); i++)
            name = FormattableString.Invariant($"{place}-{i}");
        return name;
    }
}
