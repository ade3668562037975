using System.Globalization;
using System.Text;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Reports;

/// <summary>Differences of two readers against their means, one mark for each subject, with bias and limits of agreement, as inline SVG.</summary>
internal static class BlandAltmanFigure
{
    internal static string Render(string title, double[] first, double[] second)
    {
        BlandAltman agreement = BlandAltman.Of(first, second);
        (double Mean, double Difference)[] points = [.. first.Zip(second, (a, b) => ((a + b) / 2, b - a)).Where(point => double.IsFinite(point.Item2))];
        if (points.Length < 2)
            return "";
        var frame = new TickFrame(
            AxisTicks.Of(points.Min(p => p.Mean), points.Max(p => p.Mean), 5),
            AxisTicks.Of(Math.Min(agreement.LowerLimit, points.Min(p => p.Difference)), Math.Max(agreement.UpperLimit, points.Max(p => p.Difference)), 5));
        string description = string.Create(CultureInfo.InvariantCulture,
            $"{points.Length} subjects; bias {agreement.Bias:0.####e0}, limits of agreement {agreement.LowerLimit:0.####e0} to {agreement.UpperLimit:0.####e0}.");
        StringBuilder svg = frame.Open(title, description, "Mean of both readers", "Second less first");
        Line(agreement.Bias, "curve model");
        Line(agreement.LowerLimit, "curve true-risk");
        Line(agreement.UpperLimit, "curve true-risk");
        foreach ((double mean, double difference) in points)
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"no-event\" cx=\"{frame.X(mean):0.##}\" cy=\"{frame.Y(difference):0.##}\" r=\"3.5\"/>\n");
        return svg.Append("</svg>").ToString();

        void Line(double height, string style) => svg.Append(CultureInfo.InvariantCulture,
            $"<path class=\"{style}\" d=\"M{frame.X(frame.Horizontal.Lowest):0.##} {frame.Y(height):0.##}H{frame.X(frame.Horizontal.Highest):0.##}\"/>\n");
    }
}
