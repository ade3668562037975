namespace Trabecula.Workbench.Audits;

/// <summary>What a check of reported numbers came to.</summary>
public enum AuditVerdict
{
    /// <summary>The numbers fit together.</summary>
    Fits,

    /// <summary>The numbers are possible, and what they mean should be looked at: as when chance alone gives them.</summary>
    Notable,

    /// <summary>No data have these numbers.</summary>
    DoesNotFit,

    /// <summary>There was not enough to check by.</summary>
    NotChecked,
}

/// <summary>A checked statement. It is about numbers, not about people: a misprint gives the same finding as anything else.</summary>
/// <param name="Verdict">What it came to.</param>
/// <param name="Place">What was checked, as <c>TabNet, kappa 0.882</c>.</param>
/// <param name="Statement">The finding in a sentence.</param>
/// <param name="Arithmetic">How it was computed, to be followed by hand.</param>
public sealed record AuditFinding(AuditVerdict Verdict, string Place, string Statement, string Arithmetic);
