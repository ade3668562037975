using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.SampleSizes;

/// <summary>
/// Subjects to develop a prediction model of a binary outcome without much overfitting: the criteria of Riley and colleagues, as
/// in R's pmsampsize.
/// </summary>
/// <param name="Prevalence">The event's share, 0 to 1.</param>
/// <param name="Parameters">Candidate predictor parameters: all that are tried, not those kept; a factor of k levels has k - 1.</param>
public sealed record PredictionModelDevelopment(double Prevalence, int Parameters) : SampleSizeDesign
{
    /// <summary>The Cox-Snell R squared expected of the model; or give <see cref="CStatistic"/>.</summary>
    public double? R2CoxSnell { get; init; }

    /// <summary>The C statistic expected of the model, from which the Cox-Snell R squared is approximated.</summary>
    public double? CStatistic { get; init; }

    /// <summary>The uniform shrinkage that is accepted, 0 to 1.</summary>
    public double Shrinkage { get; init; } = 0.9;

    /// <summary>The optimism of Nagelkerke's R squared that is accepted, 0 to 1.</summary>
    public double Optimism { get; init; } = 0.05;

    /// <summary>Half the width of the 95 % interval of the overall risk.</summary>
    public double RiskMargin { get; init; } = 0.05;

    /// <summary>
    /// The mean absolute error of the predicted risks that is accepted; null leaves the criterion out. Its formula was fitted for up to 30 parameters.
    /// </summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>The Cox-Snell R squared that is used.</summary>
    public double R2 => R2CoxSnell ?? CoxSnellR2.FromCStatistic(CStatistic ?? double.NaN, Prevalence);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        RequireBetween(problems, nameof(Prevalence), Prevalence, 0, 1);
        if (Parameters < 1)
            problems.Add($"Parameters is {Parameters}, expected at least 1.");
        if (R2CoxSnell == null == (CStatistic == null))
            problems.Add("Give either R2CoxSnell or CStatistic.");
        if (CStatistic is { } c)
            RequireBetween(problems, nameof(CStatistic), c, 0.5, 1);
        RequireBetween(problems, nameof(Shrinkage), Shrinkage, 0, 1);
        RequireBetween(problems, nameof(Optimism), Optimism, 0, 1);
        RequireBetween(problems, nameof(RiskMargin), RiskMargin, 0, 1);
        if (MeanAbsoluteError is { } error)
            RequireBetween(problems, nameof(MeanAbsoluteError), error, 0, 1);
        if (R2CoxSnell is { } r2 && Prevalence is > 0 and < 1)
            RequireBetween(problems, nameof(R2CoxSnell), r2, 0, CoxSnellR2.Maximum(Prevalence));
        if (problems.Count == 0 && R2 >= Shrinkage)
            problems.Add(FormattableString.Invariant($"Shrinkage is {Shrinkage}, expected above the R squared {R2}."));
        return problems;
    }

    private protected override SampleSize CalculateChecked()
    {
        double r2 = R2, maximum = CoxSnellR2.Maximum(Prevalence), optimismShrinkage = r2 / (r2 + Optimism * maximum);
        double z = Distributions.Normal975 / RiskMargin;
        var criteria = new List<SampleSizeCriterion>
        {
            SampleSizeCriterion.Of("shrinkage", "P / [(S - 1) ln(1 - R2cs / S)]", ForShrinkage(r2, Shrinkage)),
            SampleSizeCriterion.Of(
                "optimism of R2", "P / [(S - 1) ln(1 - R2cs / S)], S = R2cs / (R2cs + optimism max R2cs)", ForShrinkage(r2, optimismShrinkage)),
            SampleSizeCriterion.Of("overall risk", "(1.96 / margin)^2 p (1 - p)", z * z * Prevalence * (1 - Prevalence)),
        };
        if (MeanAbsoluteError is { } error)
        {
            double logarithm = (-0.508 + 0.259 * Math.Log(Prevalence) + 0.504 * Math.Log(Parameters) - Math.Log(error)) / 0.544;
            criteria.Add(SampleSizeCriterion.Of(
                "mean absolute error", "exp[(-0.508 + 0.259 ln p + 0.504 ln P - ln MAPE) / 0.544]", Math.Exp(logarithm)));
        }
        return new SampleSize(
            FormattableString.Invariant($"Development of a prediction model, prevalence {Prevalence}, {Parameters} parameters, R2cs {r2:0.####}"),
            "Riley et al., Stat. Med. 38 (2019) 1276 and BMJ 368 (2020) m441; van Smeden et al., Stat. Methods Med. Res. 28 (2019) 2455", criteria);
    }

    private double ForShrinkage(double r2, double shrinkage) => Parameters / ((shrinkage - 1) * Math.Log(1 - r2 / shrinkage));
}
