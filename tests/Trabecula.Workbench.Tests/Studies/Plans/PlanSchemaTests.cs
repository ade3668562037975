using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans.Keys;
using Trabecula.Workbench.Studies.Plans.Shapes;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Plans;

/// <summary>The schema that editors complete and check plans by.</summary>
public sealed class PlanSchemaTests
{
    private static readonly JsonObject s_schema = JsonNode.Parse(PlanWriter.Schema())!.AsObject();

    [Fact]
    public void Schema_WithItsDefinitionsPutBack_IsWhatTheShapesWrite()
    {
        JsonObject expanded = Expand(s_schema).AsObject();
        foreach (string own in (string[])["$schema", "title", "definitions"])
            Assert.True(expanded.Remove(own), own);
        Assert.True(JsonNode.DeepEquals(PlanKeys.Plan.Schema(), expanded));
        // Without definitions it is five times as long.
        Assert.True(PlanWriter.Schema().Length < 130_000);
    }

    [Fact]
    public void Schema_OfDraft7_HasNothingBesideAReference() =>
        Assert.All(Blocks(s_schema).Where(block => block.ContainsKey("$ref")), block => Assert.Single(block));

    [Fact]
    public void Schema_ExamplePlans_AreValid()
    {
        foreach (string text in (string[])[StudyExample.Sound(), StudyExample.Paper(), PlanText.Least])
            Assert.Empty(Faults(text));
    }

    // What the reader refuses in one key alone, an editor should mark too.
    [Theory]
    [InlineData("titel: x", "titel")]
    [InlineData("seed: -1", "seed")]
    [InlineData("search: { choice: first }", "search.choice")]
    [InlineData("steps: [{ mrmr: { counts: 3 } }]", "steps")]
    [InlineData("models: [{ svm: { grid: { C: [-1] } } }]", "models")]
    [InlineData("eligibility: [{ include: Pain, all: [{ atLeast: 3 }] }]", "eligibility")]
    [InlineData("outcome: { scores: { day3: a } }", "outcome.scores.day3")]
    [InlineData("cohort: { table: a.csv }", "cohort.id")]
    public void Schema_FaultyPlan_IsMarkedAtItsPlace(string line, string place)
    {
        Assert.NotEmpty(PlanText.Problems(PlanText.With(line)));
        Assert.Contains(place, Faults(PlanText.With(line)));
    }

    /// <summary>The guide's table has a row for each key of a plan, in the order of the keys.</summary>
    [Fact]
    public void Guide_TableOfKeys_HasEachKeyOnce()
    {
        string[] rows = [.. Regex.Matches(GuideTable(), @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(row => row.Groups[1].Value)];
        Assert.Equal(s_schema["properties"]!.AsObject().Select(key => key.Key), rows);
    }

    /// <summary>What the guide calls a key, a value or a kind anywhere is one.</summary>
    [Fact]
    public void Guide_Options_AreKeysOrWordsOfTheSchema()
    {
        HashSet<string> known = [.. Blocks(s_schema).SelectMany(block => block.Select(each => each.Key)), .. Blocks(s_schema)
            .SelectMany(block => block["enum"]?.AsArray() ?? []).Select(word => (string)word!)];
        string[] unknown = [.. Regex.Matches(GuideTable(), @"`([a-z]\w*)`").Select(word => word.Groups[1].Value).Where(word => !known.Contains(word) && word is not ("true" or "false")).Distinct()];
        Assert.Empty(unknown);
    }

    private static string GuideTable()
    {
        string guide = File.ReadAllText(Path.Combine(Root(), "docs", "guide", "study.md"));
        int start = guide.IndexOf("| key | what it says |", StringComparison.Ordinal);
        return guide[start..guide.IndexOf("\n\n", start, StringComparison.Ordinal)];
    }

    private static string Root()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Trabecula.slnx")))
            root = root.Parent;
        return root!.FullName;
    }

    private static string[] Faults(string plan)
    {
        PlanNode root = PlanTree.Read(plan, [])!;
        return [.. Faults(s_schema, Json(root), "").Distinct()];
    }

    /// <summary>YAML's own types, as an editor sees them.</summary>
    private static JsonNode? Json(PlanNode node) => node switch
    {
        BlockNode block => new JsonObject(block.Entries.Select(entry => KeyValuePair.Create(entry.Key, Json(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Json)]),
        ScalarNode { IsEmpty: true } => null,
        ScalarNode { IsPlain: true, Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        ScalarNode { IsPlain: true } word when double.TryParse(word.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => JsonValue.Create(number),
        ScalarNode word => JsonValue.Create(word.Text),
        _ => throw new ArgumentException(node.ToString()),
    };

    /// <summary>The keywords of JSON Schema draft 7 that the schema uses; others fail the test.</summary>
    private static IEnumerable<string> Faults(JsonObject schema, JsonNode? value, string path)
    {
        foreach ((string keyword, JsonNode? rule) in schema)
        {
            var block = value as JsonObject;
            var list = value as JsonArray;
            double? number = value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;
            IEnumerable<string> faults = keyword switch
            {
                "$schema" or "title" or "description" or "default" or "definitions" or "format" => [],
                "$ref" => Faults(Definition(rule!), value, path),
                "type" => (rule is JsonArray types ? types.Any(type => IsOf(value, (string)type!)) : IsOf(value, (string)rule!)) ? [] : [path],
                "enum" => rule!.AsArray().Any(each => JsonNode.DeepEquals(each, value)) ? [] : [path],
                "const" => JsonNode.DeepEquals(rule, value) ? [] : [path],
                "minimum" => number >= (double)rule! || number is null ? [] : [path],
                "exclusiveMinimum" => number > (double)rule! || number is null ? [] : [path],
                "maximum" => number <= (double)rule! || number is null ? [] : [path],
                "exclusiveMaximum" => number < (double)rule! || number is null ? [] : [path],
                "minItems" => list?.Count < (int)rule! ? [path] : [],
                "minProperties" => block?.Count < (int)rule! ? [path] : [],
                "maxProperties" => block?.Count > (int)rule! ? [path] : [],
                "items" => list is null ? [] : list.SelectMany(item => Faults(rule!.AsObject(), item, path)),
                "anyOf" => rule!.AsArray().Any(each => !Faults(each!.AsObject(), value, path).Any()) ? [] : [path],
                "required" => block is null ? [] : rule!.AsArray().Select(name => (string)name!).Where(name => !block.ContainsKey(name)).Select(name => Join(path, name)),
                "properties" => block is null ? [] : block.Where(each => rule![each.Key] is not null).SelectMany(each => Faults(rule![each.Key]!.AsObject(), each.Value, Join(path, each.Key))),
                "patternProperties" => block is null ? [] : block.SelectMany(each => rule!.AsObject().Where(pattern => Regex.IsMatch(each.Key, pattern.Key))
                    .SelectMany(pattern => Faults(pattern.Value!.AsObject(), each.Value, Join(path, each.Key)))),
                "additionalProperties" => block is null ? [] : block.Select(each => each.Key).Where(key => !IsKnown(schema, key)).Select(key => Join(path, key)),
                _ => throw new ArgumentException($"The keyword {keyword} is not known here."),
            };
            foreach (string fault in faults)
                yield return fault;
        }
    }

    private static bool IsKnown(JsonObject schema, string key) =>
        schema["properties"]?[key] is not null || schema["patternProperties"]?.AsObject().Any(pattern => Regex.IsMatch(key, pattern.Key)) == true;

    private static bool IsOf(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Number => type == "number" || (type == "integer" && double.IsInteger(value!.GetValue<double>())),
        _ => type == "null",
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static JsonObject Definition(JsonNode reference) => s_schema["definitions"]![((string)reference!).Split('/')[^1]]!.AsObject();

    private static JsonNode Expand(JsonNode node) => node switch
    {
        JsonObject block when block.ContainsKey("$ref") => Expand(Definition(block["$ref"]!)),
        JsonObject block => new JsonObject(block.Select(each => KeyValuePair.Create(each.Key, each.Value is null ? null : (JsonNode?)Expand(each.Value)))),
        JsonArray list => new JsonArray([.. list.Select(each => each is null ? null : Expand(each))]),
        _ => node.DeepClone(),
    };

    private static IEnumerable<JsonObject> Blocks(JsonNode? node) => node switch
    {
        JsonObject block => block.SelectMany(each => Blocks(each.Value)).Prepend(block),
        JsonArray list => list.SelectMany(Blocks),
        _ => [],
    };
}
