using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies.Validations;

namespace Trabecula.Workbench.Reports;

/// <summary>A model in each centre and in all together as inline SVG: squares with intervals, a diamond for the pooled value, below it the prediction interval.</summary>
internal static class ForestFigure
{
    private const double Names = 170, Panel = 250, Gap = 92, RowHeight = 26, Top = 62;

    private static readonly (PoolableMeasure Measure, double Neutral)[] s_panels = [(PoolableMeasure.Auroc, 0.5), (PoolableMeasure.InTheLarge, 0)];

    internal static string Render(ValidatedModel model)
    {
        int rows = model.Centres.Count + (model.Pooled.Count > 0 ? 2 : 0);
        double width = Names + s_panels.Length * (Panel + Gap), height = Top + rows * RowHeight + 54;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0.##} {height:0.##}" font-family="system-ui,sans-serif">
            <title>{Html.Text($"Centres, {model.Name}")}</title><desc>{Html.Text(Describe(model))}</desc>

            """);
        svg.Append(PlotFrame.Label(0, 18, model.Name, "start", strong: true));
        foreach ((int i, SubgroupEvaluation centre) in model.Centres.Index())
        {
            string counts = string.Create(CultureInfo.InvariantCulture, $" {centre.Events}/{centre.Count}");
            svg.Append(PlotFrame.Label(0, Y(i) + 4, Shorten(centre.Name), "start")).Append(PlotFrame.Label(Names - 14, Y(i) + 4, counts, "end", soft: true));
        }
        svg.Append(PlotFrame.Label(Names - 14, Top - 12, "events/subjects", "end", soft: true));
        if (model.Pooled.Count > 0)
        {
            svg.Append(PlotFrame.Label(0, Y(model.Centres.Count) + 4, "pooled", "start", strong: true));
            svg.Append(PlotFrame.Label(0, Y(model.Centres.Count + 1) + 4, "a further centre", "start"));
        }
        foreach ((int i, (PoolableMeasure measure, double neutral)) in s_panels.Index())
            Draw(svg, model, measure, neutral, Names + i * (Panel + Gap), rows);
        return svg.Append("</svg>").ToString();
    }

    private static void Draw(StringBuilder svg, ValidatedModel model, PoolableMeasure measure, double neutral, double left, int rows)
    {
        (double Value, ConfidenceInterval Interval)[] centres = [.. model.Centres.Select(centre => PooledMeasure.In(measure, centre))];
        PooledMeasure? pooled = model.Pooled.FirstOrDefault(each => each.Measure == measure);
        double[] all = [neutral, .. centres.SelectMany(each => (double[])[each.Value, each.Interval.Lower, each.Interval.Upper]).Where(double.IsFinite),
            .. pooled is null ? [] : (double[])[pooled.Interval().Lower, pooled.Interval().Upper]];
        var ticks = AxisTicks.Of(all.Min(), all.Max(), 5);
        svg.Append(PlotFrame.Label(left + Panel / 2, Top - 34, ValidationTables.NameOf(measure), "middle", strong: true));
        double bottom = Top + rows * RowHeight;
        foreach (double tick in ticks.Values)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path style=\"stroke:var(--line,#d8dee5)\" d=\"M{X(tick):0.##} {Top - 4:0.##}V{bottom:0.##}\"/>");
            svg.Append(PlotFrame.Label(X(tick), bottom + 18, Html.Number(tick, ticks.Decimals), "middle", soft: true));
        }
        svg.Append(CultureInfo.InvariantCulture, $"<path style=\"stroke:var(--soft,#53616f);stroke-dasharray:2 4;fill:none\" d=\"M{X(neutral):0.##} {Top - 4:0.##}V{bottom:0.##}\"/>\n");
        foreach ((int i, (double value, ConfidenceInterval interval)) in centres.Index())
        {
            if (!double.IsFinite(value))
            {
                svg.Append(PlotFrame.Label(left + Panel / 2, Y(i) + 4, model.Centres[i].Measures is null ? "too few to be shown" : "no finite value", "middle", soft: true));
                continue;
            }
            Line(svg, X(interval.Lower), X(interval.Upper), Y(i), "var(--blue,#0072b2)", 1.6);
            svg.Append(CultureInfo.InvariantCulture, $"<rect style=\"fill:var(--blue,#0072b2)\" x=\"{X(value) - 4:0.##}\" y=\"{Y(i) - 4:0.##}\" width=\"8\" height=\"8\"/>");
            svg.Append(PlotFrame.Label(left + Panel + 12, Y(i) + 4, Html.Number(value, 2), "start"));
        }
        if (pooled is not null)
        {
            ConfidenceInterval interval = pooled.Interval(), prediction = pooled.PredictionInterval();
            double y = Y(centres.Length), middle = X(pooled.Value);
            svg.Append(CultureInfo.InvariantCulture, $"<path style=\"fill:var(--orange,#c04f00)\" d=\"M{X(interval.Lower):0.##} {y:0.##}L{middle:0.##} {y - 7:0.##}L{X(interval.Upper):0.##} {y:0.##}L{middle:0.##} {y + 7:0.##}Z\"/>\n");
            svg.Append(PlotFrame.Label(left + Panel + 12, y + 4, Html.Number(pooled.Value, 2), "start", strong: true));
            if (double.IsFinite(prediction.Lower))
            {
                double further = Y(centres.Length + 1);
                Line(svg, X(prediction.Lower), X(prediction.Upper), further, "var(--orange,#c04f00)", 3);
                // An end that lies beyond the axis is an arrow.
                if (prediction.Lower < ticks.Lowest)
                    svg.Append(CultureInfo.InvariantCulture, $"<path style=\"fill:var(--orange,#c04f00)\" d=\"M{left - 8:0.##} {further:0.##}l9 -5v10Z\"/>\n");
                if (prediction.Upper > ticks.Highest)
                    svg.Append(CultureInfo.InvariantCulture, $"<path style=\"fill:var(--orange,#c04f00)\" d=\"M{left + Panel + 8:0.##} {further:0.##}l-9 -5v10Z\"/>\n");
            }
            else
                svg.Append(PlotFrame.Label(left + Panel / 2, Y(centres.Length + 1) + 4, "needs three centres", "middle", soft: true));
        }

        // What reaches beyond the axis is cut at its end.
        double X(double value) => left + Panel * Math.Clamp(ticks.Share(value), 0, 1);
    }

    private static void Line(StringBuilder svg, double from, double to, double y, string colour, double width) =>
        svg.Append(CultureInfo.InvariantCulture, $"<path style=\"stroke:{colour};stroke-width:{width}\" d=\"M{from:0.##} {y:0.##}H{to:0.##}\"/>\n");

    private static double Y(int row) => Top + (row + 0.5) * RowHeight;

    private static string Shorten(string text) => text.Length <= 14 ? text : text[..13] + "…";

    private static string Describe(ValidatedModel model) => string.Join("; ", model.Centres.Select(centre => centre.Measures is { } e
        ? $"{centre.Name}: AUROC {Html.Number(e.Auroc.Value, 3)}" : $"{centre.Name}: too few"));
}
