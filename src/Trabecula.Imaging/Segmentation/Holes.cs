namespace Trabecula.Imaging.Segmentation;

/// <summary>Filling of what is enclosed.</summary>
public static class Holes
{
    /// <summary>Fills all voxels from which no way by faces leads to the border of the image.</summary>
    public static VoxelSet Fill(VoxelSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        VolumeSize size = set.Geometry.Size;
        return FillWithin(set, (x, y, z) => x == 0 || y == 0 || z == 0 || x == size.X - 1 || y == size.Y - 1 || z == size.Z - 1, [0, 1, 2]);
    }

    /// <summary>Fills, slice by slice, all voxels from which no way within the slice leads to the slice's border.</summary>
    /// <param name="set">The set.</param>
    /// <param name="axis">The axis across the slices: 2 for slices as they are stored.</param>
    public static VoxelSet FillSlices(VoxelSet set, int axis = 2)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNotEqual(axis is >= 0 and <= 2, true);
        VolumeSize size = set.Geometry.Size;
        int[] within = [.. Enumerable.Range(0, 3).Where(each => each != axis)];
        return FillWithin(set, (x, y, z) => within.Any(each => (each == 0 ? x : each == 1 ? y : z) is var at && (at == 0 || at == size[each] - 1)), within);
    }

    private static VoxelSet FillWithin(VoxelSet set, Func<int, int, int, bool> isBorder, int[] axes)
    {
        (int nx, int ny, int nz) = (set.Geometry.Size.X, set.Geometry.Size.Y, set.Geometry.Size.Z);
        int[] steps = [1, nx, nx * ny], lengths = [nx, ny, nz];
        bool[] inside = set.Inside.ToArray(), outside = new bool[inside.Length];
        var open = new Stack<int>();
        for (int i = 0; i < inside.Length; i++)
        {
            if (!inside[i] && !outside[i] && isBorder(i % nx, i / nx % ny, i / nx / ny))
                Reach(i);
        }
        return new VoxelSet(set.Geometry, Array.ConvertAll(outside, each => !each));

        void Reach(int start)
        {
            outside[start] = true;
            open.Push(start);
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

        void Visit(int voxel)
        {
            if (inside[voxel] || outside[voxel])
                return;
            outside[voxel] = true;
            open.Push(voxel);
        }
    }
}
