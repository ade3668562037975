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

    /// <summary>A list; <paramref name="length"/> 0 allows any.</summary>
    public static ValueRule ListOf(ValueRule item, int length = 0) => new ListRule(item, length);

    /// <summary>SimpleITK's interpolators, by name or by number.</summary>
    public static ValueRule Interpolator { get; } = new InterpolatorRule();

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

    private sealed record ListRule(ValueRule Item, int Length)
        : ValueRule($"a list of {(Length == 0 ? "values" : $"{Text(Length)} values")}, each {Item.Expected}")
    {
        public override bool Accepts(DiagnosticValue value) =>
            value is DiagnosticValue.ListValue list && list.Items.All(Item.Accepts) && (Length == 0 || list.Items.Count == Length);
    }

    private sealed record InterpolatorRule() : ValueRule($"a number from 1 to {Names.Length} or one of {string.Join(", ", Names)}")
    {
        private static readonly string[] Names =
        [
            "sitkNearestNeighbor", "sitkLinear", "sitkBSpline", "sitkGaussian", "sitkLabelGaussian", "sitkHammingWindowedSinc",
            "sitkCosineWindowedSinc", "sitkWelchWindowedSinc", "sitkLanczosWindowedSinc", "sitkBlackmanWindowedSinc",
        ];

        public override bool Accepts(DiagnosticValue value) => value switch
        {
            DiagnosticValue.TextValue text => Names.Contains(text.Value),
            DiagnosticValue.IntegerValue number => number.Value >= 1 && number.Value <= Names.Length,
            _ => false,
        };
    }
}
