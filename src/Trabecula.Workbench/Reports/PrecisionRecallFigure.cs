using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>Precision against recall of all models as inline SVG, in steps, as average precision sums it up; the dotted line is the share of events.</summary>
internal static class PrecisionRecallFigure
{
    /// <summary>The figure with its caption.</summary>
    /// <param name="models">The models.</param>
    /// <param name="outcomes">The subjects' outcomes, of both classes.</param>
    /// <param name="note">What the caption adds about where predictions come from.</param>
    internal static string Captioned(IReadOnlyList<ModelRisks> models, IReadOnlyList<bool> outcomes, string note = "")
    {
        PrecisionRecallCurve[] curves = [.. models.Select(model => PrecisionRecallCurve.Of(outcomes, model.Risks))];
        string[] labels = [.. models.Zip(curves, (model, curve) => $"{model.Name} {Html.Number(curve.AveragePrecision, 3)}")];
        (string, string)[] names = [.. labels.Select((label, i) => (label, FormattableString.Invariant($"series-{i % 6}")))];
        var svg = new StringBuilder(UnitSquare.Open("Precision and recall", string.Join("; ", labels), "Recall (sensitivity)", "Precision (positive predictive value)", curves[0].Prevalence));
        foreach ((int i, PrecisionRecallCurve curve) in curves.Index())
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"curve series-{i % 6}\" d=\"{PathOf(curve)}\"/>\n");
        // Good models leave the lower left free, poor ones the upper right.
        double width = UnitSquare.LegendWidth(names), height = UnitSquare.LegendHeight(names);
        (double X, double Top)[] corners = [(UnitSquare.X(1) - width, UnitSquare.Y(1) + 10), (UnitSquare.X(0) + 16, UnitSquare.Y(0) - height - 10)];
        (double x, double top) = corners.MinBy(corner => curves.Sum(curve => Hidden(curve, corner.X, corner.Top, width, height)));
        svg.Append(UnitSquare.Legend(x, top, names)).Append("</svg>");
        return $"""
            <figure>{svg}
            <figcaption>Precision and recall over all thresholds, with average precision. The dotted line is the precision of chance, the share of events ({Html.Number(curves[0].Prevalence, 3)}): areas of cohorts that differ in it cannot be compared.{note}</figcaption></figure>
            """;
    }

    /// <summary>How much of a curve's steps would lie under a legend.</summary>
    private static double Hidden(PrecisionRecallCurve curve, double x, double top, double width, double height) => curve.Points.Zip(curve.Points.Skip(1)).Sum(step =>
        UnitSquare.Y(step.First.Precision) is var y && y >= top && y <= top + height
            ? Math.Max(0, Math.Min(x + width, UnitSquare.X(step.First.Recall)) - Math.Max(x, UnitSquare.X(step.Second.Recall))) : 0);

    // From everybody positive on, as long as an event is found: beyond, precision stands on no event.
    private static string PathOf(PrecisionRecallCurve curve)
    {
        var path = new StringBuilder();
        for (int i = 0; curve.Points[i].Recall > 0; i++)
        {
            PrecisionRecallPoint from = curve.Points[i], to = curve.Points[i + 1];
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{UnitSquare.X(from.Recall):0.##} {UnitSquare.Y(from.Precision):0.##}H{UnitSquare.X(to.Recall):0.##}");
        }
        return path.ToString();
    }
}
