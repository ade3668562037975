using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>The line of each place of a plan file, for problems that show only when several keys, or the tables, are seen together.</summary>
public sealed class PlanPlaces
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    internal PlanPlaces(PlanNode root) => Note(root, root.Line);

    /// <summary>The line of a place; of what holds it where it does not stand in the file itself.</summary>
    public int LineOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        for (string at = path; at.Length > 0;)
        {
            if (_lines.TryGetValue(at, out int line))
                return line;
            int end = at.AsSpan().LastIndexOfAny('.', '[');
            at = end < 0 ? "" : at[..end];
        }
        return 0;
    }

    private void Note(PlanNode node, int line)
    {
        _lines.TryAdd(node.Path, line);
        switch (node)
        {
            case BlockNode block:
                foreach (BlockEntry entry in block.Entries)
                    Note(entry.Value, entry.Line);
                break;
            case ListNode list:
                foreach (PlanNode item in list.Items)
                    Note(item, item.Line);
                break;
        }
    }
}
