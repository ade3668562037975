using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>A list of one kind of item. A single value in its place is a list of one; nothing in its place is an empty one.</summary>
/// <param name="item">What each item is.</param>
/// <param name="fewest">The least number of items.</param>
internal sealed class ListShape<T>(Shape<T> item, int fewest = 0) : Shape<IReadOnlyList<T>>
{
    public override string Expected => FormattableString.Invariant($"a list{(fewest > 0 ? $" of at least {fewest}" : "")}, each {item.Expected}");

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        IReadOnlyList<PlanNode> nodes = node.IsEmpty ? [] : node is ListNode list ? list.Items : [node];
        var items = new List<T>();
        bool isWhole = true;
        foreach (PlanNode each in nodes)
        {
            if (item.TryRead(each, reading, out T? read))
                items.Add(read);
            else
                isWhole = false;
        }
        if (nodes.Count < fewest)
        {
            reading.Refuse(node, Expected);
            isWhole = false;
        }
        value = isWhole ? items.AsReadOnly() : null;
        return isWhole;
    }

    public override JsonObject Schema()
    {
        JsonObject items = item.Schema();
        var list = new JsonObject { ["type"] = "array", ["items"] = items };
        if (fewest > 0)
            list["minItems"] = fewest;
        var choices = new JsonArray(list, items.DeepClone());
        if (fewest == 0)
            choices.Add(new JsonObject { ["type"] = "null" });
        return new JsonObject { ["anyOf"] = choices };
    }

    public override JsonNode? Show(IReadOnlyList<T> value)
    {
        JsonNode?[] items = [.. value.Select(item.Show)];
        return items.Contains(null) ? null : new JsonArray(items);
    }
}
