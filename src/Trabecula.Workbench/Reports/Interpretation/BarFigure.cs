using System.Globalization;
using System.Text;

namespace Trabecula.Workbench.Reports.Interpretation;

/// <summary>A bar of a figure.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Value">Its length; NaN for none.</param>
/// <param name="Deviation">Half the length of the whisker about its end.</param>
/// <param name="Mark">A second value, shown as a diamond; null for none.</param>
internal sealed record Bar(string Label, double Value, double Deviation, double? Mark = null);

/// <summary>Values as horizontal bars about zero with whiskers, as inline SVG.</summary>
internal static class BarFigure
{
    private const double RowHeight = 24, LabelWidth = 400, PlotWidth = 380, ValueWidth = 70, Top = 6, Right = 18;

    /// <summary>Draws the bars.</summary>
    /// <param name="bars">From top to bottom.</param>
    /// <param name="axis">Name of the axis.</param>
    /// <param name="title">What a screen reader says first.</param>
    internal static string Render(IReadOnlyList<Bar> bars, string axis, string title)
    {
        (double low, double high) = Ends(bars);
        double height = Top + RowHeight * bars.Count + 44, width = LabelWidth + PlotWidth + ValueWidth + Right, bottom = Top + RowHeight * bars.Count;
        var svg = new StringBuilder();
        string description = string.Join("; ", bars.Select(bar => $"{bar.Label} {Html.Number(bar.Value, 3)}"));
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {width} {height}">
            <title>{Html.Text(title)}</title><desc>{Html.Text(description)}</desc>

            """);
        foreach (double tick in Axis.Ticks(low, high, 5))
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="{(tick == 0 ? "zero" : "grid")}" d="M{X(tick):0.##} {Top}V{bottom}"/>
                <text class="tick" x="{X(tick):0.##}" y="{bottom + 16}" text-anchor="middle">{Axis.Label(tick)}</text>

                """);
        }
        for (int i = 0; i < bars.Count; i++)
            svg.Append(Row(bars[i], Top + RowHeight * i, X));
        return svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{LabelWidth + PlotWidth / 2}" y="{bottom + 38}" text-anchor="middle">{Html.Text(axis)}</text>
            </svg>
            """).ToString();

        double X(double value) => LabelWidth + PlotWidth * (value - low) / (high - low);
    }

    private static (double Low, double High) Ends(IReadOnlyList<Bar> bars)
    {
        double[] ends = [.. bars.Where(bar => !double.IsNaN(bar.Value)).SelectMany(bar => (double[])[bar.Value - bar.Deviation, bar.Value + bar.Deviation, bar.Mark ?? 0])];
        double low = Math.Min(0, ends.DefaultIfEmpty(0).Min()), high = Math.Max(0, ends.DefaultIfEmpty(0).Max());
        return high > low ? (low, high) : (0, 1);
    }

    private static string Row(Bar bar, double y, Func<double, double> x)
    {
        double middle = y + RowHeight / 2;
        string label = string.Create(CultureInfo.InvariantCulture,
            $"<text class=\"feature\" x=\"{LabelWidth - 14}\" y=\"{middle + 4:0.##}\" text-anchor=\"end\">{FigureLabel.Of(bar.Label, LabelWidth - 14, 12)}</text>\n");
        if (double.IsNaN(bar.Value))
            return label;
        double start = x(Math.Min(bar.Value, 0)), end = x(Math.Max(bar.Value, 0)), from = x(bar.Value - bar.Deviation), to = x(bar.Value + bar.Deviation);
        string whisker = bar.Deviation > 0 ? string.Create(CultureInfo.InvariantCulture,
            $"<path class=\"zero\" style=\"stroke:var(--ink);stroke-width:1.4\" d=\"M{from:0.##} {middle:0.##}H{to:0.##}M{from:0.##} {middle - 4:0.##}v8M{to:0.##} {middle - 4:0.##}v8\"/>\n") : "";
        string mark = bar.Mark is { } second ? string.Create(CultureInfo.InvariantCulture,
            $"<path style=\"fill:var(--orange);stroke:var(--paper);stroke-width:1\" d=\"M{x(second):0.##} {middle - 6:0.##}l6 6l-6 6l-6 -6z\"/>\n") : "";
        double text = Math.Max(Math.Max(to, end), bar.Mark is { } shown ? x(shown) + 6 : 0) + 7;
        return label + string.Create(CultureInfo.InvariantCulture, $"""
            <rect class="raises" x="{start:0.##}" y="{y + 5:0.##}" width="{Math.Max(end - start, 0):0.##}" height="{RowHeight - 10}"/>
            {whisker}{mark}<text class="tick" x="{text:0.##}" y="{middle + 4:0.##}">{Html.Number(bar.Value, 3)}</text>

            """);
    }
}
