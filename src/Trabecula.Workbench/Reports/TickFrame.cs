using System.Globalization;
using System.Text;

namespace Trabecula.Workbench.Reports;

/// <summary>The frame of a small figure with two axes of numbers.</summary>
/// <param name="Horizontal">Ticks of the horizontal axis.</param>
/// <param name="Vertical">Ticks of the vertical axis.</param>
internal sealed record TickFrame(AxisTicks Horizontal, AxisTicks Vertical)
{
    private const double Left = 74, Top = 30, Width = 340, Height = 236;

    internal double X(double value) => Left + Width * Horizontal.Share(value);

    internal double Y(double value) => Top + Height * (1 - Vertical.Share(value));

    /// <summary>The start of the figure; <c>&lt;/svg&gt;</c> is left to write.</summary>
    internal StringBuilder Open(string title, string description, string horizontal, string vertical)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure" role="img" viewBox="0 0 {Left + Width + 30} {Top + Height + 54}">
            <title>{Html.Text(title)}</title><desc>{Html.Text(description)}</desc>
            <text class="feature" x="{Left}" y="16">{FigureLabel.Of(title, Width, 12)}</text>

            """);
        foreach (double tick in Horizontal.Values)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="grid" d="M{X(tick):0.##} {Top}v{Height}"/><text class="tick" x="{X(tick):0.##}" y="{Top + Height + 18}" text-anchor="middle">{Tick(tick, Horizontal)}</text>

                """);
        }
        foreach (double tick in Vertical.Values)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="grid" d="M{Left} {Y(tick):0.##}h{Width}"/><text class="tick" x="{Left - 8}" y="{Y(tick) + 4:0.##}" text-anchor="end">{Tick(tick, Vertical)}</text>

                """);
        }
        return svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{Left + Width / 2}" y="{Top + Height + 44}" text-anchor="middle">{Html.Text(horizontal)}</text>
            <text class="axis" transform="translate(14 {Top + Height / 2}) rotate(-90)" text-anchor="middle">{Html.Text(vertical)}</text>

            """);
    }

    private static string Tick(double value, AxisTicks axis)
    {
        double largest = Math.Max(Math.Abs(axis.Lowest), Math.Abs(axis.Highest));
        if (Math.Abs(value) < axis.Step / 2)
            return "0";
        return largest is >= 1e5 or < 1e-3 ? value.ToString("0.##e0", CultureInfo.InvariantCulture).Replace('-', '−') : Html.Number(value, axis.Decimals);
    }
}
