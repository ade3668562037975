using System.Globalization;
using System.Text;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Reports.Raster;

namespace Trabecula.Workbench.Reports;

/// <summary>
/// Scores of each day by group as inline SVG: quartiles as boxes, medians as bars, means as joined marks. Groups differ in colour, fill, mark
/// and dashes. Colours are the page's where there is one, so the figure also stands by itself.
/// </summary>
internal static class ScoreFigure
{
    private const double Left = 58, Top = 40, Plot = 300, DayWidth = 130, Box = 34, Gap = 5, Bottom = 92;

    /// <summary>Draws the summaries.</summary>
    /// <param name="scores">Two for each day, one of each group.</param>
    /// <param name="threshold">The score from which on a day counts.</param>
    /// <param name="scale">The ends of the scale of the scores, as 0 and 10.</param>
    /// <param name="scoreName">Name of the vertical axis.</param>
    /// <param name="eventName">Name of the group with the event.</param>
    /// <param name="title">What a screen reader says first.</param>
    internal static string Render(
        IReadOnlyList<ScoreSummary> scores, double threshold, (double Lowest, double Highest) scale, string scoreName, string eventName, string title)
    {
        int[] days = [.. scores.Select(score => score.Day).Distinct().Order()];
        double width = Left + DayWidth * days.Length + 16, height = Top + Plot + Bottom;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure" style="max-width:{width}px" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="system-ui,sans-serif">
            <title>{Html.Text(title)}</title><desc>{Html.Text(Describe(scores))}</desc>

            """);
        for (int tick = 0; tick <= 5; tick++)
        {
            double value = scale.Lowest + (scale.Highest - scale.Lowest) * tick / 5, y = Y(value);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="grid" style="stroke:var(--line,#d8dee5);fill:none" d="M{Left} {y:0.##}H{width - 16}"/>
                {Label(Left - 8, y + 4, Number(value), "end", "tick", soft: true)}

                """);
        }
        svg.Append(CultureInfo.InvariantCulture, $"""
            <path style="stroke:var(--soft,#53616f);stroke-dasharray:2 4;fill:none" d="M{Left} {Y(threshold):0.##}H{width - 16}"/>
            {Label(width - 16, Y(threshold) - 5, "from " + Number(threshold), "end", "tick", soft: true)}

            """);
        foreach (bool group in (bool[])[false, true])
            DrawGroup(svg, scores, days, group, Y);
        for (int i = 0; i < days.Length; i++)
        {
            double middle = Left + DayWidth * (i + 0.5);
            svg.Append(Label(middle, Top + Plot + 22, string.Create(CultureInfo.InvariantCulture, $"Day {days[i]}"), "middle", "axis"));
            foreach (ScoreSummary score in scores.Where(score => score.Day == days[i]))
                svg.Append(Label(BoxMiddle(i, score.Outcome), Top + Plot + 40, string.Create(CultureInfo.InvariantCulture, $"{score.Count}"), "middle", "tick", soft: true));
        }
        svg.Append(Label(Left - 8, Top + Plot + 40, "n", "end", "tick", soft: true));
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text class="axis" style="font-size:13px;fill:var(--ink,#1b2733)" transform="translate(16 {Top + Plot / 2}) rotate(-90)" text-anchor="middle">{Html.Text(scoreName)}</text>
            {Legend(Left, 18, true, eventName)}{Legend(Left + 68 + 13 * TrueTypeFont.Regular.Width(eventName), 18, false, "without")}
            {Label(Left, height - 12, "Boxes: quartiles and median. Joined marks: means.", "start", "tick", soft: true)}
            </svg>
            """);
        return svg.ToString();

        double Y(double value) => Top + Plot * (1 - (value - scale.Lowest) / (scale.Highest - scale.Lowest));
    }

    private static void DrawGroup(StringBuilder svg, IReadOnlyList<ScoreSummary> scores, int[] days, bool group, Func<double, double> y)
    {
        var line = new StringBuilder();
        var marks = new StringBuilder();
        for (int i = 0; i < days.Length; i++)
        {
            ScoreSummary? score = scores.FirstOrDefault(s => s.Day == days[i] && s.Outcome == group);
            if (score is null || score.Count == 0)
                continue;
            double x = BoxMiddle(i, group), top = y(score.UpperQuartile), bottom = y(score.LowerQuartile);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <rect style="fill:{Color(group)};fill-opacity:{(group ? 0.32 : 0.08)};stroke:{Color(group)};stroke-width:1.5" x="{x - Box / 2:0.##}" y="{top:0.##}" width="{Box}" height="{Math.Max(bottom - top, 1):0.##}"/>
                <path style="stroke:{Color(group)};stroke-width:3.4;fill:none" d="M{x - Box / 2:0.##} {y(score.Median):0.##}h{Box}"/>

                """);
            line.Append(CultureInfo.InvariantCulture, $"{(line.Length == 0 ? 'M' : 'L')}{x:0.##} {y(score.Mean):0.##}");
            marks.Append(Mark(x, y(score.Mean), group));
        }
        svg.Append(CultureInfo.InvariantCulture, $"""
            <path style="stroke:{Color(group)};stroke-width:2;fill:none{(group ? "" : ";stroke-dasharray:7 4")}" d="{line}"/>
            {marks}

            """);
    }

    private static double BoxMiddle(int day, bool group) => Left + DayWidth * (day + 0.5) + (group ? -1 : 1) * (Box + Gap) / 2;

    private static string Color(bool group) => group ? "var(--orange,#c04f00)" : "var(--blue,#0072b2)";

    private static string Mark(double x, double y, bool group) => group
        ? string.Create(CultureInfo.InvariantCulture, $"<circle style=\"fill:{Color(true)};stroke:var(--paper,#fff)\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"5\"/>")
        : string.Create(CultureInfo.InvariantCulture, $"<rect style=\"fill:var(--paper,#fff);stroke:{Color(false)};stroke-width:1.7\" x=\"{x - 4:0.##}\" y=\"{y - 4:0.##}\" width=\"8\" height=\"8\"/>");

    private static string Legend(double x, double y, bool group, string name) => string.Create(CultureInfo.InvariantCulture,
        $"<path style=\"stroke:{Color(group)};stroke-width:2;fill:none{(group ? "" : ";stroke-dasharray:7 4")}\" d=\"M{x:0.##} {y - 4:0.##}h34\"/>{Mark(x + 17, y - 4, group)}{Label(x + 42, y, name, "start", "legend")}");

    private static string Label(double x, double y, string text, string anchor, string cssClass, bool soft = false) => string.Create(CultureInfo.InvariantCulture,
        $"<text class=\"{cssClass}\" style=\"font-size:{(soft ? 12 : 13)}px;fill:{(soft ? "var(--soft,#53616f)" : "var(--ink,#1b2733)")}\" x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\">{Html.Text(text)}</text>\n");

    private static string Number(double value) => Html.Number(value, value == Math.Floor(value) ? 0 : 1);

    private static string Describe(IReadOnlyList<ScoreSummary> scores) => string.Join(" ", scores.Where(s => s.Count > 0).Select(s => string.Create(
        CultureInfo.InvariantCulture, $"Day {s.Day}, {(s.Outcome ? "with" : "without")} the event: median {s.Median:0.#}, quartiles {s.LowerQuartile:0.#} to {s.UpperQuartile:0.#}, n {s.Count}.")));
}
