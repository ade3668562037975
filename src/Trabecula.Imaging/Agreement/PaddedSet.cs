namespace Trabecula.Imaging.Agreement;

/// <summary>The box around two sets with a margin of one voxel on all sides, which may lie outside of their grid: what is there is in neither.</summary>
internal sealed class PaddedSet
{
    private readonly bool[] _inside;

    private PaddedSet(VolumeSize size, bool[] inside) => (Size, _inside) = (size, inside);

    public VolumeSize Size { get; }

    public ReadOnlySpan<bool> Inside => _inside;

    public static PaddedSet Of(VoxelSet set, VoxelBox box)
    {
        VolumeSize from = set.Geometry.Size, size = new(box.Size.X + 2, box.Size.Y + 2, box.Size.Z + 2);
        var inside = new bool[size.Count];
        for (int z = 0; z < box.Size.Z; z++)
        {
            for (int y = 0; y < box.Size.Y; y++)
            {
                set.Inside.Slice(((box.Z + z) * from.Y + box.Y + y) * from.X + box.X, box.Size.X)
                    .CopyTo(inside.AsSpan(((z + 1) * size.Y + y + 1) * size.X + 1));
            }
        }
        return new PaddedSet(size, inside);
    }

    /// <summary>The voxels of the set with a neighbour by a face that is outside.</summary>
    public bool[] Surface()
    {
        var surface = new bool[_inside.Length];
        int row = Size.X, slice = Size.X * Size.Y;
        for (int i = 0; i < surface.Length; i++)
        {
            // The margin keeps all neighbours of a voxel of the set within the box.
            surface[i] = _inside[i] && !(_inside[i - 1] && _inside[i + 1] && _inside[i - row] && _inside[i + row] && _inside[i - slice] && _inside[i + slice]);
        }
        return surface;
    }
}
