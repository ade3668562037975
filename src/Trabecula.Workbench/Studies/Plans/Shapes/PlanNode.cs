namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>A piece of a plan file with its place.</summary>
/// <param name="Path">Place inside the plan, as in <c>steps[1].mrmr</c>; empty for the whole.</param>
/// <param name="Line">Line of the file, from 1.</param>
internal abstract record PlanNode(string Path, int Line)
{
    /// <summary>What a message shows of it.</summary>
    public abstract string Shown { get; }

    /// <summary>Whether nothing stands here, as behind a key whose list is commented out.</summary>
    public virtual bool IsEmpty => false;
}

/// <summary>A single value. What type it has is for the shape that reads it to say: <c>1</c> is a number where one is expected, and a
/// name where the name of a column is.</summary>
/// <param name="Path">Its place.</param>
/// <param name="Line">Its line.</param>
/// <param name="Text">The text as it stands in the file, without quotes.</param>
/// <param name="IsPlain">Whether it stands without quotes.</param>
internal sealed record ScalarNode(string Path, int Line, string Text, bool IsPlain) : PlanNode(Path, Line)
{
    public override string Shown => IsPlain ? Text : $"'{Text}'";

    public override bool IsEmpty => IsPlain && Text is "" or "~" or "null";
}

/// <summary>A list.</summary>
internal sealed record ListNode(string Path, int Line, IReadOnlyList<PlanNode> Items) : PlanNode(Path, Line)
{
    public override string Shown => FormattableString.Invariant($"a list of {Items.Count}");
}

/// <summary>A block of keys and values, in the order of the file; each key once.</summary>
internal sealed record BlockNode(string Path, int Line, IReadOnlyList<BlockEntry> Entries) : PlanNode(Path, Line)
{
    public override string Shown => $"a block of {(Entries.Count == 0 ? "nothing" : string.Join(", ", Entries.Select(entry => entry.Key)))}";
}

/// <summary>A key with its value.</summary>
internal sealed record BlockEntry(string Key, int Line, PlanNode Value);
