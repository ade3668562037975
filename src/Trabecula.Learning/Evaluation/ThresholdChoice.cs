namespace Trabecula.Learning.Evaluation;

/// <summary>Where a threshold came from.</summary>
public enum ThresholdOrigin
{
    /// <summary>From harms and benefits, before any result was seen. The only one whose performance is an honest estimate.</summary>
    Prespecified,

    /// <summary>The largest sensitivity + specificity on the rows it was chosen on; too optimistic there.</summary>
    Youden,

    /// <summary>The least cost of errors on the rows it was chosen on; too optimistic there.</summary>
    LeastCost,
}

/// <summary>A threshold and where it came from.</summary>
/// <remarks>
/// Choose on training rows, apply to held-out ones. Youden's index weighs a missed case as much as prevalence-adjusted false alarms, which
/// no clinical situation asks for; its maximum is biased upwards (Perkins and Schisterman, Am. J. Epidemiol. 163 (2006) 670).
/// </remarks>
/// <param name="Value">Risks of at least this are positive.</param>
/// <param name="Origin">How it was chosen.</param>
public sealed record ThresholdChoice(double Value, ThresholdOrigin Origin)
{
    /// <summary>Given from outside.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and below 1.</exception>
    public static ThresholdChoice Prespecified(double threshold)
    {
        NetBenefit.RequireThreshold(threshold);
        return new ThresholdChoice(threshold, ThresholdOrigin.Prespecified);
    }

    /// <summary>
    /// The threshold at which calibrated risks lose least, from what a false negative costs in false positives: <c>1 / (1 + cost)</c>. Five false
    /// alarms for one missed case make 1/6.
    /// </summary>
    /// <remarks>Source: Pauker and Kassirer, N. Engl. J. Med. 293 (1975) 229.</remarks>
    public static ThresholdChoice FromCosts(double falseNegativeInFalsePositives)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(falseNegativeInFalsePositives);
        return Prespecified(1 / (1 + falseNegativeInFalsePositives));
    }

    /// <summary>
    /// The risk with the largest sensitivity + specificity. Among equals the highest, which has the fewest positives (scikit-learn's
    /// <c>argmax(tpr - fpr)</c>).
    /// </summary>
    /// <exception cref="LearningException">Only one class occurs.</exception>
    public static ThresholdChoice Youden(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores) => Best(
        outcomes, scores, ThresholdOrigin.Youden, point => point.TruePositiveRate - point.FalsePositiveRate)[0];

    /// <summary>
    /// All thresholds with the largest sensitivity + specificity, rising, halfway to the next lower risk as pROC's
    /// <c>coords(r, "best")</c> gives them; minus infinity where all are positive.
    /// </summary>
    /// <exception cref="LearningException">Only one class occurs.</exception>
    public static IReadOnlyList<ThresholdChoice> YoudenBetween(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores)
    {
        double[] levels = [.. scores.Distinct().Order()];
        return
        [
            .. Best(outcomes, scores, ThresholdOrigin.Youden, point => point.TruePositiveRate - point.FalsePositiveRate).Reverse().Select(choice =>
            {
                int at = Array.BinarySearch(levels, choice.Value);
                double below = at < 0 ? levels[^1] : at == 0 ? double.NegativeInfinity : levels[at - 1];
                return choice with { Value = at < 0 ? double.PositiveInfinity : (below + choice.Value) / 2 };
            }),
        ];
    }

    /// <summary>The risk at which errors cost least on these rows. Among equals the highest.</summary>
    /// <param name="outcomes">True is the event.</param>
    /// <param name="scores">Risks or scores.</param>
    /// <param name="falseNegativeInFalsePositives">What a false negative costs, in false positives.</param>
    /// <exception cref="LearningException">Only one class occurs.</exception>
    public static ThresholdChoice LeastCost(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores, double falseNegativeInFalsePositives)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(falseNegativeInFalsePositives);
        ArgumentNullException.ThrowIfNull(outcomes);
        double events = outcomes.Count(outcome => outcome), controls = outcomes.Count - events;
        return Best(outcomes, scores, ThresholdOrigin.LeastCost, point =>
            -((1 - point.TruePositiveRate) * events * falseNegativeInFalsePositives + point.FalsePositiveRate * controls))[0];
    }

    // Rates are ratios of counts, so that equal gains can differ by rounding alone.
    private static ThresholdChoice[] Best(
        IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores, ThresholdOrigin origin, Func<RocPoint, double> gain)
    {
        IReadOnlyList<RocPoint> points = RocCurve.Of(outcomes, scores).Points;
        double best = points.Max(gain), rounding = 1e-12 * (1 + Math.Abs(best));
        return [.. points.Where(point => gain(point) >= best - rounding).Select(point => new ThresholdChoice(point.Threshold, origin))];
    }
}
