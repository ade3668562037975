namespace Trabecula.Workbench.Audits;

/// <summary>Checks reported results for what no data can give, and for what chance alone would.</summary>
public static class ResultsAudit
{
    /// <summary>Checks all that was reported, in the order of the file.</summary>
    public static IReadOnlyList<AuditFinding> Of(ReportedResults report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var findings = new List<AuditFinding>();
        findings.AddRange(report.Percentages.Select(CountCheck.Of));
        findings.AddRange(report.Means.Select(CountCheck.Of));
        if (report.Features is { } features)
            findings.Add(CountCheck.Of(features));
        findings.AddRange(report.SampleSizes.Select(SampleSizeCheck.Of));
        findings.AddRange(report.Screening.Select(ScreeningCheck.Of));
        findings.AddRange(report.PrincipalComponents.SelectMany(ComponentCheck.Of));
        if (report.Split is { } split)
            findings.AddRange(SplitCheck.Of(split));
        findings.AddRange(report.Models.SelectMany(model => ModelCheck.Of(model, report.Split)));
        if (findings.Count == 0)
            findings.Add(new AuditFinding(AuditVerdict.NotChecked, "the file", "It holds no numbers to check.", ""));
        return findings.AsReadOnly();
    }
}
