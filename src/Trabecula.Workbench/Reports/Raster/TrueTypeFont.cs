using System.Buffers.Binary;

namespace Trabecula.Workbench.Reports.Raster;

/// <summary>
/// Outlines and widths of the letters of a TrueType font (OpenType 1.9: head, hhea, hmtx, maxp, loca, glyf, cmap format 4). No hints: figures are
/// drawn at 300 dots to the inch.
/// </summary>
internal sealed class TrueTypeFont
{
    private readonly byte[] _file;
    private readonly Dictionary<string, int> _tables = new(StringComparer.Ordinal);
    private readonly int _unitsPerEm, _metrics;
    private readonly bool _longLocations;
    private readonly Dictionary<char, int> _glyphs = [];

    private TrueTypeFont(byte[] file)
    {
        _file = file;
        for (int i = 0, count = U16(4); i < count; i++)
            _tables[System.Text.Encoding.ASCII.GetString(file, 12 + 16 * i, 4)] = (int)U32(12 + 16 * i + 8);
        _unitsPerEm = U16(_tables["head"] + 18);
        _longLocations = U16(_tables["head"] + 50) == 1;
        _metrics = U16(_tables["hhea"] + 34);
        ReadMap();
    }

    /// <summary>The regular font of figures.</summary>
    internal static TrueTypeFont Regular { get; } = OfResource("DejaVuSans.ttf");

    /// <summary>Its bold companion.</summary>
    internal static TrueTypeFont Bold { get; } = OfResource("DejaVuSans-Bold.ttf");

    /// <summary>The file that it was read from.</summary>
    internal ReadOnlySpan<byte> File => _file;

    /// <summary>The width of a text in units of the font's size.</summary>
    internal double Width(string text) => text.Sum(letter => Advance(GlyphOf(letter)));

    /// <summary>The closed outlines of a text whose baseline starts at 0, 0, for a size of 1; y points down.</summary>
    internal List<List<Spot>> Outlines(string text)
    {
        var outlines = new List<List<Spot>>();
        double x = 0;
        foreach (char letter in text)
        {
            int glyph = GlyphOf(letter);
            foreach (List<Spot> contour in Glyph(glyph, 0))
                outlines.Add([.. contour.Select(spot => new Spot(x + spot.X / _unitsPerEm, -spot.Y / _unitsPerEm))]);
            x += Advance(glyph);
        }
        return outlines;
    }

    private static TrueTypeFont OfResource(string name)
    {
        using Stream stream = typeof(TrueTypeFont).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new TrueTypeFont(bytes);
    }

    // The first glyph of a font stands for letters that it lacks.
    private int GlyphOf(char letter) => _glyphs.GetValueOrDefault(letter);

    private double Advance(int glyph) => (double)U16(_tables["hmtx"] + 4 * Math.Min(glyph, _metrics - 1)) / _unitsPerEm;

    private void ReadMap()
    {
        int map = _tables["cmap"], table = -1;
        for (int i = 0, count = U16(map + 2); i < count && table < 0; i++)
        {
            int at = map + (int)U32(map + 4 + 8 * i + 4);
            if (U16(at) == 4)
                table = at;
        }
        int segments = U16(table + 6) / 2, ends = table + 14, starts = ends + 2 * segments + 2, deltas = starts + 2 * segments, ranges = deltas + 2 * segments;
        for (int s = 0; s < segments; s++)
        {
            int range = U16(ranges + 2 * s), delta = U16(deltas + 2 * s), start = U16(starts + 2 * s);
            for (int code = start; code <= U16(ends + 2 * s) && code < 0xFFFF; code++)
            {
                int glyph = range == 0 ? code : U16(ranges + 2 * s + range + 2 * (code - start));
                if (glyph != 0)
                    _glyphs[(char)code] = (glyph + delta) & 0xFFFF;
            }
        }
    }

    private List<List<Spot>> Glyph(int glyph, int depth)
    {
        int loca = _tables["loca"];
        (int start, int end) = _longLocations ? ((int)U32(loca + 4 * glyph), (int)U32(loca + 4 * glyph + 4)) : (2 * U16(loca + 2 * glyph), 2 * U16(loca + 2 * glyph + 2));
        if (start == end || depth > 4)
            return [];
        int at = _tables["glyf"] + start, contours = S16(at);
        return contours < 0 ? Composite(at + 10, depth) : Simple(at + 10, contours);
    }

    private List<List<Spot>> Simple(int at, int contours)
    {
        int[] ends = [.. Enumerable.Range(0, contours).Select(i => (int)U16(at + 2 * i))];
        int points = ends[^1] + 1;
        at += 2 * contours;
        at += 2 + U16(at);
        var flags = new byte[points];
        for (int i = 0; i < points;)
        {
            byte flag = _file[at++];
            int repeats = (flag & 8) != 0 ? _file[at++] : 0;
            for (; repeats >= 0; repeats--)
                flags[i++] = flag;
        }
        int[] x = Coordinates(ref at, flags, 2, 16), y = Coordinates(ref at, flags, 4, 32);
        var outlines = new List<List<Spot>>();
        for (int c = 0, first = 0; c < contours; first = ends[c++] + 1)
        {
            (Spot Point, bool On)[] ring = [.. Enumerable.Range(first, ends[c] - first + 1).Select(i => (new Spot(x[i], y[i]), (flags[i] & 1) != 0))];
            outlines.Add(Curves.OfQuadraticRing(ring));
        }
        return outlines;
    }

    private int[] Coordinates(ref int at, byte[] flags, int isShort, int same)
    {
        var values = new int[flags.Length];
        int value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            if ((flags[i] & isShort) != 0)
                value += (flags[i] & same) != 0 ? _file[at++] : -_file[at++];
            else if ((flags[i] & same) == 0)
            {
                value += S16(at);
                at += 2;
            }
            values[i] = value;
        }
        return values;
    }

    /// <summary>Letters with accents: parts that are moved, and perhaps scaled.</summary>
    private List<List<Spot>> Composite(int at, int depth)
    {
        var outlines = new List<List<Spot>>();
        int flags;
        do
        {
            flags = U16(at);
            int part = U16(at + 2);
            at += 4;
            bool words = (flags & 1) != 0;
            double dx = words ? S16(at) : (sbyte)_file[at], dy = words ? S16(at + 2) : (sbyte)_file[at + 1];
            at += words ? 4 : 2;
            double a = 1, b = 0, c = 0, d = 1;
            if ((flags & 8) != 0)
            {
                a = d = F2Dot14(at);
                at += 2;
            }
            else if ((flags & 0x40) != 0)
            {
                (a, d) = (F2Dot14(at), F2Dot14(at + 2));
                at += 4;
            }
            else if ((flags & 0x80) != 0)
            {
                (a, b, c, d) = (F2Dot14(at), F2Dot14(at + 2), F2Dot14(at + 4), F2Dot14(at + 6));
                at += 8;
            }
            outlines.AddRange(Glyph(part, depth + 1).Select(contour =>
                contour.Select(spot => new Spot(a * spot.X + c * spot.Y + dx, b * spot.X + d * spot.Y + dy)).ToList()));
        }
        while ((flags & 0x20) != 0);
        return outlines;
    }

    private double F2Dot14(int at) => S16(at) / 16384.0;

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private short S16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}
