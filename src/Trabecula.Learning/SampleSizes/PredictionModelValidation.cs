using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.SampleSizes;

/// <summary>Subjects to validate a prediction model with precise estimates of discrimination and calibration.</summary>
/// <param name="Prevalence">The event's share expected, 0 to 1.</param>
/// <param name="CStatistic">The C statistic expected, 0.5 to 1.</param>
public sealed record PredictionModelValidation(double Prevalence, double CStatistic) : SampleSizeDesign
{
    /// <summary>Width of the 95 % interval of the C statistic.</summary>
    public double CStatisticWidth { get; init; } = 0.1;

    /// <summary>Width of the 95 % interval of the calibration slope, for a normal linear predictor and a slope of 1.</summary>
    public double SlopeWidth { get; init; } = 0.4;

    /// <summary>Standard error of the logarithm of observed by expected events; 0.102 gives an interval of width 0.4.</summary>
    public double ObservedExpectedError { get; init; } = 0.102;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        RequireBetween(problems, nameof(Prevalence), Prevalence, 0, 1);
        RequireBetween(problems, nameof(CStatistic), CStatistic, 0.5, 1);
        RequireBetween(problems, nameof(CStatisticWidth), CStatisticWidth, 0, 1);
        RequireBetween(problems, nameof(SlopeWidth), SlopeWidth, 0, double.PositiveInfinity);
        RequireBetween(problems, nameof(ObservedExpectedError), ObservedExpectedError, 0, double.PositiveInfinity);
        return problems;
    }

    private protected override SampleSize CalculateChecked()
    {
        double slopeError = SlopeWidth / (2 * Distributions.Normal975);
        return new SampleSize(
            FormattableString.Invariant($"Validation of a prediction model, prevalence {Prevalence}, C statistic {CStatistic}"),
            "Riley et al., Stat. Med. 40 (2021) 4230; Newcombe, Stat. Med. 25 (2006) 559",
            [
                SampleSizeCriterion.Of(
                    "C statistic",
                    "min n: C (1 - C) [1 + (n/2 - 1) (1 - C) / (2 - C) + (n/2 - 1) C / (1 + C)] / [n^2 p (1 - p)] <= (width / 3.92)^2",
                    ForCStatistic()),
                SampleSizeCriterion.Of(
                    "calibration slope", "I(a) / {SE^2 [I(a) I(b) - I(ab)^2]}, SE = width / 3.92",
                    LinearPredictor.Of(Prevalence, CStatistic).SlopeVariance / (slopeError * slopeError)),
                SampleSizeCriterion.Of(
                    "observed by expected", "(1 - p) / (p SE^2)",
                    (1 - Prevalence) / (Prevalence * ObservedExpectedError * ObservedExpectedError)),
            ]);
    }

    /// <summary>The positive root of Newcombe's variance, a quadratic equation in n.</summary>
    private double ForCStatistic()
    {
        double c = CStatistic, error = CStatisticWidth / (2 * Distributions.Normal975);
        double growth = (1 - c) / (2 - c) + c / (1 + c), scale = c * (1 - c) / (Prevalence * (1 - Prevalence) * error * error);
        // n^2 = scale (1 - growth + growth n / 2)
        double half = scale * growth / 4;
        return half + Math.Sqrt(half * half + scale * (1 - growth));
    }
}
