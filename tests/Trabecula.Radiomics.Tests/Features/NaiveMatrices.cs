namespace Trabecula.Radiomics.Tests.Features;

/// <summary>Texture matrices straight from their definitions, one voxel after the other.</summary>
internal static class NaiveMatrices
{
    /// <summary>Symmetric co-occurrence counts per direction, indexed by level.</summary>
    public static List<double[,]> Glcm(NaiveRegion region)
    {
        int ng = region.PresentLevels[^1];
        var matrices = new List<double[,]>();
        foreach ((int dx, int dy, int dz) in region.Directions())
        {
            var counts = new double[ng + 1, ng + 1];
            bool any = false;
            foreach ((int x, int y, int z) in region.Voxels())
            {
                int i = region[x, y, z], j = region[x + dx, y + dy, z + dz];
                if (j == 0)
                    continue;
                counts[i, j]++;
                counts[j, i]++;
                any = true;
            }
            if (any)
                matrices.Add(counts);
        }
        return matrices;
    }

    /// <summary>Run-length counts per direction, as (level, length) to count.</summary>
    public static List<Dictionary<(int Level, int Size), int>> Glrlm(NaiveRegion region)
    {
        var matrices = new List<Dictionary<(int, int), int>>();
        foreach ((int dx, int dy, int dz) in region.Directions())
        {
            var counts = new Dictionary<(int, int), int>();
            bool twoOnALine = false;
            foreach ((int x, int y, int z) in region.Voxels())
            {
                int level = region[x, y, z];
                for (int k = 1; k < region.Nx + region.Ny + region.Nz; k++)
                    twoOnALine |= region[x + k * dx, y + k * dy, z + k * dz] > 0;
                if (region[x - dx, y - dy, z - dz] == level)
                    continue;
                int length = 1;
                while (region[x + length * dx, y + length * dy, z + length * dz] == level)
                    length++;
                counts[(level, length)] = counts.GetValueOrDefault((level, length)) + 1;
            }
            if (twoOnALine)
                matrices.Add(counts);
        }
        return matrices;
    }

    /// <summary>Zone counts by flood fill.</summary>
    public static Dictionary<(int Level, int Size), int> Glszm(NaiveRegion region)
    {
        var counts = new Dictionary<(int, int), int>();
        var seen = new HashSet<(int, int, int)>();
        foreach ((int X, int Y, int Z) start in region.Voxels())
        {
            if (!seen.Add(start))
                continue;
            int level = region[start.X, start.Y, start.Z], size = 0;
            var stack = new Stack<(int X, int Y, int Z)>([start]);
            while (stack.TryPop(out (int X, int Y, int Z) at))
            {
                size++;
                foreach ((int dx, int dy, int dz) in NaiveRegion.Neighbours())
                {
                    (int X, int Y, int Z) next = (at.X + dx, at.Y + dy, at.Z + dz);
                    if (region[next.X, next.Y, next.Z] == level && seen.Add(next))
                        stack.Push(next);
                }
            }
            counts[(level, size)] = counts.GetValueOrDefault((level, size)) + 1;
        }
        return counts;
    }

    /// <summary>Dependence counts: a voxel and its neighbours of the same level.</summary>
    public static Dictionary<(int Level, int Size), int> Gldm(NaiveRegion region)
    {
        var counts = new Dictionary<(int, int), int>();
        foreach ((int x, int y, int z) in region.Voxels())
        {
            int level = region[x, y, z];
            int size = 1 + NaiveRegion.Neighbours().Count(d => region[x + d.Dx, y + d.Dy, z + d.Dz] == level);
            counts[(level, size)] = counts.GetValueOrDefault((level, size)) + 1;
        }
        return counts;
    }

    /// <summary>Per level, ascending: the level, its number of voxels, and the sum of differences from the neighbours' mean.</summary>
    public static List<(int Level, double N, double S)> Ngtdm(NaiveRegion region)
    {
        var rows = new SortedDictionary<int, (double N, double S)>();
        foreach ((int x, int y, int z) in region.Voxels())
        {
            int level = region[x, y, z];
            int[] around = [.. NaiveRegion.Neighbours().Select(d => region[x + d.Dx, y + d.Dy, z + d.Dz]).Where(l => l > 0)];
            (double n, double s) = rows.GetValueOrDefault(level);
            rows[level] = (n + 1, s + (around.Length == 0 ? 0 : Math.Abs(level - around.Average())));
        }
        return [.. rows.Select(r => (r.Key, r.Value.N, r.Value.S))];
    }
}
