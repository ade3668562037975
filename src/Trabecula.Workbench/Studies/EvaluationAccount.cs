using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Interpretation;
using Trabecula.Workbench.Studies.Interpretations;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies;

/// <summary>The sentences of a study's methods on how its models were judged and interpreted: one for each thing that was done.</summary>
internal static class EvaluationAccount
{
    internal static IEnumerable<string> Of(StudyPlan plan, StudySummary summary) => Judged(plan.Metrics, summary).Concat(Interpreted(plan.Interpretation, summary.Interpretation));

    private static IEnumerable<string> Judged(MetricsPlan plan, StudySummary summary)
    {
        if (summary.Evaluation is null)
        {
            yield return "The held-out subjects are fewer than two of a class, so that nothing was measured on them.";
            yield break;
        }
        yield return (summary.RepeatsSubjects
                ? "Discrimination was measured by the mean over the splits of the AUROC, with a 95 % interval that allows for their overlap (Nadeau and Bengio 2003), "
                : "Discrimination was measured by the AUROC with DeLong's 95 % interval on the log odds, ") +
            $"and by average precision; overall error by the Brier score; calibration by intercept and slope of a logistic recalibration{(summary.RepeatsSubjects ? "" : " with Wald's intervals")}, by loess curves (degree 2, span 0.75) and their mean, median and 90th percentile of distance (ICI, E50, E90).";
        if (plan.Thresholds.Count > 0)
        {
            yield return $"Clinical use was measured by net benefit, classifications by sensitivity, specificity and predictive values{(summary.RepeatsSubjects ? "" : " with exact intervals (Clopper and Pearson)")}, at risks of {And(plan.Thresholds.Select(threshold => Text($"{threshold}")))} chosen beforehand{(plan.Rationale.Length == 0 ? "" : $" ({plan.Rationale.TrimEnd('.')})")}.";
        }
        yield return Text($"Other intervals are percentiles of {EvaluationTables.Resamples} bootstrap draws of subjects.{(summary.RepeatsSubjects ? $" Where only a formula gives an interval or a test it is left out: {EvaluationTables.TakenForOthers}." : "")}");
        string test = summary.RepeatsSubjects
            ? "AUROCs by their mean difference over the splits and the test of Nadeau and Bengio, with P corrected for all pairs by Holm"
            : $"AUROCs by DeLong's test, with P corrected for all pairs by Holm{(plan.Thresholds.Count > 0 ? ", classifications by McNemar's exact test" : "")}";
        if (summary.Models.Count > 1)
            yield return $"Models were compared in pairs on the same subjects: {test}.";
        if (plan.Baselines.Count > 0)
        {
            string small = $"logistic regressions on few columns, fitted on the same training subjects: {And(plan.Baselines.Select(baseline => baseline.Name))}";
            yield return summary.Models.Count > 1 ? $"In the same way they were compared with {small}." : $"The model was compared with {small}; {test}.";
        }
        if (plan.Subgroups.Count > 0)
            yield return $"Within subgroups by {And(plan.Subgroups.Select(subgroup => subgroup.Column))} measures are {new SubgroupRule().Text}.";
        if (summary.Refits.Count > 0)
            yield return Text($"Each chosen pipeline was refitted on {summary.Refits[0].Refits} bootstrap draws of the training subjects, for optimism (Harrell) and for the instability of single risks.");
    }

    private static IEnumerable<string> Interpreted(InterpretationPlan plan, InterpretationSummary? summary)
    {
        if (summary is null)
            yield break;
        yield return Text($"A predictor's importance is the mean fall of the AUROC on held-out subjects over {summary.Repeats} random orders of its values.");
        string[] more =
        [
            .. summary.Shap is null ? [] : (string[])["Shapley values"], .. summary.Curves.Count == 0 ? [] : (string[])["partial dependence"],
            .. summary.Ablation is null ? [] : (string[])[$"an ablation of the {Text($"{plan.Ablation.Top}")} predictors that led on the folds of the training subjects and of all from one source, the rest being {And(plan.Ablation.Meanings.Select(In))}"],
        ];
        if (more.Length > 0)
            yield return $"Of {summary.Explained} there are also {And(more)}.";
    }

    private static string In(AblationMeaning meaning) => meaning switch
    {
        AblationMeaning.Masked => "kept as fitted",
        AblationMeaning.Refit => "fitted anew",
        _ => "selected, searched and fitted anew",
    };

    private static string And(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
