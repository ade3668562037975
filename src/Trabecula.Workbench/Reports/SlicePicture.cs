using System.Numerics;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Reports;

/// <summary>The plane of a slice picture.</summary>
public enum SlicePlane
{
    /// <summary>Seen from below, anterior up.</summary>
    Axial,

    /// <summary>Seen from the left, superior up, anterior to the left.</summary>
    Sagittal,
}

/// <summary>A slice through the middle of a mask in a bone window, with the mask's outline, as far as a margin around it.</summary>
/// <param name="Plane">How it lies.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="PixelWidthMm">Width of a pixel.</param>
/// <param name="PixelHeightMm">Height of a pixel.</param>
/// <param name="Pixels">Their grey values, row by row.</param>
/// <param name="Outline">The mask's edge as the path of unit steps.</param>
public sealed record SlicePicture(SlicePlane Plane, int Width, int Height, double PixelWidthMm, double PixelHeightMm, byte[] Pixels, string Outline)
{
    private const double MarginMm = 25;

    /// <summary>Cuts a slice; axes that do not run along the patient's are taken for those that they are nearest to.</summary>
    /// <exception cref="ImagingException">The mask is empty, or not on the image's grid.</exception>
    internal static SlicePicture Of(Volume image, Mask mask, SlicePlane plane)
    {
        VolumeGeometry geometry = image.Geometry;
        if (mask.Geometry.Size != geometry.Size)
            throw new ImagingException("", "The mask is not on the image's grid.", "Give the mask that was drawn on this image.");
        IReadOnlyList<MaskRegion> regions = mask.FindRegions().Regions;
        if (regions.Count == 0)
            throw new ImagingException("", "The mask is empty.", "Give a mask with at least one voxel.");
        // Patient axes: 0 to the left, 1 to posterior, 2 to superior. Across and down the picture, and through it.
        (int across, int down, int through) = plane == SlicePlane.Axial ? (0, 1, 2) : (1, 2, 0);
        var patient = PatientAxes.Of(geometry);
        (int Axis, bool Turned)[] axes = [.. Enumerable.Range(0, 3).Select(axis => (patient.VoxelAxis(axis), patient.IsTurned(axis)))];
        MaskRegion region = regions.MaxBy(each => each.VoxelCount)!;
        int middle = (int)region.CenterOfMassIndex[axes[through].Axis];
        int[] columns = Range(geometry, region.Box, axes[across], upside: false), rows = Range(geometry, region.Box, axes[down], upside: plane == SlicePlane.Sagittal);
        var places = new int[columns.Length * rows.Length];
        var index = new int[3];
        index[axes[through].Axis] = middle;
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                (index[axes[across].Axis], index[axes[down].Axis]) = (columns[column], rows[row]);
                places[row * columns.Length + column] = (index[2] * geometry.Size.Y + index[1]) * geometry.Size.X + index[0];
            }
        }
        byte[] pixels = [.. image.Accept(new Values(places)).Select(value => BoneWindow.Grey(value))];
        bool[] inside = [.. mask.Labels.Accept(new Values(places)).Select(value => value != 0)];
        return new SlicePicture(
            plane, columns.Length, rows.Length, geometry.SpacingMm[axes[across].Axis], geometry.SpacingMm[axes[down].Axis], pixels, PixelOutline.Of(inside, columns.Length, rows.Length));
    }

    /// <summary>The indices along an axis of the picture, around the mask.</summary>
    private static int[] Range(VolumeGeometry geometry, VoxelBox box, (int Axis, bool Turned) axis, bool upside)
    {
        int margin = (int)Math.Ceiling(MarginMm / geometry.SpacingMm[axis.Axis]);
        int first = Math.Max(0, box.First(axis.Axis) - margin), last = Math.Min(geometry.Size[axis.Axis] - 1, box.Last(axis.Axis) + margin);
        IEnumerable<int> indices = Enumerable.Range(first, last - first + 1);
        return axis.Turned != upside ? [.. indices.Reverse()] : [.. indices];
    }

    /// <summary>The voxels at some places as numbers.</summary>
    private sealed class Values(int[] places) : IVolumeOperation<double[]>
    {
        public double[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            var values = new double[places.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = double.CreateChecked(volume.Voxels[places[i]]);
            return values;
        }
    }
}
