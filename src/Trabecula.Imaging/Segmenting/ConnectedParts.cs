namespace Trabecula.Imaging.Segmenting;

/// <summary>Parts of a set that hang together by faces of voxels.</summary>
public static class ConnectedParts
{
    /// <summary>The part that holds a voxel: region growing from a seed. Empty where the seed is not in the set.</summary>
    /// <param name="set">Voxels that may belong to the region.</param>
    /// <param name="seed">Index of the seed.</param>
    public static VoxelSet Containing(VoxelSet set, (int X, int Y, int Z) seed)
    {
        ArgumentNullException.ThrowIfNull(set);
        VolumeSize size = set.Geometry.Size;
        if (seed.X < 0 || seed.Y < 0 || seed.Z < 0 || seed.X >= size.X || seed.Y >= size.Y || seed.Z >= size.Z)
            throw new ImagingException("", $"The seed ({seed.X}, {seed.Y}, {seed.Z}) lies outside of the image, which has {size} voxels.", "Give a voxel of the image.");
        var found = new bool[set.Inside.Length];
        Grow(set, (seed.Z * size.Y + seed.Y) * size.X + seed.X, found);
        return new VoxelSet(set.Geometry, found);
    }

    /// <summary>The parts that have a voxel in common with another set.</summary>
    public static VoxelSet TouchedBy(VoxelSet set, VoxelSet other)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(other);
        var found = new bool[set.Inside.Length];
        for (int i = 0; i < found.Length; i++)
        {
            if (other.Inside[i])
                Grow(set, i, found);
        }
        return new VoxelSet(set.Geometry, found);
    }

    /// <summary>The part with the most voxels; of equal ones, that with the first voxel.</summary>
    public static VoxelSet Largest(VoxelSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var seen = new bool[set.Inside.Length];
        (int start, int most) = (-1, 0);
        for (int i = 0; i < seen.Length; i++)
        {
            if (!set.Inside[i] || seen[i])
                continue;
            int count = Grow(set, i, seen);
            if (count > most)
                (start, most) = (i, count);
        }
        var found = new bool[seen.Length];
        if (start >= 0)
            Grow(set, start, found);
        return new VoxelSet(set.Geometry, found);
    }

    private static int Grow(VoxelSet set, int start, bool[] found)
    {
        ReadOnlySpan<bool> inside = set.Inside;
        if (!inside[start] || found[start])
            return 0;
        (int nx, int ny, int nz) = (set.Geometry.Size.X, set.Geometry.Size.Y, set.Geometry.Size.Z);
        var open = new Stack<int>();
        found[start] = true;
        open.Push(start);
        int count = 0;
        while (open.TryPop(out int voxel))
        {
            count++;
            (int x, int y, int z) = (voxel % nx, voxel / nx % ny, voxel / nx / ny);
            Visit(inside, voxel - 1, x > 0);
            Visit(inside, voxel + 1, x < nx - 1);
            Visit(inside, voxel - nx, y > 0);
            Visit(inside, voxel + nx, y < ny - 1);
            Visit(inside, voxel - nx * ny, z > 0);
            Visit(inside, voxel + nx * ny, z < nz - 1);
        }
        return count;

        void Visit(ReadOnlySpan<bool> set, int voxel, bool exists)
        {
            if (!exists || !set[voxel] || found[voxel])
                return;
            found[voxel] = true;
            open.Push(voxel);
        }
    }
}
