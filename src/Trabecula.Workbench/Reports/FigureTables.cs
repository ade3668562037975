using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Validations;

namespace Trabecula.Workbench.Reports;

/// <summary>What figures and small tables show, where no table of the results has it: files beside the others, linked from the captions.</summary>
internal static class FigureTables
{
    internal const string Flow = "flow", Scores = "scores", Roc = "roc", PrecisionRecall = "precision-recall", Calibration = "calibration", Components = "components";

    internal static IReadOnlyList<ReportTable> Of(StudySummary summary) =>
    [
        FlowOf(summary.Flow), .. summary.Scores.Count == 0 ? [] : (ReportTable[])[ScoresOf(summary.Scores)],
        .. Curves([.. summary.Models.Select(model => new ModelRisks(model.Name, model.Risks))], summary.HeldOutOutcomes, summary.Evaluation, summary.RepeatsSubjects),
        .. summary.Components is { } components ? (ReportTable[])[ComponentsOf(components)] : [], SearchTable.OfModels(summary),
    ];

    internal static IReadOnlyList<ReportTable> Of(ValidationSummary summary) =>
        [FlowOf(summary.Flow), .. Curves([.. summary.Models.Select(model => new ModelRisks(model.Name, model.Risks))], summary.Outcomes, summary.Evaluation)];

    private static IEnumerable<ReportTable> Curves(IReadOnlyList<ModelRisks> models, IReadOnlyList<bool> outcomes, EvaluationSummary? evaluation, bool repeats = false) =>
        [RocOf(models, outcomes), .. evaluation is null ? [] : (ReportTable[])[PrecisionRecallOf(models, outcomes), CalibrationOf(models, outcomes, evaluation, repeats)]];

    private static ReportTable FlowOf(IReadOnlyList<FlowCount> flow) => new(Flow, "Flow of subjects", ["step", "reason to leave", "left", "left without a value", "remaining"],
        [.. flow.Select(step => Row(step.Step, Reason(step.Reason), Whole(step.Excluded), Whole(step.Missing), Whole(step.Remaining)))]);

    private static string Reason(FlowReason? reason) => reason switch
    {
        FlowReason.Inclusion => "inclusion criterion not met",
        FlowReason.Exclusion => "exclusion criterion met",
        FlowReason.Outcome => "outcome not known",
        FlowReason.Features => "no features",
        _ => "",
    };

    private static ReportTable ScoresOf(IReadOnlyList<ScoreSummary> scores) => new(
        Scores, "Scores by day and group", ["day", "event", "subjects", "missing", "lower quartile", "median", "upper quartile", "mean", "standard deviation"],
        [
            .. scores.Select(score => Row(
                Whole(score.Day), score.Outcome ? "1" : "0", Whole(score.Count), Whole(score.Missing), Number(score.LowerQuartile), Number(score.Median),
                Number(score.UpperQuartile), Number(score.Mean), Number(score.StandardDeviation))),
        ]);

    private static ReportTable RocOf(IReadOnlyList<ModelRisks> models, IReadOnlyList<bool> outcomes) => new(
        Roc, "Receiver operating characteristics", ["model", "risk from which on positive", "false-positive rate", "true-positive rate"],
        [
            .. models.SelectMany(model => RocCurve.Of(outcomes, model.Risks).Points.Select(point =>
                Row(model.Name, double.IsInfinity(point.Threshold) ? "" : Number(point.Threshold), Number(point.FalsePositiveRate), Number(point.TruePositiveRate)))),
        ])
    { Note = "The first point of a model has no threshold: nobody is positive." };

    private static ReportTable PrecisionRecallOf(IReadOnlyList<ModelRisks> models, IReadOnlyList<bool> outcomes) => new(
        PrecisionRecall, "Precision and recall", ["model", "risk from which on positive", "recall", "precision"],
        [
            .. models.SelectMany(model => PrecisionRecallCurve.Of(outcomes, model.Risks).Points.SkipLast(1).Select(point =>
                Row(model.Name, Number(point.Threshold), Number(point.Recall), Number(point.Precision)))),
        ]);

    private static ReportTable CalibrationOf(IReadOnlyList<ModelRisks> models, IReadOnlyList<bool> outcomes, EvaluationSummary evaluation, bool repeats) => new(
        Calibration, "Calibration curves and groups", ["model", "drawn as", "predicted risk", "observed share", "lower", "upper", "subjects", "events"],
        [
            .. models.Zip(evaluation.Calibration).SelectMany(each => (IEnumerable<IReadOnlyList<string>>)
            [
                .. each.Second is not { } band ? [] : band.Risks.Select((risk, i) =>
                    Row(each.First.Name, "curve", Number(risk), Number(band.Observed[i]), Number(band.Lower[i]), Number(band.Upper[i]), "", "")),
                .. CalibrationFigure.GroupsOf(outcomes, each.First.Risks).Select(group => Row(
                    each.First.Name, "group", Number(group.MeanRisk), Number(group.Observed), repeats ? "" : Number(group.Interval().Lower), repeats ? "" : Number(group.Interval().Upper),
                    Whole(group.Count), Whole(group.Events))),
            ]),
        ])
    { Note = $"Curves: loess with a pointwise 95 % band by bootstrap.{(repeats ? "" : " Groups: exact 95 % intervals.")}" };

    private static ReportTable ComponentsOf(ComponentSummary components) => new(Components, "Subjects along the principal components", ["columns", "event", "PC1", "PC2"],
        [
            .. ((ComponentSet[])[components.Before, components.Selected]).SelectMany(set => components.Outcomes.Select((outcome, i) =>
                Row($"{Whole(set.Columns)} {set.Name}", outcome ? "1" : "0", Number(set.First[i]), Number(set.Second[i])))),
        ])
    { Note = $"Fitted on {components.FittedOn}." };

    private static string[] Row(params string[] cells) => cells;

    private static string Number(double value) => StudyTables.Number(value);

    private static string Whole(int value) => StudyTables.Whole(value);
}
