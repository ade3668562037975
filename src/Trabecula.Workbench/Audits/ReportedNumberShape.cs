using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Audits;

/// <summary>A number whose digits matter: 0.91 and 0.910 are not the same report.</summary>
/// <param name="minimum">The least value.</param>
/// <param name="maximum">The largest value.</param>
internal sealed class ReportedNumberShape(double minimum, double maximum) : ScalarShape<ReportedNumber>
{
    public override string Expected => double.IsPositiveInfinity(maximum)
        ? "a number with the digits that were printed, as 5.20"
        : FormattableString.Invariant($"a number from {minimum} to {maximum} with the digits that were printed, as 0.910 or 91.0%");

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("number", "string") };

    protected override bool TryParse(ScalarNode scalar, [MaybeNullWhen(false)] out ReportedNumber value)
    {
        value = ReportedNumber.Read(scalar.Text);
        return value is not null && value.Value >= minimum && value.Value <= maximum;
    }

    protected override string Cure(string text) =>
        text.EndsWith('%') || ReportedNumber.Read(text) is not { Value: > 1 and <= 100 } || maximum > 1 ? "" : $"Write {text}% for a percentage.";
}
