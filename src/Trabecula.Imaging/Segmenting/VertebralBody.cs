namespace Trabecula.Imaging.Segmenting;

/// <summary>
/// The body of a vertebra around a seed in its middle, without the posterior elements and the neighbours. It is a start for a human, not a
/// result: fractures, osteophytes, cement and scans that cut the body off need correction.
/// </summary>
/// <remarks>
/// The surface of steepest fall of density among those that are near to a template of a body (see <see cref="RadialSurface"/>): first around the
/// seed with several tilts, of which the best counts, then around what was found, whose size and tilt the template takes.
/// </remarks>
public static class VertebralBody
{
    // Half of the width, depth and height of a lumbar body of an adult: 46, 34 and 27 mm (Panjabi et al., Spine 17 (1992) 299).
    private static readonly Vector3D s_usualHalfMm = new(23, 17, 13.5);

    private static readonly SurfaceSearch[] s_searches = [new(0.6, 1.4, 0.5), new(0.65, 1.35, 1), new(0.7, 1.3, 1.5), new(0.7, 1.3, 1.5)];

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
        Vector3D centre = image.Geometry.IndexToPoint(new(seed.X, seed.Y, seed.Z));
        BodyTemplate template = TemplateSearch.Around(field, centre, s_usualHalfMm, cancellationToken);
        RadialSurface? surface = null;
        foreach (SurfaceSearch search in s_searches)
            surface = RadialSurface.Find(field, surface?.Fit(s_usualHalfMm) ?? template, search, cancellationToken);
        VoxelSet found = ConnectedParts.Largest(Fill(image.Geometry, surface!, seed));
        return found.Count > 0 ? found
            : throw new ImagingException("", "There is no vertebral body around the seed.", "Give a voxel in the middle of the body, and check the image's spacing.");
    }

    private static VoxelSet Fill(VolumeGeometry geometry, RadialSurface surface, (int X, int Y, int Z) seed)
    {
        VolumeSize size = geometry.Size;
        var inside = new bool[size.Count];
        double reachMm = 2 * (s_usualHalfMm.X + s_usualHalfMm.Y + s_usualHalfMm.Z);
        VoxelBox box = VoxelBox.Between(
            (First(0, seed.X), First(1, seed.Y), First(2, seed.Z)), (Last(0, seed.X), Last(1, seed.Y), Last(2, seed.Z)));
        for (int z = box.Z; z <= box.Last(2); z++)
        {
            for (int y = box.Y; y <= box.Last(1); y++)
            {
                for (int x = box.X; x <= box.Last(0); x++)
                    inside[(z * size.Y + y) * size.X + x] = surface.Contains(geometry.IndexToPoint(new(x, y, z)));
            }
        }
        return new VoxelSet(geometry, inside);

        int First(int axis, int at) => (int)Math.Max(0, Math.Floor(at - reachMm / geometry.SpacingMm[axis]));
        int Last(int axis, int at) => (int)Math.Min(size[axis] - 1, Math.Ceiling(at + reachMm / geometry.SpacingMm[axis]));
    }
}
