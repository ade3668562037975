using Trabecula.Imaging;

namespace Trabecula.Radiomics.Filters;

/// <summary>The vertices of an icosahedron whose triangles are divided in four again and again, all put on a sphere.</summary>
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
        double t = (1 + Math.Sqrt(5)) / 2;
        List<Vector3D> vertices =
        [
            new(-1, t, 0), new(1, t, 0), new(-1, -t, 0), new(1, -t, 0), new(0, -1, t), new(0, 1, t),
            new(0, -1, -t), new(0, 1, -t), new(t, 0, -1), new(t, 0, 1), new(-t, 0, -1), new(-t, 0, 1),
        ];
        for (int i = 0; i < vertices.Count; i++)
            vertices[i] = OnSphere(vertices[i], 1);
        int[] faces = Faces;
        for (int pass = 0; pass < subdivisions; pass++)
            faces = Subdivide(vertices, faces);
        return [.. vertices.Select(vertex => OnSphere(vertex, radius))];
    }

    private static int[] Subdivide(List<Vector3D> vertices, int[] faces)
    {
        var middles = new Dictionary<(int, int), int>();
        var divided = new List<int>(faces.Length * 4);
        for (int f = 0; f < faces.Length; f += 3)
        {
            int a = faces[f], b = faces[f + 1], c = faces[f + 2], ab = Middle(a, b), bc = Middle(b, c), ca = Middle(c, a);
            divided.AddRange([a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca]);
        }
        return [.. divided];

        int Middle(int i, int j)
        {
            (int, int) edge = i < j ? (i, j) : (j, i);
            if (!middles.TryGetValue(edge, out int middle))
            {
                Vector3D a = vertices[i], b = vertices[j];
                middles[edge] = middle = vertices.Count;
                vertices.Add(OnSphere(new((a.X + b.X) / 2, (a.Y + b.Y) / 2, (a.Z + b.Z) / 2), 1));
            }
            return middle;
        }
    }

    private static Vector3D OnSphere(Vector3D v, double radius)
    {
        double length = Math.Sqrt(v.X * v.X + v.Y * v.Y + v.Z * v.Z);
        return new(v.X / length * radius, v.Y / length * radius, v.Z / length * radius);
    }
}
