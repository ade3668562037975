using Trabecula.Imaging;
using Trabecula.Workbench.Reports.Raster;
using Trabecula.Workbench.Reports;

namespace Trabecula.Workbench.Overlays;

/// <summary>
/// An image with the outline of a region: axial, sagittal and coronal through the region's centre, at one scale in millimetres, in a bone
/// window. Of the patient it shows no word: only the sides of the body and what the caller calls the case.
/// </summary>
internal static class OverlayPicture
{
    // 1500 HU wide around 450 HU.
    private const double WindowLowHu = -300, WindowHighHu = 1200;

    private const double MarginMm = 25, LeastExtentMm = 60;

    private const int Gap = 8;

    /// <summary>Paints a case.</summary>
    /// <param name="image">The image.</param>
    /// <param name="region">The region, on a grid of its own or the image's; not empty.</param>
    /// <param name="title">What stands above the pictures.</param>
    /// <param name="panelPixels">Width or height of the largest picture.</param>
    public static PalettePicture Paint(Volume image, VoxelSet region, string title, int panelPixels)
    {
        PatientAxes axes = PatientAxes.Of(image.Geometry);
        (double[] first, double[] last, double[] centre) = Place(image.Geometry, region);
        (double Low, double High)[] shown = [.. Enumerable.Range(0, 3).Select(axis => Shown(image.Geometry, axes, axis, first, last))];
        double scale = panelPixels / shown.Max(range => range.High - range.Low);
        int[] pixels = [.. shown.Select(range => Math.Max(1, (int)Math.Round(scale * (range.High - range.Low))))];
        double letter = Math.Max(9, panelPixels / 24.0);
        int head = (int)Math.Ceiling(1.6 * letter);
        var picture = new PalettePicture(OverlayPlane.All.Sum(plane => pixels[plane.Across]) + 2 * Gap, head + OverlayPlane.All.Max(plane => pixels[plane.Down]));
        picture.Write(title, 4, 1.15 * letter, letter);
        int left = 0;
        foreach (OverlayPlane plane in OverlayPlane.All)
        {
            double[] across = Places(shown[plane.Across], pixels[plane.Across], 1), down = Places(shown[plane.Down], pixels[plane.Down], plane.DownSign);
            int slice = SliceThrough(image.Geometry, axes.VoxelAxis(plane.Normal), centre, region);
            double[] values = image.Accept(new SliceSampling(axes, plane, slice, across, down));
            bool[] inside = Inside(image.Geometry, axes, plane, slice, across, down, region);
            Draw(picture, left, head, across.Length, down.Length, values, inside);
            Letter(picture, plane.Letters, left, head, across.Length, down.Length, letter);
            left += across.Length + Gap;
        }
        return picture;
    }

    /// <summary>First and last index of the region and its centre of mass, all in indices of the image.</summary>
    private static (double[] First, double[] Last, double[] Centre) Place(VolumeGeometry image, VoxelSet region)
    {
        double[] first = [double.MaxValue, double.MaxValue, double.MaxValue], last = [double.MinValue, double.MinValue, double.MinValue], sum = new double[3];
        VolumeSize size = region.Geometry.Size;
        for (int i = 0; i < region.Inside.Length; i++)
        {
            if (!region.Inside[i])
                continue;
            Vector3D index = image.PointToIndex(region.Geometry.IndexToPoint(new(i % size.X, i / size.X % size.Y, i / (size.X * size.Y))));
            for (int axis = 0; axis < 3; axis++)
            {
                first[axis] = Math.Min(first[axis], index[axis]);
                last[axis] = Math.Max(last[axis], index[axis]);
                sum[axis] += index[axis];
            }
        }
        return (first, last, [.. sum.Select(total => total / region.Count)]);
    }

    private static (double Low, double High) Shown(VolumeGeometry image, PatientAxes axes, int patientAxis, double[] first, double[] last)
    {
        int axis = axes.VoxelAxis(patientAxis);
        (double low, double high) = axes.Range(patientAxis, first[axis], last[axis]);
        (double least, double most) = axes.Range(patientAxis, 0, image.Size[axis] - 1);
        double margin = Math.Max(MarginMm, (LeastExtentMm - (high - low)) / 2);
        (low, high) = (Math.Max(least, low - margin), Math.Min(most, high + margin));
        return high > low ? (low, high) : (least, most);
    }

    private static double[] Places((double Low, double High) range, int count, int sign)
    {
        double step = (range.High - range.Low) / count;
        return [.. Enumerable.Range(0, count).Select(i => sign > 0 ? range.Low + (i + 0.5) * step : range.High - (i + 0.5) * step)];
    }

    /// <summary>The slice at the centre, or the nearest one that the region reaches: a ring has its centre outside.</summary>
    private static int SliceThrough(VolumeGeometry image, int axis, double[] centre, VoxelSet region)
    {
        VolumeSize size = region.Geometry.Size;
        int best = -1, middle = (int)Math.Round(Math.Clamp(centre[axis], 0, image.Size[axis] - 1));
        for (int i = 0; i < region.Inside.Length; i++)
        {
            if (!region.Inside[i])
                continue;
            int slice = (int)Math.Round(image.PointToIndex(region.Geometry.IndexToPoint(new(i % size.X, i / size.X % size.Y, i / (size.X * size.Y))))[axis]);
            if (slice >= 0 && slice < image.Size[axis] && (best < 0 || Math.Abs(slice - middle) < Math.Abs(best - middle)))
                best = slice;
        }
        return best < 0 ? middle : best;
    }

    private static bool[] Inside(VolumeGeometry image, PatientAxes axes, OverlayPlane plane, int slice, double[] across, double[] down, VoxelSet region)
    {
        VolumeGeometry grid = region.Geometry;
        var inside = new bool[across.Length * down.Length];
        double[] index = new double[3];
        index[axes.VoxelAxis(plane.Normal)] = slice;
        for (int y = 0; y < down.Length; y++)
        {
            index[axes.VoxelAxis(plane.Down)] = axes.Index(plane.Down, down[y]);
            for (int x = 0; x < across.Length; x++)
            {
                index[axes.VoxelAxis(plane.Across)] = axes.Index(plane.Across, across[x]);
                Vector3D at = grid.PointToIndex(image.IndexToPoint(new(index[0], index[1], index[2])));
                (double i, double j, double k) = (Math.Round(at.X), Math.Round(at.Y), Math.Round(at.Z));
                inside[y * across.Length + x] = i >= 0 && j >= 0 && k >= 0 && i < grid.Size.X && j < grid.Size.Y && k < grid.Size.Z
                    && region.Inside[(int)((k * grid.Size.Y + j) * grid.Size.X + i)];
            }
        }
        return inside;
    }

    private static void Draw(PalettePicture picture, int left, int top, int width, int height, double[] values, bool[] inside)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                // Two pixels wide: one on either side of the region's edge, which runs between them.
                bool here = inside[y * width + x];
                bool edge = (x > 0 && inside[y * width + x - 1] != here) || (x + 1 < width && inside[y * width + x + 1] != here)
                    || (y > 0 && inside[(y - 1) * width + x] != here) || (y + 1 < height && inside[(y + 1) * width + x] != here);
                picture[left + x, top + y] = edge ? PalettePicture.Outline : PalettePicture.Grey((values[y * width + x] - WindowLowHu) / (WindowHighHu - WindowLowHu));
            }
        }
    }

    private static void Letter(PalettePicture picture, string letters, int left, int top, int width, int height, double size)
    {
        // Capitals of this font are 0.7 of its size high.
        double middle = top + height / 2.0 + 0.35 * size;
        picture.Write(letters[..1], left + 3, middle, size);
        picture.Write(letters[1..2], left + width - 3 - Width(1), middle, size);
        // Of a stack of a few slices the upper letter would stand below the lower one.
        if (height < 2 * size + 6)
            return;
        picture.Write(letters[2..3], left + (width - Width(2)) / 2, top + size + 2, size);
        picture.Write(letters[3..4], left + (width - Width(3)) / 2, top + height - 4, size);

        double Width(int letter) => size * TrueTypeFont.Bold.Width(letters[letter..(letter + 1)]);
    }
}
