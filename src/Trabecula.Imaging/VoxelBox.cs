namespace Trabecula.Imaging;

/// <summary>A cuboid of voxels: the index of its first voxel and the number of voxels along x, y and z.</summary>
public readonly record struct VoxelBox(int X, int Y, int Z, VolumeSize Size)
{
    /// <summary>All voxels of a volume.</summary>
    public static VoxelBox Whole(VolumeSize size) => new(0, 0, 0, size);

    /// <summary>The box from a first to a last voxel, both included.</summary>
    public static VoxelBox Between((int X, int Y, int Z) first, (int X, int Y, int Z) last) =>
        new(first.X, first.Y, first.Z, new(last.X - first.X + 1, last.Y - first.Y + 1, last.Z - first.Z + 1));

    /// <summary>Index of the first voxel along an axis.</summary>
    public int First(int axis) => axis switch { 0 => X, 1 => Y, 2 => Z, _ => throw new ArgumentOutOfRangeException(nameof(axis)) };

    /// <summary>Index of the last voxel along an axis.</summary>
    public int Last(int axis) => First(axis) + Size[axis] - 1;

    /// <summary>Number of voxels.</summary>
    public int Count => checked((int)Size.Count);

    /// <summary>Number of axes along which the box is longer than one voxel.</summary>
    public int Dimensions => (Size.X > 1 ? 1 : 0) + (Size.Y > 1 ? 1 : 0) + (Size.Z > 1 ? 1 : 0);

    /// <summary>The box with a margin on all sides, cut at the borders of a volume.</summary>
    public VoxelBox Expand(int margin, VolumeSize volume) => Between(
        (Math.Max(X - margin, 0), Math.Max(Y - margin, 0), Math.Max(Z - margin, 0)),
        ((int)Math.Min((long)Last(0) + margin, volume.X - 1), (int)Math.Min((long)Last(1) + margin, volume.Y - 1), (int)Math.Min((long)Last(2) + margin, volume.Z - 1)));

    /// <summary>Whether the box with a margin on all sides lies within a volume.</summary>
    public bool FitsWithMargin(int margin, VolumeSize volume) =>
        X >= margin && Y >= margin && Z >= margin
        && Last(0) + margin < volume.X && Last(1) + margin < volume.Y && Last(2) + margin < volume.Z;

    /// <summary>The same voxels counted from the first voxel of an enclosing box.</summary>
    public VoxelBox Within(VoxelBox outer) => new(X - outer.X, Y - outer.Y, Z - outer.Z, Size);

    /// <summary>The geometry of the box cut out of a volume.</summary>
    public VolumeGeometry GeometryIn(VolumeGeometry volume) =>
        new(Size, volume.SpacingMm, volume.IndexToPoint(new(X, Y, Z)), volume.Direction);

    /// <summary>Lower index, then size, the way PyRadiomics prints a bounding box: <c>(162, 84, 11, 47, 70, 7)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"({X}, {Y}, {Z}, {Size.X}, {Size.Y}, {Size.Z})");
}
