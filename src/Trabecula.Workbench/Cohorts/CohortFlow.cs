namespace Trabecula.Workbench.Cohorts;

/// <summary>Why subjects leave.</summary>
public enum FlowReason
{
    /// <summary>An inclusion criterion is not met.</summary>
    Inclusion,

    /// <summary>An exclusion criterion is met.</summary>
    Exclusion,

    /// <summary>The outcome is not known.</summary>
    Outcome,

    /// <summary>The first reader has no features.</summary>
    Features,
}

/// <summary>A step on the way from the screened to the analysed.</summary>
/// <param name="Reason">Why subjects leave.</param>
/// <param name="Description">The criterion in words.</param>
/// <param name="ExcludedRows">Rows of the table, as a spreadsheet counts them, that left because of a value.</param>
/// <param name="MissingRows">Rows that left because the value is missing.</param>
/// <param name="Remaining">How many are left after the step.</param>
public sealed record FlowStep(FlowReason Reason, string Description, IReadOnlyList<int> ExcludedRows, IReadOnlyList<int> MissingRows, int Remaining)
{
    /// <summary>How many left, missing values included.</summary>
    public int Left => ExcludedRows.Count + MissingRows.Count;
}

/// <summary>From the screened to the analysed, as a flow diagram shows it (STROBE item 13, TRIPOD+AI item 20a).</summary>
/// <param name="Screened">Rows of the table.</param>
/// <param name="Steps">The steps in order.</param>
public sealed record CohortFlow(int Screened, IReadOnlyList<FlowStep> Steps)
{
    /// <summary>How many meet all criteria, before outcome and features are looked at.</summary>
    public int Eligible => Steps.LastOrDefault(step => step.Reason is FlowReason.Inclusion or FlowReason.Exclusion)?.Remaining ?? Screened;

    /// <summary>How many are analysed.</summary>
    public int Analysed => Steps.Count == 0 ? Screened : Steps[^1].Remaining;
}
