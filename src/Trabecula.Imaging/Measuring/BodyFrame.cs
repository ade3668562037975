namespace Trabecula.Imaging.Measuring;

/// <summary>
/// Where a vertebral body lies and how its endplates are turned. <see cref="Up"/> is the mean normal of both endplates, <see cref="Back"/> lies in
/// the sagittal plane: turns about the length of the spine are not looked for.
/// </summary>
/// <param name="CentreMm">Mean of the body's voxels, LPS.</param>
/// <param name="Up">Upwards, across the endplates; LPS, length 1.</param>
/// <param name="UpperDegrees">Tilt of the upper endplate in the sagittal plane of the patient: positive where its front is lower.</param>
/// <param name="LowerDegrees">Tilt of the lower endplate.</param>
public sealed record BodyFrame(Vector3D CentreMm, Vector3D Up, double UpperDegrees, double LowerDegrees)
{
    // Endplates are looked at well within their rims, which osteophytes and fractures change first.
    private const double Inner = 0.7, ColumnMm = 1.5, ReachMm = 60;

    /// <summary>To the back, across <see cref="Up"/>; LPS, length 1.</summary>
    public Vector3D Back => Unit(new(0, Up.Z, -Up.Y));

    /// <summary>To the left, across both; LPS, length 1.</summary>
    public Vector3D Left => new(Back.Y * Up.Z - Back.Z * Up.Y, Back.Z * Up.X - Back.X * Up.Z, Back.X * Up.Y - Back.Y * Up.X);

    /// <summary>The point so many millimetres to the left, back and up from the centre.</summary>
    public Vector3D Point(double left, double back, double up)
    {
        (Vector3D x, Vector3D y, Vector3D z) = (Left, Back, Up);
        return new(CentreMm.X + left * x.X + back * y.X + up * z.X, CentreMm.Y + left * x.Y + back * y.Y + up * z.Y, CentreMm.Z + left * x.Z + back * y.Z + up * z.Z);
    }

    internal static BodyFrame Of(VoxelSet set, MaskField field)
    {
        var frame = new BodyFrame(Centre(set), new(0, 0, 1), 0, 0);
        // The planes change which columns are looked at, and these the planes: both settle within a few rounds.
        for (int round = 0; round < 4; round++)
            frame = frame.Refined(field);
        return frame;
    }

    private BodyFrame Refined(MaskField field)
    {
        (double widthFrom, double widthTo) = field.Crossings(CentreMm, Left, ReachMm) ?? throw NoBody();
        (double depthFrom, double depthTo) = field.Crossings(CentreMm, Back, ReachMm) ?? throw NoBody();
        var upper = new List<Vector3D>();
        var lower = new List<Vector3D>();
        for (double x = Inner * widthFrom; x <= Inner * widthTo; x += ColumnMm)
        {
            double middle = (depthFrom + depthTo) / 2, half = Inner * (depthTo - depthFrom) / 2;
            for (double y = middle - half; y <= middle + half; y += ColumnMm)
            {
                if (field.Crossings(Point(x, y, 0), Up, ReachMm) is not { } column)
                    continue;
                lower.Add(new(x, y, column.First));
                upper.Add(new(x, y, column.Last));
            }
        }
        if (upper.Count < 12)
            throw NoBody();
        Vector3D above = Normal(upper), below = Normal(lower);
        return new(CentreMm, Unit(new(above.X + below.X, above.Y + below.Y, above.Z + below.Z)), Tilt(above), Tilt(below));
    }

    /// <summary>Upward normal, in LPS, of the least-squares plane of points in the frame's own axes.</summary>
    private Vector3D Normal(List<Vector3D> points)
    {
        double x = points.Average(p => p.X), y = points.Average(p => p.Y), z = points.Average(p => p.Z);
        double xx = points.Sum(p => (p.X - x) * (p.X - x)), yy = points.Sum(p => (p.Y - y) * (p.Y - y)), xy = points.Sum(p => (p.X - x) * (p.Y - y));
        double xz = points.Sum(p => (p.X - x) * (p.Z - z)), yz = points.Sum(p => (p.Y - y) * (p.Z - z)), determinant = xx * yy - xy * xy;
        if (!(determinant > 1e-6 * xx * yy))
            throw NoBody();
        double a = (xz * yy - yz * xy) / determinant, b = (yz * xx - xz * xy) / determinant;
        (Vector3D left, Vector3D back) = (Left, Back);
        return Unit(new(Up.X - a * left.X - b * back.X, Up.Y - a * left.Y - b * back.Y, Up.Z - a * left.Z - b * back.Z));
    }

    private static double Tilt(Vector3D normal) => Math.Atan2(-normal.Y, normal.Z) * 180 / Math.PI;

    private static Vector3D Centre(VoxelSet set)
    {
        VolumeSize size = set.Geometry.Size;
        (double x, double y, double z) = (0, 0, 0);
        for (int i = 0; i < set.Inside.Length; i++)
        {
            if (set.Inside[i])
                (x, y, z) = (x + i % size.X, y + i / size.X % size.Y, z + i / size.X / size.Y);
        }
        return set.Geometry.IndexToPoint(new(x / set.Count, y / set.Count, z / set.Count));
    }

    private static Vector3D Unit(Vector3D v)
    {
        double length = Math.Sqrt(v.X * v.X + v.Y * v.Y + v.Z * v.Z);
        return new(v.X / length, v.Y / length, v.Z / length);
    }

    private static ImagingException NoBody() => new("", "the region has no two endplates: it is too small, or no vertebral body.", "Give the mask of a body without posterior elements.");
}
