namespace Trabecula.Imaging.Masks;

/// <summary>Whether one grid is a part of another, so that a mask that was cut to its segments can be put back on the image.</summary>
internal static class GridPlacement
{
    /// <summary>Rounding of positions in files, in voxels.</summary>
    private const double Tolerance = 0.02;

    /// <summary>
    /// The index in the larger grid of the part's first voxel, which may lie outside; null where axes, spacing or places of voxels differ.
    /// </summary>
    public static (int X, int Y, int Z)? Offset(VolumeGeometry part, VolumeGeometry whole) =>
        SameAxes(part, whole, 3) ? NearestIndex(whole, part.OriginMm) : null;

    /// <summary>Whether the first axes have the same directions and spacing: within a hundredth of a voxel over their whole length.</summary>
    public static bool SameAxes(VolumeGeometry part, VolumeGeometry whole, int axes)
    {
        for (int axis = 0; axis < axes; axis++)
        {
            // A volume of one slice says nothing of the distance between slices.
            if (part.Size[axis] == 1)
                continue;
            double allowed = Tolerance / part.Size[axis];
            for (int row = 0; row < 3; row++)
            {
                double difference = part.Direction[row, axis] * part.SpacingMm[axis] - whole.Direction[row, axis] * whole.SpacingMm[axis];
                if (!(Math.Abs(difference) <= allowed * whole.SpacingMm[axis]))
                    return false;
            }
        }
        return true;
    }

    /// <summary>The index whose voxel has its centre at a point, or null where none has.</summary>
    public static (int X, int Y, int Z)? NearestIndex(VolumeGeometry grid, Vector3D point)
    {
        Vector3D index = grid.PointToIndex(point);
        int[] nearest = new int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            double rounded = Math.Round(index[axis]);
            if (!(Math.Abs(index[axis] - rounded) <= Tolerance) || Math.Abs(rounded) > int.MaxValue / 2)
                return null;
            nearest[axis] = (int)rounded;
        }
        return (nearest[0], nearest[1], nearest[2]);
    }
}
