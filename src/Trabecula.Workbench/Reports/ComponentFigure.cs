using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>Rows along their first two principal components as inline SVG, by outcome.</summary>
internal static class ComponentFigure
{
    private const double Left = 46, Top = 28, Side = 340, Width = 400, Height = 420;

    /// <summary>Draws one set; both axes have one scale, so that distances are what they are.</summary>
    internal static string Render(ComponentSet set, IReadOnlyList<bool> outcomes, string eventName)
    {
        double reach = Reach(set);
        double X(double score) => Left + Side * (score + reach) / (2 * reach);
        double Y(double score) => Top + Side * (reach - score) / (2 * reach);
        var svg = new StringBuilder();
        string title = string.Create(CultureInfo.InvariantCulture, $"{set.Columns} {set.Name} columns");
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure" role="img" viewBox="0 0 {Width} {Height}">
            <title>{Html.Text(title)}</title><desc>{Html.Text($"The first component takes {Percent(set.FirstShare)} of the variance, the first three {Percent(set.ThreeShare)}.")}</desc>
            <text class="legend" x="{Left}" y="16">{Html.Text($"{title}: PC1 {Percent(set.FirstShare)}, noise {Percent(set.Noise.Mean)}")}</text>
            <path class="grid" d="M{Left} {Top}h{Side}v{Side}h-{Side}z"/>
            <path class="diagonal" d="M{X(0):0.#} {Top}v{Side}M{Left} {Y(0):0.#}h{Side}"/>

            """);
        foreach (double tick in (double[])[-reach / 2, 0, reach / 2])
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text class="tick" x="{X(tick):0.#}" y="{Top + Side + 17}" text-anchor="middle">{Html.Number(tick, 0)}</text>
                <text class="tick" x="{Left - 6}" y="{Y(tick) + 4:0.#}" text-anchor="end">{Html.Number(tick, 0)}</text>

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
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{Left + Side / 2}" y="{Top + Side + 36}" text-anchor="middle">PC1</text>
            <text class="axis" transform="translate(14 {Top + Side / 2}) rotate(-90)" text-anchor="middle">PC2</text>
            <g class="event"><circle cx="{Left + 6}" cy="{Height - 8}" r="3"/></g><text class="tick" x="{Left + 14}" y="{Height - 4}">{Html.Text(eventName)}</text>
            <g class="no-event"><circle cx="{Left + 206}" cy="{Height - 8}" r="2.4"/></g><text class="tick" x="{Left + 214}" y="{Height - 4}">without</text>
            </svg>
            """);
        return svg.ToString();
    }

    private static double Reach(ComponentSet set)
    {
        double largest = set.First.Concat(set.Second).Max(Math.Abs);
        return largest > 0 ? Math.Max(2, 2 * Math.Ceiling(largest * 1.04 / 2)) : 2;
    }

    private static string Percent(double share) => $"{Html.Number(100 * share, 1)} %";
}
