using Trabecula.Imaging;

namespace Trabecula.Radiomics.Filters;

/// <summary>The vertices of an icosahedron whose triangles are divided in four again and again, each time put back on a sphere.</summary>
/// <remarks>
/// In the order and the arithmetic of trimesh's <c>icosphere</c>: patterns that are turns of each other have the same value but for the last
/// bits, and those hang on the order of the vertices. The icosahedron itself keeps its radius of 1, whatever radius is asked for.
/// </remarks>
internal static class Icosphere
{
    private static readonly int[] Faces =
    [
        0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7, 1, 8,
        3, 9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9, 8, 1,
    ];

    /// <summary>10 · 4^n + 2 vertices about the origin.</summary>
    public static List<Vector3D> Vertices(int subdivisions, double radius)
    {
        double t = (1 + Math.Sqrt(5)) / 2, unit = Math.Sqrt(2 + t), s = 1 / unit, l = t / unit;
        List<Vector3D> vertices =
        [
            new(-s, l, 0), new(s, l, 0), new(-s, -l, 0), new(s, -l, 0), new(0, -s, l), new(0, s, l),
            new(0, -s, -l), new(0, s, -l), new(l, 0, -s), new(l, 0, s), new(-l, 0, -s), new(-l, 0, s),
        ];
        int[] faces = Faces;
        for (int pass = 0; pass < subdivisions; pass++)
        {
            faces = Subdivide(vertices, faces);
            for (int i = 0; i < vertices.Count; i++)
                vertices[i] = OnSphere(vertices[i], radius);
        }
        return vertices;
    }

    private static int[] Subdivide(List<Vector3D> vertices, int[] faces)
    {
        var edges = new SortedSet<(int Higher, int Lower)>();
        for (int f = 0; f < faces.Length; f += 3)
        {
            for (int k = 0; k < 3; k++)
                edges.Add(Edge(faces[f + k], faces[f + (k + 1) % 3]));
        }
        var middles = new Dictionary<(int, int), int>();
        foreach ((int i, int j) in edges)
        {
            Vector3D a = vertices[j], b = vertices[i];
            middles[(i, j)] = vertices.Count;
            vertices.Add(new((a.X + b.X) / 2, (a.Y + b.Y) / 2, (a.Z + b.Z) / 2));
        }
        var divided = new List<int>(faces.Length * 4);
        for (int f = 0; f < faces.Length; f += 3)
        {
            int a = faces[f], b = faces[f + 1], c = faces[f + 2], ab = middles[Edge(a, b)], bc = middles[Edge(b, c)], ca = middles[Edge(c, a)];
            divided.AddRange([a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca]);
        }
        return [.. divided];
    }

    private static (int Higher, int Lower) Edge(int i, int j) => i > j ? (i, j) : (j, i);

    private static Vector3D OnSphere(Vector3D v, double radius)
    {
        double length = Math.Sqrt(v.X * v.X + v.Y * v.Y + v.Z * v.Z), rest = radius - length;
        return new(v.X + v.X / length * rest, v.Y + v.Y / length * rest, v.Z + v.Z / length * rest);
    }
}
