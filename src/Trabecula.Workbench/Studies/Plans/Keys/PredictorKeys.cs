using Trabecula.Learning;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The keys of predictors.</summary>
internal static class PredictorKeys
{
    private static readonly TextShape s_pattern = new("the name of a column, in which * stands for any letters");

    private static readonly BlockShape<ClinicalPredictor> s_clinical = new BlockShape<ClinicalPredictor>(new ClinicalPredictor(""), "A column of the cohort's table")
        .Required("column", "The column", CohortKeys.ColumnName, (plan, value) => plan with { Column = value })
        .Optional("kind", "What its cells mean", new ChoiceShape<ColumnKind>(), (plan, value) => plan with { Kind = value });

    private static readonly BlockShape<RadiomicPredictors> s_radiomic = CohortKeys.WithFormat(
        new BlockShape<RadiomicPredictors>(new RadiomicPredictors(), "Tables of features of the images")
        .Required("readers", "A file for each reader, relative to the plan; models see the first", new ListShape<string>(CohortKeys.FileName, 1),
            (plan, value) => plan with { Readers = value })
        .Optional("id", "The column with the subject of each row, where it has another name than in the cohort's table", CohortKeys.ColumnName,
            (plan, value) => plan with { Id = value })
        .Optional("columns", "The features: names, in which * stands for any letters", new ListShape<string>(s_pattern, 1),
            plan => plan.Columns, (plan, value) => plan with { Columns = value })
        .Optional("exclude", "Features to leave out, named alike", new ListShape<string>(s_pattern), (plan, value) => plan with { Exclude = value }));

    internal static readonly BlockShape<PredictorPlan> Predictors = new BlockShape<PredictorPlan>(new PredictorPlan(), "What is predicted from")
        .Optional("clinical", "Columns of the cohort's table, by name or with their kind",
            new ListShape<ClinicalPredictor>(new ShortShape<ClinicalPredictor>(CohortKeys.ColumnName, column => new ClinicalPredictor(column), s_clinical)),
            (plan, value) => plan with { Clinical = value })
        .Optional("radiomic", "Tables of features of the images", s_radiomic, (plan, value) => plan with { Radiomic = value })
        .Check(plan => plan.Clinical.Count == 0 && plan.Radiomic is null ? ["Expected clinical, radiomic or both."] : []);
}
