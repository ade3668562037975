namespace Trabecula.Learning.SampleSizes;

/// <summary>
/// Subjects to tell one proportion from a fixed one by the normal approximation: PASS's "one proportion, z test with S(P0)".
/// It answers whether an event is more frequent than a number, not whether a prediction model can be made.
/// </summary>
/// <param name="NullProportion">The fixed proportion, 0 to 1.</param>
/// <param name="AlternativeProportion">The proportion to be found, 0 to 1.</param>
public sealed record OneSampleProportion(double NullProportion, double AlternativeProportion) : HypothesisTestDesign
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        RequireTwoProportions(problems, nameof(NullProportion), NullProportion, nameof(AlternativeProportion), AlternativeProportion);
        RequireErrors(problems);
        return problems;
    }

    private protected override SampleSize CalculateChecked()
    {
        (double p0, double p1) = (NullProportion, AlternativeProportion);
        double root = ZAlpha * Math.Sqrt(p0 * (1 - p0)) + ZPower * Math.Sqrt(p1 * (1 - p1));
        return new SampleSize(
            FormattableString.Invariant($"One proportion, {p0} against {p1}, {Errors}"),
            "Chow, Shao and Wang, Sample Size Calculations in Clinical Research (2008), 4.1; PASS, one proportion",
            [
                SampleSizeCriterion.Of(
                    "normal approximation", "[z(1-alpha/2) sqrt(p0 q0) + z(power) sqrt(p1 q1)]^2 / (p1 - p0)^2",
                    root * root / ((p1 - p0) * (p1 - p0))),
            ]);
    }
}
