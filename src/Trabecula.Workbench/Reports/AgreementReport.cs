using System.Globalization;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Readers;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The report of a comparison of readers: one HTML file that needs nothing else.</summary>
internal static class AgreementReport
{
    private const int PicturesShown = 6, RowsShown = 40;

    internal static string OfMasks(
        IReadOnlyList<MaskPair> pairs, IReadOnlyList<MaskMeasure> measures, ReportTable summary, ReportTable cases, MaskComparison comparison)
    {
        string histograms = string.Concat(measures.Where(measure => !measure.Name.StartsWith("Volume", StringComparison.Ordinal))
            .Select(measure => Figure(HistogramFigure.Render(measure.Name, measure.Name, "Pairs of masks", pairs.Select(pair => measure.Of(pair.Agreement))))));
        string volumes = Figure(BlandAltmanFigure.Render("Volume mm3", [.. pairs.Select(pair => pair.Agreement.FirstVolumeMm3)], [.. pairs.Select(pair => pair.Agreement.SecondVolumeMm3)]));
        string lost = comparison.Failures.Count == 0 ? "" : $"<h2>Not compared</h2>{List(comparison.Failures)}";
        return Page("Agreement of masks", $"{Text(pairs.Count)} pairs of masks of {Text(pairs.Select(pair => pair.Subject).Distinct().Count())} subjects.", $"""
            {List(comparison.Notes)}{lost}<h2>Pictures</h2><div class="plots">{histograms}{volumes}</div>
            {Table(summary)}{Table(cases)}
            """);
    }

    internal static string OfFeatures(FeatureReadings readings, IReadOnlyList<FeatureAgreement> features, IReadOnlyList<ReportTable> tables, IReadOnlyList<string> notes)
    {
        IntraclassCorrelation[] absolute = [.. features.Select(feature => feature.Correlations[(int)IccForm.TwoWayRandomSingle])];
        FeatureAgreement[] shown = [.. features.Where(feature => double.IsFinite(feature.LeastConcordance)).OrderBy(feature => feature.LeastConcordance).Take(PicturesShown)];
        string differences = string.Concat(shown.Select(feature =>
        {
            ReaderPair worst = feature.Pairs.MinBy(pair => pair.Concordance.Coefficient)!;
            double[][] values = readings.Values[readings.Features.Index().First(each => each.Item == feature.Feature).Index];
            return Figure(BlandAltmanFigure.Render(feature.Feature, values[worst.First], values[worst.Second]));
        }));
        string bounds = string.Concat(((double[])[0.75, 0.8, 0.85, 0.9, 0.95]).Select(bound => string.Create(CultureInfo.InvariantCulture,
            $"<tr><th scope=\"row\">{bound}</th><td>{features.Count(feature => feature.LeastConcordance >= bound)}</td><td>{absolute.Count(icc => icc.Coefficient >= bound)}</td><td>{absolute.Count(icc => icc.Lower >= bound)}</td></tr>")));
        return Page("Agreement of features",
            $"{Text(features.Count)} features of {Text(readings.Subjects.Count)} {readings.What}s by {Html.Text(string.Join(", ", readings.Readers))}.", $"""
            {List(notes)}
            <h2>How many features agree</h2>
            <div class="table"><table><thead><tr><th scope="col">At least</th><th scope="col">CCC of every pair</th><th scope="col">ICC(2,1)</th><th scope="col">Lower end of ICC(2,1)</th></tr></thead><tbody>{bounds}</tbody></table></div>
            <div class="plots">
            {Figure(HistogramFigure.Render("Lin's CCC, least of all pairs", "CCC", "Features", features.Select(feature => feature.LeastConcordance)))}
            {Figure(HistogramFigure.Render("ICC(2,1)", "ICC(2,1)", "Features", absolute.Select(icc => icc.Coefficient)))}
            </div>
            <h2>Differences of the features that agree least</h2>
            <div class="plots">{differences}</div>
            <p>Bland and Altman: solid, the bias; dashed, the limits within which 95 % of differences are expected. Of several pairs of readers, the one that agrees least.</p>
            {string.Concat(tables.Select(Table))}
            """);
    }

    private static string Page(string title, string lead, string body) => ReportPage.Render(title, "<strong>Research software, not a medical device.</strong>", $"""
        <p class="brand">Trabecula · readers</p>
        <h1>{Html.Text(title)}</h1>
        <p class="lead">{lead}</p>
        {body}
        <footer>Research software, not a medical device. It must not guide the treatment of a patient.</footer>
        """);

    private static string List(IReadOnlyList<string> items) => items.Count == 0 ? "" : $"<ul>{string.Concat(items.Select(item => $"<li>{Html.Text(item)}</li>"))}</ul>";

    private static string Figure(string svg) => svg.Length == 0 ? "" : $"<figure>{svg}</figure>\n";

    private static string Table(ReportTable table)
    {
        string rows = string.Concat(table.Rows.Take(RowsShown).Select(row =>
            $"<tr>{string.Concat(row.Select((cell, i) => i == 0 ? $"<th scope=\"row\">{Html.Text(cell)}</th>" : $"<td>{Html.Text(Rounded(cell))}</td>"))}</tr>\n"));
        string more = table.Rows.Count > RowsShown ? $"<p>{Text(table.Rows.Count - RowsShown)} more rows are in <code>{table.Name}.csv</code>.</p>" : "";
        return $"""
            <h2>{Html.Text(table.Title)}</h2>
            <div class="table"><table class="data"><thead><tr>{string.Concat(table.Columns.Select(column => $"<th scope=\"col\">{Html.Text(column)}</th>"))}</tr></thead>
            <tbody>{rows}</tbody></table></div>
            {more}{(table.Note.Length == 0 ? "" : $"<p>{Html.Text(table.Note)}</p>")}

            """;
    }

    private static string Rounded(string cell) =>
        cell.Contains('.', StringComparison.Ordinal) && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number.ToString(Math.Abs(number) is >= 1e-3 and < 1e5 ? "0.####" : "0.###e+0", CultureInfo.InvariantCulture)
            : cell;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
