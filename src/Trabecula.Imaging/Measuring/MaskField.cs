namespace Trabecula.Imaging.Measuring;

/// <summary>How much of a set is at any point: 1 in its voxels, linear between voxels' centres, 0 beyond the image. Its surface is where it is one half.</summary>
internal sealed class MaskField(VoxelSet set)
{
    private const double StepMm = 0.1;

    /// <summary>First and last crossing of the surface along a line, in millimetres from a point; null where the line misses the set.</summary>
    /// <param name="from">LPS point.</param>
    /// <param name="direction">LPS direction of length 1.</param>
    /// <param name="reachMm">How far to look to either side.</param>
    public (double First, double Last)? Crossings(Vector3D from, Vector3D direction, double reachMm)
    {
        (double first, double last) = (double.NaN, double.NaN);
        double before = 0;
        int steps = (int)Math.Ceiling(reachMm / StepMm);
        for (int i = -steps; i <= steps + 1; i++)
        {
            double at = i * StepMm, value = i > steps ? 0 : At(new(from.X + at * direction.X, from.Y + at * direction.Y, from.Z + at * direction.Z));
            if (before < 0.5 && value >= 0.5 && double.IsNaN(first))
                first = at - StepMm * (value - 0.5) / (value - before);
            else if (before >= 0.5 && value < 0.5)
                last = at - StepMm * (0.5 - value) / (before - value);
            before = value;
        }
        return double.IsNaN(first) || double.IsNaN(last) ? null : (first, last);
    }

    private double At(Vector3D point)
    {
        Vector3D index = set.Geometry.PointToIndex(point);
        int i = (int)Math.Floor(index.X), j = (int)Math.Floor(index.Y), k = (int)Math.Floor(index.Z);
        (double x, double y, double z) = (index.X - i, index.Y - j, index.Z - k);
        return (1 - z) * Plane(k) + z * Plane(k + 1);

        double Plane(int slice) => (1 - y) * Row(j, slice) + y * Row(j + 1, slice);
        double Row(int row, int slice) => (1 - x) * Voxel(i, row, slice) + x * Voxel(i + 1, row, slice);
    }

    private double Voxel(int x, int y, int z)
    {
        VolumeSize size = set.Geometry.Size;
        return x >= 0 && y >= 0 && z >= 0 && x < size.X && y < size.Y && z < size.Z && set.Inside[(z * size.Y + y) * size.X + x] ? 1 : 0;
    }
}
