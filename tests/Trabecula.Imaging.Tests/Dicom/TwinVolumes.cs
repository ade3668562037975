using System.Numerics;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>Compares volumes that hold the same image in different formats, whose axes may run the other way.</summary>
internal static class TwinVolumes
{
    /// <summary>Asserts that each voxel of one volume lies at a voxel of the other with the same value.</summary>
    /// <param name="expected">A volume.</param>
    /// <param name="actual">Its twin; of the same voxels in any order of axes and directions.</param>
    /// <param name="toleranceMm">How far the centres may lie apart.</param>
    public static void AssertSameValuesInSpace(Volume expected, Volume actual, double toleranceMm)
    {
        Assert.Equal(expected.Geometry.Size.Count, actual.Geometry.Size.Count);
        double[] a = Values(expected), b = Values(actual);
        VolumeSize size = expected.Geometry.Size, other = actual.Geometry.Size;
        Func<Vector3D, Vector3D> toIndex = Inverse(actual.Geometry);
        int differences = 0;
        for (int z = 0, at = 0; z < size.Z; z++)
        {
            for (int y = 0; y < size.Y; y++)
            {
                for (int x = 0; x < size.X; x++, at++)
                {
                    Vector3D point = expected.Geometry.IndexToPoint(new(x, y, z)), index = toIndex(point);
                    int i = (int)Math.Round(index.X), j = (int)Math.Round(index.Y), k = (int)Math.Round(index.Z);
                    Assert.True(i >= 0 && j >= 0 && k >= 0 && i < other.X && j < other.Y && k < other.Z, $"({x}, {y}, {z}) lies outside of the twin: {index}");
                    Vector3D found = actual.Geometry.IndexToPoint(new(i, j, k));
                    if (at % 97 == 0)
                    {
                        Assert.Equal(point.X, found.X, toleranceMm);
                        Assert.Equal(point.Y, found.Y, toleranceMm);
                        Assert.Equal(point.Z, found.Z, toleranceMm);
                    }
                    if (a[at] != b[(k * other.Y + j) * other.X + i])
                        differences++;
                }
            }
        }
        Assert.Equal(0, differences);
    }

    /// <summary>All values as doubles.</summary>
    public static double[] Values(Volume volume) => volume.Accept(new Doubles());

    private static Func<Vector3D, Vector3D> Inverse(VolumeGeometry geometry)
    {
        Matrix3D m = geometry.Direction.ScaleColumns(geometry.SpacingMm);
        double d = m.Determinant;
        return point =>
        {
            double x = point.X - geometry.OriginMm.X, y = point.Y - geometry.OriginMm.Y, z = point.Z - geometry.OriginMm.Z;
            return new(
                (x * (m.M11 * m.M22 - m.M12 * m.M21) - m.M01 * (y * m.M22 - m.M12 * z) + m.M02 * (y * m.M21 - m.M11 * z)) / d,
                (m.M00 * (y * m.M22 - m.M12 * z) - x * (m.M10 * m.M22 - m.M12 * m.M20) + m.M02 * (m.M10 * z - y * m.M20)) / d,
                (m.M00 * (m.M11 * z - y * m.M21) - m.M01 * (m.M10 * z - y * m.M20) + x * (m.M10 * m.M21 - m.M11 * m.M20)) / d);
        };
    }

    private readonly struct Doubles : IVolumeOperation<double[]>
    {
        public double[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            double[] values = new double[volume.Voxels.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = double.CreateChecked(volume.Voxels[i]);
            return values;
        }
    }
}
