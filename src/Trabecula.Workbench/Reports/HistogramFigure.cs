using System.Globalization;
using System.Text;

namespace Trabecula.Workbench.Reports;

/// <summary>How often values occur, as inline SVG.</summary>
internal static class HistogramFigure
{
    private const int MostBins = 20;

    internal static string Render(string title, string horizontal, string vertical, IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return "";
        AxisTicks axis = AxisTicks.Of(finite.Min(), finite.Max(), 5);
        int perStep = Math.Max(1, (int)(MostBins / Math.Round((axis.Highest - axis.Lowest) / axis.Step)));
        var counts = new int[(int)Math.Round((axis.Highest - axis.Lowest) / axis.Step) * perStep];
        foreach (double value in finite)
            counts[Math.Clamp((int)Math.Floor(axis.Share(value) * counts.Length + 1e-9), 0, counts.Length - 1)]++;
        AxisTicks heights = AxisTicks.Of(0, counts.Max(), 5);
        var frame = new TickFrame(axis, heights with { Step = Math.Max(1, heights.Step) });
        double width = (axis.Highest - axis.Lowest) / counts.Length;
        StringBuilder svg = frame.Open(title, string.Create(CultureInfo.InvariantCulture, $"{finite.Length} values from {finite.Min():0.###} to {finite.Max():0.###}."), horizontal, vertical);
        for (int bin = 0; bin < counts.Length; bin++)
        {
            if (counts[bin] == 0)
                continue;
            double left = frame.X(axis.Lowest + bin * width), right = frame.X(axis.Lowest + (bin + 1) * width);
            svg.Append(CultureInfo.InvariantCulture,
                $"<rect class=\"raises\" x=\"{left + 0.75:0.##}\" y=\"{frame.Y(counts[bin]):0.##}\" width=\"{right - left - 1.5:0.##}\" height=\"{frame.Y(0) - frame.Y(counts[bin]):0.##}\"/>\n");
        }
        return svg.Append("</svg>").ToString();
    }
}
