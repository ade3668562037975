using System.Globalization;
using System.Text;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Reports;

/// <summary>The plane of a slice picture.</summary>
internal enum SlicePlane
{
    /// <summary>Seen from below, anterior up.</summary>
    Axial,
    /// <summary>Seen from the left, superior up, anterior to the left.</summary>
    Sagittal,
}

/// <summary>A slice through the middle of a mask in a bone window, with the outline of the mask, as inline SVG.</summary>
internal static class SliceFigure
{
    private const double WindowLowHu = -250, WindowHighHu = 650;

    internal static string Render(Volume<short> image, Mask mask, SlicePlane plane, string title, string description)
    {
        var labels = (Volume<byte>)mask.Labels;
        VolumeSize size = image.Geometry.Size;
        Vector3D spacing = image.Geometry.SpacingMm;
        bool axial = plane == SlicePlane.Axial;
        int middle = MiddleOf(labels, size, axial ? 2 : 0);
        int width = axial ? size.X : size.Y, height = axial ? size.Y : size.Z;
        double pixelWidth = axial ? spacing.X : spacing.Y, pixelHeight = axial ? spacing.Y : spacing.Z;

        var pixels = new byte[width * height];
        var inside = new bool[width * height];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                // z runs to superior and y to posterior: rows go down the picture, so z is turned over.
                int voxel = axial
                    ? (middle * size.Y + row) * size.X + column
                    : ((size.Z - 1 - row) * size.Y + column) * size.X + middle;
                double grey = (image.Voxels[voxel] - WindowLowHu) / (WindowHighHu - WindowLowHu);
                pixels[row * width + column] = (byte)Math.Round(255 * Math.Clamp(grey, 0, 1));
                inside[row * width + column] = labels.Voxels[voxel] != 0;
            }
        }

        string png = Convert.ToBase64String(GrayscalePng.Encode(pixels, width, height));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg class="slice" role="img" viewBox="0 0 {width * pixelWidth:0.##} {height * pixelHeight:0.##}">
            <title>{Html.Text(title)}</title><desc>{Html.Text(description)}</desc>
            <image href="data:image/png;base64,{png}" width="{width * pixelWidth:0.##}" height="{height * pixelHeight:0.##}" preserveAspectRatio="none"/>
            <path class="outline" transform="scale({pixelWidth:0.##} {pixelHeight:0.##})" d="{Outline(inside, width, height)}"/>
            </svg>
            """);
    }

    /// <summary>The edges between pixels inside and outside, as one path of unit steps.</summary>
    private static string Outline(bool[] inside, int width, int height)
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

    private static int MiddleOf(Volume<byte> labels, VolumeSize size, int axis)
    {
        long sum = 0, count = 0;
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            if (labels.Voxels[voxel] == 0)
                continue;
            sum += axis == 2 ? voxel / (size.X * size.Y) : voxel % size.X;
            count++;
        }
        return count == 0 ? size[axis] / 2 : (int)(sum / count);
    }
}
