using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>
/// One of several kinds, each with options of its own: a block of one key, the kind's name, as in <c>mrmr: { count: 20 }</c>, or the name
/// alone where the options keep their defaults.
/// </summary>
/// <param name="what">What the kinds are kinds of, as <c>step</c>.</param>
internal sealed class UnionShape<T>(string what) : Shape<T>
{
    private readonly List<Kind> _kinds = [];

    /// <summary>The names of the kinds.</summary>
    public IReadOnlyList<string> Names => [.. _kinds.Select(kind => kind.Name)];

    public override string Expected => $"a {what}: {WordList.Or(Names)}";

    /// <summary>Adds a kind with options.</summary>
    public UnionShape<T> Add<V>(string name, BlockShape<V> options) where V : T
    {
        _kinds.Add(new Kind(name, options.Meaning, options.IsOptional, Read, options.Schema));
        return this;

        bool Read(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out T value)
        {
            bool isRead = options.TryRead(node, reading, out V? options1);
            value = options1;
            return isRead;
        }
    }

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is ScalarNode { IsEmpty: false } word)
            return Find(word.Text, word.Line, word.Path, reading) is { } kind && kind.TryRead(new BlockNode(word.Path, word.Line, []), reading, out value);
        if (node is not BlockNode block)
        {
            reading.Refuse(node, Expected);
            return false;
        }
        if (block.Entries.Count != 1)
        {
            reading.Refuse(node, $"one {what}", $"Give one of {string.Join(", ", Names)}, its options indented under it.");
            return false;
        }
        BlockEntry entry = block.Entries[0];
        return Find(entry.Key, entry.Line, entry.Value.Path, reading) is { } known && known.TryRead(entry.Value, reading, out value);
    }

    public override JsonObject Schema()
    {
        var words = new JsonArray([.. _kinds.Where(kind => kind.IsOptional).Select(kind => (JsonNode)kind.Name)]);
        var block = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
            ["properties"] = new JsonObject(_kinds.Select(kind => KeyValuePair.Create<string, JsonNode?>(kind.Name, kind.Schema()))),
        };
        return new JsonObject { ["anyOf"] = words.Count == 0 ? new JsonArray(block) : new JsonArray(block, new JsonObject { ["enum"] = words }) };
    }

    private Kind? Find(string name, int line, string path, PlanReading reading)
    {
        Kind? known = _kinds.Find(kind => kind.Name == name);
        if (known is null)
            reading.RefuseName(line, path, name, what, Names);
        return known;
    }

    private delegate bool Reader(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out T value);

    private sealed record Kind(string Name, string Meaning, bool IsOptional, Reader TryRead, Func<JsonObject> Schema);
}
