using System.Globalization;
using System.Text;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The way from the screened to the analysed as inline SVG: who is left on the left, who left on the right.</summary>
internal static class FlowFigure
{
    private const int Width = 872, BoxWidth = 330, SideWidth = 470, BoxHeight = 40, Gap = 16;

    internal static string Render(IReadOnlyList<FlowCount> flow, IReadOnlyList<string> last)
    {
        int rows = flow.Count + last.Count, height = rows * (BoxHeight + Gap) + 8;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {Width} {height}"><title>Flow of subjects</title>
            <desc>{Html.Text(string.Join("; ", flow.Select(step => $"{step.Step}: {step.Remaining} left")))}</desc>

            """);
        int y = 4;
        foreach ((int i, FlowCount step) in flow.Index())
        {
            bool stays = step.Excluded + step.Missing == 0;
            if (i == 0)
                Box(0, BoxWidth, $"{step.Step}: {step.Remaining}", strong: true);
            else
            {
                string left = stays ? "none left" : step.Missing == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"{step.Excluded} excluded")
                    : string.Create(CultureInfo.InvariantCulture, $"{step.Excluded} excluded, {step.Missing} without a value");
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"zero\" d=\"M{BoxWidth / 2} {y - Gap}v{BoxHeight + Gap}M{BoxWidth / 2} {y + BoxHeight / 2}H{Width - SideWidth}\"/>\n");
                Box(Width - SideWidth, SideWidth, $"{Shorten(step.Step)}: {left}", strong: false);
            }
            y += BoxHeight + Gap;
        }
        foreach (string text in last)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"zero\" d=\"M{BoxWidth / 2} {y - Gap}v{Gap}\"/>\n");
            Box(0, BoxWidth, text, strong: true);
            y += BoxHeight + Gap;
        }
        return svg.Append("</svg>").ToString();

        void Box(int x, int width, string text, bool strong) => svg.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"box\" x=\"{x + 1}\" y=\"{y}\" width=\"{width - 2}\" height=\"{BoxHeight}\" rx=\"4\"/><text class=\"axis\"{(strong ? " font-weight=\"600\"" : "")} x=\"{x + 12}\" y=\"{y + BoxHeight / 2 + 5}\">{Html.Text(text)}</text>\n");
    }

    // The box holds about sixty letters of this size.
    private static string Shorten(string text) => text.Length <= 40 ? text : text[..39] + "…";
}
