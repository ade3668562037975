using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Reports;

/// <summary>One curve of a ROC figure.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="CssClass">The class that gives colour and dashes; curves differ in both.</param>
/// <param name="Curve">The curve.</param>
internal sealed record RocSeries(string Label, string CssClass, RocCurve Curve);

/// <summary>Receiver operating characteristics as inline SVG.</summary>
internal static class RocFigure
{
    private const double Left = 58, Top = 14, Side = 360, Width = 440, Height = 436;

    internal static string Render(IReadOnlyList<RocSeries> series, string title, string description)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure" role="img" viewBox="0 0 {Width} {Height}">
            <title>{Html.Text(title)}</title><desc>{Html.Text(description)}</desc>

            """);
        for (int tick = 0; tick <= 5; tick++)
        {
            double rate = tick / 5.0;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="grid" d="M{X(rate):0.##} {Top}V{Top + Side}M{Left} {Y(rate):0.##}H{Left + Side}"/>
                <text class="tick" x="{X(rate):0.##}" y="{Top + Side + 18}" text-anchor="middle">{rate:0.0}</text>
                <text class="tick" x="{Left - 8}" y="{Y(rate) + 4:0.##}" text-anchor="end">{rate:0.0}</text>

                """);
        }
        svg.Append(CultureInfo.InvariantCulture, $"""
            <path class="chance" d="M{X(0):0.##} {Y(0):0.##}L{X(1):0.##} {Y(1):0.##}"/>
            <text class="axis" x="{Left + Side / 2}" y="{Top + Side + 46}" text-anchor="middle">1 − specificity (false-positive rate)</text>
            <text class="axis" transform="translate(16 {Top + Side / 2}) rotate(-90)" text-anchor="middle">Sensitivity (true-positive rate)</text>

            """);
        for (int i = 0; i < series.Count; i++)
        {
            double y = Top + Side - 22 - 22 * (series.Count - 1 - i);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="curve {series[i].CssClass}" d="{PathOf(series[i].Curve)}"/>
                <path class="curve {series[i].CssClass}" d="M{Left + 168} {y - 4:0.##}h30"/>
                <text class="legend" x="{Left + 206}" y="{y:0.##}">{Html.Text(series[i].Label)}</text>

                """);
        }
        return svg.Append("</svg>").ToString();
    }

    private static string PathOf(RocCurve curve)
    {
        var path = new StringBuilder();
        foreach (RocPoint point in curve.Points)
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{X(point.FalsePositiveRate):0.##} {Y(point.TruePositiveRate):0.##}");
        return path.ToString();
    }

    private static double X(double rate) => Left + Side * rate;

    private static double Y(double rate) => Top + Side * (1 - rate);
}
