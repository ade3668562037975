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
        foreach (RocSeries each in series)
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"curve {each.CssClass}\" d=\"{PathOf(each.Curve)}\"/>\n");
        svg.Append(UnitSquare.Legend(UnitSquare.X(0) + 96, UnitSquare.Y(0) - 40 - 22 * (series.Count - 1), [.. series.Select(each => (each.Label, each.CssClass))]));
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
