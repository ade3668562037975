using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The columns that mRMR took, in its order, as inline SVG: what each tells about the outcome, and what it shares with those before it.</summary>
internal static class MrmrFigure
{
    private const double RowHeight = 22, LabelWidth = 400, Panel = 190, Gap = 70, Top = 34;

    internal static string Render(MrmrSummary mrmr)
    {
        double width = LabelWidth + 2 * Panel + Gap + 22, bottom = Top + RowHeight * mrmr.Taken.Count;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {width:0.##} {bottom + 30:0.##}">
            <title>mRMR: columns in the order in which they were taken</title><desc>{Html.Text(string.Join("; ", mrmr.Taken.Select(column => $"{column.Name} {Html.Number(column.Relevance, 3)}, {Html.Number(column.Redundancy, 3)}")))}</desc>

            """);
        Draw(svg, LabelWidth, "Relevance to the outcome", "raises", [.. mrmr.Taken.Select(column => column.Relevance)], bottom);
        Draw(svg, LabelWidth + Panel + Gap, "Mean redundancy", "lowers", [.. mrmr.Taken.Select(column => column.Redundancy)], bottom);
        foreach ((int i, MrmrColumn column) in mrmr.Taken.Index())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"feature\" x=\"{LabelWidth - 12}\" y=\"{Top + RowHeight * (i + 0.5) + 4:0.##}\" text-anchor=\"end\">{FigureLabel.Of(column.Name, LabelWidth - 12, 12)}</text>\n");
        }
        return svg.Append("</svg>").ToString();
    }

    private static void Draw(StringBuilder svg, double left, string name, string style, double[] values, double bottom)
    {
        var ticks = AxisTicks.Of(0, values.Max(), 4);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{left:0.##}\" y=\"16\">{Html.Text(name)}</text>\n");
        foreach (double tick in ticks.Values)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{left + Panel * ticks.Share(tick):0.##} {Top:0.##}V{bottom:0.##}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{left + Panel * ticks.Share(tick):0.##}\" y=\"{bottom + 17:0.##}\" text-anchor=\"middle\">{Html.Number(tick, ticks.Decimals)}</text>\n");
        }
        foreach ((int i, double value) in values.Index())
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{left:0.##}\" y=\"{Top + RowHeight * i + 5:0.##}\" width=\"{Panel * ticks.Share(value):0.##}\" height=\"{RowHeight - 10}\"/>\n");
    }
}
