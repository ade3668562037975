using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies.Interpretations;

namespace Trabecula.Workbench.Reports.Interpretation;

/// <summary>
/// Shapley values of every subject, a row for each predictor, as inline SVG: places along the axis are values, heights within a row only keep marks
/// apart, and colour tells where the subject's value of the predictor stands.
/// </summary>
internal static class BeeswarmFigure
{
    private const double RowHeight = 34, LabelWidth = 400, PlotWidth = 420, Top = 34, Right = 48, Radius = 2.6, Bin = 4;

    // From low to high through grey: told apart by every common colour vision, on light and on dark paper.
    private static readonly string[] s_colors = ["#0072b2", "#4f8fb5", "#8f979d", "#c7863f", "#d55e00"];

    private const string Unordered = "#8f979d";

    internal static string Render(ShapSummary shap, string model)
    {
        double low = Math.Min(0, shap.Predictors.SelectMany(predictor => predictor.Values).DefaultIfEmpty(0).Min());
        double high = Math.Max(0, shap.Predictors.SelectMany(predictor => predictor.Values).DefaultIfEmpty(0).Max());
        if (high <= low)
            (low, high) = (-1, 1);
        double bottom = Top + RowHeight * shap.Predictors.Count, width = LabelWidth + PlotWidth + Right;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {width} {bottom + 44}">
            <title>Shapley values of {Html.Text(model)} for the held-out subjects</title>
            <desc>{Html.Text(string.Join("; ", shap.Predictors.Select(p => $"{p.Name}: mean magnitude {Html.Number(p.Values.Select(Math.Abs).DefaultIfEmpty(0).Average(), 3)}")))}</desc>
            {Legend(width - Right)}

            """);
        foreach (double tick in Axis.Ticks(low, high, 6))
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="{(tick == 0 ? "zero" : "grid")}" d="M{X(tick):0.##} {Top}V{bottom}"/>
                <text class="tick" x="{X(tick):0.##}" y="{bottom + 16}" text-anchor="middle">{Axis.Label(tick)}</text>

                """);
        }
        for (int i = 0; i < shap.Predictors.Count; i++)
            Row(svg, shap.Predictors[i], Top + RowHeight * (i + 0.5), X);
        return svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{LabelWidth + PlotWidth / 2}" y="{bottom + 38}" text-anchor="middle">← lowers the prediction · SHAP value in {InterpretationTables.Unit(shap.Scale)} · raises it →</text>
            </svg>
            """).ToString();

        double X(double value) => LabelWidth + PlotWidth * (value - low) / (high - low);
    }

    private static void Row(StringBuilder svg, ShapPredictor predictor, double middle, Func<double, double> x)
    {
        svg.Append(CultureInfo.InvariantCulture,
            $"<text class=\"feature\" x=\"{LabelWidth - 14}\" y=\"{middle + 4:0.##}\" text-anchor=\"end\">{FigureLabel.Of(predictor.Name, LabelWidth - 14, 12)}</text>\n");
        double[] places = [.. predictor.Values.Select(x)];
        // Marks of a bin go up and down from the middle in turn; many are pressed together into the row.
        int most = places.GroupBy(BinOf).Max(bin => bin.Count());
        double step = Math.Min(2 * Radius - 0.6, (RowHeight - 2 * Radius - 4) / Math.Max(most - 1, 1));
        var taken = new Dictionary<int, int>();
        var groups = new StringBuilder[s_colors.Length + 1];
        for (int row = 0; row < places.Length; row++)
        {
            int before = taken.GetValueOrDefault(BinOf(places[row]));
            taken[BinOf(places[row])] = before + 1;
            double y = middle + (before + 1) / 2 * step * (before % 2 == 0 ? 1 : -1);
            int color = predictor.Levels.Count == 0 ? s_colors.Length : Math.Min((int)(predictor.Levels[row] * s_colors.Length), s_colors.Length - 1);
            (groups[color] ??= new StringBuilder()).Append(CultureInfo.InvariantCulture,
                $"M{places[row] - Radius:0.#} {y:0.#}a{Radius} {Radius} 0 1 0 {2 * Radius} 0a{Radius} {Radius} 0 1 0 {-2 * Radius} 0");
        }
        for (int color = 0; color < groups.Length; color++)
        {
            if (groups[color] is { } path)
                svg.Append(CultureInfo.InvariantCulture, $"<path style=\"fill:{(color < s_colors.Length ? s_colors[color] : Unordered)};fill-opacity:.85\" d=\"{path}\"/>\n");
        }
    }

    private static int BinOf(double place) => (int)Math.Floor(place / Bin);

    private static string Legend(double right)
    {
        var legend = new StringBuilder();
        double x = right - 60 - 16 * s_colors.Length;
        legend.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{x - 8:0.##}\" y=\"17\" text-anchor=\"end\">Value of the predictor: low</text>");
        for (int i = 0; i < s_colors.Length; i++)
            legend.Append(CultureInfo.InvariantCulture, $"<circle style=\"fill:{s_colors[i]}\" cx=\"{x + 8 + 16 * i:0.##}\" cy=\"13\" r=\"5\"/>");
        return legend.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{x + 16 * s_colors.Length + 6:0.##}\" y=\"17\">high</text>").ToString();
    }
}
