namespace Trabecula.Workbench.Studies;

/// <summary>What the figures of an evaluation are drawn from, beside outcomes and risks: the curves with intervals.</summary>
public sealed record EvaluationSummary
{
    /// <summary>The thresholds that the plan chose beforehand.</summary>
    public required IReadOnlyList<double> Thresholds { get; init; }

    /// <summary>Why these.</summary>
    public required string Rationale { get; init; }

    /// <summary>The calibration curve of each model, in the study's order; null where its risks have none.</summary>
    public required IReadOnlyList<CalibrationBand?> Calibration { get; init; }

    /// <summary>The thresholds of the decision curves.</summary>
    public required IReadOnlyList<double> DecisionThresholds { get; init; }
}

/// <summary>A calibration curve with a pointwise 95 % band.</summary>
/// <param name="Risks">Where it was computed, rising.</param>
/// <param name="Observed">The smooth share of events there.</param>
/// <param name="Lower">The band's lower edge, by bootstrap of subjects.</param>
/// <param name="Upper">Its upper edge.</param>
public sealed record CalibrationBand(
    IReadOnlyList<double> Risks, IReadOnlyList<double> Observed, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);
