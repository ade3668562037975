using Trabecula.Learning;
using Trabecula.Learning.SampleSizes;

namespace Trabecula.Workbench.Audits;

/// <summary>A printed sample size against the formulas of tests of proportions.</summary>
internal static class SampleSizeCheck
{
    internal static AuditFinding Of(ReportedSampleSize printed)
    {
        string place = FormattableString.Invariant(
            $"sample size {printed.Subjects} for {printed.First} against {printed.Second}, alpha {printed.Alpha}, power {printed.Power}");
        try
        {
            return Of(printed, place);
        }
        catch (LearningException fault)
        {
            return new AuditFinding(AuditVerdict.NotChecked, place, "No formula gives a number of subjects for these assumptions.", fault.Message);
        }
    }

    private static AuditFinding Of(ReportedSampleSize printed, string place)
    {
        SampleSizeDesign[] designs =
        [
            new OneSampleProportion(printed.First, printed.Second) { Alpha = printed.Alpha, Power = printed.Power },
            new ExactOneSampleProportion(printed.First, printed.Second) { Alpha = printed.Alpha, Power = printed.Power },
            new TwoProportions(printed.First, printed.Second) { Alpha = printed.Alpha, Power = printed.Power },
        ];
        (string Name, SampleSizeCriterion Criterion)[] sizes =
            [.. designs.SelectMany((design, i) => design.Calculate().Criteria.Select(criterion => ($"{Kinds[i]}, {criterion.Name}", criterion)))];
        string all = string.Join("; ", sizes.Select(size => FormattableString.Invariant($"{size.Name}: {size.Criterion.Subjects}")));
        (string Name, SampleSizeCriterion Criterion)[] fitting = [.. sizes.SelectMany(size => Meanings(size.Name, size.Criterion, printed.Subjects))];
        return fitting.Length == 0
            ? new AuditFinding(AuditVerdict.Notable, place, "None of the formulas tried gives this number, nor half of it or its increase by 5, 10, 15 or 20 % dropout; others exist.", all)
            : new AuditFinding(AuditVerdict.Notable, place,
                $"It is the number of: {string.Join("; ", fitting.Select(size => size.Name))}. Such a test says how many subjects tell two proportions apart, not how many a prediction model needs (Riley et al. 2020, BMJ 368:m441).",
                FormattableString.Invariant($"{fitting[0].Criterion.Formula} = {fitting[0].Criterion.Exact:0.00}; {all}"));
    }

    /// <summary>What the printed number would be of a computed one: all subjects, a group, or either with dropout.</summary>
    private static IEnumerable<(string Name, SampleSizeCriterion Criterion)> Meanings(string name, SampleSizeCriterion criterion, int printed)
    {
        (string Meaning, int Subjects)[] numbers = name.StartsWith(Kinds[^1], StringComparison.Ordinal)
            ? [("", criterion.Subjects), (", one group", criterion.Subjects / 2)]
            : [("", criterion.Subjects)];
        foreach ((string meaning, int subjects) in numbers)
        {
            if (subjects == printed)
                yield return (name + meaning, criterion);
            foreach (int dropout in s_dropouts)
            {
                // Some round up, some do not.
                double enlarged = subjects * 100.0 / (100 - dropout);
                if (printed == Math.Floor(enlarged) || printed == Math.Ceiling(enlarged))
                    yield return (FormattableString.Invariant($"{name}{meaning}, {subjects} and {dropout} % dropout"), criterion);
            }
        }
    }

    private static readonly int[] s_dropouts = [5, 10, 15, 20];

    private static readonly string[] Kinds = ["one proportion", "one proportion, exact", "two proportions, both groups"];
}
