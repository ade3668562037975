namespace Trabecula.Imaging.Masks;

/// <summary>
/// The borders of a region in one slice as closed polygons along the edges of its voxels: filled by the even-odd rule they give
/// the same voxels back. Borders of holes run the other way round.
/// </summary>
internal static class SliceContours
{
    /// <summary>Traces all borders.</summary>
    /// <param name="inside">Each voxel true or false, x fastest.</param>
    /// <param name="columns">Voxels of a line.</param>
    /// <param name="rows">Lines.</param>
    /// <returns>Corners in voxel indices (always halves), x and y alternating, and whether the polygon is a hole.</returns>
    public static IReadOnlyList<(double[] Corners, bool IsHole)> Trace(ReadOnlySpan<bool> inside, int columns, int rows)
    {
        // A corner leads to at most two others: two where voxels touch at their corners only.
        var next = new Dictionary<(int X, int Y), List<(int X, int Y)>>();
        void Edge(int x0, int y0, int x1, int y1)
        {
            if (!next.TryGetValue((x0, y0), out List<(int X, int Y)>? ends))
                next[(x0, y0)] = ends = new(1);
            ends.Add((x1, y1));
        }
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                if (!inside[y * columns + x])
                    continue;
                if (y == 0 || !inside[(y - 1) * columns + x])
                    Edge(x, y, x + 1, y);
                if (x == columns - 1 || !inside[y * columns + x + 1])
                    Edge(x + 1, y, x + 1, y + 1);
                if (y == rows - 1 || !inside[(y + 1) * columns + x])
                    Edge(x + 1, y + 1, x, y + 1);
                if (x == 0 || !inside[y * columns + x - 1])
                    Edge(x, y + 1, x, y);
            }
        }
        var contours = new List<(double[], bool)>();
        foreach ((int X, int Y) start in next.Keys.OrderBy(corner => (corner.Y, corner.X)))
        {
            while (next[start].Count > 0)
                contours.Add(Follow(start, next));
        }
        return contours;
    }

    private static (double[] Corners, bool IsHole) Follow((int X, int Y) start, Dictionary<(int X, int Y), List<(int X, int Y)>> next)
    {
        var path = new List<(int X, int Y)>();
        (int X, int Y) at = start;
        do
        {
            List<(int X, int Y)> ends = next[at];
            (int X, int Y) to = ends[^1];
            ends.RemoveAt(ends.Count - 1);
            path.Add(at);
            at = to;
        }
        while (at != start);
        long area = 0;
        var corners = new List<double>();
        for (int i = 0; i < path.Count; i++)
        {
            (int X, int Y) before = path[(i + path.Count - 1) % path.Count], here = path[i], after = path[(i + 1) % path.Count];
            area += (long)here.X * after.Y - (long)after.X * here.Y;
            // Corners where the border turns, not those that it only passes.
            if ((here.X - before.X, here.Y - before.Y) != (after.X - here.X, after.Y - here.Y))
                corners.AddRange([here.X - 0.5, here.Y - 0.5]);
        }
        return ([.. corners], area < 0);
    }
}
