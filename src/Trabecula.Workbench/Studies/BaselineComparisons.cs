using Trabecula.Learning;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies;

/// <summary>Do the models beat small ones, such as volume alone or the clinical variables alone? On the same held-out subjects.</summary>
internal static class BaselineComparisons
{
    /// <summary>One table, or none where there are no small models or too few of a class.</summary>
    /// <param name="pool">The models' risks.</param>
    /// <param name="small">The small models' risks of the same subjects, in the order of <paramref name="plan"/>.</param>
    /// <param name="plan">Which columns each small model is of.</param>
    /// <param name="thresholds">Where net benefits are compared.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <param name="work">Told of the bootstrap.</param>
    internal static IEnumerable<ReportTable> Of(
        HeldOutPool pool, IReadOnlyList<ModelRisks> small, IReadOnlyList<BaselinePlan> plan, IReadOnlyList<double> thresholds, Seed seed, StageWork? work = null)
    {
        if (small.Count == 0 || !pool.CanBeEvaluated)
            yield break;
        int models = pool.Models.Count;
        HeldOutPool both = pool with { Models = [.. pool.Models, .. small] };
        var intervals = EvaluationIntervals.Of(
            both, thresholds, [.. from model in Enumerable.Range(0, models) from baseline in Enumerable.Range(models, small.Count) select (model, baseline)], seed, "Bootstrap of the comparison with small models", work ?? new StageWork());
        yield return EvaluationTables.Comparison(
            both, thresholds, intervals, "baselines", "Do the models beat small ones?",
            $"Small models are logistic regressions with a mild L2 penalty, fitted on the same training subjects: {string.Join("; ", plan.Select((baseline, b) => $"{Describe(baseline)}, {AreaOf(both, models + b)}"))}. " +
            "A model that does not beat them adds nothing that justifies its cost.");
    }

    private static string AreaOf(HeldOutPool pool, int model)
    {
        IReadOnlyList<double> risks = pool.Models[model].Risks;
        HeadlineAuroc auroc = pool.Repeats ? HeadlineAuroc.OfSplits(pool.Aurocs, risks) : HeadlineAuroc.OfRisks(pool.Outcomes, risks);
        ConfidenceInterval area = auroc.Interval;
        return $"{(pool.Repeats ? auroc.Measure : "AUROC")} {Html.Number(auroc.Value, 3)}{(double.IsNaN(area.Lower) ? "" : $" ({Html.Number(area.Lower, 3)} to {Html.Number(area.Upper, 3)})")}";
    }

    private static string Describe(BaselinePlan plan) => $"{plan.Name} on " + string.Join(" and ",
        ((string[])[plan.Source is { } source ? $"all {source.ToString().ToLowerInvariant()} columns" : "", string.Join(", ", plan.Columns)]).Where(part => part.Length > 0));
}
