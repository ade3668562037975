using Trabecula.Workbench.Reports.Raster;

namespace Trabecula.Workbench.Reports;

/// <summary>A name beside a figure: long ones lose their middle, since radiomic names begin with the filter and end with the feature.</summary>
internal static class FigureLabel
{
    // Browsers that round the widths of letters to pixels draw small text up to a twentieth wider than the font says.
    private const double Rounding = 1.05;

    /// <summary>The content of a text element, with the whole name as its tooltip where it was shortened.</summary>
    /// <param name="name">The name.</param>
    /// <param name="width">The space that it has.</param>
    /// <param name="size">The size of the letters.</param>
    internal static string Of(string name, double width, double size)
    {
        double most = width / (size * Rounding);
        if (TrueTypeFont.Regular.Width(name) <= most)
            return Html.Text(name);
        int letters = name.Length - 1;
        while (letters > 3 && TrueTypeFont.Regular.Width(Shortened(name, letters)) > most)
            letters--;
        return $"{Html.Text(Shortened(name, letters))}<title>{Html.Text(name)}</title>";
    }

    private static string Shortened(string name, int letters)
    {
        int end = letters / 2;
        return $"{name[..(letters - 1 - end)]}…{name[^end..]}";
    }
}
