using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies;

/// <summary>Models in parts of the held-out subjects.</summary>
internal static class SubgroupTable
{
    private const int MostLevels = 20;

    /// <summary>Refuses, before anything is fitted, what cannot make subgroups.</summary>
    /// <exception cref="StudyException">A column has too many texts for subgroups, or a cell to be cut is no number.</exception>
    internal static void Require(MetricsPlan plan, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> attributes)
    {
        foreach (SubgroupPlan subgroup in plan.Subgroups.Where(subgroup => attributes.ContainsKey(subgroup.Column)))
        {
            int levels = attributes[subgroup.Column].Select(each => Label(subgroup, each.Key, each.Value)).Distinct().Count();
            if (levels > MostLevels)
                throw new StudyException($"metrics.subgroups: '{subgroup.Column}' has {levels} values, at most {MostLevels} make subgroups. Give cuts for a measurement.");
        }
    }

    internal static IEnumerable<ReportTable> Of(
        HeldOutPool pool, MetricsPlan plan, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> attributes)
    {
        if (plan.Subgroups.Count == 0 || !pool.CanBeEvaluated)
            yield break;
        var rule = new SubgroupRule();
        yield return new ReportTable("subgroups", $"Subgroups of the {pool.Who} subjects",
            [
                "column", "subgroup", "model", "subjects", "events", .. HeadlineAuroc.ColumnsOf(pool), "mean risk", "observed share", .. EvaluationTables.Columns(pool, "calibration in the large"),
                .. plan.Thresholds.SelectMany(t => EvaluationTables.Columns(pool, $"net benefit at {StudyTables.Number(t)}")),
            ],
            [.. plan.Subgroups.SelectMany(subgroup => Rows(pool, subgroup, attributes[subgroup.Column], plan.Thresholds, rule))])
        {
            Note = $"Measures are {rule.Text}; smaller subgroups show their counts alone. Subjects without a value are in none. Differences are not tested: among many small " +
                "subgroups some differ by chance, and no difference seen is no proof of none. " +
                (pool.Repeats ? $"No intervals: {EvaluationTables.TakenForOthers}."
                    : "95 % intervals: AUROC by DeLong on the log odds, the others normal."),
        };
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(
        HeldOutPool pool, SubgroupPlan plan, IReadOnlyDictionary<string, string> values, IReadOnlyList<double> thresholds, SubgroupRule rule)
    {
        string?[] labels = [.. pool.Subjects.Select(subject => values.TryGetValue(subject, out string? text) ? Label(plan, subject, text) : null)];
        string[] rising = plan.Cuts.Count == 0 ? [] : [.. Enumerable.Range(0, plan.Cuts.Count + 1).Select(above => Between(plan.Cuts, above))];
        foreach (ModelRisks model in pool.Models)
        {
            // By name, but parts of a measurement as they rise.
            foreach (SubgroupEvaluation part in SubgroupEvaluation.Of(labels, pool.Outcomes, model.Risks, thresholds, rule, pool.Subjects).OrderBy(part => Array.IndexOf(rising, part.Name)))
                yield return [plan.Column, part.Name, model.Name, StudyTables.Whole(part.Count), StudyTables.Whole(part.Events), .. Measures(pool, part.Measures, thresholds.Count)];
        }
    }

    private static IEnumerable<string> Measures(HeldOutPool pool, RiskEvaluation? measures, int thresholds)
    {
        if (measures is null)
            return Enumerable.Repeat("", 2 + (2 + thresholds) * (pool.Repeats ? 1 : 3));
        return
        [
            .. HeadlineAuroc.CellsOf(pool, measures.Auroc), StudyTables.Number(measures.MeanRisk), StudyTables.Number(measures.Prevalence),
            .. EvaluationTables.Cells(pool, measures.Calibration.InTheLarge, measures.Calibration.InTheLargeInterval()),
            .. measures.NetBenefits.SelectMany(benefit => EvaluationTables.Cells(pool, benefit.Model, benefit.Interval())),
        ];
    }

    private static string Label(SubgroupPlan plan, string subject, string text)
    {
        if (plan.Cuts.Count == 0)
            return text;
        if (!double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            throw new StudyException($"metrics.subgroups: '{text}' of {subject} in '{plan.Column}' is no number that could be cut. Leave cuts out, or correct the cell.");
        return Between(plan.Cuts, plan.Cuts.Count(cut => value >= cut));
    }

    private static string Between(IReadOnlyList<double> cuts, int above) =>
        above == 0 ? $"below {StudyTables.Number(cuts[0])}"
        : above == cuts.Count ? $"{StudyTables.Number(cuts[^1])} and above"
        : $"{StudyTables.Number(cuts[above - 1])} to below {StudyTables.Number(cuts[above])}";
}
