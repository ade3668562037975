using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>Net benefit of all models over the thresholds in which somebody might act, with treating all and treating none, as inline SVG.</summary>
internal static class DecisionFigure
{
    internal static string Render(IReadOnlyList<ModelRisks> models, IReadOnlyList<bool> outcomes, EvaluationSummary evaluation)
    {
        double prevalence = (double)outcomes.Count(outcome => outcome) / outcomes.Count;
        IReadOnlyList<double> thresholds = evaluation.DecisionThresholds;
        double top = Math.Ceiling(prevalence * 22) / 20;
        var frame = new PlotFrame(720, 420, 64, 16, 430, 340, (0, thresholds[^1]), (-0.15 * top, top));
        var svg = new StringBuilder(frame.Open("Decision curves", string.Join("; ", models.Select(model => Describe(outcomes, model, evaluation))), wide: true));
        svg.Append(frame.Axes("Threshold: the risk from which on one would act", "Net benefit"));
        foreach (double threshold in evaluation.Thresholds)
            svg.Append(CultureInfo.InvariantCulture, $"<path style=\"stroke:var(--mark,#e69f00);stroke-width:1.2;stroke-dasharray:1 3\" d=\"M{frame.X(threshold):0.##} {frame.Top}V{frame.Bottom}\"/>\n");
        DecisionCurve all = DecisionCurve.Of(outcomes, models[0].Risks, thresholds);
        svg.Append(CultureInfo.InvariantCulture, $"<path style=\"fill:none;stroke:var(--ink,#1b2733);stroke-width:1.4\" d=\"{frame.Path(Above(thresholds.Zip(all.Points.Select(p => p.TreatAll)), frame))}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path style=\"fill:none;stroke:var(--ink,#1b2733);stroke-width:1.4;stroke-dasharray:2 3\" d=\"{frame.Path([(0, 0), (thresholds[^1], 0)])}\"/>\n");
        double x = frame.Left + frame.PlotWidth + 16;
        svg.Append(Legend(x, 34, "style=\"fill:none;stroke:var(--ink,#1b2733);stroke-width:1.4\"", "Treat all"));
        svg.Append(Legend(x, 58, "style=\"fill:none;stroke:var(--ink,#1b2733);stroke-width:1.4;stroke-dasharray:2 3\"", "Treat none"));
        foreach ((int i, ModelRisks model) in models.Index())
        {
            DecisionCurve curve = DecisionCurve.Of(outcomes, model.Risks, thresholds);
            string css = string.Create(CultureInfo.InvariantCulture, $"class=\"curve series-{i % 6}\"");
            svg.Append(CultureInfo.InvariantCulture, $"<path {css} d=\"{frame.Path(Above(thresholds.Zip(curve.Points.Select(p => p.Model)), frame))}\"/>\n");
            svg.Append(Legend(x, 82 + 24 * i, css, model.Name));
        }
        return svg.Append("</svg>").ToString();
    }

    // What falls below the frame is cut off, not drawn along its edge.
    private static IEnumerable<(double, double)> Above(IEnumerable<(double X, double Y)> points, PlotFrame frame) =>
        points.Select(p => p.Y < frame.Vertical.Low ? (p.X, double.NaN) : p);

    private static string Legend(double x, double y, string attributes, string name) => string.Create(CultureInfo.InvariantCulture,
        $"<path {attributes} d=\"M{x:0.##} {y - 4:0.##}h30\"/>{PlotFrame.Label(x + 38, y, name.Length <= 24 ? name : name[..23] + "…", "start")}");

    private static string Describe(IReadOnlyList<bool> outcomes, ModelRisks model, EvaluationSummary evaluation) => model.Name + " " + string.Join(", ", evaluation.Thresholds.Select(t =>
        $"{Html.Number(NetBenefit.Of(outcomes, model.Risks, t).Model, 3)} at {Html.Number(t, 2)}"));
}
