using System.Globalization;
using System.Text;
using Trabecula.Workbench.Reports.Raster;

namespace Trabecula.Workbench.Reports;

/// <summary>The frame of a figure with both axes from 0 to 1: grid, ticks, names and the dotted line of chance; and the names of its curves.</summary>
internal static class UnitSquare
{
    private const double Left = 58, Top = 14, Side = 360, Width = 440, Height = 436;

    /// <summary>Horizontal place of a share.</summary>
    internal static double X(double share) => Left + Side * share;

    /// <summary>Vertical place of a share.</summary>
    internal static double Y(double share) => Top + Side * (1 - share);

    /// <summary>The start of the figure, up to the first mark; <c>&lt;/svg&gt;</c> is left to write.</summary>
    /// <param name="title">What the figure is called.</param>
    /// <param name="description">What it shows, for those who do not see it.</param>
    /// <param name="horizontal">The name of the horizontal axis.</param>
    /// <param name="vertical">The name of the vertical axis.</param>
    /// <param name="level">Where the dotted line lies, level; the diagonal without.</param>
    internal static string Open(string title, string description, string horizontal, string vertical, double? level = null)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure" role="img" viewBox="0 0 {Width} {Height}">
            <title>{Html.Text(title)}</title><desc>{Html.Text(description)}</desc>

            """);
        for (int tick = 0; tick <= 5; tick++)
        {
            double share = tick / 5.0;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="grid" d="M{X(share):0.##} {Top}V{Top + Side}M{Left} {Y(share):0.##}H{Left + Side}"/>
                <text class="tick" x="{X(share):0.##}" y="{Top + Side + 18}" text-anchor="middle">{share:0.0}</text>
                <text class="tick" x="{Left - 8}" y="{Y(share) + 4:0.##}" text-anchor="end">{share:0.0}</text>

                """);
        }
        svg.Append(CultureInfo.InvariantCulture, $"""
            <path class="diagonal" d="M{X(0):0.##} {Y(level ?? 0):0.##}L{X(1):0.##} {Y(level ?? 1):0.##}"/>
            <text class="axis" x="{Left + Side / 2}" y="{Top + Side + 46}" text-anchor="middle">{Html.Text(horizontal)}</text>
            <text class="axis" transform="translate(16 {Top + Side / 2}) rotate(-90)" text-anchor="middle">{Html.Text(vertical)}</text>

            """);
        return svg.ToString();
    }

    /// <summary>The names of curves one below the other, on a ground through which a curve still shows.</summary>
    /// <param name="x">Their left end.</param>
    /// <param name="top">Their upper end.</param>
    /// <param name="curves">For each its name and the class of its line.</param>
    internal static string Legend(double x, double top, IReadOnlyList<(string Label, string CssClass)> curves)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<rect style=\"fill:var(--paper,#fff);fill-opacity:.85;stroke:none\" x=\"{x - 6:0.##}\" y=\"{top}\" width=\"{LegendWidth(curves) - 6:0.##}\" height=\"{LegendHeight(curves)}\"/>\n");
        foreach ((int i, (string label, string css)) in curves.Index())
        {
            double y = top + 18 + 22 * i;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="curve {css}" d="M{x:0.##} {y - 4:0.##}h30"/>
                <text class="legend" x="{x + 38:0.##}" y="{y:0.##}">{Html.Text(label)}</text>

                """);
        }
        return svg.ToString();
    }

    /// <summary>How high they are.</summary>
    internal static double LegendHeight(IReadOnlyList<(string Label, string CssClass)> curves) => 22 * curves.Count + 6;

    /// <summary>The space that they take in a line.</summary>
    internal static double LegendWidth(IReadOnlyList<(string Label, string CssClass)> curves) => 58 + 13 * curves.Max(each => TrueTypeFont.Regular.Width(each.Label));
}
