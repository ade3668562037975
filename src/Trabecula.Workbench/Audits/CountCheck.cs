namespace Trabecula.Workbench.Audits;

/// <summary>Percentages against counts, means of whole numbers against their number, and the number of features.</summary>
internal static class CountCheck
{
    internal static AuditFinding Of(ReportedPercentage percentage)
    {
        ReportedNumber share = percentage.Share!;
        double exact = (double)percentage.Count / percentage.Of;
        AuditVerdict verdict = Verdict(share.Fits(exact), share.FitsLoosely(exact));
        return new AuditFinding(verdict, $"{percentage.Name}, {share}",
            verdict switch
            {
                AuditVerdict.Fits => "The percentage is that of the counts.",
                AuditVerdict.Notable => $"The percentage is that of the counts {Loosely}.",
                _ => FormattableString.Invariant($"The counts give {exact:0.0000}."),
            },
            FormattableString.Invariant($"{percentage.Count} / {percentage.Of} = {exact:0.00000}"));
    }

    /// <summary>GRIM (Brown and Heathers 2017): a mean of n whole numbers is a whole number of n-ths.</summary>
    internal static AuditFinding Of(ReportedMean mean)
    {
        ReportedNumber printed = mean.Mean!;
        double grain = mean.Step / mean.Subjects;
        double nearest = Math.Round(printed.Value / grain) * grain;
        string place = $"{mean.Name}, mean {printed}";
        string arithmetic = FormattableString.Invariant($"{mean.Subjects} values in steps of {mean.Step} have means in steps of {grain:0.######}; the nearest is {nearest:0.######}");
        if (grain < printed.Unit)
            return new AuditFinding(AuditVerdict.NotChecked, place, "With so many subjects every mean of these digits exists.", arithmetic);
        AuditVerdict verdict = Verdict(printed.Fits(nearest), Math.Ceiling(printed.Lowest / grain) * grain <= printed.Highest);
        return new AuditFinding(verdict, place,
            verdict switch
            {
                AuditVerdict.Fits => "Such values can have this mean.",
                AuditVerdict.Notable => $"Such values can have this mean {Loosely}.",
                _ => FormattableString.Invariant($"No {mean.Subjects} such values have this mean."),
            }, arithmetic);
    }

    private const string Loosely = "if digits are cut off or rounded twice";

    private static AuditVerdict Verdict(bool fits, bool fitsLoosely) =>
        fits ? AuditVerdict.Fits : fitsLoosely ? AuditVerdict.Notable : AuditVerdict.DoesNotFit;

    internal static AuditFinding Of(ReportedFeatures features)
    {
        int total = features.Shape + features.Images * features.PerImage;
        bool fits = total == features.Total;
        return new AuditFinding(fits ? AuditVerdict.Fits : AuditVerdict.DoesNotFit, FormattableString.Invariant($"features, {features.Total}"),
            fits ? "The number of features is that of its parts." : FormattableString.Invariant($"The parts give {total} features."),
            FormattableString.Invariant($"{features.Shape} + {features.Images} x {features.PerImage} = {total}"));
    }
}
