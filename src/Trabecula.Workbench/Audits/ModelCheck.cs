namespace Trabecula.Workbench.Audits;

/// <summary>All that one set of predictions of the same subjects binds together.</summary>
internal static class ModelCheck
{
    private const string Question = "That holds of one set of predictions. Say so with averaged: none, or name there the numbers that are means over folds, repeats or resamples.";

    internal static IEnumerable<AuditFinding> Of(ReportedModel model, ReportedSplit? split)
    {
        int subjects = model.Subjects ?? split!.HeldOut, events = model.Events ?? split!.HeldOutEvents;
        IReadOnlyList<string> averaged = Averaged(model);
        ReportedModel once = Without(model, averaged);
        var search = new MatrixSearch(once, events, subjects - events);
        AuditFinding[] findings = [.. MatrixCheck.Of(once, search), .. DiscriminationCheck.Of(once, search)];
        // The split's held-out side is predicted once; a model with subjects of its own may have been cross-validated.
        bool isSaid = model.Averaged is not null || (model.Subjects ?? model.Events) is null;
        foreach (AuditFinding finding in findings)
        {
            yield return isSaid || finding.Verdict != AuditVerdict.DoesNotFit
                ? finding
                : finding with { Verdict = AuditVerdict.Notable, Statement = $"{finding.Statement} {Question}" };
        }
        if (averaged.Count > 0)
            yield return new AuditFinding(AuditVerdict.NotChecked, $"{model.Name}, {string.Join(", ", averaged)}",
                "A mean over folds, repeats or resamples is not bound by the other numbers.", "");
        else if (findings.Length == 0)
            yield return new AuditFinding(AuditVerdict.NotChecked, model.Name, "What was printed of this model bounds nothing else: there is nothing to check it by.", "");
    }

    private static IReadOnlyList<string> Averaged(ReportedModel model)
    {
        IEnumerable<string> printed = [.. model.Auroc is null ? [] : (string[])["auroc"], .. model.Brier is null ? [] : (string[])["brier"], .. model.Measures.Keys];
        AveragedNumber[] said = [.. model.Averaged ?? []];
        return [.. printed.Where(key => said.Contains(AveragedNumber.All) || said.Contains(Enum.Parse<AveragedNumber>(key, ignoreCase: true)))];
    }

    private static ReportedModel Without(ReportedModel model, IReadOnlyList<string> keys) => model with
    {
        Auroc = keys.Contains("auroc") ? null : model.Auroc,
        Brier = keys.Contains("brier") ? null : model.Brier,
        Measures = new SortedDictionary<string, ReportedNumber>(model.Measures.Where(each => !keys.Contains(each.Key)).ToDictionary(), StringComparer.Ordinal),
    };
}
