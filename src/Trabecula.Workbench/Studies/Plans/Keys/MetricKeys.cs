using Trabecula.Learning;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The keys of what is reported beyond the core measures.</summary>
internal static class MetricKeys
{
    private const int MostRefits = 10_000;

    private static readonly BlockShape<SubgroupPlan> s_subgroup = new BlockShape<SubgroupPlan>(new SubgroupPlan(""), "A column whose values part the subjects")
        .Required("column", "The column of the cohort's table", CohortKeys.ColumnName, (plan, value) => plan with { Column = value })
        .Optional("cuts", "Where a measurement is cut, rising; without, each text is a subgroup", new ListShape<double>(new NumberShape()),
            (plan, value) => plan with { Cuts = value })
        .Check(plan => plan.Cuts.Zip(plan.Cuts.Skip(1)).All(pair => pair.First < pair.Second) ? [] : ["cuts do not rise; write them from the lowest on, each once."]);

    private static readonly BlockShape<BaselinePlan> s_baseline = new BlockShape<BaselinePlan>(new BaselinePlan(""), "A logistic regression on a few columns, which the models must beat")
        .Required("name", "What tables call it", new TextShape("a name"), (plan, value) => plan with { Name = value })
        .Optional("columns", "Its columns, by name", new ListShape<string>(CohortKeys.ColumnName), (plan, value) => plan with { Columns = value })
        .Optional("source", "All columns of a source", new ChoiceShape<ColumnSource>(), (plan, value) => plan with { Source = value })
        .Check(plan => plan.Columns.Count == 0 && plan.Source is null ? ["Expected columns, source or both."] : []);

    internal static readonly BlockShape<MetricsPlan> Metrics = new BlockShape<MetricsPlan>(new MetricsPlan(), "What is reported beyond the core measures")
        .Optional("thresholds", "Risks from which on one would act", new ListShape<double>(new NumberShape(0, 1, aboveMinimum: true, belowMaximum: true)),
            (plan, value) => plan with { Thresholds = value })
        .Optional("rationale", "Why these thresholds: the harms and benefits that they weigh", new TextShape("a sentence"),
            (plan, value) => plan with { Rationale = value })
        .Optional("subgroups", "Columns of the cohort's table by which held-out subjects are looked at apart",
            new ListShape<SubgroupPlan>(new ShortShape<string, SubgroupPlan>(CohortKeys.ColumnName, column => new SubgroupPlan(column), s_subgroup)),
            (plan, value) => plan with { Subgroups = value })
        .Optional("baselines", "Small models that the others must beat, such as volume alone or the clinical variables alone",
            new ListShape<BaselinePlan>(s_baseline), (plan, value) => plan with { Baselines = value })
        .Optional("refits", "Refits of each chosen pipeline on bootstrap draws of the training subjects, for optimism and instability; 200 are usual, 0 leaves them out",
            new WholeShape(0, MostRefits), plan => plan.Refits, (plan, value) => plan with { Refits = value })
        .Check(plan => plan.Refits == 1 ? ["refits is 1, expected 0 or at least 2."] : []);
}
