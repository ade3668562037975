namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>A contour in voxel indices of the image.</summary>
/// <param name="Slice">The image's nearest slice.</param>
/// <param name="Distance">How far the contour's plane lies from it, in slices; negative towards the first.</param>
/// <param name="Corners">x and y of the corners, alternating.</param>
internal sealed record ContourPlane(int Slice, double Distance, double[] Corners)
{
    /// <summary>Contours that are not flat or not parallel to the slices cannot be filled in one.</summary>
    private const double Flatness = 0.1;

    private const double Rounding = 1e-3;

    /// <summary>Puts a contour's points on the grid; null where it is not parallel to the slices.</summary>
    public static ContourPlane? Of(double[] points, VolumeGeometry image)
    {
        var corners = new double[points.Length / 3 * 2];
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int i = 0; i < points.Length / 3; i++)
        {
            Vector3D index = image.PointToIndex(new(points[3 * i], points[3 * i + 1], points[3 * i + 2]));
            (corners[2 * i], corners[2 * i + 1]) = (index.X, index.Y);
            (least, most) = (Math.Min(least, index.Z), Math.Max(most, index.Z));
        }
        double place = (least + most) / 2;
        if (!(most - least <= Flatness) || !(Math.Abs(place) < int.MaxValue / 2))
            return null;
        // Halves go the same way in every slice, also when they are a little off by rounding: to even, two would meet in one slice.
        int slice = (int)Math.Floor(place + 0.5 + Rounding);
        return new(slice, place - slice, corners);
    }
}
