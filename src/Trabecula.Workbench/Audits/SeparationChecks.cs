using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Audits;

/// <summary>Whether there is a test set, apart from what was learned from, and as it was drawn.</summary>
internal static class SeparationChecks
{
    internal static AuditFinding TestSet(StudyProvenance provenance)
    {
        const string place = "L1.1 test set";
        if (provenance.Splits.Count == 0)
            return new AuditFinding(AuditVerdict.DoesNotFit, place, "No subjects were held out.", "0 splits");
        int[] bare = [.. provenance.Splits.Index().Where(each => provenance.Sets[each.Item.HeldOut].Count == 0).Select(each => each.Index + 1)];
        return bare.Length > 0
            ? new AuditFinding(AuditVerdict.DoesNotFit, place, "No subjects were held out.", $"split {string.Join(", ", bare)}")
            : new AuditFinding(AuditVerdict.Fits, place, "Every split holds subjects out.", Sizes(provenance));
    }

    /// <summary>L3.2: the two sides of a split must be independent, above all not share a subject.</summary>
    internal static AuditFinding Dependence(StudyProvenance provenance)
    {
        const string place = "L3.2 dependence";
        foreach ((int s, SplitRecord split) in provenance.Splits.Index())
        {
            int[] common = [.. provenance.Sets[split.Training].Intersect(provenance.Sets[split.HeldOut])];
            if (common.Length > 0)
                return new AuditFinding(AuditVerdict.DoesNotFit, place, "Subjects are on both sides of a split.", FormattableString.Invariant(
                    $"split {s + 1}: {common.Length} of {provenance.Sets[split.HeldOut].Count} held-out subjects, as {provenance.Subjects[common[0]].Id}"));
        }
        return new AuditFinding(AuditVerdict.Fits, place, "No subject is on both sides of a split.", Sizes(provenance));
    }

    /// <summary>L3.3: a test set that was resampled or picked from is not the population.</summary>
    internal static AuditFinding Sampling(StudyProvenance provenance)
    {
        const string place = "L3.3 sampling";
        foreach ((int s, SplitRecord split) in provenance.Splits.Index())
        {
            if (!provenance.Sets[split.Evaluated].Order().SequenceEqual(provenance.Sets[split.HeldOut].Order()))
                return new AuditFinding(AuditVerdict.DoesNotFit, place, "What is reported is not about all held-out subjects as they are.", FormattableString.Invariant(
                    $"split {s + 1}: {provenance.Sets[split.HeldOut].Count} held out, {provenance.Sets[split.Evaluated].Count} evaluated"));
            int left = provenance.Subjects.Count - provenance.Sets[split.Training].Union(provenance.Sets[split.HeldOut]).Count();
            if (left > 0)
                return new AuditFinding(AuditVerdict.Notable, place, "Some eligible subjects are on neither side of a split.", FormattableString.Invariant($"split {s + 1}: {left} of {provenance.Subjects.Count}"));
        }
        return new AuditFinding(AuditVerdict.Fits, place, $"All held-out subjects are evaluated as they are, {(provenance.Splits.Count > 1 ? "once in each split" : "each once")}, and no eligible subject is left out.", Sizes(provenance));
    }

    private static string Sizes(StudyProvenance provenance) => string.Join("; ", provenance.Splits.Take(3).Select(split =>
        FormattableString.Invariant($"{provenance.Sets[split.Training].Count} training, {provenance.Sets[split.HeldOut].Count} held out"))) +
        (provenance.Splits.Count > 3 ? FormattableString.Invariant($"; and {provenance.Splits.Count - 3} more splits") : "");
}
