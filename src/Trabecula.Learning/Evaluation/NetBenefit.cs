using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// Net benefit of treating those at or above a threshold: <c>TP/n - FP/n · t/(1 - t)</c>, beside treating all; treating none has 0.
/// </summary>
/// <remarks>
/// Source: Vickers and Elkin, Med. Decis. Making 26 (2006) 565; variance: Sande et al., Stat. Med. 39 (2020) 2980 (multinomial counts);
/// standardised: Kerr et al., J. Clin. Oncol. 34 (2016) 2534. As dcurves: a risk of at least t counts.
/// </remarks>
/// <param name="Threshold">The risk t from which one would treat, above 0 and below 1.</param>
/// <param name="Model">Net benefit of the model.</param>
/// <param name="TreatAll">Net benefit of treating everybody.</param>
public sealed record NetBenefit(double Threshold, double Model, double TreatAll)
{
    /// <summary>The share of events, the largest net benefit that can be had.</summary>
    public double Prevalence { get; private init; } = double.NaN;

    /// <summary>Variance of <see cref="Model"/>: <c>[TP/n + w² FP/n - NB²] / n</c>, w = t/(1 - t).</summary>
    public double Variance { get; private init; } = double.NaN;

    /// <summary>Net benefit as a share of the largest that can be had; NaN without events.</summary>
    public double Standardised => Model / Prevalence;

    /// <summary>
    /// False positives avoided for each subject, at equal true positives, against treating all: <c>(NB - NB of treating all) (1 - t)/t</c>.
    /// </summary>
    public double InterventionsAvoided => (Model - TreatAll) * (1 - Threshold) / Threshold;

    /// <summary>The normal interval of <see cref="Model"/>.</summary>
    public ConfidenceInterval Interval(double level = 0.95) => ConfidenceInterval.Normal(Model, Math.Sqrt(Math.Max(0, Variance)), level);

    /// <summary>Computes net benefit at a threshold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not above 0 and below 1.</exception>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static NetBenefit Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, double threshold)
    {
        RequireThreshold(threshold);
        return Of(ConfusionMatrix.Of(outcomes, risks, threshold), threshold);
    }

    /// <summary>Net benefit of a confusion matrix that was counted at a threshold.</summary>
    internal static NetBenefit Of(ConfusionMatrix matrix, double threshold)
    {
        double n = matrix.Total, odds = threshold / (1 - threshold);
        double events = (matrix.TruePositives + matrix.FalseNegatives) / n, truePositives = matrix.TruePositives / n, falsePositives = matrix.FalsePositives / n;
        double model = truePositives - falsePositives * odds;
        return new NetBenefit(threshold, model, events - (1 - events) * odds)
        {
            Prevalence = events,
            Variance = (truePositives + odds * odds * falsePositives - model * model) / n,
        };
    }

    internal static void RequireThreshold(double threshold)
    {
        if (!(threshold > 0 && threshold < 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold is above 0 and below 1.");
    }
}
