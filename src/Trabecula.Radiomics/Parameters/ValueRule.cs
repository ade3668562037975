using System.Globalization;

namespace Trabecula.Radiomics.Parameters;

/// <summary>What PyRadiomics' schema allows as a value.</summary>
/// <param name="Expected">The rule in words, for a message.</param>
internal abstract record ValueRule(string Expected)
{
    /// <summary>Whether a value keeps the rule.</summary>
    public abstract bool Accepts(DiagnosticValue value);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static ValueRule Whole(long least = long.MinValue, long most = long.MaxValue) => new WholeRule(least, most);

    /// <summary>A number above (<paramref name="inclusive"/>: from) a bound.</summary>
    public static ValueRule Number(double least = double.NegativeInfinity, bool inclusive = false) => new NumberRule(least, inclusive);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static ValueRule Boolean { get; } = new BooleanRule();

    /// <summary>One of some names.</summary>
    public static ValueRule OneOf(params string[] names) => new ChoiceRule(names);

    /// <summary>A list of any length.</summary>
    public static ValueRule ListOf(ValueRule item) => new ListRule(item, 0, int.MaxValue);

    /// <summary>A list of some length.</summary>
    public static ValueRule ListOf(ValueRule item, int length) => new ListRule(item, length, length);

    /// <summary>A list of <paramref name="least"/> to <paramref name="most"/> values.</summary>
    public static ValueRule ListOf(ValueRule item, int least, int most) => new ListRule(item, least, most);

    /// <summary>A number, infinite or not a number too.</summary>
    public static ValueRule AnyNumber { get; } = new AnyNumberRule();

    /// <summary>SimpleITK's interpolators, by name or by number.</summary>
    public static ValueRule InterpolatorName { get; } = new InterpolatorRule();

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record WholeRule(long Least, long Most) : ValueRule(Words(Least, Most))
    {
        public override bool Accepts(DiagnosticValue value) =>
            value is DiagnosticValue.IntegerValue whole && whole.Value >= Least && whole.Value <= Most;

        private static string Words(long least, long most) => (least, most) switch
        {
            (long.MinValue, long.MaxValue) => "a whole number",
            (_, long.MaxValue) => $"a whole number from {Text(least)}",
            _ => $"a whole number from {Text(least)} to {Text(most)}",
        };
    }

    private sealed record NumberRule(double Least, bool Inclusive)
        : ValueRule(double.IsInfinity(Least) ? "a number" : $"a number {(Inclusive ? "from" : "above")} {Text(Least)}")
    {
        public override bool Accepts(DiagnosticValue value)
        {
            double? number = value switch
            {
                DiagnosticValue.IntegerValue whole => whole.Value,
                DiagnosticValue.FloatValue real when double.IsFinite(real.Value) => real.Value,
                _ => null,
            };
            return number > Least || (Inclusive && number == Least);
        }
    }

    private sealed record BooleanRule() : ValueRule("true or false")
    {
        public override bool Accepts(DiagnosticValue value) => value is DiagnosticValue.BooleanValue;
    }

    private sealed record ChoiceRule(IReadOnlyList<string> Names) : ValueRule($"one of {string.Join(", ", Names)}")
    {
        public override bool Accepts(DiagnosticValue value) => value is DiagnosticValue.TextValue text && Names.Contains(text.Value);
    }

    private sealed record AnyNumberRule() : ValueRule("a number or .nan")
    {
        public override bool Accepts(DiagnosticValue value) => value is DiagnosticValue.IntegerValue or DiagnosticValue.FloatValue;
    }

    private sealed record ListRule(ValueRule Item, int Least, int Most)
        : ValueRule($"a list of {Words(Least, Most)}, each {Item.Expected}")
    {
        public override bool Accepts(DiagnosticValue value) =>
            value is DiagnosticValue.ListValue list && list.Items.All(Item.Accepts) && list.Items.Count >= Least && list.Items.Count <= Most;

        private static string Words(int least, int most) =>
            most == int.MaxValue ? "values" : least == most ? $"{Text(least)} values" : $"{Text(least)} to {Text(most)} values";
    }

    private sealed record InterpolatorRule() : ValueRule($"a number from 1 to {Names.Length} or one of {string.Join(", ", Names)}")
    {
        private static readonly string[] Names = [.. Enum.GetNames<Interpolator>().Select(name => "sitk" + name)];

        public override bool Accepts(DiagnosticValue value) => value switch
        {
            DiagnosticValue.TextValue text => Names.Contains(text.Value),
            DiagnosticValue.IntegerValue number => number.Value >= 1 && number.Value <= Names.Length,
            _ => false,
        };
    }
}
