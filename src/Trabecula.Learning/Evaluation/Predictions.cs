namespace Trabecula.Learning.Evaluation;

/// <summary>Outcomes and predicted risks of the same subjects, checked.</summary>
internal static class Predictions
{
    internal static void Check(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(risks);
        if (outcomes.Count != risks.Count)
            throw new ArgumentException($"{risks.Count} risks for {outcomes.Count} outcomes.", nameof(risks));
        if (outcomes.Count == 0)
            throw new LearningException("There is no subject to evaluate on.", "Hold out at least one of each class.");
        for (int i = 0; i < risks.Count; i++)
        {
            if (!(risks[i] >= 0 && risks[i] <= 1))
                throw new LearningException(
                    FormattableString.Invariant($"Risk {i + 1} is {risks[i]}, expected 0 to 1."), "Give probabilities, not scores.");
        }
    }

    internal static void RequireBothClasses(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, string what)
    {
        Check(outcomes, risks);
        if (outcomes.All(outcome => outcome == outcomes[0]))
            throw new LearningException(
                $"All {outcomes.Count} outcomes are {(outcomes[0] ? 1 : 0)}: {what} needs both classes.", "Evaluate on subjects of both classes.");
    }
}
