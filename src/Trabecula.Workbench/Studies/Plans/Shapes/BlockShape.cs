using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>A block of named keys, read into a record: each key changes one property of a record of defaults.</summary>
/// <param name="defaults">The record when no key stands there.</param>
/// <param name="meaning">What the block is, in one line.</param>
internal sealed class BlockShape<T>(T defaults, string meaning) : Shape<T>
{
    private readonly List<Key> _keys = [];
    private readonly List<Func<T, IEnumerable<string>>> _checks = [];

    /// <summary>What the block is, in one line.</summary>
    public string Meaning => meaning;

    /// <summary>Whether the block may be left empty.</summary>
    public bool IsOptional => _keys.TrueForAll(key => !key.IsRequired);

    public override string Expected => $"a block of {WordList.Or([.. _keys.Select(key => key.Name)])}";

    /// <summary>Adds a key that may be left out.</summary>
    /// <param name="name">The key.</param>
    /// <param name="explanation">What it means, in one line.</param>
    /// <param name="shape">What its value is.</param>
    /// <param name="get">The property, for its default.</param>
    /// <param name="set">The record with another value of it.</param>
    public BlockShape<T> Optional<V>(string name, string explanation, Shape<V> shape, Func<T, V> get, Func<T, V, T> set) =>
        Add(name, explanation, shape, get(defaults) is { } unset ? shape.Show(unset) : null, set, isRequired: false);

    /// <summary>Adds a key that may be left out and has no value then.</summary>
    /// <inheritdoc cref="Optional{V}(string, string, Shape{V}, Func{T, V}, Func{T, V, T})"/>
    public BlockShape<T> Optional<V>(string name, string explanation, Shape<V> shape, Func<T, V, T> set) =>
        Add(name, explanation, shape, null, set, isRequired: false);

    /// <summary>Adds a key that must stand there.</summary>
    /// <inheritdoc cref="Optional{V}(string, string, Shape{V}, Func{T, V}, Func{T, V, T})"/>
    public BlockShape<T> Required<V>(string name, string explanation, Shape<V> shape, Func<T, V, T> set) =>
        Add(name, explanation, shape, null, set, isRequired: true);

    /// <summary>Adds a check over several keys, which runs when each of them alone is right.</summary>
    public BlockShape<T> Check(Func<T, IEnumerable<string>> problems)
    {
        _checks.Add(problems);
        return this;
    }

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not BlockNode && !node.IsEmpty)
        {
            reading.Refuse(node, Expected);
            return false;
        }
        IReadOnlyList<BlockEntry> entries = node is BlockNode block ? block.Entries : [];
        T record = defaults;
        bool isWhole = true;
        foreach (BlockEntry entry in entries)
        {
            if (_keys.Find(key => key.Name == entry.Key) is { } known)
                isWhole &= known.TryApply(entry.Value, reading, ref record);
            else
            {
                reading.RefuseName(entry.Line, entry.Value.Path, entry.Key, "key here", [.. _keys.Select(key => key.Name)]);
                isWhole = false;
            }
        }
        foreach (Key missing in _keys.Where(key => key.IsRequired && entries.All(entry => entry.Key != key.Name)))
        {
            reading.RefuseWhole(node, $"The key {missing.Name} is missing.", $"Add {missing.Name}: {missing.Meaning}.");
            isWhole = false;
        }
        if (!isWhole)
            return false;
        string[] problems = [.. _checks.SelectMany(check => check(record))];
        foreach (string problem in problems)
            reading.RefuseWhole(node, problem);
        value = record;
        return problems.Length == 0;
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["description"] = meaning,
            ["type"] = IsOptional ? new JsonArray("object", "null") : "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(_keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Name, key.Describe()))),
        };
        if (!IsOptional)
            schema["required"] = new JsonArray([.. _keys.Where(key => key.IsRequired).Select(key => (JsonNode)key.Name)]);
        return schema;
    }

    private BlockShape<T> Add<V>(string name, string explanation, Shape<V> shape, JsonNode? unset, Func<T, V, T> set, bool isRequired)
    {
        _keys.Add(new Key(name, explanation, isRequired, Apply, Describe));
        return this;

        bool Apply(PlanNode node, PlanReading reading, ref T record)
        {
            if (!shape.TryRead(node, reading, out V? value))
                return false;
            record = set(record, value);
            return true;
        }

        JsonObject Describe()
        {
            JsonObject schema = shape.Schema();
            schema.Remove("description");
            schema.Insert(0, "description", explanation);
            if (unset is not null)
                schema["default"] = unset.DeepClone();
            return schema;
        }
    }

    private delegate bool Application(PlanNode node, PlanReading reading, ref T record);

    private sealed record Key(string Name, string Meaning, bool IsRequired, Application TryApply, Func<JsonObject> Describe);
}
