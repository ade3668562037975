using System.Text.Json.Nodes;

namespace Trabecula.Learning.Search;

/// <summary>
/// One configuration of a model: a value for each of some hyper-parameters, in the order of the names' letters. Those that are not
/// named keep their model's default. Immutable; equal where names and values are equal.
/// </summary>
public sealed class ParameterSet : IEquatable<ParameterSet>
{
    private readonly SortedDictionary<string, ParameterValue> _values = new(StringComparer.Ordinal);
    private readonly string _text;

    /// <summary>Takes names and values.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public ParameterSet(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach ((string name, ParameterValue value) in values)
            _values.Add(name, value);
        _text = string.Join(", ", _values.Select(each => $"{each.Key}={each.Value}"));
    }

    /// <summary>A configuration that leaves every hyper-parameter at its default.</summary>
    public static ParameterSet Empty { get; } = new([]);

    /// <summary>The names, in the order of their letters.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>A value, or null where its name is not among <see cref="Names"/>.</summary>
    public ParameterValue? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The one text of the configuration, as <c>C=0.1, penalty=l2</c>: equal texts are equal configurations.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(ParameterSet? other) => other is not null && _text == other._text && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The configuration as a JSON object, which <see cref="Read"/> takes back.</summary>
    public JsonObject ToJson() => new(_values.Select(each => KeyValuePair.Create(each.Key, each.Value.ToJson())));

    /// <summary>Reads a configuration from JSON.</summary>
    /// <exception cref="LearningException">A value is a list or a block.</exception>
    public static ParameterSet Read(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new ParameterSet(json.Select(each => KeyValuePair.Create(each.Key, ParameterValue.Read(each.Value) ?? throw new LearningException(
            $"{each.Key} is {each.Value!.ToJsonString()}, expected one number, word, true, false or null.", "Give each hyper-parameter one value."))));
    }

    /// <summary>A number, whole or not; <paramref name="unset"/> where the set does not name it.</summary>
    internal double Number(string name, double unset) => this[name] switch
    {
        null => unset,
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Number number => number.Value,
        { } other => throw WrongType(name, other, "a number"),
    };

    /// <summary>A whole number; <paramref name="unset"/> where the set does not name it.</summary>
    internal int Whole(string name, int unset) => this[name] switch
    {
        null => unset,
        ParameterValue.Whole whole => checked((int)whole.Value),
        { } other => throw WrongType(name, other, "a whole number"),
    };

    /// <summary>A word; <paramref name="unset"/> where the set does not name it or has no value for it.</summary>
    internal string Word(string name, string unset) => this[name] switch
    {
        null or ParameterValue.None => unset,
        ParameterValue.Word word => word.Value,
        { } other => throw WrongType(name, other, "a word"),
    };

    /// <summary>Yes or no; <paramref name="unset"/> where the set does not name it.</summary>
    internal bool Flag(string name, bool unset) => this[name] switch
    {
        null => unset,
        ParameterValue.Flag flag => flag.Value,
        { } other => throw WrongType(name, other, "true or false"),
    };

    private static ArgumentException WrongType(string name, ParameterValue found, string expected) => new($"{name} is {found}, expected {expected}.");
}
