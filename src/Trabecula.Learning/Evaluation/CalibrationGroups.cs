using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>A group of subjects of similar risk.</summary>
/// <param name="Count">Its subjects.</param>
/// <param name="Events">Those with the event.</param>
/// <param name="Expected">The sum of their risks.</param>
public readonly record struct CalibrationGroup(int Count, int Events, double Expected)
{
    /// <summary>The mean risk.</summary>
    public double MeanRisk => Expected / Count;

    /// <summary>The share of events.</summary>
    public double Observed => (double)Events / Count;

    /// <summary>The exact interval of the share of events.</summary>
    public ConfidenceInterval Interval(double level = 0.95) => ProportionInterval.ClopperPearson(Events, Count, level);
}

/// <summary>Observed shares of events by groups of predicted risk: the older calibration plot, whose look depends on the groups.</summary>
public static class CalibrationGroups
{
    /// <summary>Groups that hold subjects, by rising risk.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="risks">Predicted probabilities.</param>
    /// <param name="groups">How many groups, at least 1; equal risks may leave fewer.</param>
    /// <param name="grouping">How they are made.</param>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static IReadOnlyList<CalibrationGroup> Of(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, int groups = 10, RiskGrouping grouping = RiskGrouping.Quantiles)
    {
        Predictions.Check(outcomes, risks);
        int[] numbers = RiskGroups.Of(risks, groups, grouping);
        return
        [
            .. Enumerable.Range(0, risks.Count).GroupBy(i => numbers[i]).OrderBy(group => group.Key)
                .Select(group => new CalibrationGroup(group.Count(), group.Count(i => outcomes[i]), group.Sum(i => risks[i]))),
        ];
    }
}
