namespace Trabecula.Imaging.Segmenting;

/// <summary>The part of a set that lies in a box, so that work on a vertebra does not go over a whole scan.</summary>
internal sealed class VoxelWindow
{
    private readonly VolumeGeometry _whole;
    private readonly VoxelBox _box;

    /// <summary>Cuts a box out of a set. The box may reach beyond the image, where nothing belongs to the set.</summary>
    public VoxelWindow(VoxelSet set, VoxelBox box)
    {
        (_whole, _box) = (set.Geometry, box);
        Inside = new bool[box.Count];
        Copy(set.Inside, Inside);
    }

    public VolumeSize Size => _box.Size;

    /// <summary>Whether each voxel of the box belongs to the set, x fastest.</summary>
    public bool[] Inside { get; }

    /// <summary>The whole set, with other voxels in the box and none outside of it.</summary>
    public VoxelSet With(bool[] inside)
    {
        var whole = new bool[_whole.Size.Count];
        foreach ((int from, int to, int length) in Rows())
            inside.AsSpan(to, length).CopyTo(whole.AsSpan(from));
        return new VoxelSet(_whole, whole);
    }

    private void Copy(ReadOnlySpan<bool> whole, bool[] window)
    {
        foreach ((int from, int to, int length) in Rows())
            whole.Slice(from, length).CopyTo(window.AsSpan(to));
    }

    /// <summary>Where the rows of the box begin in the image and in the box, as far as the image reaches.</summary>
    private IEnumerable<(int Whole, int Window, int Length)> Rows()
    {
        VolumeSize size = _whole.Size;
        int first = Math.Max(_box.X, 0), length = Math.Min(_box.Last(0), size.X - 1) - first + 1;
        for (int z = Math.Max(_box.Z, 0); z <= Math.Min(_box.Last(2), size.Z - 1); z++)
        {
            for (int y = Math.Max(_box.Y, 0); y <= Math.Min(_box.Last(1), size.Y - 1); y++)
                yield return ((z * size.Y + y) * size.X + first, ((z - _box.Z) * _box.Size.Y + y - _box.Y) * _box.Size.X + first - _box.X, length);
        }
    }
}
