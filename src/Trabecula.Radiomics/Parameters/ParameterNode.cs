namespace Trabecula.Radiomics.Parameters;

/// <summary>A parameter file's tree with the line of each entry; scalars have their Python type already.</summary>
internal abstract record ParameterNode(int Line)
{
    /// <summary>The value as Python would hold it.</summary>
    public abstract DiagnosticValue ToValue();
}

/// <summary>A single value.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Value">The value with its Python type.</param>
/// <param name="Source">The text as it stands in the file.</param>
internal sealed record ScalarNode(int Line, DiagnosticValue Value, string Source) : ParameterNode(Line)
{
    public override DiagnosticValue ToValue() => Value;
}

/// <summary>A list.</summary>
internal sealed record ListNode(int Line, IReadOnlyList<ParameterNode> Items) : ParameterNode(Line)
{
    public override DiagnosticValue ToValue() => new DiagnosticValue.ListValue([.. Items.Select(item => item.ToValue())]);
}

/// <summary>A block of keys and values, in the order of the file.</summary>
internal sealed record BlockNode(int Line, IReadOnlyList<BlockEntry> Entries) : ParameterNode(Line)
{
    public override DiagnosticValue ToValue() =>
        DiagnosticValue.Dictionary([.. Entries.Select(e => KeyValuePair.Create(e.Key, e.Value.ToValue()))]);
}

/// <summary>A key with its value.</summary>
internal sealed record BlockEntry(string Key, int Line, ParameterNode Value);
