using Trabecula.Imaging.Masks;

namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>
/// Fills closed polygons in one slice by scan lines: a voxel is inside where its centre is, under the even-odd rule over all
/// polygons together. Holes drawn as contours of their own are therefore holes, and keyholes work, since their double edges cancel.
/// </summary>
internal static class PolygonFill
{
    /// <summary>The runs of voxels whose centres lie inside.</summary>
    /// <param name="polygons">Corners in voxel indices, x and y alternating; the last joins the first.</param>
    /// <param name="columns">Voxels of a line.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="offset">Index of the slice's first voxel.</param>
    /// <param name="runs">Takes the runs.</param>
    public static void Fill(IEnumerable<double[]> polygons, int columns, int rows, int offset, List<VoxelRun> runs)
    {
        var crossings = new List<double>?[rows];
        foreach (double[] polygon in polygons)
        {
            int corners = polygon.Length / 2;
            for (int i = 0, before = corners - 1; i < corners; before = i++)
                AddEdge(polygon[2 * before], polygon[2 * before + 1], polygon[2 * i], polygon[2 * i + 1], rows, crossings);
        }
        for (int row = 0; row < rows; row++)
        {
            if (crossings[row] is not { } line)
                continue;
            line.Sort();
            for (int i = 0; i + 1 < line.Count; i += 2)
            {
                // A centre on an edge to its left is inside, on an edge to its right outside: neighbours share no voxel.
                int first = (int)Math.Ceiling(Math.Max(line[i], 0)), end = (int)Math.Ceiling(Math.Min(line[i + 1], columns));
                if (first < end)
                    runs.Add(new(offset + row * columns + first, end - first));
            }
        }
    }

    /// <summary>Where an edge crosses the centre lines of rows; its lower end belongs to it, its upper end to the next edge.</summary>
    private static void AddEdge(double x0, double y0, double x1, double y1, int rows, List<double>?[] crossings)
    {
        if (y0 > y1)
            (x0, y0, x1, y1) = (x1, y1, x0, y0);
        int first = (int)Math.Ceiling(Math.Clamp(y0, 0, rows)), end = (int)Math.Ceiling(Math.Clamp(y1, 0, rows));
        for (int row = first; row < end; row++)
            (crossings[row] ??= []).Add(x0 + (row - y0) * (x1 - x0) / (y1 - y0));
    }
}
