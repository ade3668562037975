using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Demos;

namespace Trabecula.Workbench.Reports;

/// <summary>The AUROC of each model in both orders of work with its interval, beside that of the true risk, as inline SVG.</summary>
internal static class OrdersFigure
{
    private const double Left = 190, Plot = 600, Width = 872, Top = 56, Row = 46, Bottom = 52;

    internal static string Render(IReadOnlyList<DemoModel> models, double trueRisk)
    {
        ConfidenceInterval[] intervals = [.. models.SelectMany(model => new[] { model.Sound, model.Paper }).OfType<Auroc>().Select(Interval)];
        AxisTicks axis = AxisTicks.Of(Math.Min(trueRisk, intervals.Min(interval => interval.Lower)), Math.Max(trueRisk, intervals.Max(interval => interval.Upper)), 8);
        double end = Top + Row * models.Count, truth = X(trueRisk);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {Width} {end + Bottom}">
            <title>AUROC in both orders of work</title><desc>{Html.Text(string.Join("; ", models.Select(model => $"{model.Name}: {Number(model.Sound.Value)} in the sound order{(model.Paper is { } paper ? $", {Number(paper.Value)} in the published one" : "")}")))}</desc>
            {Mark(Left + 8, 12, true)}<text class="legend" x="{Left + 22}" y="16">sound order</text>
            {Mark(Left + 138, 12, false)}<text class="legend" x="{Left + 152}" y="16">published order, which leaks</text>

            """);
        foreach (double tick in axis.Values)
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{X(tick):0.##} {Top}V{end}\"/><text class=\"tick\" x=\"{X(tick):0.##}\" y=\"{end + 18}\" text-anchor=\"middle\">{Html.Number(tick, axis.Decimals)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"diagonal\" d=\"M{truth:0.##} {Top - 6}V{end}\"/><text class=\"tick\" x=\"{truth:0.##}\" y=\"{Top - 12}\" text-anchor=\"middle\">true risk {Number(trueRisk)}</text>\n");
        foreach ((int i, DemoModel model) in models.Index())
        {
            double middle = Top + Row * (i + 0.5);
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{Left - 12}\" y=\"{middle + 4}\" text-anchor=\"end\">{FigureLabel.Of(model.Name, Left - 16, 13)}</text>\n");
            svg.Append(Area(model.Sound, middle - 8, true));
            if (model.Paper is { } paper)
                svg.Append(Area(paper, middle + 8, false));
        }
        return svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" x="{Left + Plot / 2}" y="{end + 42}" text-anchor="middle">AUROC on held-out patients, 95 % interval</text>
            </svg>
            """).ToString();

        double X(double value) => Left + Plot * axis.Share(value);

        string Area(Auroc auroc, double y, bool sound)
        {
            ConfidenceInterval interval = Interval(auroc);
            return string.Create(CultureInfo.InvariantCulture, $"<path style=\"stroke:{Colour(sound)};stroke-width:1.6;fill:none\" d=\"M{X(interval.Lower):0.##} {y}H{X(interval.Upper):0.##}\"/>{Mark(X(auroc.Value), y, sound)}\n");
        }
    }

    private static ConfidenceInterval Interval(Auroc auroc) => auroc.Interval(0.95, AurocScale.Logit);

    private static string Colour(bool sound) => sound ? "var(--blue,#0072b2)" : "var(--orange,#c04f00)";

    private static string Mark(double x, double y, bool sound) => sound
        ? string.Create(CultureInfo.InvariantCulture, $"<circle style=\"fill:{Colour(true)}\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"5\"/>")
        : string.Create(CultureInfo.InvariantCulture, $"<rect style=\"fill:var(--paper,#fff);stroke:{Colour(false)};stroke-width:1.8\" x=\"{x - 4.5:0.##}\" y=\"{y - 4.5:0.##}\" width=\"9\" height=\"9\"/>");

    private static string Number(double value) => Html.Number(value, 3);
}
