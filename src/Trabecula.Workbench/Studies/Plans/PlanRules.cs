using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>What must hold between the keys of a plan.</summary>
internal static class PlanRules
{
    /// <summary>Looks at a plan whose keys are right one by one.</summary>
    internal static void Check(StudyPlan plan, PlanPlaces places, List<PlanProblem> problems, List<PlanProblem> warnings)
    {
        Leaks(plan, Refuse, Warn);
        Columns(plan, Refuse);
        Models(plan, Refuse);
        Split(plan, Refuse);
        Search(plan.Search, Refuse);
        if (plan.Sampling.Count > 0 && plan.Profile == StudyProfile.Sound)
            Warn("sampling", "Resampling inflates the risks of a model and does not raise its AUROC (van den Goorbergh 2022).",
                "Leave it out, or correct the risks with calibration.");
        if (plan.StepsBeforeSplit.Count > 0 && plan.Metrics.Baselines.Any(baseline => baseline.Columns.Count > 0))
            Refuse("metrics.baselines", "Steps before the split may drop the columns of a baseline.", "Name a source in place of columns, or move the steps to steps.");
        if (plan.Metrics is { Thresholds.Count: > 0, Rationale.Length: 0 })
            Warn("metrics.thresholds", "The thresholds have no rationale.", "Add metrics.rationale: the harms and benefits that they weigh.");

        void Refuse(string path, string problem, string cure) => problems.Add(new PlanProblem(places.LineOf(path), path, null, problem, cure));

        void Warn(string path, string problem, string cure) => warnings.Add(new PlanProblem(places.LineOf(path), path, null, problem, cure));
    }

    private delegate void Note(string path, string problem, string cure);

    private static void Leaks(StudyPlan plan, Note refuse, Note warn)
    {
        const string cure = "Move them to steps, or write profile: paper; the report will then say that the study leaks.";
        bool leaks = false;
        if (plan.StepsBeforeSplit.Count > 0)
        {
            leaks = true;
            if (plan.Profile != StudyProfile.Paper)
                refuse("stepsBeforeSplit", "Steps before the split see the held-out subjects; only profile paper may ask for it.", cure);
        }
        if (plan.Search.FoldsAfterSampling)
        {
            leaks = true;
            if (plan.Profile != StudyProfile.Paper)
                refuse("search.foldsAfterSampling", "Folds after sampling validate on what was fitted; only profile paper may ask for it.",
                    "Delete the key, or write profile: paper; the report will then say that the study leaks.");
        }
        if (leaks && plan.Profile == StudyProfile.Paper)
            warn("profile", "The order of this plan leaks: selection before the split alone makes an AUROC of about 0.77 out of pure noise.",
                "Compare it with the same plan of profile sound.");
        else if (plan.Profile == StudyProfile.Paper && !leaks)
            warn("profile", "Nothing in this plan leaks, so profile sound says the same.", "Leave the key out.");
    }

    private static void Columns(StudyPlan plan, Note refuse)
    {
        string[] outcome = plan.Outcome.Column is { } column ? [column] : [.. plan.Outcome.Scores.Values];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < plan.Predictors.Clinical.Count; i++)
        {
            string name = plan.Predictors.Clinical[i].Column, path = FormattableString.Invariant($"predictors.clinical[{i}]");
            if (outcome.Contains(name))
                refuse(path, $"'{name}' is a column of the outcome.", "Delete it from the predictors: a model cannot know it beforehand.");
            else if (name == plan.Cohort.Id)
                refuse(path, $"'{name}' is the id of the subjects.", "Delete it from the predictors.");
            else if (!seen.Add(name))
                refuse(path, $"'{name}' stands twice.", "Delete one of the two.");
        }
    }

    private static void Models(StudyPlan plan, Note refuse)
    {
        for (int i = 0; i < plan.Models.Count; i++)
        {
            RequireDistinctName(plan.Models[i].Name, plan.Models.Take(i).Select(earlier => earlier.Name), FormattableString.Invariant($"models[{i}]"), refuse);
            if (plan.Search.Method == SearchMethod.Exhaustive)
            {
                foreach (string key in plan.Models[i].KeysOfTwoPhases)
                    refuse(FormattableString.Invariant($"models[{i}]"), $"{key} belongs to a random search in two phases, but search.method is exhaustive.", "Delete one of the two.");
            }
        }
        IReadOnlyList<BaselinePlan> small = plan.Metrics.Baselines;
        for (int i = 0; i < small.Count; i++)
            RequireDistinctName(small[i].Name, plan.Models.Select(model => model.Name).Concat(small.Take(i).Select(earlier => earlier.Name)), FormattableString.Invariant($"metrics.baselines[{i}]"), refuse);
        if (plan.Interpretation.Model is { } explained && plan.Models.All(model => model.Name != explained))
            refuse("interpretation.model", $"No model is called '{explained}'.", $"Name one of {string.Join(", ", plan.Models.Select(model => model.Name))}, or leave the key out.");
    }

    /// <summary>Tables tell models apart by their names, and a model's file is named after it.</summary>
    private static void RequireDistinctName(string name, IEnumerable<string> earlier, string path, Note refuse)
    {
        if (earlier.FirstOrDefault(other => StudyFolder.FileName(other) == StudyFolder.FileName(name)) is not { } alike)
            return;
        if (alike == name)
            refuse(path, $"'{name}' stands twice.", "Give one of the two another name.");
        else
            refuse(path, $"'{alike}' and '{name}' are told apart by capitals, spaces and marks alone.", "Give one of the two a name that differs in more.");
    }

    private static void Search(SearchPlan search, Note refuse)
    {
        if (search.GivenFolds is not { } given)
            return;
        if (search.FoldsAfterSampling)
            refuse("search.givenFolds", "Folds after sampling are drawn among rows that samplers made, which no table gives a fold.", "Delete givenFolds or foldsAfterSampling.");
        if (search.Choice == Choice.OneStandardError && given is { HeldOut: not null, Columns.Count: 1 })
            refuse("search.choice", "One fold has no standard error to choose by.", "Give more folds, without heldOut or with further columns, or choose the best.");
    }

    private static void Split(StudyPlan plan, Note refuse)
    {
        if (plan.Split is SplitPlan.LeaveOneCentreOut && plan.Cohort.Centre is null)
            refuse("split", "A split by centre needs to know each subject's centre.", "Add cohort.centre: the name of its column.");
        if (plan.Split is SplitPlan.Temporal && plan.Cohort.Date is null)
            refuse("split", "A split in time needs to know each subject's date.", "Add cohort.date: the name of its column.");
    }
}
