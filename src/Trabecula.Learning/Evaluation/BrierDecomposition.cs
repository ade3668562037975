using Trabecula.Learning.Calibration;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// The Brier score by groups of risk: <c>score = Reliability - Resolution + Uncertainty + WithinVariance - WithinCovariance</c>. The last two
/// vanish where the risks of a group are equal, and complete Murphy's identity where they are not.
/// </summary>
/// <remarks>Source: Murphy, J. Appl. Meteorol. 12 (1973) 595; within groups: Stephenson, Coelho and Jolliffe, Weather Forecast. 23 (2008) 752.</remarks>
/// <param name="Reliability">Mean squared distance of groups' mean risk and share of events; 0 is perfect calibration.</param>
/// <param name="Resolution">Mean squared distance of groups' shares of events from the prevalence; more is better.</param>
/// <param name="Uncertainty">Prevalence times its complement: the score of giving everybody the prevalence.</param>
/// <param name="WithinVariance">Mean squared distance of risks from their group's mean.</param>
/// <param name="WithinCovariance">Twice the covariance of risk and outcome within groups.</param>
public sealed record BrierDecomposition(double Reliability, double Resolution, double Uncertainty, double WithinVariance, double WithinCovariance)
{
    /// <summary>The Brier score that the parts add up to.</summary>
    public double Score => Reliability - Resolution + Uncertainty + WithinVariance - WithinCovariance;

    /// <summary>Decomposes.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="risks">Predicted probabilities.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="grouping">How they are made.</param>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static BrierDecomposition Of(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, int groups = 10, RiskGrouping grouping = RiskGrouping.EqualWidths)
    {
        Predictions.Check(outcomes, risks);
        int[] numbers = RiskGroups.Of(risks, groups, grouping);
        double n = risks.Count, prevalence = outcomes.Count(outcome => outcome) / n;
        double reliability = 0, resolution = 0, variance = 0, covariance = 0;
        foreach (IGrouping<int, int> group in Enumerable.Range(0, risks.Count).GroupBy(i => numbers[i]).OrderBy(group => group.Key))
        {
            double mean = group.Average(i => risks[i]), observed = group.Average(i => outcomes[i] ? 1.0 : 0), share = group.Count() / n;
            reliability += share * (mean - observed) * (mean - observed);
            resolution += share * (observed - prevalence) * (observed - prevalence);
            foreach (int i in group)
            {
                double distance = risks[i] - mean;
                variance += distance * distance / n;
                covariance += 2 * ((outcomes[i] ? 1 : 0) - observed) * distance / n;
            }
        }
        return new BrierDecomposition(reliability, resolution, prevalence * (1 - prevalence), variance, covariance);
    }
}

/// <summary>
/// The Brier score without groups to choose (CORP): <c>score = Miscalibration - Discrimination + Uncertainty</c>, the risks being compared with
/// their isotonic recalibration.
/// </summary>
/// <remarks>Source: Dimitriadis, Gneiting and Jordan, PNAS 118 (2021) e2016191118.</remarks>
/// <param name="Miscalibration">The score less that of the recalibrated risks; 0 is perfect.</param>
/// <param name="Discrimination">The uncertainty less the score of the recalibrated risks; more is better.</param>
/// <param name="Uncertainty">Prevalence times its complement.</param>
public sealed record CorpDecomposition(double Miscalibration, double Discrimination, double Uncertainty)
{
    /// <summary>Decomposes.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static CorpDecomposition Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        double score = BrierScore.Of(outcomes, risks).Value;
        IsotonicRegression steps = IsotonicRegression.Estimate([.. risks], [.. outcomes]);
        double recalibrated = BrierScore.Of(outcomes, [.. risks.Select(steps.Calibrate)]).Value;
        double prevalence = (double)outcomes.Count(outcome => outcome) / outcomes.Count, uncertainty = prevalence * (1 - prevalence);
        return new CorpDecomposition(score - recalibrated, uncertainty - recalibrated, uncertainty);
    }
}
