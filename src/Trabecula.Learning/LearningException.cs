namespace Trabecula.Learning;

/// <summary>Data that cannot be learned from or evaluated. The message names the values at fault and the cure.</summary>
/// <param name="problem">What is wrong: the value found and what was expected.</param>
/// <param name="cure">What the user can do.</param>
public sealed class LearningException(string problem, string cure) : Exception($"{problem} {cure}")
{
    /// <summary>What is wrong: the value found and what was expected.</summary>
    public string Problem { get; } = problem;

    /// <summary>What the user can do.</summary>
    public string Cure { get; } = cure;
}
