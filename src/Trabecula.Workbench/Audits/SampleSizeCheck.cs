using Trabecula.Learning.SampleSizes;

namespace Trabecula.Workbench.Audits;

/// <summary>A printed sample size against the formulas of tests of proportions.</summary>
internal static class SampleSizeCheck
{
    internal static AuditFinding Of(ReportedSampleSize printed)
    {
        SampleSizeDesign[] designs =
        [
            new OneSampleProportion(printed.First, printed.Second) { Alpha = printed.Alpha, Power = printed.Power },
            new ExactOneSampleProportion(printed.First, printed.Second) { Alpha = printed.Alpha, Power = printed.Power },
            new TwoProportions(printed.First, printed.Second) { Alpha = printed.Alpha, Power = printed.Power },
        ];
        (string Name, SampleSizeCriterion Criterion)[] sizes =
            [.. designs.SelectMany((design, i) => design.Calculate().Criteria.Select(criterion => ($"{Kinds[i]}, {criterion.Name}", criterion)))];
        string place = FormattableString.Invariant(
            $"sample size {printed.Subjects} for {printed.First} against {printed.Second}, alpha {printed.Alpha}, power {printed.Power}");
        string all = string.Join("; ", sizes.Select(size => FormattableString.Invariant($"{size.Name}: {size.Criterion.Subjects}")));
        (string Name, SampleSizeCriterion Criterion)[] fitting = [.. sizes.Where(size => size.Criterion.Subjects == printed.Subjects)];
        return fitting.Length == 0
            ? new AuditFinding(AuditVerdict.DoesNotFit, place, "None of the usual formulas gives this number.", all)
            : new AuditFinding(AuditVerdict.Notable, place,
                $"It is the number of: {string.Join("; ", fitting.Select(size => size.Name))}. Such a test says how many subjects tell two proportions apart, not how many a prediction model needs (Riley et al. 2020, BMJ 368:m441).",
                FormattableString.Invariant($"{fitting[0].Criterion.Formula} = {fitting[0].Criterion.Exact:0.00}; {all}"));
    }

    private static readonly string[] Kinds = ["one proportion", "one proportion, exact", "two proportions, both groups"];
}
