using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Audits;

/// <summary>Whether a fit saw a subject that it, or a choice after it, is judged by.</summary>
internal static class FitChecks
{
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
                Inside(fit, split, $"{fit.Name}, split {Number(s)}");
            }
            foreach ((int f, FoldRecord fold) in split.Folds.Index())
            {
                foreach (FitRecord fit in fold.Fits.Where(fit => fit.Kind == kind))
                {
                    fits++;
                    Look(fit, split.HeldOut, $"{fit.Name}, split {Number(s)}, fold {Number(f)}", "held-out");
                    Inside(fit, split, $"{fit.Name}, split {Number(s)}, fold {Number(f)}");
                    Look(fit, fold.Validation, $"{fit.Name}, split {Number(s)}, fold {Number(f)}", "validation");
                }
            }
        }
        if (kind == FitKind.Model && provenance.Splits.Any(split => !split.Fits.Any(fit => fit.Kind == kind)))
            return new AuditFinding(AuditVerdict.DoesNotFit, place, "Predictions are recorded, and no model that was fitted for them: the record has gaps.", "provenance.json, fits");
        if (fits == 0)
            return kind == FitKind.Model
                ? new AuditFinding(AuditVerdict.NotChecked, place, $"{what}: none is recorded.", "")
                : new AuditFinding(AuditVerdict.Fits, place, $"{what}: none is recorded.", "");
        return leaks.Count == 0
            ? new AuditFinding(AuditVerdict.Fits, place, $"{what} saw training subjects only.", FormattableString.Invariant(
                $"{fits} fits; each has seen subjects, all of its training side, and none that it is judged by"))
            : new AuditFinding(AuditVerdict.DoesNotFit, place, $"{what} saw other than their training subjects.",
                StudyAudit.Some(leaks));

        void Inside(FitRecord fit, SplitRecord split, string where)
        {
            IReadOnlyList<int> saw = provenance.Sets[fit.Saw];
            if (saw.Count == 0)
                leaks.Add($"{where}: saw no subject");
            // Held-out subjects are counted by themselves.
            int strange = saw.Except(provenance.Sets[split.Training]).Except(provenance.Sets[split.HeldOut]).Count();
            if (strange > 0)
                leaks.Add(FormattableString.Invariant($"{where}: saw {strange} subjects of neither side"));
        }

        void Look(FitRecord fit, int judgedBy, string where, string side)
        {
            int common = provenance.Sets[fit.Saw].Intersect(provenance.Sets[judgedBy]).Count();
            if (common > 0)
                leaks.Add(FormattableString.Invariant($"{where}: saw {common} of {provenance.Sets[judgedBy].Count} {side} subjects"));
        }
    }

    private static int Number(int index) => index + 1;
}
