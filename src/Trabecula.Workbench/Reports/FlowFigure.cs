using System.Globalization;
using System.Text;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Reports.Raster;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>
/// The way from the screened to the analysed as inline SVG, in the form that CONSORT and STROBE made usual: who is left stands in one column, who left
/// and why beside it, and the parts of the split next to each other below.
/// </summary>
internal sealed class FlowFigure
{
    internal const string Caption = "From the screened to the analysed. Criteria are in the order of the plan; each subject is counted at the first that it fails.";

    private const double Width = 872, Middle = 222, BoxWidth = 330, SideLeft = 424, PartWidth = 212, LineHeight = 19, Pad = 11, Gap = 24, Size = 13;

    private readonly StringBuilder _svg = new();
    private double _y = 2;

    private FlowFigure()
    {
    }

    /// <summary>Draws the flow.</summary>
    /// <param name="flow">The screened, and each step.</param>
    /// <param name="last">Who is left at the end, in words, here and below in one line or several.</param>
    /// <param name="parts">What these are divided into; none to end there.</param>
    internal static string Render(IReadOnlyList<FlowCount> flow, string last, IReadOnlyList<string> parts)
    {
        var figure = new FlowFigure();
        figure.Draw(flow, last, parts);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {Width} {figure._y + 4:0.##}"><title>Flow of subjects</title>
            <desc>{Html.Text(string.Join("; ", flow.Select(step => $"{step.Step}: {Whole(step.Remaining)} left")))}</desc>
            {figure._svg}</svg>
            """);
    }

    private void Draw(IReadOnlyList<FlowCount> flow, string last, IReadOnlyList<string> parts)
    {
        _y += Box(Middle, BoxWidth, _y, $"{flow[0].Step} (n = {Whole(flow[0].Remaining)})");
        int criteria = flow.Skip(1).TakeWhile(step => step.Reason is not (FlowReason.Outcome or FlowReason.Features)).Count();
        for (int from = 1, to; from < flow.Count; from = to)
        {
            if (from == criteria + 1 && criteria > 0)
                Next($"Eligible (n = {Whole(flow[criteria].Remaining)})");
            to = from + 1;
            while (to < flow.Count && Title(flow[to].Reason) == Title(flow[from].Reason))
                to++;
            Beside([.. flow.Skip(from).Take(to - from)]);
        }
        Next(last);
        if (parts.Count == 1)
            Next(parts[0]);
        else if (parts.Count > 1)
            Divide(parts);
    }

    private static string Title(FlowReason? reason) => reason switch
    {
        FlowReason.Inclusion => "Inclusion criterion not met",
        FlowReason.Exclusion => "Exclusion criterion met",
        FlowReason.Outcome or FlowReason.Features => "Eligible, but not analysed",
        _ => "Excluded by criterion",
    };

    /// <summary>The next box of the column.</summary>
    private void Next(string text)
    {
        Arrow(Middle, _y, _y + Gap);
        _y += Gap;
        _y += Box(Middle, BoxWidth, _y, text);
    }

    /// <summary>Those who left for reasons of one kind, beside the column.</summary>
    private void Beside(IReadOnlyList<FlowCount> steps)
    {
        const double width = Width - SideLeft;
        string title = $"{Title(steps[0].Reason)} (n = {Whole(steps.Sum(step => step.Excluded + step.Missing))})";
        string[] lines = [.. steps.SelectMany(step => Wrapped(
            $"{step.Step}: {Whole(step.Excluded)}{(step.Missing == 0 ? "" : $", and {Whole(step.Missing)} without a value")}", width - 3 * Pad, TrueTypeFont.Regular))];
        double top = _y + Gap / 2, height = HeightOf(lines.Length + 1), middle = top + height / 2;
        Frame(SideLeft, top, width, height);
        Text(SideLeft + Pad, top, 0, title, strong: true, centred: false);
        foreach ((int i, string line) in lines.Index())
            Text(SideLeft + 2 * Pad, top, i + 1, line, strong: false, centred: false);
        Line($"M{Middle} {_y}V{top + height}M{Middle} {middle}H{SideLeft - 8}");
        Head(SideLeft, middle, down: false);
        _y = top + height;
    }

    private void Divide(IReadOnlyList<string> parts)
    {
        double step = PartWidth + 16, left = Middle - step * (parts.Count - 1) / 2, bar = _y + Gap / 2;
        Line($"M{Middle} {_y}V{bar}M{left} {bar}H{left + step * (parts.Count - 1)}");
        double height = 0;
        foreach ((int i, string part) in parts.Index())
        {
            Arrow(left + i * step, bar, bar + Gap);
            height = Math.Max(height, Box(left + i * step, PartWidth, bar + Gap, part));
        }
        _y = bar + Gap + height;
    }

    /// <summary>A box around a text in its middle; gives its height.</summary>
    private double Box(double middle, double width, double top, string text)
    {
        string[] lines = [.. text.Split('\n').SelectMany(line => Wrapped(line, width - 2 * Pad, TrueTypeFont.Bold))];
        double height = HeightOf(lines.Length);
        Frame(middle - width / 2, top, width, height);
        foreach ((int i, string line) in lines.Index())
            Text(middle, top, i, line, strong: true, centred: true);
        return height;
    }

    private static double HeightOf(int lines) => lines * LineHeight + 2 * Pad - 3;

    private void Frame(double x, double y, double width, double height) => _svg.Append(CultureInfo.InvariantCulture,
        $"<rect class=\"box\" x=\"{x + 1:0.##}\" y=\"{y:0.##}\" width=\"{width - 2:0.##}\" height=\"{height:0.##}\" rx=\"4\"/>\n");

    private void Text(double x, double top, int line, string text, bool strong, bool centred) => _svg.Append(CultureInfo.InvariantCulture,
        $"<text class=\"axis\"{(strong ? " font-weight=\"600\"" : "")}{(centred ? " text-anchor=\"middle\"" : "")} x=\"{x:0.##}\" y=\"{top + Pad + LineHeight * line + 12:0.##}\">{Html.Text(text)}</text>\n");

    private void Arrow(double x, double from, double to)
    {
        Line($"M{x} {from}V{to - 8}");
        Head(x, to, down: true);
    }

    private void Head(double x, double y, bool down) => _svg.Append(CultureInfo.InvariantCulture,
        $"<path style=\"fill:var(--soft,#53616f);stroke:none\" d=\"M{x:0.##} {y:0.##}l{(down ? "-4.5 -9h9z" : "-9 -4.5v9z")}\"/>\n");

    private void Line(FormattableString path) => _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"zero\" d=\"{path.ToString(CultureInfo.InvariantCulture)}\"/>\n");

    /// <summary>A text in lines that a box holds, by the widths of the font that figures are laid out for.</summary>
    private static IEnumerable<string> Wrapped(string text, double width, TrueTypeFont font)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.Width(longer) * Size > width)
            {
                yield return line;
                longer = word;
            }
            line = longer;
        }
        yield return line;
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
