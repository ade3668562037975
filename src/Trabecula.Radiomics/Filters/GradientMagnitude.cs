using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// Gradient magnitude by central differences over the spacing, edge voxels repeated beyond the border; squared and summed in double
/// precision, stored in single, as ITK's GradientMagnitudeImageFilter does.
/// </summary>
internal static class GradientMagnitude
{
    /// <summary>Filters an image; values within a box are returned, in intensity per millimetre, or per voxel where spacing plays no part.</summary>
    public static WorkingImage Apply(WorkingImage image, VoxelBox box, bool useSpacing = true)
    {
        VolumeSize size = image.Size;
        Vector3D spacing = useSpacing ? image.Geometry.SpacingMm : new(1, 1, 1);
        double cx = 0.5 * (1.0 / spacing.X), cy = 0.5 * (1.0 / spacing.Y), cz = 0.5 * (1.0 / spacing.Z);
        int nx = box.Size.X, target = 0;
        var voxels = GC.AllocateUninitializedArray<double>(box.Count);
        var padded = new double[nx + 2];
        ReadOnlySpan<double> Row(int y, int z) => image.Voxels.AsSpan(
            (Math.Clamp(z, 0, size.Z - 1) * size.Y + Math.Clamp(y, 0, size.Y - 1)) * size.X + box.X, nx);
        for (int z = box.Z; z <= box.Last(2); z++)
        {
            for (int y = box.Y; y <= box.Last(1); y++, target += nx)
            {
                ReadOnlySpan<double> row = image.Voxels.AsSpan((z * size.Y + y) * size.X, size.X);
                row.Slice(box.X, nx).CopyTo(padded.AsSpan(1));
                padded[0] = row[Math.Max(box.X - 1, 0)];
                padded[^1] = row[Math.Min(box.Last(0) + 1, size.X - 1)];
                Norms(padded.AsSpan(0, nx), padded.AsSpan(2), Row(y - 1, z), Row(y + 1, z), Row(y, z - 1), Row(y, z + 1), cx, cy, cz, voxels.AsSpan(target, nx));
            }
        }
        return new WorkingImage(box.GeometryIn(image.Geometry), VoxelType.Float32, voxels);
    }

    private static void Norms(
        ReadOnlySpan<double> x0, ReadOnlySpan<double> x1, ReadOnlySpan<double> y0, ReadOnlySpan<double> y1, ReadOnlySpan<double> z0, ReadOnlySpan<double> z1,
        double cx, double cy, double cz, Span<double> into)
    {
        int n = into.Length;
        ReadOnlySpan<Vector<double>> vx0 = Vectors(x0), vx1 = Vectors(x1), vy0 = Vectors(y0), vy1 = Vectors(y1), vz0 = Vectors(z0), vz1 = Vectors(z1);
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(into);
        for (int i = 0; i < vectors.Length; i++)
        {
            // Each product is rounded before the difference: the operator's two weights are applied one by one.
            Vector<double> gx = cx * vx0[i] - cx * vx1[i], gy = cy * vy0[i] - cy * vy1[i], gz = cz * vz0[i] - cz * vz1[i];
            vectors[i] = Vector.SquareRoot(gx * gx + gy * gy + gz * gz);
        }
        for (int i = vectors.Length * Vector<double>.Count; i < n; i++)
        {
            double gx = cx * x0[i] - cx * x1[i], gy = cy * y0[i] - cy * y1[i], gz = cz * z0[i] - cz * z1[i];
            into[i] = Math.Sqrt(gx * gx + gy * gy + gz * gz);
        }
        foreach (ref double value in into) value = (float)value;
    }

    private static ReadOnlySpan<Vector<double>> Vectors(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);
}
