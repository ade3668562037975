using Trabecula.Imaging;

namespace Trabecula.Radiomics.Features.Shape;

/// <summary>PyRadiomics <c>shape2D</c>: 9 features of a region of one slice, and <c>SphericalDisproportion</c> by name.</summary>
internal static class PlanarShapeFeatures
{
    public static readonly string[] Names =
    [
        "Elongation", "MajorAxisLength", "MaximumDiameter", "MeshSurface", "MinorAxisLength", "Perimeter", "PerimeterSurfaceRatio",
        "PixelSurface", "Sphericity",
    ];

    /// <summary>Midpoints of a square's sides, as doubled (row, column).</summary>
    private static readonly (int Row, int Column)[] Sides = [(0, 1), (1, 2), (2, 1), (1, 0)];

    /// <summary>
    /// The sides that the outline joins in a square, by which of its corners are inside: 1 upper left, 2 upper right, 4 lower right,
    /// 8 lower left. The region lies to the same side of every line.
    /// </summary>
    private static readonly string[] Lines = ["", "30", "01", "31", "12", "1230", "02", "32", "23", "20", "0123", "21", "13", "10", "03", ""];

    /// <summary>Writes the features in the order of <see cref="Names"/>, then SphericalDisproportion.</summary>
    /// <param name="mask">1 inside, 0 outside, columns fastest.</param>
    /// <param name="columns">Voxels of a row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columnSpacing">Millimetres between columns.</param>
    /// <param name="rowSpacing">Millimetres between rows.</param>
    /// <param name="values">Receives the features.</param>
    public static void Compute(ReadOnlySpan<byte> mask, int columns, int rows, double columnSpacing, double rowSpacing, Span<double> values)
    {
        (double perimeter, double surface) = Outline(mask, columns, rows, columnSpacing, rowSpacing);
        double diameter = Diameter(mask, columns, rows, columnSpacing, rowSpacing);
        int count = mask.Count((byte)1);
        var region = new RegionGrid(mask, columns, rows, 1);
        // Across the slice the variance is exactly zero, so the two of the plane are the larger ones.
        Vector3D axes = PrincipalAxes.Eigenvalues(region, new(columnSpacing, rowSpacing, 1));
        double sphericity = 2 * Math.Sqrt(Math.PI * surface) / perimeter;
        values[0] = Math.Sqrt(axes.Y / axes.Z);
        values[1] = 4 * Math.Sqrt(axes.Z);
        values[2] = diameter;
        values[3] = surface;
        values[4] = 4 * Math.Sqrt(axes.Y);
        values[5] = perimeter;
        values[6] = perimeter / surface;
        values[7] = count * (columnSpacing * rowSpacing);
        values[8] = sphericity;
        values[9] = 1 / sphericity;
    }

    /// <summary>Length of the outline, and the area within it by Gauss' formula.</summary>
    private static (double Perimeter, double Surface) Outline(ReadOnlySpan<byte> mask, int columns, int rows, double columnSpacing, double rowSpacing)
    {
        double perimeter = 0;
        long area = 0;
        for (int y = -1; y < rows; y++)
        {
            for (int x = -1; x < columns; x++)
            {
                int square = Inside(mask, columns, rows, x, y) | Inside(mask, columns, rows, x + 1, y) << 1
                    | Inside(mask, columns, rows, x + 1, y + 1) << 2 | Inside(mask, columns, rows, x, y + 1) << 3;
                string lines = Lines[square];
                for (int t = 0; t < lines.Length; t += 2)
                {
                    (int Row, int Column) a = Sides[lines[t] - '0'], b = Sides[lines[t + 1] - '0'];
                    // PyRadiomics' origin lies one voxel before the box; in doubled indices every coordinate is whole.
                    long ay = 2 * (y + 1) + a.Row, ax = 2 * (x + 1) + a.Column, by = 2 * (y + 1) + b.Row, bx = 2 * (x + 1) + b.Column;
                    area += ay * bx - by * ax;
                    double dy = 0.5 * (ay - by) * rowSpacing, dx = 0.5 * (ax - bx) * columnSpacing;
                    perimeter += Math.Sqrt(dy * dy + dx * dx);
                }
            }
        }
        return (perimeter, area / 8.0 * (rowSpacing * columnSpacing));
    }

    /// <summary>The largest distance between midpoints of the outline: those between a pixel inside and a neighbour outside.</summary>
    private static double Diameter(ReadOnlySpan<byte> mask, int columns, int rows, double columnSpacing, double rowSpacing)
    {
        // One slice of voxels gives the same points, and the plane that holds them is the second of three.
        var points = new SurfacePoints(mask, columns, rows, 1);
        ReadOnlySpan<(int U, int V)> corners = points.Plane(2);
        double best = 0, su = columnSpacing * columnSpacing / 4, sv = rowSpacing * rowSpacing / 4;
        for (int i = 0; i < corners.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double du = corners[i].U - corners[j].U, dv = corners[i].V - corners[j].V;
                best = Math.Max(best, du * du * su + dv * dv * sv);
            }
        }
        return Math.Sqrt(best);
    }

    private static int Inside(ReadOnlySpan<byte> mask, int columns, int rows, int x, int y) =>
        (uint)x < (uint)columns && (uint)y < (uint)rows ? mask[y * columns + x] : 0;
}
