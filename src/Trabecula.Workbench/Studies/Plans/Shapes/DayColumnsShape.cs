using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>A column for each of some days, as in <c>{ 3: vas_d3, 30: vas_d30 }</c>.</summary>
internal sealed class DayColumnsShape : Shape<IReadOnlyDictionary<int, string>>
{
    private static readonly TextShape s_column = new("the name of a column");

    public override string Expected => "a column for each day, as in { 3: vas_d3, 30: vas_d30 }";

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out IReadOnlyDictionary<int, string> value)
    {
        value = null;
        if (node is not BlockNode { Entries.Count: > 0 } block)
        {
            reading.Refuse(node, Expected);
            return false;
        }
        var columns = new SortedDictionary<int, string>();
        bool isWhole = true;
        foreach (BlockEntry entry in block.Entries)
        {
            if (!int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int day))
            {
                reading.RefuseWhole(entry.Value, $"'{entry.Key}' is no day, expected a whole number from 0.");
                isWhole = false;
            }
            if (s_column.TryRead(entry.Value, reading, out string? column))
                columns[day] = column;
            else
                isWhole = false;
        }
        value = isWhole ? columns : null;
        return isWhole;
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["additionalProperties"] = false,
        ["patternProperties"] = new JsonObject { ["^[0-9]+$"] = s_column.Schema() },
    };
}
