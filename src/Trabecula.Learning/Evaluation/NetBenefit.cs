namespace Trabecula.Learning.Evaluation;

/// <summary>
/// Net benefit of treating those at or above a threshold: <c>TP/n - FP/n · t/(1 - t)</c>, beside treating all; treating none has 0.
/// </summary>
/// <remarks>Source: Vickers and Elkin, Med. Decis. Making 26 (2006) 565. As dcurves: a risk of at least t counts.</remarks>
/// <param name="Threshold">The risk t from which one would treat, above 0 and below 1.</param>
/// <param name="Model">Net benefit of the model.</param>
/// <param name="TreatAll">Net benefit of treating everybody.</param>
public sealed record NetBenefit(double Threshold, double Model, double TreatAll)
{
    /// <summary>Computes net benefit at a threshold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not above 0 and below 1.</exception>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static NetBenefit Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(threshold, 1);
        ConfusionMatrix matrix = ConfusionMatrix.Of(outcomes, risks, threshold);
        double n = matrix.Total, odds = threshold / (1 - threshold);
        double events = (matrix.TruePositives + matrix.FalseNegatives) / n;
        return new NetBenefit(threshold, matrix.TruePositives / n - matrix.FalsePositives / n * odds, events - (1 - events) * odds);
    }
}
