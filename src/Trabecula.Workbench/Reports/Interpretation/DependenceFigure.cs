using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies.Interpretations;

namespace Trabecula.Workbench.Reports.Interpretation;

/// <summary>Partial dependence on one predictor as inline SVG: thin lines are subjects, the thick one is their mean.</summary>
internal static class DependenceFigure
{
    private const double Left = 56, Top = 12, PlotWidth = 330, PlotHeight = 220, Right = 20, Bottom = 56;

    /// <summary>Draws a predictor's curves.</summary>
    /// <param name="curve">The curves.</param>
    /// <param name="highest">The upper end of the axis of risks, the same for all figures beside each other.</param>
    internal static string Render(DependenceSummary curve, double highest)
    {
        int points = curve.Values.Count;
        bool isCategorical = curve.Labels.Count > 0;
        double low = isCategorical ? -0.5 : curve.Values[0], high = isCategorical ? points - 0.5 : curve.Values[^1];
        if (high <= low)
            (low, high) = (low - 0.5, low + 0.5);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure" role="img" viewBox="0 0 {Left + PlotWidth + Right} {Top + PlotHeight + Bottom}">
            <title>Partial dependence on {Html.Text(curve.Predictor)}</title><desc>{Html.Text(Describe(curve))}</desc>

            """);
        foreach (double tick in Axis.Ticks(0, highest, 4))
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="grid" d="M{Left} {Y(tick):0.##}h{PlotWidth}"/>
                <text class="tick" x="{Left - 8}" y="{Y(tick) + 4:0.##}" text-anchor="end">{Axis.Label(tick)}</text>

                """);
        }
        foreach ((double value, string label) in isCategorical
            ? curve.Labels.Select((label, i) => ((double)i, label))
            : (points <= 5 ? curve.Values : Axis.Ticks(low, high, 5)).Select(value => (value, Axis.Label(value))))
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{X(value):0.##}\" y=\"{Top + PlotHeight + 18}\" text-anchor=\"middle\">{FigureLabel.Of(label, isCategorical ? PlotWidth / points : 100, 12)}</text>\n");
        var thin = new StringBuilder();
        foreach (IReadOnlyList<double> subject in curve.Curves)
            thin.Append(Path(subject));
        svg.Append(CultureInfo.InvariantCulture, $"""
            <path style="stroke:var(--soft);stroke-width:.9;stroke-opacity:.5;fill:none" d="{thin}"/>
            <path class="curve model" style="stroke-width:3.4" d="{Path(curve.MeanRisks)}"/>

            """);
        if (points <= 5)
            svg.Append(string.Concat(curve.MeanRisks.Select((risk, i) => string.Create(CultureInfo.InvariantCulture, $"<circle class=\"raises\" cx=\"{XOf(i):0.##}\" cy=\"{Y(risk):0.##}\" r=\"4.5\"/>\n"))));
        return svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{Left + PlotWidth / 2}" y="{Top + PlotHeight + 44}" text-anchor="middle">{FigureLabel.Of(curve.Predictor, PlotWidth + Right, 13)}</text>
            <text class="axis" transform="translate(14 {Top + PlotHeight / 2}) rotate(-90)" text-anchor="middle">Predicted risk</text>
            </svg>
            """).ToString();

        double X(double value) => Left + PlotWidth * (value - low) / (high - low);

        double XOf(int point) => X(isCategorical ? point : curve.Values[point]);

        double Y(double risk) => Top + PlotHeight * (1 - risk / highest);

        string Path(IReadOnlyList<double> risks)
        {
            var path = new StringBuilder();
            for (int i = 0; i < risks.Count; i++)
                path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{XOf(i):0.#} {Y(risks[i]):0.#}");
            return path.ToString();
        }
    }

    private static string Describe(DependenceSummary curve) => string.Create(CultureInfo.InvariantCulture,
        $"Mean risk {curve.MeanRisks[0]:0.###} at {(curve.Labels.Count > 0 ? curve.Labels[0] : Axis.Label(curve.Values[0]))}, {curve.MeanRisks[^1]:0.###} at {(curve.Labels.Count > 0 ? curve.Labels[^1] : Axis.Label(curve.Values[^1]))}");
}
