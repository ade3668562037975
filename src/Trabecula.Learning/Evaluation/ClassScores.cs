namespace Trabecula.Learning.Evaluation;

/// <summary>Scores apart by class, checked.</summary>
internal sealed record ClassScores(double[] Cases, double[] Controls)
{
    internal static ClassScores Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(scores);
        if (outcomes.Count != scores.Count)
            throw new ArgumentException($"{scores.Count} scores for {outcomes.Count} outcomes.", nameof(scores));
        for (int i = 0; i < scores.Count; i++)
        {
            if (double.IsNaN(scores[i]))
                throw new ArgumentException($"Score {i + 1} is NaN.", nameof(scores));
        }
        double[] cases = [.. scores.Where((_, i) => outcomes[i])];
        double[] controls = [.. scores.Where((_, i) => !outcomes[i])];
        if (cases.Length == 0 || controls.Length == 0)
            throw new LearningException(
                $"All {scores.Count} outcomes are {(cases.Length == 0 ? 0 : 1)}: a receiver operating characteristic needs both classes.",
                "Evaluate on subjects of both classes.");
        return new ClassScores(cases, controls);
    }
}
