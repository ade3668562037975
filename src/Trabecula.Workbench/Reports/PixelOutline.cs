using System.Globalization;
using System.Text;

namespace Trabecula.Workbench.Reports;

/// <summary>The outline of a region of pixels as an SVG path.</summary>
internal static class PixelOutline
{
    /// <summary>The edges between pixels inside and outside, as one path of unit steps.</summary>
    internal static string Of(bool[] inside, int width, int height)
    {
        var path = new StringBuilder();
        for (int y = 0; y <= height; y++)
        {
            for (int x = 0; x <= width; x++)
            {
                if (x < width && At(x, y) != At(x, y - 1))
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1");
                if (y < height && At(x, y) != At(x - 1, y))
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}v1");
            }
        }
        return path.ToString();

        bool At(int x, int y) => x >= 0 && y >= 0 && x < width && y < height && inside[y * width + x];
    }
}
