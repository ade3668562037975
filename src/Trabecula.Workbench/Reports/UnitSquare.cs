using System.Globalization;
using System.Text;

namespace Trabecula.Workbench.Reports;

/// <summary>The frame of a figure with both axes from 0 to 1: grid, ticks, names and the diagonal.</summary>
internal static class UnitSquare
{
    private const double Left = 58, Top = 14, Side = 360, Width = 440, Height = 436;

    /// <summary>Horizontal place of a share.</summary>
    internal static double X(double share) => Left + Side * share;

    /// <summary>Vertical place of a share.</summary>
    internal static double Y(double share) => Top + Side * (1 - share);

    /// <summary>The start of the figure, up to the first mark; <c>&lt;/svg&gt;</c> is left to write.</summary>
    internal static string Open(string title, string description, string horizontal, string vertical)
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
            <path class="diagonal" d="M{X(0):0.##} {Y(0):0.##}L{X(1):0.##} {Y(1):0.##}"/>
            <text class="axis" x="{Left + Side / 2}" y="{Top + Side + 46}" text-anchor="middle">{Html.Text(horizontal)}</text>
            <text class="axis" transform="translate(16 {Top + Side / 2}) rotate(-90)" text-anchor="middle">{Html.Text(vertical)}</text>

            """);
        return svg.ToString();
    }
}
