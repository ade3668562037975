using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>One configuration of a family of models: a value for each of some hyper-parameters.</summary>
internal sealed class ConfigurationShape(ModelFamily family) : Shape<ParameterSet>
{
    private readonly GridShape _grid = new(family);

    public override string Expected => "one configuration, as in { C: 0.1 }";

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out ParameterSet value)
    {
        value = null;
        if (node is not BlockNode block)
        {
            reading.Refuse(node, Expected);
            return false;
        }
        var values = new List<KeyValuePair<string, ParameterValue>>();
        foreach (BlockEntry entry in block.Entries)
        {
            if (_grid.Find(entry, reading) is { } parameter && GridShape.ReadValue(entry.Value, parameter, reading) is { } found)
                values.Add(KeyValuePair.Create(entry.Key, found));
        }
        value = new ParameterSet(values);
        return values.Count == block.Entries.Count;
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(family.Parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Name, RuleSchema.Of(parameter.Allowed)))),
    };
}
