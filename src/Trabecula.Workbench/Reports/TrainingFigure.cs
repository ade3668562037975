using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>Training of a network as inline SVG: loss, and beside it AUROC on the rows kept for early stopping, by epoch.</summary>
internal static class TrainingFigure
{
    private const double Width = 872, Height = 316, Left = 56, Top = 46, PlotWidth = 356, PlotHeight = 210, Gap = 90;

    internal static string Render(TabNetSummary model)
    {
        int epochs = model.Curve.Count;
        bool validates = model.Curve.Any(epoch => !double.IsNaN(epoch.ValidationAuroc));
        int longest = validates ? Math.Max(epochs, model.Refits.Max(refit => refit.ValidationAuroc.Count)) : epochs;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {(validates ? Width : Left + PlotWidth + 16)} {Height}">
            <title>Training of {Html.Text(model.Model)}</title><desc>{Html.Text(Describe(model, validates))}</desc>

            """);
        double[] loss = [.. model.Curve.Select(epoch => epoch.CrossEntropy)];
        // A diverging start must not flatten the rest: what is above three times the last loss is cut off at the frame.
        double ceiling = Math.Min(loss.Max(), ((double[])[3 * loss[^1], 2 * loss.Order().ElementAt(loss.Length / 2), loss[model.BestEpoch]]).Max());
        var panel = new Panel(Left, longest, AxisTicks.Of(Math.Min(0, loss.Min()), ceiling, 5));
        panel.Frame(svg, "Cross entropy, training rows");
        panel.Curve(svg, loss, "curve model");
        panel.Best(svg, model.BestEpoch, loss[model.BestEpoch]);
        if (validates)
        {
            double[] auroc = [.. model.Curve.Select(epoch => epoch.ValidationAuroc)];
            IEnumerable<double> all = auroc.Concat(model.Refits.SelectMany(refit => refit.ValidationAuroc));
            panel = new Panel(Left + PlotWidth + Gap, longest, AxisTicks.Of(Math.Min(0.5, all.Min()), all.Max(), 6));
            panel.Frame(svg, "AUROC, rows kept for early stopping");
            foreach (TabNetRefit refit in model.Refits)
                panel.Curve(svg, [.. refit.ValidationAuroc], "refit");
            panel.Curve(svg, auroc, "curve true-risk");
            panel.Best(svg, model.BestEpoch, auroc[model.BestEpoch]);
        }
        return svg.Append("</svg>").ToString();
    }

    private static string Describe(TabNetSummary model, bool validates)
    {
        string best = string.Create(CultureInfo.InvariantCulture, $"{model.Curve.Count} epochs; weights of epoch {model.BestEpoch + 1} are kept");
        return validates ? $"{best}, with an AUROC of {Html.Number(model.Curve[model.BestEpoch].ValidationAuroc, 3)} on the rows kept for early stopping." : best + ".";
    }

    private sealed record Panel(double Start, int Epochs, AxisTicks Vertical)
    {
        internal void Frame(StringBuilder svg, string name)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{Start:0.##}\" y=\"16\">{Html.Text(name)}</text>\n");
            foreach (double tick in Vertical.Values)
            {
                svg.Append(CultureInfo.InvariantCulture, $"""
                    <path class="grid" d="M{Start:0.##} {Y(tick):0.##}h{PlotWidth}"/><text class="tick" x="{Start - 8:0.##}" y="{Y(tick) + 4:0.##}" text-anchor="end">{Html.Number(tick, Vertical.Decimals)}</text>

                    """);
            }
            // Epochs are counted from 1, so that ticks are 1 and round numbers.
            int step = Math.Max(1, (int)AxisTicks.Of(0, Epochs, 8).Step);
            foreach (int tick in Enumerable.Range(0, Epochs / step + 1).Select(i => Math.Max(1, i * step)).Distinct())
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{X(tick - 1):0.##}\" y=\"{Top + PlotHeight + 18}\" text-anchor=\"middle\">{tick}</text>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{Start + PlotWidth / 2:0.##}\" y=\"{Top + PlotHeight + 44}\" text-anchor=\"middle\">Epoch</text>\n");
        }

        /// <summary>A line through the values; what lies above the frame is left out, and the line comes in through its upper edge.</summary>
        internal void Curve(StringBuilder svg, double[] values, string cssClass)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{cssClass}\" d=\"");
            // A tick at the highest value may lie a rounding below it.
            double top = Vertical.Highest + 1e-9 * Vertical.Step;
            bool isDrawing = false;
            for (int i = 0; i < values.Length; i++)
            {
                bool isInside = values[i] <= top;
                if (i > 0 && isInside != values[i - 1] <= top)
                    To(i - 1 + (top - values[i - 1]) / (values[i] - values[i - 1]), top);
                if (isInside)
                    To(i, values[i]);
                isDrawing = isInside;
            }
            svg.Append("\"/>\n");

            void To(double epoch, double value)
            {
                svg.Append(CultureInfo.InvariantCulture, $"{(isDrawing ? 'L' : 'M')}{X(epoch):0.##} {Y(value):0.##}");
                isDrawing = true;
            }
        }

        internal void Best(StringBuilder svg, int epoch, double value)
        {
            bool toTheLeft = X(epoch) > Start + PlotWidth - 130;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="diagonal" d="M{X(epoch):0.##} {Top}v{PlotHeight}"/><circle class="no-event" cx="{X(epoch):0.##}" cy="{Y(value):0.##}" r="5"/>
                <text class="tick" x="{X(epoch) + (toTheLeft ? -6 : 6):0.##}" y="{Top - 6}" text-anchor="{(toTheLeft ? "end" : "start")}">kept: epoch {epoch + 1}, {Html.Number(value, 3)}</text>

                """);
        }

        private double X(double epoch) => Start + (Epochs < 2 ? PlotWidth / 2 : PlotWidth * epoch / (Epochs - 1));

        private double Y(double value) => Top + PlotHeight * (1 - Vertical.Share(value));
    }
}
