using System.Globalization;
using System.Text.Json.Nodes;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Studies.Plans.Keys;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Plans;

/// <summary>The bounds of numbers that editors are told are those that a plan is read by: at each bound, just within and just beyond it.</summary>
public sealed class PlanBoundsTests
{
    /// <summary>A single plan may not stand without these; each kind of sample size with its required keys.</summary>
    private static readonly Dictionary<string, string[]> s_needed = new()
    {
        ["oneProportion"] = ["reference: 0.15", "expected: 0.25"],
        ["exactOneProportion"] = ["reference: 0.15", "expected: 0.25"],
        ["twoProportions"] = ["first: 0.15", "second: 0.25"],
        ["logisticPredictor"] = ["prevalence: 0.2", "oddsRatio: 1.5"],
        ["stratifiedGroupKFold"] = ["groups: ward"],
        ["development"] = ["prevalence: 0.2", "parameters: 10", "cStatistic: 0.75"],
        ["validation"] = ["prevalence: 0.2", "cStatistic: 0.75"],
    };

    /// <summary>What one key alone cannot say: a rule between several keys, or with a gap. The reader names it.</summary>
    private static readonly Dictionary<string, string> s_between = new()
    {
        ["metrics.refits = 1"] = "0 or at least 2",
        ["steps.mrmr.quotientFloor = 0"] = "one of them positive",
        // The largest R squared depends on the prevalence, and shrinkage must exceed it.
        ["sampleSize.development.r2CoxSnell = 0.749"] = "R2CoxSnell is 0.749, expected between 0 and 0.6324",
        ["sampleSize.development.shrinkage = 0.001"] = "expected above the R squared",
        ["sampleSize.validation.cStatistic = 0.501"] = "No distribution of risks was found",
        ["sampleSize.validation.cStatistic = 0.999"] = "No distribution of risks was found",
    };

    [Fact]
    public void Schema_EveryNumber_AllowsWhatTheReaderAllows()
    {
        var differing = new List<string>();
        int probed = 0;
        foreach ((string name, JsonObject schema, Func<string, string> line) in Numbers())
        {
            foreach (double value in Probes(schema))
            {
                probed++;
                string text = value.ToString("R", CultureInfo.InvariantCulture), what = $"{name} = {text}";
                string? refusal = Refusal(line(text));
                bool bySchema = Allows(schema, value);
                if (bySchema != refusal is null && !(s_between.TryGetValue(what, out string? rule) && refusal!.Contains(rule, StringComparison.Ordinal)))
                    differing.Add($"{what}: the schema {(bySchema ? "allows" : "refuses")} it, the reader says {refusal ?? "nothing"}");
            }
        }
        Assert.True(differing.Count == 0, string.Join("\n", differing));
        Assert.True(probed > 200, $"{probed} values were looked at.");
    }

    private static IEnumerable<(string Name, JsonObject Schema, Func<string, string> Line)> Numbers()
    {
        // As text and back, so that all numbers are of one kind.
        JsonObject properties = JsonNode.Parse(PlanKeys.Plan.Schema().ToJsonString())!["properties"]!.AsObject();
        foreach ((string part, bool isList) in ((string, bool)[])[("split", false), ("steps", true), ("sampling", true), ("sampleSize", true)])
        {
            JsonObject union = isList ? properties[part]!["anyOf"]![0]!["items"]!.AsObject() : properties[part]!.AsObject();
            foreach ((string kind, JsonNode? block) in union["anyOf"]![0]!["properties"]!.AsObject())
            {
                foreach ((string path, JsonObject schema) in In(block!.AsObject(), ""))
                {
                    string[] others = [.. s_needed.GetValueOrDefault(kind, []).Where(text => !text.StartsWith(path + ":", StringComparison.Ordinal) && !(path == "r2CoxSnell" && text.StartsWith("cStatistic", StringComparison.Ordinal)))];
                    yield return ($"{part}.{kind}.{path}", schema, value => $"{part}: {(isList ? "[" : "")}{{ {kind}: {Block([.. others, Nested(path, value)])} }}{(isList ? "]" : "")}");
                }
            }
        }
        foreach (string part in (string[])["search", "interpretation", "metrics"])
        {
            foreach ((string path, JsonObject schema) in In(properties[part]!.AsObject(), ""))
                yield return ($"{part}.{path}", schema, value => $"{part}: {Block([Nested(path, value)])}");
        }
        JsonObject models = properties["models"]!["anyOf"]![0]!["items"]!["anyOf"]![0]!["properties"]!.AsObject();
        foreach ((string family, JsonNode? block) in models)
        {
            JsonObject grid = block!["properties"]!["grid"]!["anyOf"]![0]!["properties"]!.AsObject();
            foreach ((string name, JsonNode? axis) in grid)
            {
                JsonObject item = axis!["anyOf"]![0]!.AsObject();
                if (item["type"]?.GetValueKind() == System.Text.Json.JsonValueKind.String && (string)item["type"]! is "number" or "integer")
                    yield return ($"models.{family}.{name}", item, value => $"models: [{{ {family}: {{ grid: {{ {Companion(family, name)}{name}: {value} }} }} }}]");
            }
        }
    }

    // Values that only a certain kind of model has.
    private static string Companion(string family, string name) => (family, name) switch
    {
        ("logisticRegression", "l1_ratio") => "penalty: elasticnet, ",
        ("svm", "degree" or "coef0") => "kernel: poly, ",
        _ => "",
    };

    private static IEnumerable<(string Path, JsonObject Schema)> In(JsonObject block, string path)
    {
        foreach ((string name, JsonNode? each) in block["properties"]?.AsObject() ?? [])
        {
            string at = path.Length == 0 ? name : $"{path}.{name}";
            JsonObject schema = each!.AsObject();
            // A list of numbers may be one.
            JsonObject number = schema["anyOf"]?[0]?["items"] is JsonObject item ? item : schema;
            if (number["type"]?.GetValueKind() == System.Text.Json.JsonValueKind.String && (string)number["type"]! is "number" or "integer")
                yield return (at, number);
            foreach ((string, JsonObject) inner in In(schema, at))
                yield return inner;
        }
    }

    private static string Block(string[] keys) => $"{{ {string.Join(", ", keys)} }}";

    private static string Nested(string path, string value) => path.Split('.').Reverse().Aggregate(value, (inner, key) => inner == value ? $"{key}: {inner}" : $"{key}: {{ {inner} }}");

    private static IEnumerable<double> Probes(JsonObject schema)
    {
        double step = (string)schema["type"]! == "integer" ? 1 : 1e-3;
        double? low = (double?)(schema["minimum"] ?? schema["exclusiveMinimum"]), high = (double?)(schema["maximum"] ?? schema["exclusiveMaximum"]);
        IEnumerable<double> near = ((double?[])[low, high]).OfType<double>().SelectMany(bound => (double[])[bound - step, bound, bound + step]);
        return near.Concat(low is null ? [-1e6] : (double[])[]).Concat(high is null ? [1e6] : (double[])[]).Distinct().Select(value => Math.Round(value, 9));
    }

    private static bool Allows(JsonObject schema, double value) =>
        !(value < (double?)schema["minimum"] || value <= (double?)schema["exclusiveMinimum"] || value > (double?)schema["maximum"] || value >= (double?)schema["exclusiveMaximum"]);

    private static string? Refusal(string line)
    {
        try
        {
            PlanText.Read(PlanText.With(line, "cohort: { table: clinical.csv, id: id, date: included }"));
            return null;
        }
        catch (PlanException refusal)
        {
            return string.Join(" ", refusal.Problems.Select(problem => problem.ToString()));
        }
    }
}
