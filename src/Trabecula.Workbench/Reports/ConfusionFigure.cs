using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Reports;

/// <summary>A confusion matrix at a threshold with the exact intervals of its rates, as inline SVG. Depth of colour is the share of the row.</summary>
internal static class ConfusionFigure
{
    private const double Left = 92, Top = 70, Cell = 104, CellHeight = 64;

    /// <summary>Draws a matrix.</summary>
    /// <param name="model">Whose it is.</param>
    /// <param name="matrix">The counts.</param>
    /// <param name="threshold">Where it was made.</param>
    /// <param name="repeats">Whether subjects count several times; rates have no intervals then.</param>
    internal static string Render(string model, ConfusionMatrix matrix, double threshold, bool repeats = false)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 {Top + 2 * CellHeight + 76}" font-family="system-ui,sans-serif">
            <title>{Html.Text("Confusion matrix of " + model)}</title><desc>{matrix.TruePositives} true positives, {matrix.FalseNegatives} false negatives, {matrix.FalsePositives} false positives, {matrix.TrueNegatives} true negatives</desc>

            """);
        svg.Append(PlotFrame.Label(Left, 18, model, "start", strong: true));
        int events = matrix.TruePositives + matrix.FalseNegatives, controls = matrix.FalsePositives + matrix.TrueNegatives;
        svg.Append(PlotFrame.Label(Left + Cell, Top - 30, string.Create(CultureInfo.InvariantCulture, $"predicted, from a risk of {threshold:0.###} on"), "middle", soft: true));
        svg.Append(PlotFrame.Label(Left + Cell / 2, Top - 12, "positive", "middle", soft: true)).Append(PlotFrame.Label(Left + 1.5 * Cell, Top - 12, "negative", "middle", soft: true));
        svg.Append(PlotFrame.Label(Left - 10, Top + CellHeight / 2 - 4, "event", "end", soft: true)).Append(PlotFrame.Label(Left - 10, Top + 1.5 * CellHeight - 4, "no event", "end", soft: true));
        svg.Append(Number(Top + CellHeight / 2 + 14, events)).Append(Number(Top + 1.5 * CellHeight + 14, controls));
        Square(svg, 0, 0, matrix.TruePositives, events);
        Square(svg, 1, 0, matrix.FalseNegatives, events);
        Square(svg, 0, 1, matrix.FalsePositives, controls);
        Square(svg, 1, 1, matrix.TrueNegatives, controls);
        double y = Top + 2 * CellHeight + 24;
        svg.Append(PlotFrame.Label(12, y, "sensitivity " + Text(matrix.Sensitivity, repeats ? null : matrix.SensitivityInterval()), "start", soft: true));
        svg.Append(PlotFrame.Label(12, y + 18, "specificity " + Text(matrix.Specificity, repeats ? null : matrix.SpecificityInterval()), "start", soft: true));
        svg.Append(PlotFrame.Label(12, y + 36, "positive predictive value " + Text(matrix.Precision, repeats ? null : matrix.PrecisionInterval()), "start", soft: true));
        return svg.Append("</svg>").ToString();
    }

    private static string Number(double y, int count) => PlotFrame.Label(Left - 10, y, string.Create(CultureInfo.InvariantCulture, $"n = {count}"), "end", soft: true);

    private static void Square(StringBuilder svg, int column, int row, int count, int of)
    {
        double share = of == 0 ? 0 : (double)count / of, x = Left + column * Cell, y = Top + row * CellHeight;
        // Deep enough to be told apart, light enough for the ink of either theme to be read on it.
        svg.Append(CultureInfo.InvariantCulture, $"<rect style=\"fill:var(--{(column == row ? "blue,#0072b2" : "orange,#c04f00")});fill-opacity:{0.06 + 0.34 * share:0.###};stroke:var(--line,#d8dee5)\" x=\"{x}\" y=\"{y}\" width=\"{Cell}\" height=\"{CellHeight}\"/>");
        svg.Append(PlotFrame.Label(x + Cell / 2, y + CellHeight / 2 + 1, count.ToString(CultureInfo.InvariantCulture), "middle", strong: true));
        svg.Append(PlotFrame.Label(x + Cell / 2, y + CellHeight / 2 + 19, of == 0 ? "–" : $"{Html.Number(100 * share, 1)} %", "middle", soft: true));
    }

    private static string Text(double value, ConfidenceInterval? interval) => double.IsNaN(value)
        ? "–"
        : $"{Html.Number(value, 3)}{(interval is { } ends ? $" ({Html.Number(ends.Lower, 3)} to {Html.Number(ends.Upper, 3)})" : "")}";
}
