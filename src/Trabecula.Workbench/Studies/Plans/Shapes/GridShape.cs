using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>The grid of a family of models: for each hyper-parameter the values to try; one block, or a list of blocks.</summary>
internal sealed class GridShape(ModelFamily family) : Shape<ParameterGrid>
{
    // Conflicts between values of different hyper-parameters are looked for in this many configurations.
    private const int MostChecked = 20_000;
    private const int MostShown = 3;

    public override string Expected => $"values to try for {WordList.Or([.. family.Parameters.Select(parameter => parameter.Name)])}";

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out ParameterGrid value)
    {
        value = null;
        var blocks = new List<IReadOnlyList<ParameterAxis>>();
        bool isWhole = true;
        foreach (PlanNode each in node is ListNode list ? list.Items : [node])
            isWhole &= TryReadBlock(each, reading, blocks);
        return isWhole && IsConsistent(value = new ParameterGrid(blocks), node, reading);
    }

    public override JsonObject Schema()
    {
        var block = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(family.Parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Name, Axis(parameter)))),
        };
        return new JsonObject { ["anyOf"] = new JsonArray(block, new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = block.DeepClone() }) };
    }

    /// <summary>Whether a grid has each configuration once and none that the model refuses.</summary>
    internal bool IsConsistent(ParameterGrid grid, PlanNode node, PlanReading reading)
    {
        IReadOnlyList<string> problems = grid.Validate();
        if (problems.Count == 0)
        {
            problems = [.. grid.All().Take(MostChecked)
                .SelectMany(set => family.Problems(set).Select(problem => (Problem: problem, Set: set)))
                .DistinctBy(each => each.Problem, StringComparer.Ordinal).Take(MostShown).Select(each => $"{{{each.Set}}}: {each.Problem}")];
        }
        foreach (string problem in problems)
            reading.RefuseWhole(node, problem);
        return problems.Count == 0;
    }

    /// <summary>The hyper-parameter that an entry names; null where the family has none of this name, which is then a problem.</summary>
    internal HyperParameter? Find(BlockEntry entry, PlanReading reading)
    {
        HyperParameter? known = family.Parameters.FirstOrDefault(parameter => parameter.Name == entry.Key);
        if (known is null)
            reading.RefuseName(entry.Line, entry.Value.Path, entry.Key, $"hyper-parameter of {family.Key}", [.. family.Parameters.Select(parameter => parameter.Name)]);
        return known;
    }

    /// <summary>The value of a hyper-parameter; null where it is not allowed, which is then a problem.</summary>
    internal static ParameterValue? ReadValue(PlanNode node, HyperParameter parameter, PlanReading reading)
    {
        ParameterValue? value = node is ScalarNode scalar ? Resolve(scalar) : null;
        if (value is not null && parameter.Problem(value) is null)
            return value;
        reading.Refuse(node, parameter.Expected);
        return null;
    }

    private bool TryReadBlock(PlanNode node, PlanReading reading, List<IReadOnlyList<ParameterAxis>> blocks)
    {
        if (node is not BlockNode block)
        {
            reading.Refuse(node, Expected);
            return false;
        }
        var axes = new List<ParameterAxis>();
        bool isWhole = true;
        foreach (BlockEntry entry in block.Entries)
        {
            if (Find(entry, reading) is not { } parameter)
            {
                isWhole = false;
                continue;
            }
            IReadOnlyList<PlanNode> items = entry.Value is ListNode list ? list.Items : [entry.Value];
            ParameterValue?[] values = [.. items.Select(item => ReadValue(item, parameter, reading))];
            isWhole &= !values.Contains(null);
            axes.Add(new ParameterAxis(entry.Key, [.. values.OfType<ParameterValue>()]));
        }
        blocks.Add(axes);
        return isWhole;
    }

    private static ParameterValue Resolve(ScalarNode scalar) => scalar switch
    {
        { IsPlain: false } => new ParameterValue.Word(scalar.Text),
        { IsEmpty: true } => new ParameterValue.None(),
        { Text: "true" or "false" } => new ParameterValue.Flag(scalar.Text == "true"),
        _ => ParameterValue.ReadNumber(scalar.Text) ?? new ParameterValue.Word(scalar.Text),
    };

    private static JsonObject Axis(HyperParameter parameter)
    {
        JsonObject item = RuleSchema.Of(parameter.Allowed);
        return new JsonObject
        {
            ["description"] = $"{parameter.Meaning}. By itself {parameter.Default}",
            ["anyOf"] = new JsonArray(item, new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = item.DeepClone() }),
        };
    }
}
