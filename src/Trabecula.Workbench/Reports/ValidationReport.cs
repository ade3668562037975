using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Validations;

namespace Trabecula.Workbench.Reports;

/// <summary>The report of an external validation: one HTML file that needs nothing else. The same summary gives the same bytes.</summary>
internal static class ValidationReport
{
    internal static string Render(ValidationSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        int events = summary.Outcomes.Count(outcome => outcome);
        string body = $"""
            <p class="brand">Trabecula · external validation</p>
            <h1>{Html.Text(summary.Title)}: frozen models on new subjects</h1>
            <p class="lead">{Count(summary.Outcomes.Count)} new subjects, {Count(events)} with the event; outcome: {Html.Text(summary.Outcome)}. Models, preparation and coding are as the study fitted
            them; nothing was fitted here but what stands under <a href="#recalibrated-to-the-new-subjects">recalibration</a>.</p>
            <div class="cards">{string.Concat(summary.Models.Select(model => Card(summary, model)))}</div>
            {Warnings(summary.Warnings)}
            <h2>Subjects</h2>
            <figure>{FlowFigure.Render(summary.Flow, $"Validated (n = {Count(summary.Outcomes.Count)})\n{Count(events)} with the event", [])}<figcaption>{FlowFigure.Caption}</figcaption></figure>
            {Models(summary)}
            {EvaluationSection.Render([.. summary.Models.Select(model => new ModelRisks(model.Name, model.Risks))], summary.Outcomes, summary.Evaluation, "")}
            {Centres(summary)}
            {StudyReport.Tables(summary.Tables)}
            {Provenance(summary)}
            """;
        string notice = (summary.SyntheticData ? "<strong>SYNTHETIC DATA.</strong> No patient stands behind these numbers. " : "") + "<strong>Research software, not a medical device.</strong>";
        return ReportPage.Render($"{summary.Title}: external validation", notice, ReportOutline.Apply(body, summary.Tables, summary.Tables.Concat(FigureTables.Of(summary)).Select(table => table.Name).ToHashSet(), ofPaper: false));
    }

    private static string Card(ValidationSummary summary, ValidatedModel model)
    {
        var auroc = HeadlineAuroc.OfRisks(summary.Outcomes, model.Risks);
        return $"""
            <div class="card"><span class="name">{Html.Text(model.Name)}</span><b>{Html.Number(auroc.Value, 3)}</b>
            <span>AUROC, {auroc.Reach(" to ")}; {Html.Number(model.DevelopmentAuroc, 3)} on the study's held-out subjects</span></div>
            """;
    }

    internal static string Warnings(IReadOnlyList<string> warnings) => warnings.Count == 0 ? "" : $"""
        <h2>Before you read on</h2>
        <ul>{string.Concat(warnings.Select(warning => $"<li>{Html.Text(warning)}</li>"))}</ul>
        """;

    private static string Models(ValidationSummary summary)
    {
        RocSeries[] curves = [.. summary.Models.Select((model, i) => new RocSeries(
            $"{model.Name} {Html.Number(Auroc.ValueOf(summary.Outcomes, model.Risks), 3)}", FormattableString.Invariant($"series-{i % 6}"), RocCurve.Of(summary.Outcomes, model.Risks)))];
        return $"""
            <h2>Discrimination</h2>
            <figure>{RocFigure.Render(curves, "Receiver operating characteristics on the new subjects", string.Join("; ", curves.Select(curve => curve.Label)))}
            <figcaption>Receiver operating characteristics on the {Count(summary.Outcomes.Count)} new subjects, {Count(summary.Outcomes.Count(outcome => outcome))} with the event, with AUROCs. The dotted line is chance.</figcaption></figure>
            {PrecisionRecallFigure.Captioned([.. summary.Models.Select(model => new ModelRisks(model.Name, model.Risks))], summary.Outcomes)}
            """;
    }

    private static string Centres(ValidationSummary summary) => summary.CentreColumn is not { } column ? "" : $"""
        <h2>Centres</h2>
        <p>By <code>{Html.Text(column)}</code>. Squares: centres with 95 % intervals. Diamond: all under random effects. Thick line: where a further centre is expected (95 % prediction interval; cut at the
        axis). Centres too small by the rule in the table below show their counts alone.</p>
        {string.Concat(summary.Models.Select(model => $"<figure>{ForestFigure.Render(model)}</figure>\n"))}
        """;

    private static string Provenance(ValidationSummary summary) => $"""
        <h2>Provenance</h2>
        <div class="table"><table class="facts"><tbody>
        <tr><th scope="row">Validated by</th><td>{Html.Text(summary.Program)}</td></tr>
        <tr><th scope="row">Study by</th><td>{Html.Text(summary.StudyProgram)}</td></tr>
        </tbody></table></div>
        <div class="table"><table class="facts"><thead><tr><th scope="col">File that was read</th><th scope="col" class="words">SHA-256</th></tr></thead><tbody>
        {string.Concat(summary.Inputs.Select(input => $"<tr><th scope=\"row\">{Html.Text(input.Name)}</th><td><code>{input.Sha256}</code></td></tr>\n"))}
        </tbody></table></div>
        <p>The study's files were compared with the hashes that it wrote before its models were used. The same folder and tables give this file again, byte for byte.</p>
        <footer>Research software, not a medical device. It must not guide the treatment of a patient.</footer>
        """;

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
