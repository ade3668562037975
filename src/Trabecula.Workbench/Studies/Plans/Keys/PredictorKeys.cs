using Trabecula.Learning;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The keys of predictors.</summary>
internal static class PredictorKeys
{
    private static readonly TextShape s_pattern = new("the name of a column, in which * stands for any letters");

    private static readonly BlockShape<ClinicalPredictor> s_clinical = new BlockShape<ClinicalPredictor>(new ClinicalPredictor(""), "A column of the cohort's table")
        .Required("column", "The column", CohortKeys.ColumnName, (plan, value) => plan with { Column = value })
        .Optional("kind", "What its cells mean", new ChoiceShape<ColumnKind>(), (plan, value) => plan with { Kind = value })
        .Optional("levels", "The texts of its cells in their order, the first being 0; other texts are refused. Those that occur, sorted, without",
            new ListShape<string>(new TextShape("a text"), 2), (plan, value) => plan with { Levels = value })
        .Optional("recordedAt", "When it is known; what is known only postoperatively is refused as a predictor", new ChoiceShape<RecordedAt>(),
            plan => plan.RecordedAt, (plan, value) => plan with { RecordedAt = value })
        .Check(LevelProblems);

    private static readonly BlockShape<ExamplePlan> s_example = new BlockShape<ExamplePlan>(new ExamplePlan("", ""), "A case whose segmentation the report shows")
        .Required("image", "Its image, relative to the plan: NIfTI, NRRD or a folder of DICOM slices", CohortKeys.FileName, (plan, value) => plan with { Image = value })
        .Required("mask", "Its mask, relative to the plan", CohortKeys.FileName, (plan, value) => plan with { Mask = value })
        .Optional("caption", "What the caption says about the case", new TextShape("a text"), plan => plan.Caption, (plan, value) => plan with { Caption = value });

    private static readonly BlockShape<RadiomicPredictors> s_radiomic = CohortKeys.WithFormat(
        new BlockShape<RadiomicPredictors>(new RadiomicPredictors(), "Tables of features of the images")
        .Required("readers", "A file for each reader, relative to the plan; models see the first", new ListShape<string>(CohortKeys.FileName, 1),
            (plan, value) => plan with { Readers = value })
        .Optional("id", "The column with the subject of each row, where it has another name than in the cohort's table", CohortKeys.ColumnName,
            (plan, value) => plan with { Id = value })
        .Optional("columns", "The features: names, in which * stands for any letters", new ListShape<string>(s_pattern, 1),
            plan => plan.Columns, (plan, value) => plan with { Columns = value })
        .Optional("exclude", "Features to leave out, named alike", new ListShape<string>(s_pattern), (plan, value) => plan with { Exclude = value })
        .Optional("example", "A case whose segmentation the report shows", s_example, (plan, value) => plan with { Example = value }));

    internal static readonly BlockShape<PredictorPlan> Predictors = new BlockShape<PredictorPlan>(new PredictorPlan(), "What is predicted from")
        .Optional("clinical", "Columns of the cohort's table, by name or with their kind",
            new ListShape<ClinicalPredictor>(new ShortShape<string, ClinicalPredictor>(CohortKeys.ColumnName, column => new ClinicalPredictor(column), s_clinical)),
            (plan, value) => plan with { Clinical = value })
        .Optional("radiomic", "Tables of features of the images", s_radiomic, (plan, value) => plan with { Radiomic = value })
        .Check(plan => plan.Clinical.Count == 0 && plan.Radiomic is null ? ["Expected clinical, radiomic or both."] : []);

    private static IEnumerable<string> LevelProblems(ClinicalPredictor plan)
    {
        if (plan.Levels.Count > 0 && plan.Kind == ColumnKind.Continuous)
            yield return "A continuous column has no levels: delete levels, or call it binary or categorical.";
        if (plan.Levels.Count > 2 && plan.Kind == ColumnKind.Binary)
            yield return FormattableString.Invariant($"A binary column has 2 levels, but {plan.Levels.Count} are given: call it categorical.");
        foreach (IGrouping<string, string> same in plan.Levels.GroupBy(level => level, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"The level '{same.Key}' is given twice.";
    }
}
