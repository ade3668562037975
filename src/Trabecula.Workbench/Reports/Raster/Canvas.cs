namespace Trabecula.Workbench.Reports.Raster;

/// <summary>A colour with its share of cover.</summary>
internal readonly record struct Ink(byte Red, byte Green, byte Blue, double Opacity);

/// <summary>
/// A white page of pixels on which closed outlines are filled. Each pixel is covered by the area of it that lies inside, which is summed exactly along the
/// outlines' edges; outlines that turn the same way add up to at most the whole pixel.
/// </summary>
internal sealed class Canvas
{
    private readonly byte[] _pixels;

    internal Canvas(int width, int height)
    {
        (Width, Height, _pixels) = (width, height, new byte[3 * width * height]);
        Array.Fill(_pixels, (byte)255);
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Red, green and blue of each pixel, top row first.</summary>
    internal ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Fills outlines by the rule that a place is inside where they wind around it.</summary>
    internal void Fill(IReadOnlyList<List<Spot>> outlines, Ink ink)
    {
        Spot[] all = [.. outlines.SelectMany(outline => outline)];
        if (all.Length == 0)
            return;
        int left = (int)Math.Floor(all.Min(spot => spot.X)), top = (int)Math.Floor(all.Min(spot => spot.Y));
        int width = (int)Math.Ceiling(all.Max(spot => spot.X)) - left + 2, height = (int)Math.Ceiling(all.Max(spot => spot.Y)) - top + 1;
        var cover = new double[width * height];
        foreach (List<Spot> outline in outlines)
        {
            for (int i = 0; i < outline.Count; i++)
            {
                Spot from = outline[i], to = outline[(i + 1) % outline.Count];
                Edge(cover, width, new Spot(from.X - left, from.Y - top), new Spot(to.X - left, to.Y - top));
            }
        }
        for (int y = Math.Max(0, -top); y < height && y + top < Height; y++)
        {
            double sum = 0;
            for (int x = 0; x < width; x++)
            {
                sum += cover[y * width + x];
                if (x + left >= 0 && x + left < Width)
                    Blend(3 * ((y + top) * Width + x + left), Math.Min(1, Math.Abs(sum)) * ink.Opacity, ink);
            }
        }
    }

    /// <summary>Lays a grey picture between two corners; a pixel of the page takes the picture's pixel at its middle.</summary>
    internal void Paste(ReadOnlySpan<byte> picture, int width, int height, Spot first, Spot last)
    {
        for (int y = Math.Max(0, (int)Math.Ceiling(first.Y - 0.5)); y < Height && y + 0.5 < last.Y; y++)
        {
            for (int x = Math.Max(0, (int)Math.Ceiling(first.X - 0.5)); x < Width && x + 0.5 < last.X; x++)
            {
                int column = Math.Clamp((int)((x + 0.5 - first.X) / (last.X - first.X) * width), 0, width - 1), row = Math.Clamp((int)((y + 0.5 - first.Y) / (last.Y - first.Y) * height), 0, height - 1);
                _pixels.AsSpan(3 * (y * Width + x), 3).Fill(picture[row * width + column]);
            }
        }
    }

    /// <summary>
    /// Adds what an edge changes, from left to right, in how far each pixel of its rows is covered: a running sum over a row is the cover.
    /// </summary>
    private static void Edge(double[] cover, int width, Spot from, Spot to)
    {
        if (from.Y == to.Y)
            return;
        double direction = from.Y < to.Y ? 1 : -1;
        (Spot upper, Spot lower) = from.Y < to.Y ? (from, to) : (to, from);
        double slope = (lower.X - upper.X) / (lower.Y - upper.Y);
        for (int row = (int)upper.Y; row < lower.Y; row++)
        {
            double y0 = Math.Max(row, upper.Y), y1 = Math.Min(row + 1, lower.Y), height = (y1 - y0) * direction;
            double xa = upper.X + (y0 - upper.Y) * slope, xb = upper.X + (y1 - upper.Y) * slope;
            (double x0, double x1) = xa < xb ? (xa, xb) : (xb, xa);
            int first = (int)x0, last = (int)Math.Ceiling(x1), at = row * width;
            if (last <= first + 1)
            {
                double right = (x0 + x1) / 2 - first;
                cover[at + first] += height * (1 - right);
                cover[at + first + 1] += height * right;
                continue;
            }
            // The edge crosses several pixels of the row: each takes the area to the right of it.
            double run = x1 - x0, before = 0;
            for (int x = first; x < last; x++)
            {
                double a = Math.Max(x, x0), b = Math.Min(x + 1, x1);
                // Of the row's height, so much is crossed before this pixel ends; within it the edge's middle splits the pixel.
                double part = (b - a) / run, area = before + part * (x + 1 - (a + b) / 2);
                cover[at + x] += height * (area - Before(x, x0, x1, first));
                before += part;
            }
            cover[at + last] += height * (1 - Before(last, x0, x1, first));
        }
    }

    /// <summary>The cover of the pixel left of one, as a share of the row's height.</summary>
    private static double Before(int x, double x0, double x1, int first)
    {
        if (x == first)
            return 0;
        double run = x1 - x0, a = Math.Max(x - 1, x0), b = Math.Min(x, x1);
        return (a - x0) / run + (b - a) / run * (x - (a + b) / 2);
    }

    private void Blend(int at, double share, Ink ink)
    {
        if (share <= 0)
            return;
        _pixels[at] = Mix(_pixels[at], ink.Red, share);
        _pixels[at + 1] = Mix(_pixels[at + 1], ink.Green, share);
        _pixels[at + 2] = Mix(_pixels[at + 2], ink.Blue, share);
    }

    private static byte Mix(byte below, byte above, double share) => (byte)(below + (above - below) * share + 0.5);
}
