namespace Trabecula.Imaging.Tests.Segmenting;

/// <summary>The plain operations as their definitions read, voxel by voxel, and sets to try them on.</summary>
internal static class NaiveSets
{
    public static VoxelSet Random(XorShift random)
    {
        var geometry = new VolumeGeometry(new(random.Below(8) + 1, random.Below(8) + 1, random.Below(8) + 1),
            new(0.5 + random.Below(4) * 0.4, 0.5 + random.Below(4) * 0.4, 0.5 + random.Below(6) * 0.5), default, Matrix3D.Identity);
        int density = random.Below(9) + 1;
        return VoxelSet.Of(geometry, Enumerable.Range(0, (int)geometry.Size.Count).Select(_ => random.Below(10) < density).ToArray());
    }

    public static bool[] Dilate(VoxelSet set, double radius) => Each(set, at => Indices(set).Any(other => Has(set, other) && Distance(set, at, other) <= radius + 1e-9));

    public static bool[] Erode(VoxelSet set, double radius) => Each(set, at => Indices(set).All(other => Has(set, other) || Distance(set, at, other) > radius + 1e-9));

    /// <summary>Closing on an image with so much room around it that its border is of no matter.</summary>
    public static bool[] Close(VoxelSet set, double radius)
    {
        const int room = 8;
        VolumeSize size = set.Geometry.Size, wide = new(size.X + 2 * room, size.Y + 2 * room, size.Z + 2 * room);
        var padded = new bool[wide.Count];
        foreach ((int x, int y, int z) in Indices(set))
            padded[((z + room) * wide.Y + y + room) * wide.X + x + room] = Has(set, (x, y, z));
        (int X, int Y, int Z)[] ball = [.. from z in Enumerable.Range(-room, 2 * room) from y in Enumerable.Range(-room, 2 * room) from x in Enumerable.Range(-room, 2 * room)
                                           where Distance(set, (0, 0, 0), (x, y, z)) <= radius + 1e-9 select (x, y, z)];
        return Each(set, at => ball.All(a => ball.Any(b => At(at.X + a.X + b.X, at.Y + a.Y + b.Y, at.Z + a.Z + b.Z))));

        bool At(int x, int y, int z) => x >= -room && y >= -room && z >= -room && x < size.X + room && y < size.Y + room && z < size.Z + room
            && padded[((z + room) * wide.Y + y + room) * wide.X + x + room];
    }

    /// <summary>Reachability by faces, spread until nothing changes.</summary>
    public static bool[] Reach(VoxelSet set, bool[] start, bool through, params int[] axes)
    {
        bool[] reached = [.. start];
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach ((int X, int Y, int Z) at in Indices(set))
            {
                if (reached[Index(set, at)] || Has(set, at) != through || !Neighbours(at).Any(n => IsIn(set, n) && reached[Index(set, n)]))
                    continue;
                reached[Index(set, at)] = true;
                changed = true;
            }
        }
        return reached;

        IEnumerable<(int, int, int)> Neighbours((int X, int Y, int Z) at) => axes.SelectMany(axis => ((int, int, int)[])
            [(at.X + (axis == 0 ? 1 : 0), at.Y + (axis == 1 ? 1 : 0), at.Z + (axis == 2 ? 1 : 0)), (at.X - (axis == 0 ? 1 : 0), at.Y - (axis == 1 ? 1 : 0), at.Z - (axis == 2 ? 1 : 0))]);
    }

    public static bool[] Fill(VoxelSet set, params int[] axes)
    {
        VolumeSize size = set.Geometry.Size;
        bool[] start = Each(set, at => !Has(set, at) && axes.Any(axis => Along(at, axis) == 0 || Along(at, axis) == size[axis] - 1));
        return [.. Reach(set, start, false, axes).Select(outside => !outside)];
    }

    public static bool[] Each(VoxelSet set, Func<(int X, int Y, int Z), bool> rule) => [.. Indices(set).Select(rule)];

    public static IEnumerable<(int X, int Y, int Z)> Indices(VoxelSet set)
    {
        VolumeSize size = set.Geometry.Size;
        for (int z = 0; z < size.Z; z++)
        {
            for (int y = 0; y < size.Y; y++)
            {
                for (int x = 0; x < size.X; x++)
                    yield return (x, y, z);
            }
        }
    }

    public static int Index(VoxelSet set, (int X, int Y, int Z) at) => (at.Z * set.Geometry.Size.Y + at.Y) * set.Geometry.Size.X + at.X;

    private static bool Has(VoxelSet set, (int X, int Y, int Z) at) => set.Inside[Index(set, at)];

    private static bool IsIn(VoxelSet set, (int X, int Y, int Z) at) =>
        at.X >= 0 && at.Y >= 0 && at.Z >= 0 && at.X < set.Geometry.Size.X && at.Y < set.Geometry.Size.Y && at.Z < set.Geometry.Size.Z;

    private static int Along((int X, int Y, int Z) at, int axis) => axis == 0 ? at.X : axis == 1 ? at.Y : at.Z;

    private static double Distance(VoxelSet set, (int X, int Y, int Z) a, (int X, int Y, int Z) b)
    {
        Vector3D s = set.Geometry.SpacingMm;
        (double x, double y, double z) = ((a.X - b.X) * s.X, (a.Y - b.Y) * s.Y, (a.Z - b.Z) * s.Z);
        return Math.Sqrt(x * x + y * y + z * z);
    }
}
