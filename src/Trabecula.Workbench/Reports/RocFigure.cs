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
    internal static string Render(IReadOnlyList<RocSeries> series, string title, string description)
    {
        var svg = new StringBuilder(UnitSquare.Open(title, description, "1 − specificity (false-positive rate)", "Sensitivity (true-positive rate)"));
        for (int i = 0; i < series.Count; i++)
        {
            double y = UnitSquare.Y(0) - 22 - 22 * (series.Count - 1 - i), x = UnitSquare.X(0) + 96;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="curve {series[i].CssClass}" d="{PathOf(series[i].Curve)}"/>
                <path class="curve {series[i].CssClass}" d="M{x} {y - 4:0.##}h30"/>
                <text class="legend" x="{x + 38}" y="{y:0.##}">{Html.Text(series[i].Label)}</text>

                """);
        }
        return svg.Append("</svg>").ToString();
    }

    private static string PathOf(RocCurve curve)
    {
        var path = new StringBuilder();
        foreach (RocPoint point in curve.Points)
        {
            path.Append(CultureInfo.InvariantCulture,
                $"{(path.Length == 0 ? 'M' : 'L')}{UnitSquare.X(point.FalsePositiveRate):0.##} {UnitSquare.Y(point.TruePositiveRate):0.##}");
        }
        return path.ToString();
    }
}
