using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Trabecula.Workbench.Reports.Raster;

/// <summary>
/// Paints a figure of the report on a page of pixels: paths, rectangles, circles, lines and texts, with what <see cref="StyleSheet"/> says. Texts are
/// drawn from fonts that come with the program, so a picture depends neither on the machine's fonts nor on its processor.
/// </summary>
internal sealed partial class SvgPainter
{
    private readonly StyleSheet _styles;
    private readonly Canvas _canvas;

    private readonly double _scale;

    private SvgPainter(StyleSheet styles, Canvas canvas, double scale) => (_styles, _canvas, _scale) = (styles, canvas, scale);

    /// <summary>Paints a figure.</summary>
    /// <param name="figure">Its <c>svg</c> element, with a view box that starts at 0 0.</param>
    /// <param name="styles">The styles of its classes.</param>
    /// <param name="scale">Pixels for each of its units.</param>
    internal static Canvas Paint(XElement figure, StyleSheet styles, double scale)
    {
        (double width, double height) = SizeOf(figure);
        var canvas = new Canvas((int)Math.Ceiling(width * scale), (int)Math.Ceiling(height * scale));
        var initial = new Dictionary<string, string>(StringComparer.Ordinal) { ["fill"] = "#000", ["stroke"] = "none", ["stroke-width"] = "1", ["font-size"] = "16px" };
        new SvgPainter(styles, canvas, scale).Children(figure, styles.Of(figure, initial), new Placement(scale, 0, 0, scale, 0, 0));
        return canvas;
    }

    /// <summary>Width and height of a figure in its own units.</summary>
    internal static (double Width, double Height) SizeOf(XElement figure)
    {
        double[] box = [.. (figure.Attribute("viewBox")?.Value ?? throw new FormatException("A figure has no viewBox.")).Split(' ').Select(Number)];
        return (box[2], box[3]);
    }

    private void Children(XElement parent, Dictionary<string, string> inherited, Placement placement)
    {
        foreach (XElement element in parent.Elements())
        {
            // Of the parent, only what is inherited goes on: not its place.
            Dictionary<string, string> style = _styles.Of(element, Inherited(inherited));
            Placement here = style.TryGetValue("transform", out string? transform) ? Moved(placement, transform) : placement;
            switch (element.Name.LocalName)
            {
                case "g":
                    Children(element, style, here);
                    break;
                case "path":
                    Draw(PathData.Read(style["d"]), style, here);
                    break;
                case "rect":
                    Draw([Rectangle(style)], style, here);
                    break;
                case "circle":
                    Draw([new Polyline(Curves.Circle(new Spot(Length(style, "cx"), Length(style, "cy")), Length(style, "r")), true)], style, here);
                    break;
                case "line":
                    Draw([new Polyline([new Spot(Length(style, "x1"), Length(style, "y1")), new Spot(Length(style, "x2"), Length(style, "y2"))], false)], style, here);
                    break;
                case "text":
                    Write(string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value)).Trim(), style, here);
                    break;
                case "image":
                    Paste(style, here);
                    break;
                case "title" or "desc" or "style":
                    break;
                default:
                    throw new FormatException($"A figure holds <{element.Name.LocalName}>, which cannot be painted.");
            }
        }
    }

    private static Dictionary<string, string> Inherited(Dictionary<string, string> style) =>
        style.Where(property => property.Key is not ("transform" or "d" or "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy" or "r" or "width" or "height" or "rx" or "class" or "style" or "opacity"))
            .ToDictionary(StringComparer.Ordinal);

    private void Draw(IReadOnlyList<Polyline> lines, Dictionary<string, string> style, Placement placement)
    {
        Polyline[] placed = [.. lines.Select(line => line with { Spots = [.. line.Spots.Select(placement.Of)] })];
        if (InkOf(style, "fill") is { } fill)
            _canvas.Fill([.. placed.Select(line => line.Spots)], fill);
        if (InkOf(style, "stroke") is not { } stroke || Length(style, "stroke-width") <= 0)
            return;
        // The pen moves in the figure's units and its strokes are placed then: where the scale is another across than along, so are they.
        bool keepsWidth = style.GetValueOrDefault("vector-effect") == "non-scaling-stroke";
        double scale = keepsWidth ? _scale : 1;
        double[] dashes = style.TryGetValue("stroke-dasharray", out string? text) && text != "none"
            ? [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(part => scale * Number(part))] : [];
        var pen = new Pen(scale * Length(style, "stroke-width"), dashes.Length % 2 == 0 ? dashes : [.. dashes, .. dashes]);
        // All at once: where a figure's lines cross, the crossing is not drawn twice.
        _canvas.Fill(keepsWidth ? [.. placed.SelectMany(pen.Stroke)] : [.. lines.SelectMany(pen.Stroke).Select(outline => outline.Select(placement.Of).ToList())], stroke);
    }

    /// <summary>A picture within the figure: each of the page's pixels takes the one that it lies in.</summary>
    private void Paste(Dictionary<string, string> style, Placement placement)
    {
        (byte[] pixels, int width, int height) = GrayscalePng.Decode(Convert.FromBase64String(style["href"][(style["href"].IndexOf(',', StringComparison.Ordinal) + 1)..]));
        Spot first = placement.Of(new Spot(Length(style, "x"), Length(style, "y")));
        Spot last = placement.Of(new Spot(Length(style, "x") + Length(style, "width"), Length(style, "y") + Length(style, "height")));
        _canvas.Paste(pixels, width, height, first, last);
    }

    private static Polyline Rectangle(Dictionary<string, string> style)
    {
        double x = Length(style, "x"), y = Length(style, "y"), width = Length(style, "width"), height = Length(style, "height"), r = Length(style, "rx");
        if (r <= 0)
            return new Polyline([new(x, y), new(x + width, y), new(x + width, y + height), new(x, y + height)], true);
        List<Spot> around = [];
        foreach ((double cx, double cy, int quarter) in ((double, double, int)[])[(x + width - r, y + height - r, 0), (x + r, y + height - r, 1), (x + r, y + r, 2), (x + width - r, y + r, 3)])
            around.AddRange(Curves.Circle(new Spot(cx, cy), r, 32).Concat(Curves.Circle(new Spot(cx, cy), r, 32)).Skip(8 * quarter).Take(9));
        return new Polyline(around, true);
    }

    private void Write(string text, Dictionary<string, string> style, Placement placement)
    {
        if (text.Length == 0 || InkOf(style, "fill") is not { } ink)
            return;
        TrueTypeFont font = style.GetValueOrDefault("font-weight") is "bold" or "600" or "650" or "700" ? TrueTypeFont.Bold : TrueTypeFont.Regular;
        double size = Length(style, "font-size"), width = size * font.Width(text);
        double x = Length(style, "x") - style.GetValueOrDefault("text-anchor") switch { "middle" => width / 2, "end" => width, _ => 0 }, y = Length(style, "y");
        _canvas.Fill([.. font.Outlines(text).Select(outline => outline.Select(spot => placement.Of(new Spot(x + size * spot.X, y + size * spot.Y))).ToList())], ink);
    }

    private Ink? InkOf(Dictionary<string, string> style, string property)
    {
        string colour = _styles.Resolve(style[property]);
        if (colour is "none" or "transparent")
            return null;
        double opacity = Share(style, "opacity") * Share(style, property + "-opacity");
        string digits = colour switch { "black" or "currentColor" => "000000", "white" => "ffffff", _ when colour.StartsWith('#') => colour[1..], _ => throw new FormatException($"The colour '{colour}' cannot be painted.") };
        if (digits.Length == 3)
            digits = string.Concat(digits.SelectMany(digit => new[] { digit, digit }));
        byte[] bytes = Convert.FromHexString(digits);
        return new Ink(bytes[0], bytes[1], bytes[2], opacity);
    }

    private static double Share(Dictionary<string, string> style, string property) => style.TryGetValue(property, out string? text) ? Number(text) : 1;

    private static double Length(Dictionary<string, string> style, string property) => style.TryGetValue(property, out string? text) ? Number(text) : 0;

    private static double Number(string text) => double.Parse(text.EndsWith("px", StringComparison.Ordinal) ? text[..^2] : text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static Placement Moved(Placement placement, string transform)
    {
        foreach (Match match in TransformPattern().Matches(transform))
        {
            double[] numbers = [.. match.Groups[2].Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Number)];
            (double sin, double cos) = numbers.Length == 0 ? (0, 1) : Math.SinCos(numbers[0] * Math.PI / 180);
            placement = match.Groups[1].Value switch
            {
                "translate" => placement.Then(new Placement(1, 0, 0, 1, numbers[0], numbers.Length > 1 ? numbers[1] : 0)),
                "scale" => placement.Then(new Placement(numbers[0], 0, 0, numbers[^1], 0, 0)),
                "rotate" when numbers.Length == 1 => placement.Then(new Placement(cos, sin, -sin, cos, 0, 0)),
                "rotate" => placement.Then(new Placement(1, 0, 0, 1, numbers[1], numbers[2])).Then(new Placement(cos, sin, -sin, cos, 0, 0)).Then(new Placement(1, 0, 0, 1, -numbers[1], -numbers[2])),
                string other => throw new FormatException($"The transform '{other}' cannot be painted."),
            };
        }
        return placement;
    }

    [GeneratedRegex(@"(\w+)\(([^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex TransformPattern();

    /// <summary>Where a figure's units lie on the page: (ax + cy + e, bx + dy + f), as in SVG.</summary>
    private readonly record struct Placement(double A, double B, double C, double D, double E, double F)
    {
        internal Spot Of(Spot spot) => new(A * spot.X + C * spot.Y + E, B * spot.X + D * spot.Y + F);

        internal Placement Then(Placement inner) => new(
            A * inner.A + C * inner.B, B * inner.A + D * inner.B, A * inner.C + C * inner.D, B * inner.C + D * inner.D, A * inner.E + C * inner.F + E, B * inner.E + D * inner.F + F);
    }
}
