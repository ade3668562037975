using System.Globalization;
using System.Text;

namespace Trabecula.Workbench.Reports;

/// <summary>A rectangle with linear axes, for inline SVG. Colours are the page's where there is one, so that a figure also stands by itself.</summary>
internal sealed record PlotFrame(double Width, double Height, double Left, double Top, double PlotWidth, double PlotHeight, (double Low, double High) Horizontal, (double Low, double High) Vertical)
{
    private const string Ink = "var(--ink,#1b2733)", Soft = "var(--soft,#53616f)";

    internal double Bottom => Top + PlotHeight;

    internal double X(double value) => Left + PlotWidth * (value - Horizontal.Low) / (Horizontal.High - Horizontal.Low);

    internal double Y(double value) => Top + PlotHeight * (Vertical.High - value) / (Vertical.High - Vertical.Low);

    /// <summary>The start of the figure; <c>&lt;/svg&gt;</c> is left to write.</summary>
    internal string Open(string title, string description, bool wide = false) => string.Create(CultureInfo.InvariantCulture, $"""
        <svg class="figure{(wide ? " wide" : "")}" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="system-ui,sans-serif">
        <title>{Html.Text(title)}</title><desc>{Html.Text(description)}</desc>

        """);

    /// <summary>Grid, ticks and names of both axes.</summary>
    /// <param name="horizontal">The horizontal axis' name.</param>
    /// <param name="vertical">The vertical axis' name.</param>
    /// <param name="below">Room between the plot and the labels of its horizontal axis.</param>
    internal string Axes(string horizontal, string vertical, double below = 0)
    {
        var svg = new StringBuilder();
        foreach (double tick in Ticks(Horizontal))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" style=\"stroke:var(--line,#d8dee5);fill:none\" d=\"M{X(tick):0.##} {Top}V{Bottom + below:0.##}\"/>");
            svg.Append(Label(X(tick), Bottom + below + 18, TickText(tick, Horizontal), "middle", soft: true));
        }
        foreach (double tick in Ticks(Vertical))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" style=\"stroke:var(--line,#d8dee5);fill:none\" d=\"M{Left} {Y(tick):0.##}h{PlotWidth}\"/>");
            svg.Append(Label(Left - 8, Y(tick) + 4, TickText(tick, Vertical), "end", soft: true));
        }
        svg.Append(Label(Left + PlotWidth / 2, Bottom + below + 42, horizontal, "middle"));
        svg.Append(CultureInfo.InvariantCulture,
            $"<text class=\"axis\" style=\"font-size:13px;fill:{Ink}\" transform=\"translate(15 {Top + PlotHeight / 2:0.##}) rotate(-90)\" text-anchor=\"middle\">{Html.Text(vertical)}</text>\n");
        return svg.ToString();
    }

    internal static string Label(double x, double y, string text, string anchor, bool soft = false, bool strong = false) => string.Create(CultureInfo.InvariantCulture,
        $"<text class=\"{(soft ? "tick" : "axis")}\" style=\"font-size:{(soft ? 12 : 13)}px;fill:{(soft ? Soft : Ink)}{(strong ? ";font-weight:600" : "")}\" x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\">{Html.Text(text)}</text>\n");

    /// <summary>A line through points, broken where one is not a number.</summary>
    internal string Path(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        bool pen = false;
        foreach ((double x, double y) in points)
        {
            bool drawn = double.IsFinite(x) && double.IsFinite(y);
            if (drawn)
                path.Append(CultureInfo.InvariantCulture, $"{(pen ? 'L' : 'M')}{X(x):0.##} {Y(Clip(y)):0.##}");
            pen = drawn;
        }
        return path.ToString();
    }

    internal double Clip(double y) => Math.Clamp(y, Vertical.Low, Vertical.High);

    /// <summary>Four to nine round numbers within a range.</summary>
    private static IEnumerable<double> Ticks((double Low, double High) range)
    {
        double step = Step(range);
        for (int i = (int)Math.Ceiling(range.Low / step - 1e-9); i * step <= range.High + 1e-9 * step; i++)
            yield return i * step;
    }

    private static double Step((double Low, double High) range)
    {
        double raw = (range.High - range.Low) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return raw / power is var share && share < 1.5 ? power : share < 3 ? 2 * power : share < 7 ? 5 * power : 10 * power;
    }

    // All ticks of an axis have the decimals that its step needs.
    private static string TickText(double tick, (double Low, double High) range) => Html.Number(tick, Math.Max(0, -(int)Math.Floor(Math.Log10(Step(range)) + 1e-9)));
}
