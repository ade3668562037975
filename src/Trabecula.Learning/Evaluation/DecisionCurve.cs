using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>Net benefit over a range of thresholds, with bootstrap intervals by subject.</summary>
/// <remarks>
/// Source: Vickers and Elkin, Med. Decis. Making 26 (2006) 565; what to show: Vickers, van Calster and Steyerberg, Diagn. Progn. Res. 3 (2019) 18.
/// The range is what patients and doctors might act at, and is chosen before the results are seen: thresholds of 0.95 for a disease of 12 %
/// ask for certainty before a harmless act.
/// </remarks>
/// <param name="Points">At each threshold.</param>
/// <param name="Intervals">Percentile intervals of the model's net benefit at each threshold; empty where none were asked for.</param>
public sealed record DecisionCurve(IReadOnlyList<NetBenefit> Points, IReadOnlyList<ConfidenceInterval> Intervals)
{
    /// <summary>Computes the curve.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="risks">Predicted probabilities.</param>
    /// <param name="thresholds">Above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is outside its range.</exception>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static DecisionCurve Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        return new DecisionCurve([.. thresholds.Select(threshold => NetBenefit.Of(outcomes, risks, threshold))], []);
    }

    /// <summary>Computes the curve with intervals.</summary>
    /// <param name="subjects">The subject of each row; subjects, not rows, are drawn.</param>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="risks">Predicted probabilities.</param>
    /// <param name="thresholds">Above 0 and below 1.</param>
    /// <param name="bootstrap">
    /// How subjects are drawn. Drawn by class, the intervals hold for the prevalence as it is; net benefit also varies with the prevalence, so
    /// <see cref="SubjectBootstrap.Stratified"/> should be false for what another sample would give.
    /// </param>
    /// <param name="seed">The origin of the draws.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="cancellationToken">Stops between draws.</param>
    /// <inheritdoc cref="Of(IReadOnlyList{bool}, IReadOnlyList{double}, IReadOnlyList{double})"/>
    public static DecisionCurve Of(
        IReadOnlyList<string> subjects, IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, IReadOnlyList<double> thresholds,
        SubjectBootstrap bootstrap, Seed seed, double level = 0.95, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bootstrap);
        DecisionCurve curve = Of(outcomes, risks, thresholds);
        IReadOnlyList<BootstrapEstimate> estimates = bootstrap.Estimate(subjects, outcomes, rows =>
            [.. thresholds.Select(threshold => NetBenefit.Of(ConfusionMatrix.OfRows(outcomes, risks, rows, threshold), threshold).Model)], seed, cancellationToken: cancellationToken);
        return curve with { Intervals = [.. estimates.Select(estimate => estimate.Percentile(level))] };
    }
}
