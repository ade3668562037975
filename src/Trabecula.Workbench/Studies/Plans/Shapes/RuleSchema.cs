using System.Text.Json.Nodes;
using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>The rules of hyper-parameters as JSON schemas.</summary>
internal static class RuleSchema
{
    /// <summary>The schema of values of which one rule holds.</summary>
    public static JsonObject Of(IReadOnlyList<AllowedValue> rules)
    {
        string[] words = [.. rules.OfType<AllowedValue.Word>().Select(word => word.Value)];
        var schemas = new List<JsonObject>();
        if (words.Length > 0)
            schemas.Add(new JsonObject { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) });
        schemas.AddRange(rules.Where(rule => rule is not AllowedValue.Word).Select(Of));
        return schemas.Count == 1 ? schemas[0] : new JsonObject { ["anyOf"] = new JsonArray([.. schemas]) };
    }

    /// <summary>The schema of a rule.</summary>
    public static JsonObject Of(AllowedValue rule)
    {
        switch (rule)
        {
            case AllowedValue.None:
                return new JsonObject { ["type"] = "null" };
            case AllowedValue.Flag:
                return new JsonObject { ["type"] = "boolean" };
            case AllowedValue.Word word:
                return new JsonObject { ["const"] = word.Value };
            case AllowedValue.Whole whole:
                var integer = new JsonObject { ["type"] = "integer", ["minimum"] = whole.Minimum };
                if (whole.Maximum != int.MaxValue)
                    integer["maximum"] = whole.Maximum;
                return integer;
            case AllowedValue.Number number:
                var real = new JsonObject { ["type"] = "number" };
                if (double.IsFinite(number.Minimum))
                    real[number.AboveMinimum ? "exclusiveMinimum" : "minimum"] = number.Minimum;
                if (double.IsFinite(number.Maximum))
                    real[number.BelowMaximum ? "exclusiveMaximum" : "maximum"] = number.Maximum;
                return real;
            default:
                throw new ArgumentException($"{rule} has no schema.", nameof(rule));
        }
    }
}
