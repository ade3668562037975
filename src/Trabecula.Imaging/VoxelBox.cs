namespace Trabecula.Imaging;

/// <summary>A block of voxels: its lowest index and its number of voxels along each axis.</summary>
/// <param name="LowerX">Lowest index along x.</param>
/// <param name="LowerY">Lowest index along y.</param>
/// <param name="LowerZ">Lowest index along z.</param>
/// <param name="Size">Voxels along x, y and z.</param>
public readonly record struct VoxelBox(int LowerX, int LowerY, int LowerZ, VolumeSize Size)
{
    /// <summary>Lowest index of an axis: 0 is x, 1 is y, 2 is z.</summary>
    public int Lower(int axis) => axis switch
    {
        0 => LowerX,
        1 => LowerY,
        2 => LowerZ,
        _ => throw new ArgumentOutOfRangeException(nameof(axis)),
    };

    /// <summary>Highest index of an axis, which the box still holds.</summary>
    public int Upper(int axis) => Lower(axis) + Size[axis] - 1;

    /// <summary>Lower index, then size, the way PyRadiomics prints a bounding box: <c>(162, 84, 11, 47, 70, 7)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"({LowerX}, {LowerY}, {LowerZ}, {Size.X}, {Size.Y}, {Size.Z})");
}
