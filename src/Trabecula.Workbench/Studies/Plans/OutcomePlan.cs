namespace Trabecula.Workbench.Studies.Plans;

/// <summary>
/// What is predicted: a column that holds it (<see cref="Column"/>), or scores of several days of which some must reach a threshold
/// (<see cref="Scores"/>).
/// </summary>
public sealed record OutcomePlan
{
    /// <summary>What the outcome is called.</summary>
    public string Name { get; init; } = "Outcome";

    /// <summary>The column with the outcome; null where it follows from scores.</summary>
    public string? Column { get; init; }

    /// <summary>The cells of <see cref="Column"/> that mean the event.</summary>
    public IReadOnlyList<string> Positive { get; init; } = ["1"];

    /// <summary>The cells of <see cref="Column"/> that mean that it did not happen; empty where all others hold one value, which means that.</summary>
    public IReadOnlyList<string> Negative { get; init; } = [];

    /// <summary>For each day its column of scores; empty where a column holds the outcome.</summary>
    public IReadOnlyDictionary<int, string> Scores { get; init; } = new Dictionary<int, string>();

    /// <summary>The score from which on a day counts.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The days that must all count for the event. A missing day makes no control: the subject leaves.</summary>
    public IReadOnlyList<int> OnDays { get; init; } = [];
}
