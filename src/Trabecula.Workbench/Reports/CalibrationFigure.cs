using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>
/// Observed shares of events against predicted risks as inline SVG: the smooth curve with its band, groups between quantiles of risk with exact
/// intervals, and below how many subjects had each risk, events up and controls down.
/// </summary>
internal static class CalibrationFigure
{
    private const double Strip = 64;
    private const int Bins = 40, Groups = 10, LeastPerGroup = 20;
    private const string Blue = "var(--blue,#0072b2)", Orange = "var(--orange,#c04f00)", Soft = "var(--soft,#53616f)";

    /// <summary>Draws a model's calibration.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="outcomes">Of each prediction.</param>
    /// <param name="risks">Of each prediction.</param>
    /// <param name="band">The smooth curve; null for none.</param>
    /// <param name="repeats">Whether subjects stand there several times; groups have no intervals then.</param>
    internal static string Render(string model, IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, CalibrationBand? band, bool repeats = false)
    {
        IReadOnlyList<CalibrationGroup> groups = GroupsOf(outcomes, risks);
        double high = Math.Max(risks.Max(), Math.Max(groups.Max(group => group.Observed), band?.Observed.Where(double.IsFinite).DefaultIfEmpty(0).Max() ?? 0));
        double end = Math.Clamp(Math.Ceiling(high * 10 - 1e-9) / 10, 0.2, 1);
        var frame = new PlotFrame(430, 340 + Strip + 70, 56, 34, 350, 350 - 44, (0, end), (0, end));
        var svg = new StringBuilder(frame.Open($"Calibration of {model}", Describe(groups)));
        svg.Append(PlotFrame.Label(frame.Left, 18, model, "start", strong: true)).Append(frame.Axes("Predicted risk", "Observed share of events", Strip));
        svg.Append(CultureInfo.InvariantCulture, $"<path style=\"stroke:{Soft};stroke-dasharray:2 4;fill:none\" d=\"{frame.Path([(0, 0), (end, end)])}\"/>\n");
        if (band is not null)
        {
            IEnumerable<(double, double)> edge = band.Risks.Zip(band.Upper).Concat(band.Risks.Zip(band.Lower).Reverse()).Where(p => double.IsFinite(p.Second));
            svg.Append(CultureInfo.InvariantCulture, $"<path style=\"fill:{Blue};fill-opacity:.15;stroke:none\" d=\"{frame.Path(edge)}Z\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<path style=\"fill:none;stroke:{Blue};stroke-width:2.4\" d=\"{frame.Path(band.Risks.Zip(band.Observed))}\"/>\n");
        }
        foreach (CalibrationGroup group in groups)
        {
            double x = frame.X(group.MeanRisk), y = frame.Y(frame.Clip(group.Observed));
            if (!repeats)
            {
                ConfidenceInterval interval = group.Interval();
                svg.Append(CultureInfo.InvariantCulture, $"<path style=\"stroke:{Orange};stroke-width:1.3\" d=\"M{x:0.##} {frame.Y(frame.Clip(interval.Lower)):0.##}V{frame.Y(frame.Clip(interval.Upper)):0.##}\"/>");
            }
            svg.Append(CultureInfo.InvariantCulture, $"<rect style=\"fill:var(--paper,#fff);stroke:{Orange};stroke-width:1.7\" x=\"{x - 4:0.##}\" y=\"{y - 4:0.##}\" width=\"8\" height=\"8\"/>\n");
        }
        return svg.Append(Histogram(frame, outcomes, risks, end)).Append("</svg>").ToString();
    }

    /// <summary>The groups that are drawn: ten, or fewer where they would be small.</summary>
    internal static IReadOnlyList<CalibrationGroup> GroupsOf(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks) =>
        CalibrationGroups.Of(outcomes, risks, Math.Clamp(risks.Count / LeastPerGroup, 3, Groups));

    private static string Histogram(PlotFrame frame, IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, double end)
    {
        int[] events = new int[Bins], controls = new int[Bins];
        for (int i = 0; i < risks.Count; i++)
            (outcomes[i] ? events : controls)[Math.Clamp((int)(risks[i] / end * Bins), 0, Bins - 1)]++;
        double zero = frame.Bottom + 8 + (Strip - 12) / 2, most = Math.Max(events.Max(), controls.Max()), width = frame.PlotWidth / Bins;
        var svg = new StringBuilder();
        for (int bin = 0; bin < Bins; bin++)
        {
            // By square roots: a bin of one event must be seen beside a bin of a hundred controls.
            double up = (Strip - 12) / 2 * Math.Sqrt(events[bin] / most), down = (Strip - 12) / 2 * Math.Sqrt(controls[bin] / most), x = frame.Left + bin * width;
            if (events[bin] > 0)
                svg.Append(CultureInfo.InvariantCulture, $"<rect style=\"fill:{Orange}\" x=\"{x + 0.5:0.##}\" y=\"{zero - up:0.##}\" width=\"{width - 1:0.##}\" height=\"{up:0.##}\"/>");
            if (controls[bin] > 0)
                svg.Append(CultureInfo.InvariantCulture, $"<rect style=\"fill:{Blue};fill-opacity:.55\" x=\"{x + 0.5:0.##}\" y=\"{zero:0.##}\" width=\"{width - 1:0.##}\" height=\"{down:0.##}\"/>");
        }
        svg.Append(CultureInfo.InvariantCulture, $"\n<path style=\"stroke:{Soft};stroke-width:1\" d=\"M{frame.Left} {zero:0.##}h{frame.PlotWidth}\"/>\n");
        svg.Append(PlotFrame.Label(frame.Left - 8, zero - 5, "events", "end", soft: true)).Append(PlotFrame.Label(frame.Left - 8, zero + 16, "controls", "end", soft: true));
        return svg.ToString();
    }

    private static string Describe(IReadOnlyList<CalibrationGroup> groups) => string.Join("; ", groups.Select(group =>
        $"risk {Html.Number(group.MeanRisk, 3)}: {Html.Number(group.Observed, 3)} of {group.Count.ToString(CultureInfo.InvariantCulture)}"));
}
