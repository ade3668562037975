using System.Globalization;
using System.Text;

namespace Trabecula.Workbench.Reports;

/// <summary>The largest coefficients of a linear model as horizontal bars about zero, as inline SVG.</summary>
internal static class CoefficientFigure
{
    private const double RowHeight = 24, LabelWidth = 400, PlotWidth = 330, ValueWidth = 70, Top = 6;

    internal static string Render(IReadOnlyList<(string Name, double Value)> coefficients, int decimals, string title, string description)
    {
        double largest = coefficients.Select(c => Math.Abs(c.Value)).DefaultIfEmpty(0).Max();
        double lowest = Math.Min(0, coefficients.Select(c => c.Value).DefaultIfEmpty(0).Min());
        double highest = Math.Max(0, coefficients.Select(c => c.Value).DefaultIfEmpty(0).Max());
        double range = highest > lowest ? highest - lowest : 1;
        double zero = LabelWidth + ValueWidth + PlotWidth * (-lowest / range);
        double height = Top + RowHeight * coefficients.Count + 30, width = LabelWidth + PlotWidth + 2 * ValueWidth;

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {width} {height}">
            <title>{Html.Text(title)}</title><desc>{Html.Text(description)}</desc>
            <path class="zero" d="M{zero:0.##} {Top}v{RowHeight * coefficients.Count}"/>

            """);
        for (int i = 0; i < coefficients.Count; i++)
        {
            (string name, double value) = coefficients[i];
            double length = largest > 0 ? PlotWidth * Math.Abs(value) / range : 0;
            double y = Top + RowHeight * i, start = value < 0 ? zero - length : zero;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text class="feature" x="{LabelWidth - 8}" y="{y + 16:0.##}" text-anchor="end">{FigureLabel.Of(name, LabelWidth - 8, 12)}</text>
                <rect class="{(value < 0 ? "lowers" : "raises")}" x="{start:0.##}" y="{y + 4:0.##}" width="{length:0.##}" height="{RowHeight - 8}"/>
                <text class="tick" x="{(value < 0 ? start - 6 : start + length + 6):0.##}" y="{y + 16:0.##}" text-anchor="{(value < 0 ? "end" : "start")}">{Html.Number(value, decimals)}</text>

                """);
        }
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{LabelWidth + ValueWidth + PlotWidth / 2}" y="{height - 6}" text-anchor="middle">← lowers the risk · log odds per standard deviation · raises it →</text>
            </svg>
            """);
        return svg.ToString();
    }
}
