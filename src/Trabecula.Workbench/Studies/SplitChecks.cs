using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Splitting;

namespace Trabecula.Workbench.Studies;

/// <summary>Whether every side of every split and fold holds what a run will need of each class: looked at before the search and not after hours of it.</summary>
internal sealed class SplitChecks
{
    private const int Shown = 5, SubjectsShown = 3, FewestToEstimate = 2;

    private readonly List<string> _problems = [], _warnings = [];
    private readonly Dictionary<string, bool> _outcomes = new(StringComparer.Ordinal);
    private readonly StudyDesign _design;
    private readonly bool _searches;
    private readonly HashSet<string> _heldOut = new(StringComparer.Ordinal);

    private SplitChecks(StudyDesign design)
    {
        _design = design;
        _searches = design.Models.Any(model => model.Configurations.Count > 1 || model.Rounds.Count > 0);
    }

    /// <summary>What stops a run.</summary>
    internal IReadOnlyList<string> Problems => _problems;

    /// <summary>What its reader should know.</summary>
    internal IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Draws splits and folds as a run does, of outcomes alone.</summary>
    /// <exception cref="LearningException">The subjects cannot be split.</exception>
    internal static SplitChecks Of(FeatureTable features, StudyDesign design)
    {
        var checks = new SplitChecks(design);
        for (int row = 0; row < features.RowCount; row++)
            checks._outcomes[features.Subjects[row]] = features.Outcomes[row];
        var narrow = new FeatureTable([features.Schema[0]], features.Subjects, features.Outcomes, features.Column(0));
        IReadOnlyList<HoldOutSplit> splits = design.Split.Split(narrow, design.Seed.Derive("split"));
        foreach ((int i, HoldOutSplit split) in splits.Index())
            checks.Look(split, i, splits.Count);
        checks.LookAtAllHeldOut();
        Shorten(checks._problems);
        Shorten(checks._warnings);
        return checks;
    }

    private void Look(HoldOutSplit split, int index, int count)
    {
        string[] heldOut = [.. split.HeldOut.Subjects.Distinct(StringComparer.Ordinal)];
        string where = Text($"{(count == 1 ? "The split" : $"Split {index + 1} of {count}")} (held out: {heldOut.Length} subjects, {string.Join(", ", heldOut.Take(SubjectsShown))}{(heldOut.Length > SubjectsShown ? " ..." : "")})");
        (int events, int others) = Count(split.Training.Table.Subjects);
        if (Math.Min(events, others) == 0)
            _problems.Add(Text($"{where}: its {events + others} training subjects are of one class ({events} with the event). Split in another way."));
        else
        {
            LookAtFolds(split.Training, index, where);
            if (_design.Calibration is { Method: not CalibrationMethod.PriorShift } calibration && Math.Min(events, others) < calibration.NSplits)
                _problems.Add(Text($"{where}: {events} training subjects have the event and {others} have not, but calibration draws {calibration.NSplits} folds. Leave calibration out, or split in another way."));
        }
        (events, others) = Count(heldOut);
        _heldOut.UnionWith(heldOut);
        if (count > 1 && Math.Min(events, others) == 0)
            _warnings.Add(Text($"{where}: {(events == 0 ? "none of the held-out subjects has" : "all held-out subjects have")} the event, so that no AUROC can be estimated on them alone; their risks count among all."));
    }

    private void LookAtFolds(TrainingSet training, int index, string where)
    {
        if (!_searches || _design.FoldsAfterSampling)
            return;
        IReadOnlyList<Fold> folds;
        try
        {
            folds = _design.Folds.Split(training, _design.Seed.Derive("split", index).Derive("folds"));
        }
        catch (LearningException fault)
        {
            _problems.Add($"{where}, search on its training subjects: {fault.Message}");
            return;
        }
        foreach ((int f, Fold fold) in folds.Index())
        {
            foreach ((string side, IReadOnlyList<string> subjects) in ((string, IReadOnlyList<string>)[])[("training", fold.Training.Table.Subjects), ("validation", fold.Validation.Subjects)])
            {
                (int events, int others) = Count(subjects);
                if (Math.Min(events, others) == 0)
                    _problems.Add(Text($"{where}, fold {f + 1} of its search: all {events + others} {side} subjects {(events == 0 ? "are without" : "have")} the event. Give other folds, or let them be drawn."));
            }
        }
    }

    private void LookAtAllHeldOut()
    {
        (int events, int others) = Count(_heldOut);
        int fewer = Math.Min(events, others), all = events + others;
        if (fewer == 0)
            _problems.Add(Text($"{events} of the {all} held-out subjects have the event: with one class nothing can be measured. Hold out more subjects, or split in another way."));
        else if (fewer < FewestToEstimate)
            _warnings.Add(Text($"{events} of the {all} held-out subjects {(events == 1 ? "has" : "have")} the event: intervals, calibration and net benefit are not estimable. Hold out more subjects."));
    }

    private (int Events, int Others) Count(IEnumerable<string> subjects)
    {
        string[] distinct = [.. subjects.Distinct(StringComparer.Ordinal)];
        int events = distinct.Count(subject => _outcomes[subject]);
        return (events, distinct.Length - events);
    }

    private static void Shorten(List<string> lines)
    {
        if (lines.Count <= Shown + 1)
            return;
        int more = lines.Count - Shown;
        lines.RemoveRange(Shown, more);
        lines.Add(Text($"{more} more splits or folds have the like."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
