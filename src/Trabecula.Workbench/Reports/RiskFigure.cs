using System.Globalization;
using System.Text;

namespace Trabecula.Workbench.Reports;

/// <summary>A subject in a risk figure.</summary>
/// <param name="TrueRisk">The risk that the outcome was drawn from, 0 to 1.</param>
/// <param name="PredictedRisk">The model's risk, 0 to 1.</param>
/// <param name="Outcome">Whether the event occurred.</param>
internal readonly record struct RiskPoint(double TrueRisk, double PredictedRisk, bool Outcome);

/// <summary>Predicted against true risk, one mark for each subject, as inline SVG. Only a synthetic cohort can have this figure.</summary>
internal static class RiskFigure
{
    internal static string Render(IReadOnlyList<RiskPoint> points, string title, string description)
    {
        var svg = new StringBuilder(UnitSquare.Open(title, description, "True risk", "Predicted risk"));
        foreach (RiskPoint point in points)
        {
            // Shape and fill tell the outcome, not colour alone.
            double x = UnitSquare.X(point.TrueRisk), y = UnitSquare.Y(point.PredictedRisk);
            svg.Append(Mark(x, y, point.Outcome));
        }
        double legend = UnitSquare.Y(1) + 20, left = UnitSquare.X(0) + 18;
        svg.Append(CultureInfo.InvariantCulture, $"""
            {Mark(left, legend - 4, true)}<text class="legend" x="{left + 14}" y="{legend}">event</text>
            {Mark(left, legend + 18, false)}<text class="legend" x="{left + 14}" y="{legend + 22}">no event</text>
            </svg>
            """);
        return svg.ToString();
    }

    private static string Mark(double x, double y, bool outcome) => outcome
        ? string.Create(CultureInfo.InvariantCulture, $"<circle class=\"event\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"5\"/>\n")
        : string.Create(CultureInfo.InvariantCulture, $"<rect class=\"no-event\" x=\"{x - 4:0.##}\" y=\"{y - 4:0.##}\" width=\"8\" height=\"8\"/>\n");
}
