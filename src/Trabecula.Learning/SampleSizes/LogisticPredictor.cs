namespace Trabecula.Learning.SampleSizes;

/// <summary>Subjects to find the association of one normally distributed predictor with a binary outcome.</summary>
/// <param name="Prevalence">The event's share at the predictor's mean, 0 to 1.</param>
/// <param name="OddsRatio">For one standard deviation; not 1.</param>
public sealed record LogisticPredictor(double Prevalence, double OddsRatio) : HypothesisTestDesign
{
    /// <summary>Squared multiple correlation with the other predictors, 0 to 1.</summary>
    public double OtherPredictorsR2 { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        RequireBetween(problems, nameof(Prevalence), Prevalence, 0, 1);
        RequireBetween(problems, nameof(OddsRatio), OddsRatio, 0, double.PositiveInfinity);
        if (OddsRatio == 1)
            problems.Add("OddsRatio is 1, expected a difference from it.");
        if (!(OtherPredictorsR2 is >= 0 and < 1))
            problems.Add(FormattableString.Invariant($"OtherPredictorsR2 is {OtherPredictorsR2}, expected from 0 to below 1."));
        RequireErrors(problems);
        return problems;
    }

    private protected override SampleSize CalculateChecked()
    {
        double z = ZAlpha + ZPower, beta = Math.Log(OddsRatio);
        return new SampleSize(
            FormattableString.Invariant($"One predictor of odds ratio {OddsRatio} a deviation, prevalence {Prevalence}, {Errors}"),
            "Hsieh, Bloch and Larsen, Stat. Med. 17 (1998) 1623, eq. 1 and 3",
            [
                SampleSizeCriterion.Of(
                    "logistic regression", "[z(1-alpha/2) + z(power)]^2 / [p (1 - p) ln(OR)^2 (1 - R2)]",
                    z * z / (Prevalence * (1 - Prevalence) * beta * beta * (1 - OtherPredictorsR2))),
            ]);
    }
}
