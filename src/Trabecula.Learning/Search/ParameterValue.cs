using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trabecula.Learning.Search;

/// <summary>
/// The value of a hyper-parameter. Whole numbers and fractions are told apart as in Python, since they can mean different things:
/// a <c>max_features</c> of 1 is one column, of 1.0 it is all of them.
/// </summary>
public abstract record ParameterValue
{
    private ParameterValue()
    {
    }

    /// <summary>A number that was written without a decimal point.</summary>
    public sealed record Whole(long Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A number with a decimal point or an exponent; finite.</summary>
    public sealed record Number(double Value) : ParameterValue
    {
        /// <summary>The shortest text that reads back as the same number, and as no whole one.</summary>
        public override string ToString()
        {
            string text = Value.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');
            return text.AsSpan().IndexOfAny('.', 'e') < 0 ? text + ".0" : text;
        }
    }

    /// <summary>A word, as <c>sqrt</c>.</summary>
    public sealed record Word(string Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value;
    }

    /// <summary>Yes or no.</summary>
    public sealed record Flag(bool Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value ? "true" : "false";
    }

    /// <summary>No value, as a <c>max_depth</c> without a limit; YAML's and JSON's <c>null</c>.</summary>
    public sealed record None : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToString() => "null";
    }

    /// <summary>The value in JSON, which <see cref="Read"/> takes back.</summary>
    public JsonNode? ToJson() => this switch
    {
        None => null,
        Word word => JsonValue.Create(word.Value),
        _ => JsonNode.Parse(ToString()),
    };

    /// <summary>Reads a value from JSON; null where it is a list, a block, or a number that is too large.</summary>
    public static ParameterValue? Read(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => new None(),
        JsonValueKind.String => new Word(node.GetValue<string>()),
        JsonValueKind.True => new Flag(true),
        JsonValueKind.False => new Flag(false),
        JsonValueKind.Number => ReadNumber(node.ToJsonString()),
        _ => null,
    };

    /// <summary>Reads a number from its text; null where it is none, or not finite.</summary>
    public static ParameterValue? ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? new Whole(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? new Number(number)
        : null;
}
