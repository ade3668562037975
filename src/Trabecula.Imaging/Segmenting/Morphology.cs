namespace Trabecula.Imaging.Segmenting;

/// <summary>
/// Growing and shrinking of a set by a ball in millimetres, and what follows from both. A voxel is within the ball where its centre is.
/// Shrinking knows nothing of what lies beyond the border of the image, so that a vertebra that the scan cuts off does not shrink from its cut.
/// </summary>
public static class Morphology
{
    // Radii such as 0.3 times 10 must reach the voxel at 3 mm.
    private const double Slack = 1e-9;

    /// <summary>All voxels within a distance of the set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="radiusMm">The distance, 0 or more.</param>
    /// <param name="cancellationToken">Checked once a row of rows.</param>
    public static VoxelSet Dilate(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default)
    {
        if (Checked(set, radiusMm).Box() is not { } box)
            return set;
        var window = new VoxelWindow(set, Wider(box, set.Geometry, radiusMm).Expand(0, set.Geometry.Size));
        return window.With(Near(window.Inside, window.Size, set.Geometry.SpacingMm, radiusMm, cancellationToken));
    }

    /// <summary>The voxels of the set that are further than a distance from every voxel of the image outside of it.</summary>
    /// <param name="set">The set.</param>
    /// <param name="radiusMm">The distance, 0 or more.</param>
    /// <param name="cancellationToken">Checked once a row of rows.</param>
    public static VoxelSet Erode(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default)
    {
        if (Checked(set, radiusMm).Box() is not { } box)
            return set;
        // The nearest voxel outside of a set touches it: one voxel around it is enough.
        var window = new VoxelWindow(set, box.Expand(1, set.Geometry.Size));
        return window.With(Far(window.Inside, window.Size, set.Geometry.SpacingMm, radiusMm, cancellationToken));
    }

    /// <summary>Removes what is thinner than twice the radius.</summary>
    /// <param name="set">The set.</param>
    /// <param name="radiusMm">The radius of the ball, 0 or more.</param>
    /// <param name="cancellationToken">Checked once a row of rows.</param>
    public static VoxelSet Open(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default) =>
        Dilate(Erode(set, radiusMm, cancellationToken), radiusMm, cancellationToken);

    /// <summary>Fills gaps that are narrower than twice the radius. Beyond the border of the image nothing belongs to the set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="radiusMm">The radius of the ball, 0 or more.</param>
    /// <param name="cancellationToken">Checked once a row of rows.</param>
    public static VoxelSet Close(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default)
    {
        if (Checked(set, radiusMm).Box() is not { } box)
            return set;
        Vector3D spacing = set.Geometry.SpacingMm;
        // Room for what grows before it shrinks again, beyond the image too.
        var window = new VoxelWindow(set, Wider(Wider(box, set.Geometry, radiusMm), set.Geometry, 0));
        bool[] grown = Near(window.Inside, window.Size, spacing, radiusMm, cancellationToken);
        return window.With(Far(grown, window.Size, spacing, radiusMm, cancellationToken));
    }

    /// <summary>Rounds the surface: removes spurs, then fills notches narrower than twice the radius.</summary>
    /// <param name="set">The set.</param>
    /// <param name="radiusMm">The radius of the ball, 0 or more.</param>
    /// <param name="cancellationToken">Checked once a row of rows.</param>
    public static VoxelSet Smooth(VoxelSet set, double radiusMm, CancellationToken cancellationToken = default) =>
        Close(Open(set, radiusMm, cancellationToken), radiusMm, cancellationToken);

    /// <summary>
    /// Adds the cortical shell: dense voxels that touch the set through dense voxels within a distance of it, so that the shell is inside the mask.
    /// </summary>
    /// <param name="set">The set, such as trabecular bone.</param>
    /// <param name="dense">Voxels as dense as cortex, on the same grid.</param>
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

    private static bool[] Near(bool[] inside, VolumeSize size, Vector3D spacing, double radiusMm, CancellationToken cancellationToken)
    {
        double bound = radiusMm * radiusMm * (1 + Slack);
        return Array.ConvertAll(DistanceTransform.Squared(inside, size, spacing, cancellationToken), distance => distance <= bound);
    }

    private static bool[] Far(bool[] inside, VolumeSize size, Vector3D spacing, double radiusMm, CancellationToken cancellationToken) =>
        Array.ConvertAll(Near(Array.ConvertAll(inside, each => !each), size, spacing, radiusMm, cancellationToken), near => !near);

    /// <summary>The box with room for a ball and one voxel more; it may reach beyond the image.</summary>
    private static VoxelBox Wider(VoxelBox box, VolumeGeometry geometry, double radiusMm)
    {
        (int x, int y, int z) = (Margin(0), Margin(1), Margin(2));
        return new(box.X - x, box.Y - y, box.Z - z, new(box.Size.X + 2 * x, box.Size.Y + 2 * y, box.Size.Z + 2 * z));

        // No ball reaches further into the image than the image is long.
        int Margin(int axis) => 1 + (int)Math.Min(Math.Ceiling(radiusMm / geometry.SpacingMm[axis]), geometry.Size[axis]);
    }
}
