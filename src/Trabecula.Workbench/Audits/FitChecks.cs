using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Audits;

/// <summary>Whether a fit saw a subject that it, or a choice after it, is judged by.</summary>
internal static class FitChecks
{
    private const int MostShown = 5;

    internal static AuditFinding Of(StudyProvenance provenance, FitKind kind, string place, string what)
    {
        var leaks = new List<string>();
        int fits = 0;
        foreach (FitRecord fit in provenance.BeforeSplit.Where(fit => fit.Kind == kind))
        {
            fits++;
            foreach ((int s, SplitRecord split) in provenance.Splits.Index())
                Look(fit, split.HeldOut, $"{fit.Name}, before split {Number(s)}", "held-out");
        }
        foreach ((int s, SplitRecord split) in provenance.Splits.Index())
        {
            foreach (FitRecord fit in split.Fits.Where(fit => fit.Kind == kind))
            {
                fits++;
                Look(fit, split.HeldOut, $"{fit.Name}, split {Number(s)}", "held-out");
            }
            foreach ((int f, FoldRecord fold) in split.Folds.Index())
            {
                foreach (FitRecord fit in fold.Fits.Where(fit => fit.Kind == kind))
                {
                    fits++;
                    Look(fit, split.HeldOut, $"{fit.Name}, split {Number(s)}, fold {Number(f)}", "held-out");
                    Look(fit, fold.Validation, $"{fit.Name}, split {Number(s)}, fold {Number(f)}", "validation");
                }
            }
        }
        if (fits == 0)
            return new AuditFinding(AuditVerdict.Fits, place, $"{what}: the study fits none.", "");
        return leaks.Count == 0
            ? new AuditFinding(AuditVerdict.Fits, place, $"{what} saw training subjects only.", FormattableString.Invariant(
                $"{fits} fits; what each has seen and what it is judged by have no subject in common"))
            : new AuditFinding(AuditVerdict.DoesNotFit, place, $"{what} saw subjects that they are judged by.",
                string.Join("; ", leaks.Take(MostShown)) + (leaks.Count > MostShown ? FormattableString.Invariant($"; and {leaks.Count - MostShown} more fits") : ""));

        void Look(FitRecord fit, int judgedBy, string where, string side)
        {
            int common = provenance.Sets[fit.Saw].Intersect(provenance.Sets[judgedBy]).Count();
            if (common > 0)
                leaks.Add(FormattableString.Invariant($"{where}: saw {common} of {provenance.Sets[judgedBy].Count} {side} subjects"));
        }
    }

    private static int Number(int index) => index + 1;
}
