using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>A single value: shapes that differ in how they understand its text.</summary>
internal abstract class ScalarShape<T> : Shape<T>
{
    public sealed override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out T value)
    {
        if (node is ScalarNode scalar && TryParse(scalar, out value))
            return true;
        value = default;
        reading.Refuse(node, Expected, node is ScalarNode { IsPlain: true } plain ? Cure(plain.Text) : "");
        return false;
    }

    protected abstract bool TryParse(ScalarNode scalar, [MaybeNullWhen(false)] out T value);

    /// <summary>What may help with a value that is refused.</summary>
    protected virtual string Cure(string text) => "";
}

/// <summary>Any text that is not empty; numbers and words of YAML count as text here.</summary>
/// <param name="what">What the text is, as <c>the name of a column</c>.</param>
internal sealed class TextShape(string what) : ScalarShape<string>
{
    public override string Expected => what;

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    public override JsonNode? Show(string value) => value.Length == 0 ? null : JsonValue.Create(value);

    protected override bool TryParse(ScalarNode scalar, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        return !scalar.IsEmpty && !string.IsNullOrWhiteSpace(scalar.Text);
    }
}

/// <summary>A number that a rule allows.</summary>
internal sealed class NumberShape(double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity, bool aboveMinimum = false, bool belowMaximum = false) : ScalarShape<double>
{
    private readonly AllowedValue.Number _rule = new(minimum, maximum, aboveMinimum, BelowMaximum: belowMaximum);

    public override string Expected => double.IsNegativeInfinity(_rule.Minimum) ? "a number" : _rule.ToString();

    public override JsonObject Schema() => RuleSchema.Of(_rule);

    public override JsonNode Show(double value) => JsonValue.Create(value);

    protected override bool TryParse(ScalarNode scalar, out double value)
    {
        ParameterValue? number = scalar.IsPlain ? ParameterValue.ReadNumber(scalar.Text) : null;
        value = number switch { ParameterValue.Whole whole => whole.Value, ParameterValue.Number fraction => fraction.Value, _ => 0 };
        return number is not null && _rule.Accepts(number);
    }
}

/// <summary>A whole number that a rule allows.</summary>
internal sealed class WholeShape(int minimum, int maximum = int.MaxValue) : ScalarShape<int>
{
    private readonly AllowedValue.Whole _rule = new(minimum, maximum);

    public override string Expected => _rule.ToString();

    public override JsonObject Schema() => RuleSchema.Of(_rule);

    public override JsonNode Show(int value) => JsonValue.Create(value);

    protected override bool TryParse(ScalarNode scalar, out int value)
    {
        value = 0;
        if (!scalar.IsPlain || ParameterValue.ReadNumber(scalar.Text) is not ParameterValue.Whole whole || !_rule.Accepts(whole))
            return false;
        value = (int)whole.Value;
        return true;
    }
}

/// <summary>A seed: a whole number from 0 to 2⁶⁴ - 1.</summary>
internal sealed class SeedShape : ScalarShape<ulong>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {ulong.MaxValue}");

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = ulong.MaxValue };

    public override JsonNode Show(ulong value) => JsonValue.Create(value);

    protected override bool TryParse(ScalarNode scalar, out ulong value) =>
        ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && scalar.IsPlain;
}

/// <summary>A date of ISO 8601: year, month, day.</summary>
internal sealed class DateShape : ScalarShape<DateOnly>
{
    public override string Expected => "a date as 2024-01-31";

    public override JsonObject Schema() => new() { ["type"] = "string", ["format"] = "date" };

    protected override bool TryParse(ScalarNode scalar, out DateOnly value) =>
        DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
}

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class FlagShape : ScalarShape<bool>
{
    public override string Expected => "true or false";

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    public override JsonNode Show(bool value) => JsonValue.Create(value);

    protected override bool TryParse(ScalarNode scalar, out bool value)
    {
        value = scalar.Text == "true";
        return scalar.IsPlain && scalar.Text is "true" or "false";
    }
}

/// <summary>One of the names of an enum, written with a small first letter.</summary>
internal sealed class ChoiceShape<T> : ScalarShape<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> s_byName =
        Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.Ordinal);

    public override string Expected => WordList.Or([.. s_byName.Keys]);

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. s_byName.Keys.Select(name => (JsonNode)name)]) };

    public override JsonNode Show(T value) => JsonValue.Create(s_byName.First(each => each.Value.Equals(value)).Key);

    protected override bool TryParse(ScalarNode scalar, out T value) => s_byName.TryGetValue(scalar.Text, out value);

    protected override string Cure(string text) => Spelling.Nearest(text, s_byName.Keys) is { } nearest ? $"Did you mean {nearest}?" : "";
}
