using System.Globalization;
using System.Text;
using Trabecula.Workbench.Reports.Raster;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>Rows along their first two principal components as inline SVG, by outcome.</summary>
internal static class ComponentFigure
{
    private const double Left = 46, Top = 28, Side = 340, Width = 400, Height = 430;

    /// <summary>Draws one set; both axes have one scale, so that distances are what they are.</summary>
    internal static string Render(ComponentSet set, IReadOnlyList<bool> outcomes, string eventName)
    {
        AxisTicks axis = AxisOf(set);
        double X(double score) => Left + Side * axis.Share(score);
        double Y(double score) => Top + Side * (1 - axis.Share(score));
        var svg = new StringBuilder();
        string title = string.Create(CultureInfo.InvariantCulture, $"{set.Columns} {set.Name} columns");
        int events = outcomes.Count(outcome => outcome);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure" role="img" viewBox="0 0 {Width} {Height}">
            <title>Principal components of {Html.Text(title)}</title><desc>{Html.Text($"The first component takes {Percent(set.FirstShare)} of the variance, the first three {Percent(set.ThreeShare)}.")}</desc>
            <text class="legend" x="{Left}" y="16">{Html.Text(title)}</text>
            <path class="grid" d="M{Left} {Top}h{Side}v{Side}h-{Side}z"/>
            <path class="diagonal" d="M{X(0):0.#} {Top}v{Side}M{Left} {Y(0):0.#}h{Side}"/>

            """);
        foreach (double tick in axis.Values)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text class="tick" x="{X(tick):0.#}" y="{Top + Side + 17}" text-anchor="middle">{Html.Number(tick, axis.Decimals)}</text>
                <text class="tick" x="{Left - 6}" y="{Y(tick) + 4:0.#}" text-anchor="end">{Html.Number(tick, axis.Decimals)}</text>

                """);
        }
        // Events are few; they are drawn last, over the others.
        foreach (bool isEvent in (bool[])[false, true])
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{(isEvent ? "event" : "no-event")}\">");
            foreach ((int row, bool outcome) in outcomes.Index())
            {
                if (outcome == isEvent)
                    svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(set.First[row]):0.#}\" cy=\"{Y(set.Second[row]):0.#}\" r=\"{(isEvent ? "3" : "2.4")}\"/>");
            }
            svg.Append("</g>\n");
        }
        double legend = 40 + 12 * TrueTypeFont.Regular.Width(string.Create(CultureInfo.InvariantCulture, $"{eventName} (n = {events})"));
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{Left + Side / 2}" y="{Top + Side + 36}" text-anchor="middle">PC1, {Percent(set.FirstShare)} of the variance (noise {Percent(set.Noise.Mean)})</text>
            <text class="axis" transform="translate(14 {Top + Side / 2}) rotate(-90)" text-anchor="middle">PC2</text>
            <g class="event"><circle cx="{Left + 6}" cy="{Height - 8}" r="3"/></g><text class="tick" x="{Left + 14}" y="{Height - 4}">{Html.Text(eventName)} (n = {events})</text>
            <g class="no-event"><circle cx="{Left + legend}" cy="{Height - 8}" r="2.4"/></g><text class="tick" x="{Left + legend + 8}" y="{Height - 4}">without (n = {outcomes.Count - events})</text>
            </svg>
            """);
        return svg.ToString();
    }

    /// <summary>An axis from as far below 0 as above, wide enough for both components.</summary>
    private static AxisTicks AxisOf(ComponentSet set)
    {
        double largest = set.First.Concat(set.Second).Max(Math.Abs) * 1.04;
        return AxisTicks.Of(-Math.Max(largest, 1), Math.Max(largest, 1), 8);
    }

    private static string Percent(double share) => $"{Html.Number(100 * share, 1)} %";
}
