namespace Trabecula.Imaging.Segmenting;

/// <summary>Filling of what is enclosed.</summary>
public static class Holes
{
    /// <summary>Fills all voxels from which no way by faces leads to the border of the image.</summary>
    public static VoxelSet Fill(VoxelSet set) => FillWithin(set, [0, 1, 2]);

    /// <summary>Fills, slice by slice, all voxels from which no way within the slice leads to the slice's border.</summary>
    /// <param name="set">The set.</param>
    /// <param name="axis">The axis across the slices: 2 for slices as they are stored.</param>
    public static VoxelSet FillSlices(VoxelSet set, int axis = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(axis, 2);
        return FillWithin(set, [(axis + 1) % 3, (axis + 2) % 3]);
    }

    private static VoxelSet FillWithin(VoxelSet set, int[] axes)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Box() is not { } box)
            return set;
        // Around the smallest box all is empty as far as the image reaches: its border leads outside as the image's does.
        var window = new VoxelWindow(set, box);
        (int nx, int ny, int nz) = (box.Size.X, box.Size.Y, box.Size.Z);
        int[] steps = [1, nx, nx * ny], lengths = [nx, ny, nz];
        bool[] inside = window.Inside, outside = new bool[inside.Length];
        var open = new Stack<int>();
        for (int i = 0; i < inside.Length; i++)
        {
            if (IsBorder(i))
                Visit(i);
            while (open.TryPop(out int voxel))
            {
                foreach (int axis in axes)
                {
                    int at = voxel / steps[axis] % lengths[axis];
                    if (at > 0)
                        Visit(voxel - steps[axis]);
                    if (at < lengths[axis] - 1)
                        Visit(voxel + steps[axis]);
                }
            }
        }
        return window.With(Array.ConvertAll(outside, each => !each));

        bool IsBorder(int voxel)
        {
            foreach (int axis in axes)
            {
                int at = voxel / steps[axis] % lengths[axis];
                if (at == 0 || at == lengths[axis] - 1)
                    return true;
            }
            return false;
        }

        void Visit(int voxel)
        {
            if (inside[voxel] || outside[voxel])
                return;
            outside[voxel] = true;
            open.Push(voxel);
        }
    }
}
