using Trabecula.Imaging.Dicom.Series;
using Trabecula.Imaging.Masks;

namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>
/// The grid on which the frames of a segmentation are put: that of the image where the frames lie on it, else one of their own.
/// Frames are placed by their positions alone, since empty ones are often left out.
/// </summary>
internal sealed class SegmentationGrid
{
    /// <summary>Slices between frames of which a file claims to be part; more are a damaged distance.</summary>
    private const int MostSlices = 4096;

    private const long MostVoxels = 1L << 28;

    private readonly Dictionary<DicomSlice, (int X, int Y, int Z)> _places = [];

    private SegmentationGrid(VolumeGeometry geometry) => Geometry = geometry;

    /// <summary>The grid.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>The voxel at which a frame's first sample lies; frames may reach beyond the grid.</summary>
    public (int X, int Y, int Z) PlaceOf(DicomSlice frame) => _places[frame];

    /// <summary>Finds the grid.</summary>
    /// <exception cref="ImagingException">The frames lie on no common grid.</exception>
    public static SegmentationGrid Of(string path, IReadOnlyList<DicomSlice> frames, VolumeGeometry? image)
    {
        if (image is not null && Place(frames, image) is { } onImage)
            return onImage;
        VolumeGeometry own = Own(path, frames);
        return Place(frames, own) ?? throw new ImagingException(path,
            "the frames of the segmentation lie on no common grid: their positions along the normal are uneven, or they are shifted or turned.",
            "Export the segmentation on the grid of its image.");
    }

    private static SegmentationGrid? Place(IReadOnlyList<DicomSlice> frames, VolumeGeometry geometry)
    {
        var grid = new SegmentationGrid(geometry);
        foreach (DicomSlice frame in frames)
        {
            VolumeGeometry plane = SliceStack.Of([frame]).Geometry();
            if (!GridPlacement.SameAxes(plane, geometry, 2) || GridPlacement.NearestIndex(geometry, frame.PositionMm) is not { } place)
                return null;
            grid._places[frame] = place;
        }
        return grid;
    }

    private static VolumeGeometry Own(string path, IReadOnlyList<DicomSlice> frames)
    {
        DicomSlice[] ordered = [.. frames.OrderBy(frame => frame.DistanceAlong(frames[0].Normal))];
        double[] at = [.. ordered.Select(frame => frame.DistanceAlong(frames[0].Normal))];
        double[] gaps = [.. at.Zip(at.Skip(1), (a, b) => b - a).Where(gap => gap > 1e-3)];
        DicomSlice first = ordered[0];
        double step = Math.Abs(first.BetweenSlicesMm ?? 0) is > 0 and var claimed ? claimed
            : gaps.Length > 0 ? gaps.Min() : first.ThicknessMm is > 0 and var thickness ? thickness : 1;
        double slices = Math.Round((at[^1] - at[0]) / step) + 1;
        if (!(slices <= MostSlices) || (long)slices * first.Format.SamplesPerFrame > MostVoxels)
            throw new ImagingException(path, FormattableString.Invariant(
                $"the frames of the segmentation span {at[^1] - at[0]:R} mm in steps of {step:R} mm, which makes too many slices."),
                "Give the image that it belongs to, or export the segmentation again.");
        // The mean step over the whole stack is more exact than one rounded difference.
        double exact = slices > 1 ? (at[^1] - at[0]) / (slices - 1) : step;
        Vector3D row = first.RowDirection, column = first.ColumnDirection, normal = first.Normal;
        return new(
            new(first.Format.Columns, first.Format.Rows, (int)slices), new(first.SpacingMm.X, first.SpacingMm.Y, exact), first.PositionMm,
            new(row.X, column.X, normal.X, row.Y, column.Y, normal.Y, row.Z, column.Z, normal.Z));
    }
}
