using Trabecula.Workbench.Reports.Raster;

namespace Trabecula.Workbench.Overlays;

/// <summary>A black picture of greys with one colour for outlines, a byte a pixel. The same pixels give the same file on every machine.</summary>
internal sealed class PalettePicture
{
    /// <summary>The colour of outlines: Okabe and Ito's orange, which no grey is mistaken for.</summary>
    public const byte Outline = 255;

    private const int Greys = 255;

    private readonly byte[] _pixels;

    public PalettePicture(int width, int height) => (Width, Height, _pixels) = (width, height, new byte[width * height]);

    public int Width { get; }

    public int Height { get; }

    public byte this[int x, int y]
    {
        get => _pixels[y * Width + x];
        set => _pixels[y * Width + x] = value;
    }

    /// <summary>The grey of a share of white.</summary>
    public static byte Grey(double share) => double.IsNaN(share) ? (byte)0 : (byte)Math.Round((Greys - 1) * Math.Clamp(share, 0, 1));

    /// <summary>Writes white letters on what is there, dark around them so that they can be read on bone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="baseline">Its baseline.</param>
    /// <param name="size">Size of the font in pixels.</param>
    public void Write(string text, double x, double baseline, double size)
    {
        TrueTypeFont font = TrueTypeFont.Bold;
        int left = Math.Max(0, (int)x - 3), top = Math.Max(0, (int)(baseline - size)), right = Math.Min(Width, (int)(x + size * font.Width(text)) + 4), bottom = Math.Min(Height, (int)(baseline + 0.35 * size));
        if (right <= left || bottom <= top)
            return;
        var page = new Canvas(right - left, bottom - top);
        page.Fill([.. font.Outlines(text).Select(outline => outline.ConvertAll(spot => new Spot(x - left + size * spot.X, baseline - top + size * spot.Y)))], new Ink(0, 0, 0, 1));
        for (int py = top; py < bottom; py++)
        {
            for (int px = left; px < right; px++)
            {
                double cover = 1 - page.Pixels[3 * ((py - top) * page.Width + px - left)] / 255.0, below = this[px, py] == Outline ? 0 : 0.35 * this[px, py] / (Greys - 1);
                this[px, py] = Grey(below + (1 - below) * cover);
            }
        }
    }

    /// <summary>The picture as PNG (ISO/IEC 15948) with a palette, and nothing in it but pixels.</summary>
    public byte[] ToPng()
    {
        var palette = new byte[3 * 256];
        for (int i = 0; i < Greys; i++)
            palette.AsSpan(3 * i, 3).Fill((byte)Math.Round(255.0 * i / (Greys - 1)));
        (palette[765], palette[766], palette[767]) = (0xE6, 0x9F, 0x00);
        var rows = new byte[(Width + 1) * Height];
        for (int y = 0; y < Height; y++)
            _pixels.AsSpan(y * Width, Width).CopyTo(rows.AsSpan(y * (Width + 1) + 1));
        return PngFile.Of(Width, Height, PngColours.Palette, RunLengthZlib.Compress(rows), "PLTE"u8, palette);
    }
}
