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
            XElement picture = XElement.Parse(match.Groups[2].Value, LoadOptions.PreserveWhitespace);
            if (!picture.Descendants().Any(element => element.Name.LocalName == "image"))
                figures.Add(new ReportFigure(match.Groups[1].Value, picture));
        }
        return figures;
    }

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

    [GeneratedRegex("""<figure id="([^"]+)"[^>]*>\s*(<svg.*?</svg>)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex FigurePattern();
}
