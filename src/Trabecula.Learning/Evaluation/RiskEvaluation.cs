namespace Trabecula.Learning.Evaluation;

/// <summary>The core measures of predicted risks: discrimination, calibration, accuracy of the probabilities, and net benefit.</summary>
/// <remarks>The set that Van Calster et al. 2025 (STRATOS) recommend; calibration curve and risk distributions are figures.</remarks>
/// <param name="Auroc">Discrimination, with DeLong's interval.</param>
/// <param name="Brier">Accuracy of the probabilities.</param>
/// <param name="Calibration">Shift and stretch of the log odds.</param>
/// <param name="MeanRisk">The mean predicted risk, to be compared with the prevalence.</param>
/// <param name="Prevalence">The share of events.</param>
/// <param name="NetBenefits">At each threshold.</param>
public sealed record RiskEvaluation(
    Auroc Auroc, BrierScore Brier, CoxCalibration Calibration, double MeanRisk, double Prevalence, IReadOnlyList<NetBenefit> NetBenefits)
{
    /// <summary>Evaluates risks.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="risks">Predicted probabilities.</param>
    /// <param name="thresholds">Risks from which one would treat.</param>
    /// <exception cref="LearningException">A risk outside 0 to 1, or fewer than two of a class.</exception>
    public static RiskEvaluation Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, IReadOnlyList<double> thresholds) => new(
        Auroc.Of(outcomes, risks), BrierScore.Of(outcomes, risks), CoxCalibration.Of(outcomes, risks), risks.Average(),
        (double)outcomes.Count(outcome => outcome) / outcomes.Count,
        [.. thresholds.Select(threshold => NetBenefit.Of(outcomes, risks, threshold))]);
}
