namespace Trabecula.Learning.Evaluation;

/// <summary>Log loss: minus the mean log probability given to what happened, in nats. 0 is perfect.</summary>
public static class LogLoss
{
    /// <summary>Computes the loss; infinite where a subject was given no chance of what happened to it, as it should be.</summary>
    /// <exception cref="LearningException">A risk outside 0 to 1, or no subject.</exception>
    public static double Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        Predictions.Check(outcomes, risks);
        double sum = 0;
        for (int i = 0; i < risks.Count; i++)
            sum -= Math.Log(outcomes[i] ? risks[i] : 1 - risks[i]);
        return sum / risks.Count;
    }
}
