using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The masks of each step, and what they come to, as inline SVG: columns down, subjects across from the lowest to the highest predicted risk.</summary>
internal static class MaskFigure
{
    private const int Classes = 10;

    // Several steps look at several columns each, so that few shares are large: half of the range holds nearly all.
    private const double MostShare = 0.5;

    private const double Width = 872, LabelWidth = 286, Gap = 14, RowHeight = 14, Head = 36, Foot = 10, Key = 44;

    // Ten steps of viridis (van der Walt and Smith, 2015), light to dark: even in lightness, and apart for every colour vision. Not
    // turned around in dark mode, where dark would come to mean little.
    private static readonly string[] s_colours =
        ["#fde725", "#b5de2b", "#6ece58", "#35b779", "#1f9e89", "#26828e", "#31688e", "#3e4989", "#482878", "#440154"];

    /// <summary>All steps together: each subject's masks, weighed by what their steps add to its decision, as shares.</summary>
    internal static string Together(MaskSummary masks, string model)
    {
        double height = Key + Head + masks.Explanations.Count * RowHeight + Foot, top = Key + Head;
        double[] means = [.. masks.Explanations.Take(masks.Columns.Count).Select(column => column.Average())];
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {Width} {height}">
            <title>Explanations of {Html.Text(model)}</title><desc>{Html.Text($"Decisions owe most to {Most(masks, means)}")}</desc>

            """);
        DrawKey(svg, "share: none", "0.5 or more");
        DrawLabels(svg, masks, top);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{LabelWidth}\" y=\"{top - 16:0.##}\">All steps together</text>\n");
        DrawPanel(svg, masks, (row, subject) => masks.Explanations[row][subject] / MostShare, LabelWidth, top, Width - LabelWidth);
        return svg.Append("</svg>").ToString();
    }

    internal static string Render(MaskSummary masks, string model)
    {
        int across = Math.Min(2, masks.Steps.Count), down = (masks.Steps.Count + across - 1) / across, rows = RowsOf(masks);
        double panel = (Width - LabelWidth - Gap * (across - 1)) / across, block = Head + rows * RowHeight + Foot, height = Key + down * block;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {Width} {height}">
            <title>Masks of {Html.Text(model)}</title><desc>{Html.Text(Describe(masks))}</desc>

            """);
        DrawKey(svg, "mask: not looked at", "1, at this alone");
        for (int step = 0; step < masks.Steps.Count; step++)
        {
            double left = LabelWidth + step % across * (panel + Gap), top = Key + step / across * block + Head;
            if (step % across == 0)
                DrawLabels(svg, masks, top);
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{left:0.##}\" y=\"{top - 16:0.##}\">Step {step + 1}, {100 * masks.StepShares[step]:0} % of the decisions</text>\n");
            DrawPanel(svg, masks, (row, subject) => row < masks.Columns.Count ? masks.Steps[step][row][subject] : Others(masks, step, subject), left, top, panel);
        }
        return svg.Append("</svg>").ToString();
    }

    private static void DrawKey(StringBuilder svg, string none, string one)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{LabelWidth - 10}\" y=\"15\" text-anchor=\"end\">{none}</text><rect class=\"mask-none\" x=\"{LabelWidth}\" y=\"4\" width=\"14\" height=\"14\"/>\n");
        for (int i = 0; i < Classes; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<rect fill=\"{s_colours[i]}\" x=\"{LabelWidth + 56 + 22 * i}\" y=\"4\" width=\"22\" height=\"14\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="tick" x="{LabelWidth + 50}" y="15" text-anchor="end">0</text><text class="tick" x="{LabelWidth + 62 + 22 * Classes}" y="15">{one}</text>
            <path class="mask-event" d="M{LabelWidth + 412.5} 6v10"/><text class="tick" x="{LabelWidth + 420}" y="15">subject with the event</text>

            """);
    }

    private static void DrawLabels(StringBuilder svg, MaskSummary masks, double top)
    {
        for (int i = 0; i < masks.Columns.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"feature small\" x=\"{LabelWidth - 8}\" y=\"{top + RowHeight * (i + 0.5) + 3.5:0.##}\" text-anchor=\"end\">{FigureLabel.Of(masks.Columns[i], LabelWidth - 8, 10.5)}</text>\n");
        if (masks.OtherColumns > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"feature small\" x=\"{LabelWidth - 8}\" y=\"{top + RowHeight * (masks.Columns.Count + 0.5) + 3.5:0.##}\" text-anchor=\"end\">{masks.OtherColumns} other columns</text>\n");
    }

    private static void DrawPanel(StringBuilder svg, MaskSummary masks, Func<int, int, double> valueOf, double left, double top, double width)
    {
        int subjects = masks.Subjects.Count, rows = RowsOf(masks);
        double cell = width / subjects;
        var events = new StringBuilder();
        for (int i = 0; i < subjects; i++)
        {
            if (masks.Outcomes[i])
                events.Append(CultureInfo.InvariantCulture, $"M{left + (i + 0.5) * cell:0.##} {top - 10:0.##}v8");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"mask-none\" x=\"{left:0.##}\" y=\"{top:0.##}\" width=\"{width:0.##}\" height=\"{rows * RowHeight}\"/><path class=\"mask-event\" d=\"{events}\"/>\n");
        // One path a colour; within it a stroke for each run of neighbours of the same class.
        var paths = new StringBuilder[Classes];
        for (int row = 0; row < rows; row++)
        {
            int[] classes = [.. Enumerable.Range(0, subjects).Select(i => ClassOf(valueOf(row, i)))];
            for (int start = 0, end; start < subjects; start = end)
            {
                for (end = start + 1; end < subjects && classes[end] == classes[start];)
                    end++;
                if (classes[start] >= 0)
                    (paths[classes[start]] ??= new StringBuilder()).Append(CultureInfo.InvariantCulture, $"M{start} {row}.5h{end - start}");
            }
        }
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({left:0.##} {top:0.##}) scale({cell:0.#####} {RowHeight})\" fill=\"none\" shape-rendering=\"crispEdges\">\n");
        for (int i = 0; i < Classes; i++)
        {
            if (paths[i] is not null)
                svg.Append(CultureInfo.InvariantCulture, $"<path stroke=\"{s_colours[i]}\" d=\"{paths[i]}\"/>\n");
        }
        svg.Append("</g>\n");
    }

    /// <summary>What a step looked at outside the columns shown: a mask sums to 1. Rounded entries leave up to a thousandth.</summary>
    private static double Others(MaskSummary masks, int step, int subject)
    {
        double rest = 1 - masks.Steps[step].Sum(column => column[subject]);
        return rest < 0.002 ? 0 : rest;
    }

    private static int RowsOf(MaskSummary masks) => masks.Columns.Count + (masks.OtherColumns > 0 ? 1 : 0);

    private static int ClassOf(double mask) => mask <= 0 ? -1 : Math.Min(Classes - 1, (int)(mask * Classes));

    private static string Describe(MaskSummary masks) => string.Join("; ", masks.Steps.Select((step, s) =>
    {
        double[] means = [.. step.Select(column => column.Average())];
        return string.Create(CultureInfo.InvariantCulture, $"Step {s + 1} looks most at {Most(masks, means)}");
    }));

    private static string Most(MaskSummary masks, double[] means) => string.Join(
        ", ", Enumerable.Range(0, means.Length).OrderByDescending(i => means[i]).Take(3).Select(i => $"{masks.Columns[i]} ({Html.Number(means[i], 2)})"));
}
