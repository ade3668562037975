namespace Trabecula.Learning.Evaluation;

/// <summary>Brier score: the mean squared difference of outcome (0 or 1) and predicted risk. 0 is perfect.</summary>
/// <remarks>Source: Brier, Mon. Weather Rev. 78 (1950) 1. Scaled: Steyerberg et al., Epidemiology 21 (2010) 128.</remarks>
/// <param name="Value">The score.</param>
/// <param name="Scaled"><c>1 - score / [p (1 - p)]</c>, p the share of events: the gain over giving everybody that share; NaN where only one class occurs.</param>
public sealed record BrierScore(double Value, double Scaled)
{
    /// <summary>Computes the score.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static BrierScore Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        Predictions.Check(outcomes, risks);
        double sum = 0;
        int events = 0;
        for (int i = 0; i < risks.Count; i++)
        {
            double error = (outcomes[i] ? 1 : 0) - risks[i];
            sum += error * error;
            events += outcomes[i] ? 1 : 0;
        }
        double value = sum / risks.Count, share = (double)events / risks.Count;
        return new BrierScore(value, events == 0 || events == risks.Count ? double.NaN : 1 - value / (share * (1 - share)));
    }
}
