using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trabecula.Workbench.Reports.Raster;

namespace Trabecula.Workbench.Reports;

/// <summary>A figure of a report as a picture of its own.</summary>
/// <param name="Name">The file's name without its ending, as in <c>figure-03-pca-a</c>.</param>
/// <param name="Picture">Its <c>svg</c> element.</param>
internal sealed record ReportFigure(string Name, XElement Picture);

/// <summary>Takes the figures out of a report's page: each as a vector file that stands by itself, and as pixels for print.</summary>
internal static partial class ReportFigures
{
    /// <summary>What journals ask for.</summary>
    internal const double DotsPerInch = 300;

    private const double UnitsPerInch = 96;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    /// <summary>Every picture of a page, in its order.</summary>
    internal static IReadOnlyList<ReportFigure> Of(string page)
    {
        var figures = new List<ReportFigure>();
        foreach (Match match in FigurePattern().Matches(page))
        {
            MatchCollection pictures = PicturePattern().Matches(match.Groups[2].Value);
            string[] names = NamesOf(match.Groups[1].Value, pictures.Count);
            foreach ((int i, Match each) in pictures.Index())
            {
                figures.Add(new ReportFigure(names[i], XElement.Parse(each.Value, LoadOptions.PreserveWhitespace)));
            }
        }
        return figures;
    }

    /// <summary>The names of a figure's pictures: its own, or with a letter each where there are several.</summary>
    internal static string[] NamesOf(string figure, int pictures) =>
        pictures == 1 ? [figure] : [.. Enumerable.Range(0, pictures).Select(i => $"{figure}{(char)('a' + i % 26)}")];

    /// <summary>Every picture within a figure.</summary>
    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    internal static partial Regex PicturePattern();

    /// <summary>The vector file: in light colours, with the styles that it needs and names of fonts that are everywhere.</summary>
    internal static byte[] Svg(ReportFigure figure)
    {
        (double width, double height) = SvgPainter.SizeOf(figure.Picture);
        XElement picture = InNamespace(figure.Picture);
        var styles = new StyleSheet(ReportPage.Style);
        foreach (XAttribute style in picture.DescendantsAndSelf().Attributes("style"))
            style.Value = styles.Resolve(style.Value);
        picture.SetAttributeValue("width", width);
        picture.SetAttributeValue("height", height);
        picture.SetAttributeValue("font-family", "DejaVu Sans, Arial, Helvetica, sans-serif");
        picture.AddFirst(new XElement(s_svg + "style", styles.For(picture.DescendantsAndSelf())), new XElement(s_svg + "rect",
            new XAttribute("width", width), new XAttribute("height", height), new XAttribute("fill", "#fff")));
        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + picture.ToString(SaveOptions.DisableFormatting) + "\n");
    }

    /// <summary>The same in pixels.</summary>
    internal static byte[] Png(ReportFigure figure) =>
        ColourPng.Encode(SvgPainter.Paint(figure.Picture, new StyleSheet(ReportPage.Style), DotsPerInch / UnitsPerInch), DotsPerInch);

    private static XElement InNamespace(XElement element) => new(
        s_svg + element.Name.LocalName, element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration),
        element.Nodes().Select(node => node is XElement child ? InNamespace(child) : node));

    [GeneratedRegex("""<figure id="([^"]+)">(.*?)</figure>""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex FigurePattern();
}
