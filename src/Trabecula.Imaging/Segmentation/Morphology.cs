namespace Trabecula.Imaging.Segmentation;

/// <summary>
/// Growing and shrinking of a set by a ball in millimetres, and what follows from both. A voxel is within the ball where its centre is; beyond the
/// border of the image, the set goes on as it ends there, so that a vertebra that the scan cuts off does not shrink from its cut.
/// </summary>
public static class Morphology
{
    // Radii such as 0.3 times 10 must reach the voxel at 3 mm.
    private const double Slack = 1e-9;

    /// <summary>All voxels within a distance of the set.</summary>
    public static VoxelSet Dilate(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default) =>
        Near(Checked(set, radiusMm), radiusMm, cancellationToken);

    /// <summary>The voxels of the set that are further than a distance from everything outside.</summary>
    public static VoxelSet Erode(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default) =>
        Complement(Near(Complement(Checked(set, radiusMm)), radiusMm, cancellationToken));

    /// <summary>Removes what is thinner than twice the radius.</summary>
    public static VoxelSet Open(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default) =>
        Dilate(Erode(set, radiusMm, cancellationToken), radiusMm, cancellationToken);

    /// <summary>Fills gaps that are narrower than twice the radius.</summary>
    public static VoxelSet Close(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default)
    {
        VoxelSet padded = Padded(Checked(set, radiusMm), radiusMm, out VoxelBox original);
        return Cropped(Erode(Dilate(padded, radiusMm, cancellationToken), radiusMm, cancellationToken), original, set.Geometry);
    }

    /// <summary>Rounds the surface: removes spurs and fills notches narrower than twice the radius, each where the other left it.</summary>
    public static VoxelSet Smooth(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default) =>
        Close(Open(set, radiusMm, cancellationToken), radiusMm, cancellationToken);

    /// <summary>
    /// Adds the cortical shell: dense voxels that touch the set through dense voxels within a distance of it, so that the shell is inside the mask.
    /// </summary>
    /// <param name="set">The set, such as trabecular bone.</param>
    /// <param name="dense">Voxels as dense as cortex.</param>
    /// <param name="thicknessMm">How thick the shell is at most.</param>
    /// <param name="cancellationToken">Checked once a row of rows.</param>
    public static VoxelSet AddShell(VoxelSet set, VoxelSet dense, double thicknessMm, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dense);
        VoxelSet near = Dilate(set, thicknessMm, cancellationToken);
        var candidates = new bool[near.Inside.Length];
        for (int i = 0; i < candidates.Length; i++)
            candidates[i] = set.Inside[i] || (near.Inside[i] && dense.Inside[i]);
        return ConnectedParts.TouchedBy(new VoxelSet(set.Geometry, candidates), set);
    }

    private static VoxelSet Checked(VoxelSet set, double radiusMm)
    {
        ArgumentNullException.ThrowIfNull(set);
        return radiusMm >= 0 && double.IsFinite(radiusMm) ? set
            : throw new ArgumentOutOfRangeException(nameof(radiusMm), radiusMm, "A radius is 0 or more millimetres.");
    }

    private static VoxelSet Near(VoxelSet set, double radiusMm, CancellationToken cancellationToken)
    {
        double[] squared = DistanceTransform.Squared(set.Inside, set.Geometry.Size, set.Geometry.SpacingMm, cancellationToken);
        double bound = radiusMm * radiusMm * (1 + Slack);
        return new VoxelSet(set.Geometry, Array.ConvertAll(squared, distance => distance <= bound));
    }

    internal static VoxelSet Complement(VoxelSet set) => new(set.Geometry, Array.ConvertAll(set.Inside.ToArray(), inside => !inside));

    /// <summary>Room around the image for what grows before it shrinks again.</summary>
    private static VoxelSet Padded(VoxelSet set, double radiusMm, out VoxelBox original)
    {
        VolumeSize size = set.Geometry.Size;
        (int x, int y, int z) = (Margin(0), Margin(1), Margin(2));
        var padded = new VolumeSize(size.X + 2 * x, size.Y + 2 * y, size.Z + 2 * z);
        original = new VoxelBox(x, y, z, size);
        var inside = new bool[padded.Count];
        for (int k = 0; k < size.Z; k++)
        {
            for (int j = 0; j < size.Y; j++)
                set.Inside.Slice((k * size.Y + j) * size.X, size.X).CopyTo(inside.AsSpan(((k + z) * padded.Y + j + y) * padded.X + x));
        }
        return new VoxelSet(new VolumeGeometry(padded, set.Geometry.SpacingMm, set.Geometry.OriginMm, set.Geometry.Direction), inside);

        int Margin(int axis) => (int)Math.Ceiling(radiusMm / set.Geometry.SpacingMm[axis]) + 1;
    }

    private static VoxelSet Cropped(VoxelSet set, VoxelBox box, VolumeGeometry geometry)
    {
        VolumeSize from = set.Geometry.Size;
        var inside = new bool[geometry.Size.Count];
        for (int z = 0; z < box.Size.Z; z++)
        {
            for (int y = 0; y < box.Size.Y; y++)
                set.Inside.Slice(((z + box.Z) * from.Y + y + box.Y) * from.X + box.X, box.Size.X).CopyTo(inside.AsSpan((z * box.Size.Y + y) * box.Size.X));
        }
        return new VoxelSet(geometry, inside);
    }
}
