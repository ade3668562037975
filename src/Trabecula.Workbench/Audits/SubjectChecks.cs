using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Audits;

/// <summary>Duplicates, predictors from after the moment of prediction, and time.</summary>
internal static class SubjectChecks
{
    // Subjects with a handful of coded answers agree by chance; measurements do not.
    private const int ColumnsThatIdentify = 10;

    /// <summary>L1.4: the same values under two names, on both sides.</summary>
    internal static AuditFinding Duplicates(StudyProvenance provenance)
    {
        const string place = "L1.4 duplicates";
        foreach ((int s, SplitRecord split) in provenance.Splits.Index())
        {
            ILookup<string, int> training = provenance.Sets[split.Training].ToLookup(subject => provenance.Subjects[subject].Values, StringComparer.Ordinal);
            (int HeldOut, int Training)[] twins =
            [
                .. provenance.Sets[split.HeldOut].SelectMany(subject => training[provenance.Subjects[subject].Values]
                    .Where(other => other != subject).Take(1).Select(other => (subject, other))),
            ];
            if (twins.Length == 0)
                continue;
            return new AuditFinding(
                provenance.Predictors.Count >= ColumnsThatIdentify ? AuditVerdict.DoesNotFit : AuditVerdict.Notable, place,
                "Held-out subjects have the values of training subjects in every predictor.", FormattableString.Invariant(
                    $"split {s + 1}: {twins.Length} of {provenance.Sets[split.HeldOut].Count}, as {provenance.Subjects[twins[0].HeldOut].Id} and {provenance.Subjects[twins[0].Training].Id}; {provenance.Predictors.Count} predictors"));
        }
        return new AuditFinding(AuditVerdict.Fits, place, "No held-out subject has the values of a training subject.",
            FormattableString.Invariant($"digests of {provenance.Subjects.Count} subjects' {provenance.Predictors.Count} predictors"));
    }

    /// <summary>L2: predictors that are not known when the model is used.</summary>
    internal static AuditFinding Predictors(StudyProvenance provenance)
    {
        const string place = "L2 predictors";
        string[] late = [.. provenance.Predictors.Where(predictor => predictor.RecordedAt != PredictorRecord.Moment(RecordedAt.Preoperative)).Select(predictor => predictor.Name)];
        if (late.Length > 0)
            return new AuditFinding(AuditVerdict.DoesNotFit, place, "Predictors are recorded after the moment of prediction.", PlainText.List(late));
        string[] doubtful = [.. provenance.Predictors.Where(predictor => LeakageChecks.SoundsLater(predictor.Name)).Select(predictor => predictor.Name)];
        return doubtful.Length > 0
            ? new AuditFinding(AuditVerdict.Notable, place, "The names of predictors say that they may be recorded later.", PlainText.List(doubtful))
            : new AuditFinding(AuditVerdict.Fits, place, "The plan says of every predictor that it is known before.", FormattableString.Invariant($"{provenance.Predictors.Count} predictors"));
    }

    /// <summary>L3.1: a test on the past says nothing about the future.</summary>
    internal static AuditFinding Time(StudyProvenance provenance)
    {
        const string place = "L3.1 time";
        if (provenance.Subjects.All(subject => subject.Date is null))
            return new AuditFinding(AuditVerdict.NotChecked, place, "The plan gives no dates, so whether the test is in the future of the training is not known.", "cohort.date");
        foreach ((int s, SplitRecord split) in provenance.Splits.Index())
        {
            DateOnly[] held = [.. Subjects(provenance, split.HeldOut).Select(DateOf).OfType<DateOnly>()];
            if (held.Length == 0)
                continue;
            DateOnly first = held.Min();
            int later = Subjects(provenance, split.Training).Count(subject => DateOf(subject) > first);
            if (later > 0)
                return new AuditFinding(provenance.SplitInTime ? AuditVerdict.DoesNotFit : AuditVerdict.Notable, place,
                    provenance.SplitInTime
                        ? "Training subjects are later than held-out ones, though the plan splits in time."
                        : "Training subjects are later than held-out ones: the test is a random part of the same years, not of the future.",
                    string.Create(CultureInfo.InvariantCulture, $"split {s + 1}: {later} training subjects after {first:yyyy-MM-dd}, the first held-out date"));
        }
        SubjectRecord[] undated = [.. provenance.Subjects.Where(subject => DateOf(subject) is null)];
        return undated.Length > 0
            ? new AuditFinding(AuditVerdict.NotChecked, place, "Some dates cannot be read, so whether the test is in the future of the training is not known. Write them as 2024-01-31.",
                FormattableString.Invariant($"{undated.Length} of {provenance.Subjects.Count} subjects, as {undated[0].Id} with '{undated[0].Date}'"))
            : new AuditFinding(AuditVerdict.Fits, place, "Held-out subjects are later than all training subjects.", "");
    }

    private static IEnumerable<SubjectRecord> Subjects(StudyProvenance provenance, int set) => provenance.Sets[set].Select(place => provenance.Subjects[place]);

    // As the split reads it: a time of day may follow.
    private static DateOnly? DateOf(SubjectRecord subject) => DateOnly.TryParseExact(
        subject.Date is { Length: > 10 } text ? text[..10] : subject.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}
