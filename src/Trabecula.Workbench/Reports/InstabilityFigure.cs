using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>How far each training subject's risk moves when the whole pipeline is refitted on other draws, as inline SVG.</summary>
internal static class InstabilityFigure
{
    internal static string Render(RefitSummary refits)
    {
        double end = Math.Clamp(Math.Ceiling(10 * Math.Max(refits.Risks.Max(), refits.Upper.Max()) - 1e-9) / 10, 0.2, 1);
        var frame = new PlotFrame(430, 420, 56, 34, 350, 320, (0, end), (0, end));
        var svg = new StringBuilder(frame.Open($"Instability of {refits.Model}", $"Mean absolute difference of risks {Html.Number(refits.MeanAbsoluteError, 3)}"));
        svg.Append(PlotFrame.Label(frame.Left, 18, $"{refits.Model}: mean difference {Html.Number(refits.MeanAbsoluteError, 3)}", "start", strong: true));
        svg.Append(frame.Axes("Risk by the study's pipeline", "Risks by refits (2.5 to 97.5 %)"));
        var bars = new StringBuilder();
        for (int i = 0; i < refits.Risks.Count; i++)
            bars.Append(CultureInfo.InvariantCulture, $"M{frame.X(refits.Risks[i]):0.#} {frame.Y(refits.Lower[i]):0.#}V{frame.Y(refits.Upper[i]):0.#}");
        svg.Append(CultureInfo.InvariantCulture, $"<path style=\"stroke:var(--blue,#0072b2);stroke-opacity:.35;stroke-width:1.2;fill:none\" d=\"{bars}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path style=\"stroke:var(--ink,#1b2733);stroke-width:1.2;fill:none\" d=\"{frame.Path([(0, 0), (end, end)])}\"/>\n");
        return svg.Append("</svg>").ToString();
    }
}
