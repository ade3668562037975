using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The part of a study's report about how good the risks are: calibration, decision curves, classifications. From stored predictions; nothing is refitted.</summary>
internal static class EvaluationSection
{
    internal static string Render(StudySummary summary) => summary.Evaluation is not { } evaluation ? "" :
        Render(
            [.. summary.Models.Select(model => new ModelRisks(model.Name, model.Risks))], summary.HeldOutOutcomes, evaluation,
            summary.Splits.Count == 1 ? "" : " Predictions of all splits are pooled.", summary.RepeatsSubjects) + Refits(summary) + "\n";

    /// <summary>The figures of any models' risks.</summary>
    /// <param name="models">The models.</param>
    /// <param name="outcomes">The subjects' outcomes.</param>
    /// <param name="evaluation">The curves.</param>
    /// <param name="pooled">What captions add about where predictions come from.</param>
    /// <param name="repeats">Whether subjects were held out several times, which exact intervals do not allow for.</param>
    internal static string Render(IReadOnlyList<ModelRisks> models, IReadOnlyList<bool> outcomes, EvaluationSummary evaluation, string pooled, bool repeats = false)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $" {(pooled.Length == 0 ? "Subjects" : "Predictions")}: {outcomes.Count}, {outcomes.Count(outcome => outcome)} with the event.{pooled}");
        return $"""
            <h2>Calibration</h2>
            <div class="plots">
            {string.Concat(models.Zip(evaluation.Calibration, (model, band) => $"<figure>{CalibrationFigure.Render(model.Name, outcomes, model.Risks, band, repeats)}</figure>\n"))}
            </div>
            <p>Perfect risks lie on the dotted line; below it the model's risks are too high, above it too low. Curve: loess with a pointwise 95 % band (200 draws of
            subjects). Squares: groups between quantiles of risk{(repeats ? "" : " with exact 95 % intervals")}. Below: subjects by risk, heights by the square root of their number.{size}</p>
            <h2>Decision curves</h2>
            <figure>{DecisionFigure.Render(models, outcomes, evaluation)}
            <figcaption>Net benefit: true positives less false positives weighed by what the threshold says they are worth, for each subject. A model is of use where it lies above treating all
            and treating none.{Chosen(evaluation)}{size}</figcaption></figure>
            {Confusion(models, outcomes, evaluation, repeats)}

            """;
    }

    private static string Chosen(EvaluationSummary evaluation) => evaluation.Thresholds.Count == 0
        ? " The plan names no thresholds: write them under <code>metrics</code> before the next look."
        : $" Dotted upright lines: the thresholds that the plan chose beforehand.{(evaluation.Rationale.Length == 0 ? "" : $" {Html.Text(evaluation.Rationale)}")}";

    private static string Refits(StudySummary summary) => summary.Refits.Count == 0 ? "" : $"""
        <h2>Instability of risks</h2>
        <div class="plots">
        {string.Concat(summary.Refits.Select(refits => $"<figure>{InstabilityFigure.Render(refits)}</figure>\n"))}
        </div>
        <p>Each upright line is a training subject: where 95 % of its risks lie when the whole pipeline is refitted on draws of the training subjects
        ({summary.Refits[0].Refits.ToString(CultureInfo.InvariantCulture)} refits). Short lines along the diagonal are stable risks. Long ones mean that another sample of the same patients would have told
        this patient something else.</p>
        """;

    private static string Confusion(IReadOnlyList<ModelRisks> models, IReadOnlyList<bool> outcomes, EvaluationSummary evaluation, bool repeats)
    {
        if (evaluation.Thresholds.Count == 0)
            return "";
        double threshold = evaluation.Thresholds[0];
        string others = evaluation.Thresholds.Count == 1 ? "" : " Other thresholds are in the table of classifications.";
        return $"""
            <h2>Confusion matrices</h2>
            <div class="plots">
            {string.Concat(models.Select(model => $"<figure>{ConfusionFigure.Render(model.Name, ConfusionMatrix.Of(outcomes, model.Risks, threshold), threshold, repeats)}</figure>\n"))}
            </div>
            <p>At the threshold of {threshold.ToString("0.###", CultureInfo.InvariantCulture)} that the plan chose beforehand: a risk of at least that is positive. Percentages are of the row{(repeats ? "" : "; intervals are exact, 95 %")}.{others}</p>
            """;
    }
}
