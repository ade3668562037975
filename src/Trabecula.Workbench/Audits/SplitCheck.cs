namespace Trabecula.Workbench.Audits;

/// <summary>The sizes of a split.</summary>
internal static class SplitCheck
{
    internal static IEnumerable<AuditFinding> Of(ReportedSplit split)
    {
        bool adds = split.Training + split.HeldOut == split.Subjects && split.TrainingEvents + split.HeldOutEvents == split.Events;
        // A third part may be held back for tuning, or subjects excluded after the split.
        int others = split.Subjects - split.Events, sideOthers = split.Training - split.TrainingEvents + split.HeldOut - split.HeldOutEvents;
        bool isPart = split.TrainingEvents + split.HeldOutEvents <= split.Events && sideOthers <= others;
        string place = FormattableString.Invariant($"split, {split.Training} and {split.HeldOut}");
        if (split.Events > split.Subjects || split.TrainingEvents > split.Training || split.HeldOutEvents > split.HeldOut)
        {
            yield return new AuditFinding(AuditVerdict.DoesNotFit, place, "There are more events than subjects.", FormattableString.Invariant(
                $"{split.Events} events of {split.Subjects} subjects; {split.TrainingEvents} of {split.Training} in training, {split.HeldOutEvents} of {split.HeldOut} held out"));
            yield break;
        }
        yield return new AuditFinding(adds ? AuditVerdict.Fits : isPart ? AuditVerdict.Notable : AuditVerdict.DoesNotFit, place,
            adds ? "Both sides together are all subjects and all events."
                : isPart ? "Both sides together are fewer than all: a third part, or later exclusions, would be the rest."
                : "Both sides together are not all subjects and all events.",
            FormattableString.Invariant(
                $"{split.Training} + {split.HeldOut} = {split.Training + split.HeldOut} of {split.Subjects} subjects; {split.TrainingEvents} + {split.HeldOutEvents} = {split.TrainingEvents + split.HeldOutEvents} of {split.Events} events"));
        if (adds && split.Share is { } share)
            yield return Share(split, share, place);
    }

    private static AuditFinding Share(ReportedSplit split, double share, string place)
    {
        int others = split.Subjects - split.Events;
        (string Rule, int Training, int Events)[] rules =
        [
            ("each class rounded up", Up(share * split.Events) + Up(share * others), Up(share * split.Events)),
            ("each class rounded down", Down(share * split.Events) + Down(share * others), Down(share * split.Events)),
            ("each class rounded to the nearest", Near(share * split.Events) + Near(share * others), Near(share * split.Events)),
            ("the held-out side rounded up, as scikit-learn's train_test_split", split.Subjects - Up((1 - share) * split.Subjects), split.TrainingEvents),
            ("all subjects rounded to the nearest", Near(share * split.Subjects), split.TrainingEvents),
        ];
        string arithmetic = FormattableString.Invariant($"{share} x {split.Events} = {share * split.Events:0.00} events, {share} x {others} = {share * others:0.00} others");
        string[] fitting = [.. rules.Where(rule => rule.Training == split.Training && rule.Events == split.TrainingEvents).Select(rule => rule.Rule)];
        return fitting.Length > 0
            ? new AuditFinding(AuditVerdict.Fits, place, FormattableString.Invariant($"The sizes are those of {share} with {string.Join(", or ", fitting)}."), arithmetic)
            : new AuditFinding(AuditVerdict.Notable, place, FormattableString.Invariant($"No usual rounding of {share} gives these sizes."), arithmetic);

        // 0.7 x 240 is not quite 168 in binary.
        static int Up(double value) => (int)Math.Ceiling(value - 1e-9);
        static int Down(double value) => (int)Math.Floor(value + 1e-9);
        static int Near(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);
    }
}
