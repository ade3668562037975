using Trabecula.Learning;

namespace Trabecula.Workbench.Cohorts;

/// <summary>When a value is known.</summary>
public enum RecordedAt
{
    /// <summary>Before the moment at which the model is used; the default.</summary>
    Preoperative,

    /// <summary>After it: no model may use it.</summary>
    Postoperative,
}

/// <summary>A clinical predictor.</summary>
/// <param name="Column">Its column in the cohort's table.</param>
/// <param name="Kind">What its cells mean; null to find out: text is categorical, two values are binary, other numbers are measurements.</param>
public sealed record PredictorColumn(string Column, ColumnKind? Kind = null)
{
    /// <summary>The values of a categorical column, or the two of a binary one, in the order of their numbers; empty to take those that occur, sorted.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>When it is recorded.</summary>
    public RecordedAt RecordedAt { get; init; } = RecordedAt.Preoperative;
}
