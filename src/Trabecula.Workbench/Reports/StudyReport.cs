using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Reports.Interpretation;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Interpretations;

namespace Trabecula.Workbench.Reports;

/// <summary>The report of a study: one HTML file that needs nothing else. The same summary gives the same bytes.</summary>
internal static class StudyReport
{
    private const int RowsShown = 40, FewestDense = 8;

    /// <summary>Tables too long to be read; they are files.</summary>
    private static readonly string[] s_hidden = ["predictions", "splits", "trials", "screening", "decision-curves", "instability", .. InterpretationTables.All];

    internal static string Render(StudySummary summary, string checklists = "")
    {
        ArgumentNullException.ThrowIfNull(summary);
        var body = new StringBuilder();
        body.Append(Headline(summary)).Append(ValidationReport.Warnings(summary.Warnings)).Append(Flow(summary)).Append(Segmentation(summary)).Append(Models(summary)).Append(EvaluationSection.Render(summary))
            .Append(InterpretationSection.Render(summary.Interpretation))
            .Append(string.Concat(summary.TabNets.Select(model => TabNetSection.Render(model, summary.Splits.Count)))).Append(Tables(summary)).Append(MethodsSection.Render(summary)).Append(checklists).Append(Provenance(summary));
        string notice = (summary.SyntheticData ? "<strong>SYNTHETIC DATA.</strong> No patient stands behind these numbers. " : "") +
            (summary.Leaks ? "<strong>Profile <code>paper</code>: steps saw the held-out subjects.</strong> The results below are optimistic by an unknown amount. " : "") +
            "<strong>Research software, not a medical device.</strong>";
        return ReportPage.Render(summary.Title, notice, ReportOutline.Apply(body.ToString(), [.. summary.Tables, SearchTable.OfModels(summary)], Files(summary), summary.ReplicatesGe2025));
    }

    private static HashSet<string> Files(StudySummary summary) =>
        [.. summary.Tables.Concat(FigureTables.Of(summary)).Select(table => table.Name), .. summary.TabNets.Count > 0 ? TabNetTables.Names : []];

    private static string Headline(StudySummary summary) => $"""
        <p class="brand">Trabecula · study · profile {Html.Text(summary.Profile)}</p>
        <h1>{Html.Text(summary.Title)}</h1>
        <p class="lead">{Count(summary.Flow[^1].Remaining)} subjects, {Count(summary.Splits.Count == 1 ? summary.Splits[0].HeldOut : summary.HeldOutOutcomes.Count)}
        {(summary.Splits.Count == 1 ? $"held out and {Looks(summary)}" : $"held-out predictions from {Count(summary.Splits.Count)} splits")}; outcome: {Html.Text(summary.Outcome)}.</p>
        <div class="cards">{string.Concat(summary.Models.Select(model => Card(summary, model)))}</div>

        """;

    private static string Looks(StudySummary summary) => summary.Looks?.Text ?? "looked at once";

    private static string Card(StudySummary summary, ModelSummary model)
    {
        var auroc = HeadlineAuroc.Of(summary, model);
        return $"""
            <div class="card"><span class="name">{Html.Text(model.Name)}</span><b>{Html.Number(auroc.Value, 3)}</b>
            <span>{(summary.RepeatsSubjects ? auroc.Measure : "AUROC")}, {auroc.Reach(" to ")}</span></div>
            """;
    }

    private static string Flow(StudySummary summary)
    {
        SplitSummary first = summary.Splits[0];
        int analysed = summary.Flow[^1].Remaining;
        (string whole, string[] parts) = summary.Splits.Count == 1
            ? ($"Analysed (n = {Count(analysed)})\n{Count(first.TrainingEvents + first.HeldOutEvents)} with the event",
                [$"Training (n = {Count(first.Training)})\n{Count(first.TrainingEvents)} with the event", $"Held out (n = {Count(first.HeldOut)})\n{Count(first.HeldOutEvents)} with the event"])
            : ($"Analysed (n = {Count(analysed)})", (string[])[$"{Count(summary.Splits.Count)} splits into training and held out"]);
        string scores = summary.Scores.Count == 0 ? "" : $"""
            <figure>{ScoreFigure.Render(summary.Scores, summary.ScoreThreshold ?? 0, ScaleOf(summary.Scores), "Score", summary.Outcome, "Scores by day and group")}<figcaption>Scores by day and group.</figcaption></figure>
            """;
        return $"""
            <h2>Subjects</h2>
            <figure>{FlowFigure.Render(summary.Flow, whole, parts)}<figcaption>{FlowFigure.Caption}</figcaption></figure>
            {scores}

            """;
    }

    private static string Segmentation(StudySummary summary) => summary.Segmentation is not { } shown ? "" : $"""
        <h2>Segmentation</h2>
        <div class="plots">
        {string.Concat(shown.Slices.Select(slice => $"<figure>{SliceFigure.Render(slice, $"Segmentation, {slice.Plane.ToString().ToLowerInvariant()} slice", shown.Caption)}</figure>\n"))}
        </div>
        <p>The middle slices of a case, with the outline within which features are computed. {Html.Text(shown.Caption)}{(shown.Caption.Length == 0 || shown.Caption.EndsWith('.') ? "" : ".")} Window −250 to 650 HU.</p>

        """;

    // Scores of pain run from 0 to 10; others are shown from 0 to their highest quartile, rounded up to tens.
    private static (double Lowest, double Highest) ScaleOf(IReadOnlyList<Cohorts.ScoreSummary> scores) =>
        (0, Math.Max(10, 10 * Math.Ceiling(scores.Where(score => score.Count > 0).Max(score => score.UpperQuartile) / 10)));

    private static string Models(StudySummary summary)
    {
        RocSeries[] curves = [.. summary.Models.Select((model, i) => new RocSeries(
            $"{model.Name} {Html.Number(HeadlineAuroc.Of(summary, model).Value, 3)}", $"series-{i % 6}", RocCurve.Of(summary.HeldOutOutcomes, model.Risks)))];
        string pooled = summary.Splits.Count == 1 ? "" : " Predictions of all splits are pooled.";
        string rows = string.Concat(summary.Models.Select(model => $"""
            <tr><th scope="row">{Html.Text(model.Name)}</th><td>{Count(model.Configurations)}</td><td>{(model.CrossValidatedAuroc[0] is { } auroc ? Html.Number(auroc, 3) : "–")}</td><td class="words">{Html.Text(model.Chosen[0])}</td></tr>
            """));
        rows += string.Concat(summary.LeftOut.Select(model => $"""
            <tr class="off"><th scope="row">{Html.Text(model.Name)}</th><td>–</td><td>–</td><td class="words">Left out. {Html.Text(model.Reason)}</td></tr>
            """));
        return $"""
            <h2>Models</h2>
            <figure>{RocFigure.Render(curves, "Receiver operating characteristics on the held-out subjects", string.Join("; ", curves.Select(curve => curve.Label)))}
            <figcaption>Receiver operating characteristics of {Count(summary.HeldOutOutcomes.Count)} {(summary.Splits.Count == 1 ? "held-out subjects" : "held-out predictions")}, {Count(summary.HeldOutOutcomes.Count(outcome => outcome))} with the event.{pooled} {Areas(summary)}. The dotted line is chance.</figcaption></figure>
            {(summary.Evaluation is null ? "" : PrecisionRecallFigure.Captioned([.. summary.Models.Select(model => new ModelRisks(model.Name, model.Risks))], summary.HeldOutOutcomes, pooled))}
            <div class="table" data-table="{SearchTable.Models}"><table><thead><tr><th scope="col">Model</th><th scope="col">Tried</th><th scope="col">AUROC over the folds</th><th scope="col" class="words">Chosen{(summary.Splits.Count == 1 ? "" : " in the first split")}</th></tr></thead><tbody>{rows}</tbody></table></div>

            """;
    }

    /// <summary>The areas under the curves in words, with what they have in common said once.</summary>
    private static string Areas(StudySummary summary)
    {
        (string Name, HeadlineAuroc Auroc)[] models = [.. summary.Models.Select(model => (Html.Text(model.Name), HeadlineAuroc.Of(summary, model)))];
        string[] methods = [.. models.Select(model => double.IsNaN(model.Auroc.Interval.Lower) ? "" : model.Auroc.Method).Distinct()];
        return methods is [{ Length: > 0 } method]
            ? $"{(summary.RepeatsSubjects ? "AUROC as the mean of the splits" : "AUROC")} with 95 % interval ({method}): {string.Join("; ", models.Select(model => $"{model.Name} {Html.Number(model.Auroc.Value, 3)} ({Html.Number(model.Auroc.Interval.Lower, 3)} to {Html.Number(model.Auroc.Interval.Upper, 3)})"))}"
            : $"AUROC: {string.Join("; ", models.Select(model => $"{model.Name} {model.Auroc.Words(" to ")}"))}";
    }

    private static string Tables(StudySummary summary) =>
        Tables([.. summary.Tables.Where(table => !(table.Name == "evaluation" && summary.Splits.Count == 1))], table => table.Name switch { "pca" => Components(summary), MrmrSummary.TableName => Mrmr(summary), _ => "" });

    /// <summary>Tables as a reader wants them, each with what follows it.</summary>
    internal static string Tables(IReadOnlyList<ReportTable> tables, Func<ReportTable, string>? then = null) =>
        string.Concat(tables.Where(table => !s_hidden.Contains(table.Name)).Select(table => Table(table, ReadableTable.PartsOf(table)) + then?.Invoke(table)));

    private static string Mrmr(StudySummary summary) => summary.Mrmr is not { } mrmr ? "" : $"""
        <figure>{MrmrFigure.Render(mrmr)}
        <figcaption>Columns that mRMR took on {Html.Text(mrmr.FittedOn)}, the first on top, each by its relevance weighed against its redundancy. The first has nothing to be redundant with.</figcaption></figure>

        """;

    private static string Components(StudySummary summary) => summary.Components is not { } components ? "" : $"""
        <div class="plots">
        <figure>{ComponentFigure.Render(components.Before, components.Outcomes, summary.Outcome)}</figure>
        <figure>{ComponentFigure.Render(components.Selected, components.Outcomes, summary.Outcome)}</figure>
        </div>
        <p>Each mark is a subject. Both axes of a picture have one scale.</p>

        """;

    /// <summary>A table under its title, in one part or in several below each other.</summary>
    private static string Table(ReportTable table, IReadOnlyList<ReportTable> parts)
    {
        string more = parts.Count == 1 && parts[0].Rows.Count > RowsShown ? $"<p>{Count(table.Rows.Count - RowsShown)} more rows are in <code>tables/{table.Name}.csv</code>.</p>" : "";
        return $"""
            <h2>{Html.Text(table.Title)}</h2>
            {string.Concat(parts.Select((part, i) => Cells(part, first: i == 0)))}{more}{(table.Note.Length == 0 ? "" : $"<p>{Html.Text(table.Note)}</p>")}

            """;
    }

    private static string Cells(ReportTable table, bool first)
    {
        bool[] words = [.. Enumerable.Range(0, table.Columns.Count).Select(c => c > 0 && table.Rows.Any(row => row[c].Length > 0) && table.Rows.All(row => row[c].Length == 0 || char.IsLetter(row[c][0])))];
        string rows = string.Concat(table.Rows.Take(RowsShown).Select(row =>
            $"<tr>{string.Concat(row.Select((cell, i) => i == 0 ? $"<th scope=\"row\">{Html.Text(cell)}</th>" : $"<td{Words(i)}>{Unbroken(Html.Text(cell))}</td>"))}</tr>\n"));
        return $"""
            <div class="table"><table class="data{(table.Columns.Count >= FewestDense ? " dense" : "")}{(first ? "" : " more")}"><thead><tr>{string.Concat(table.Columns.Select((column, i) => $"<th scope=\"col\"{Words(i)}>{Html.Text(column)}</th>"))}</tr></thead>
            <tbody>{rows}</tbody></table></div>

            """;

        string Words(int column) => words[column] ? " class=\"words\"" : "";
    }

    // A narrow cell of numbers may break before its brackets, and nowhere else.
    private static string Unbroken(string cell) => cell.Length == 0 || !(char.IsAsciiDigit(cell[0]) || cell[0] is '-' or '−' or '+') ? cell
        : cell.Replace(" ", "&nbsp;", StringComparison.Ordinal).Replace("&nbsp;(", " (", StringComparison.Ordinal);

    private static string Provenance(StudySummary summary) => $"""
        <h2>Provenance</h2>
        <div class="table"><table class="facts"><tbody>
        <tr><th scope="row">Program</th><td>{Html.Text(summary.Program)}</td></tr>
        <tr><th scope="row">Held-out subjects</th><td>{Html.Text(Looks(summary))}{(summary.Looks is null ? "" : "; every look is in <code>looks.jsonl</code>")}</td></tr>
        <tr><th scope="row">Seed</th><td>{summary.Seed.ToString(CultureInfo.InvariantCulture)}</td></tr>
        </tbody></table></div>
        <div class="table"><table class="facts"><thead><tr><th scope="col">File that was read</th><th scope="col" class="words">SHA-256</th></tr></thead><tbody>
        {string.Concat(summary.Inputs.Select(input => $"<tr><th scope=\"row\">{Html.Text(input.Name)}</th><td><code>{input.Sha256}</code></td></tr>\n"))}
        </tbody></table></div>
        <p>The same plan and tables give this file again, byte for byte. The tables behind it are in <code>tables</code>, every trial of the search
        in <code>tables/trials.csv</code>, the fitted models in <code>models</code>.</p>
        <footer>Research software, not a medical device. It must not guide the treatment of a patient.</footer>

        """;

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
