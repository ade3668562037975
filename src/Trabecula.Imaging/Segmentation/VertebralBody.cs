namespace Trabecula.Imaging.Segmentation;

/// <summary>
/// The body of a vertebra around a seed in its middle, without the posterior elements and the neighbours. It is a start for a human, not a
/// result: fractures, osteophytes, cement and scans that cut the body off need correction.
/// </summary>
/// <remarks>
/// The surface of steepest fall of density among those that are near to a template of a body (see <see cref="RadialSurface"/>), found three times:
/// around the seed, and around what was found, whose size and tilt the template then takes.
/// </remarks>
public static class VertebralBody
{
    // Half of the width, depth and height of a lumbar body of an adult: 46, 34 and 27 mm (Panjabi et al., Spine 17 (1992) 299).
    private static readonly Vector3D s_usualHalfMm = new(23, 17, 13.5);

    private static readonly (double Least, double Most)[] s_ranges = [(0.5, 1.45), (0.7, 1.3), (0.75, 1.25)];

    /// <summary>Finds a body.</summary>
    /// <param name="image">CT in Hounsfield units.</param>
    /// <param name="seed">Index of a voxel near the middle of the body.</param>
    /// <param name="cancellationToken">Checked between the steps.</param>
    /// <exception cref="ImagingException">The seed lies outside of the image, or nothing is found around it.</exception>
    public static VoxelSet Around(Volume image, (int X, int Y, int Z) seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        VolumeSize size = image.Geometry.Size;
        if (seed.X < 0 || seed.Y < 0 || seed.Z < 0 || seed.X >= size.X || seed.Y >= size.Y || seed.Z >= size.Z)
            throw new ImagingException("", $"The seed ({seed.X}, {seed.Y}, {seed.Z}) lies outside of the image, which has {size} voxels.", "Give a voxel in the middle of the body.");
        var field = new DensityField(image);
        var template = new BodyTemplate(image.Geometry.IndexToPoint(new(seed.X, seed.Y, seed.Z)), s_usualHalfMm, 0);
        VoxelSet? found = null;
        foreach ((double Least, double Most) range in s_ranges)
        {
            if (found is not null)
                template = Fit(found, template);
            RadialSurface surface = RadialSurface.Find(field, template, range, 2, cancellationToken);
            found = Fill(image.Geometry, surface, template, range.Most);
            if (found.Count == 0)
                throw new ImagingException("", "There is no vertebral body around the seed.", "Give a voxel in the middle of the body, and check the image's spacing.");
        }
        return ConnectedParts.Largest(found!);
    }

    private static VoxelSet Fill(VolumeGeometry geometry, RadialSurface surface, BodyTemplate template, double most)
    {
        VolumeSize size = geometry.Size;
        var inside = new bool[size.Count];
        double reach = most * (template.HalfMm.X + template.HalfMm.Y + template.HalfMm.Z);
        Vector3D middle = geometry.PointToIndex(template.CentreMm);
        for (int z = First(2); z <= Last(2); z++)
        {
            for (int y = First(1); y <= Last(1); y++)
            {
                for (int x = First(0); x <= Last(0); x++)
                    inside[(z * size.Y + y) * size.X + x] = surface.Contains(geometry.IndexToPoint(new(x, y, z)));
            }
        }
        return new VoxelSet(geometry, inside);

        int First(int axis) => Math.Max(0, (int)Math.Floor(middle[axis] - reach / geometry.SpacingMm[axis]));
        int Last(int axis) => Math.Min(size[axis] - 1, (int)Math.Ceiling(middle[axis] + reach / geometry.SpacingMm[axis]));
    }

    /// <summary>The template of a body that was found: its centre, extents along the template's axes, and the tilt of its endplates.</summary>
    private static BodyTemplate Fit(VoxelSet found, BodyTemplate last)
    {
        var points = new List<Vector3D>();
        VolumeSize size = found.Geometry.Size;
        for (int i = 0; i < found.Inside.Length; i++)
        {
            if (found.Inside[i])
                points.Add(found.Geometry.IndexToPoint(new(i % size.X, i / size.X % size.Y, i / size.X / size.Y)));
        }
        var centre = new Vector3D(points.Average(p => p.X), points.Average(p => p.Y), points.Average(p => p.Z));
        double tilt = Math.Clamp(last.TiltRadians + Tilt([.. points.Select(p => Own(p, last))], last.HalfMm), -0.8, 0.8);
        var turned = new BodyTemplate(centre, last.HalfMm, tilt);
        Vector3D[] own = [.. points.Select(p => turned.TurnedBack(new(p.X - centre.X, p.Y - centre.Y, p.Z - centre.Z)))];
        return turned with { HalfMm = new(Half(own, 0, s_usualHalfMm.X), Half(own, 1, s_usualHalfMm.Y), Half(own, 2, s_usualHalfMm.Z)) };

        Vector3D Own(Vector3D p, BodyTemplate template) => template.TurnedBack(new(p.X - centre.X, p.Y - centre.Y, p.Z - centre.Z));
    }

    /// <summary>The slope of the mid plane between the endplates, from the middle of the columns of points along the height.</summary>
    private static double Tilt(Vector3D[] own, Vector3D half)
    {
        (double Y, double Z)[] middles = [.. own.Where(p => Math.Abs(p.X) < 0.6 * half.X && Math.Abs(p.Y) < 0.75 * half.Y)
            .GroupBy(p => (Math.Round(p.X / 2), Math.Round(p.Y / 2))).Select(column => (column.Average(p => p.Y), 0.5 * (column.Min(p => p.Z) + column.Max(p => p.Z))))];
        if (middles.Length < 3)
            return 0;
        double meanY = middles.Average(m => m.Y), meanZ = middles.Average(m => m.Z);
        double spread = middles.Sum(m => (m.Y - meanY) * (m.Y - meanY));
        return spread == 0 ? 0 : Math.Atan(middles.Sum(m => (m.Y - meanY) * (m.Z - meanZ)) / spread);
    }

    // A uniform body's points deviate from its middle by a known share of its half extent; the square mean does not care for spurs.
    private static double Half(Vector3D[] own, int axis, double usual)
    {
        double share = axis == 2 ? 1 / 3.0 : 0.275;
        return Math.Clamp(Math.Sqrt(own.Average(p => p[axis] * p[axis]) / share), 0.5 * usual, 1.5 * usual);
    }
}
