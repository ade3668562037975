using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests.Filters;

/// <summary>The fast filters against plain ones that follow the definition voxel by voxel: equal to the bit.</summary>
public sealed class NaiveFilterTests
{
    /// <summary>Size of the image, then first voxel and size of the box; lengths around the widths of vectors and bundles.</summary>
    public static TheoryData<string> Shapes =>
    [
        "4 4 4 0 0 0 4 4 4", "5 9 4 1 2 0 3 6 4", "33 8 7 3 0 2 30 8 4", "67 66 5 0 1 1 67 65 3",
        "7 70 12 2 5 4 1 60 1", "18 17 65 17 16 60 1 1 5", "6 6 6 0 0 5 6 6 1", "130 6 6 1 1 1 128 4 4",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LaplacianOfGaussian_AnyShape_EqualsPlainLoops(string shape)
    {
        (WorkingImage image, VoxelBox box) = Make(shape, VoxelType.Float64);
        foreach (double sigma in new[] { 0.4, 1, 2.75 })
            AssertSame(PlainLog(image, sigma), image.Size, box, LaplacianOfGaussian.Apply(image, box, sigma));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void StationaryWavelet_AnyShape_EqualsPlainLoops(string shape)
    {
        (WorkingImage image, VoxelBox box) = Make(shape, VoxelType.Float64);
        foreach ((string letters, WorkingImage subband) in StationaryWavelet.Apply(image, box))
        {
            Assert.Equal(VoxelType.Float64, subband.VoxelType);
            AssertSame(PlainWavelet(image, letters, v => v), image.Size, box, subband);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void StationaryWavelet_SinglePrecisionImage_IsComputedInSinglePrecision(string shape)
    {
        (WorkingImage image, VoxelBox box) = Make(shape, VoxelType.Float32);
        foreach ((string letters, WorkingImage subband) in StationaryWavelet.Apply(image, box))
        {
            Assert.Equal(VoxelType.Float32, subband.VoxelType);
            AssertSame(PlainWavelet(image, letters, v => (float)v), image.Size, box, subband);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GradientMagnitude_AnyShape_EqualsPlainLoops(string shape)
    {
        (WorkingImage image, VoxelBox box) = Make(shape, VoxelType.Float64);
        VolumeSize n = image.Size;
        Vector3D s = image.Geometry.SpacingMm;
        double At(int x, int y, int z) =>
            image.Voxels[(Math.Clamp(z, 0, n.Z - 1) * n.Y + Math.Clamp(y, 0, n.Y - 1)) * n.X + Math.Clamp(x, 0, n.X - 1)];
        double Weighed(double spacing, double before, double after) => 0.5 * (1 / spacing) * before - 0.5 * (1 / spacing) * after;
        double[] expected = Each(n, (x, y, z) =>
        {
            double gx = Weighed(s.X, At(x - 1, y, z), At(x + 1, y, z)), gy = Weighed(s.Y, At(x, y - 1, z), At(x, y + 1, z)), gz = Weighed(s.Z, At(x, y, z - 1), At(x, y, z + 1));
            return (float)Math.Sqrt(gx * gx + gy * gy + gz * gz);
        });
        AssertSame(expected, n, box, GradientMagnitude.Apply(image, box));
    }

    [Fact]
    public void LaplacianOfGaussian_ConstantImage_IsNearlyZero()
    {
        var geometry = new VolumeGeometry(new(12, 11, 10), new(1, 1, 2), default, Matrix3D.Identity);
        var image = new WorkingImage(geometry, VoxelType.Float64, [.. Enumerable.Repeat(100.0, 12 * 11 * 10)]);
        Assert.All(LaplacianOfGaussian.Apply(image, VoxelBox.Whole(image.Size), 2).Voxels, v => Assert.Equal(0, v, 1e-3));
    }

    private static (WorkingImage Image, VoxelBox Box) Make(string shape, VoxelType type)
    {
        int[] s = [.. shape.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        return (Noise.Image(new(s[0], s[1], s[2]), new(0.7, 1.1, 2.5), type), new VoxelBox(s[3], s[4], s[5], new(s[6], s[7], s[8])));
    }

    private static void AssertSame(double[] whole, VolumeSize n, VoxelBox box, WorkingImage actual)
    {
        Assert.Equal(box.Size, actual.Size);
        int at = 0;
        for (int z = box.Z; z <= box.Last(2); z++)
        {
            for (int y = box.Y; y <= box.Last(1); y++)
            {
                for (int x = box.X; x <= box.Last(0); x++, at++)
                {
                    if (whole[(z * n.Y + y) * n.X + x] != actual.Voxels[at])
                        Assert.Fail(FormattableString.Invariant($"({x}, {y}, {z}): expected {whole[(z * n.Y + y) * n.X + x]:R}, got {actual.Voxels[at]:R}."));
                }
            }
        }
    }

    private static double[] Each(VolumeSize n, Func<int, int, int, double> value)
    {
        var values = new double[n.Count];
        for (int z = 0; z < n.Z; z++)
        {
            for (int y = 0; y < n.Y; y++)
            {
                for (int x = 0; x < n.X; x++) values[(z * n.Y + y) * n.X + x] = value(x, y, z);
            }
        }
        return values;
    }

    private static double[] Lines(double[] image, VolumeSize n, int axis, Func<double[], double[]> filter)
    {
        int[] strides = [1, n.X, n.X * n.Y];
        var result = (double[])image.Clone();
        for (int start = 0; start < image.Length; start++)
        {
            if (start / strides[axis] % n[axis] != 0) continue;
            double[] line = filter([.. Enumerable.Range(0, n[axis]).Select(i => image[start + i * strides[axis]])]);
            for (int i = 0; i < n[axis]; i++) result[start + i * strides[axis]] = line[i];
        }
        return result;
    }

    private static double[] PlainLog(WorkingImage image, double sigma)
    {
        var total = new double[image.Voxels.Length];
        Vector3D spacing = image.Geometry.SpacingMm;
        for (int derived = 0; derived < 3; derived++)
        {
            double[] pass = Lines(image.Voxels, image.Size, derived, l => Recursive(l, RecursiveGaussian.SecondDerivative(sigma, spacing[derived])));
            for (int axis = 0; axis < 3; axis++)
            {
                if (axis != derived) pass = Lines(pass, image.Size, axis, l => Recursive(l, RecursiveGaussian.Smoothing(sigma, spacing[axis])));
            }
            double factor = 1.0 / (spacing[derived] * spacing[derived]);
            for (int i = 0; i < total.Length; i++) total[i] = (float)(total[i] + pass[i] * factor);
        }
        return total;
    }

    private static double[] Recursive(double[] x, RecursiveGaussian f)
    {
        int n = x.Length;
        double[] y = new double[n], z = new double[n];
        double X(int i) => x[Math.Clamp(i, 0, n - 1)];
        for (int i = 0; i < n; i++)
        {
            double Past(int k, double d, double edge) => i - k >= 0 ? y[i - k] * d : x[0] * edge;
            y[i] = X(i) * f.N0 + X(i - 1) * f.N1 + X(i - 2) * f.N2 + X(i - 3) * f.N3
                - (Past(1, f.D1, f.BN1) + Past(2, f.D2, f.BN2) + Past(3, f.D3, f.BN3) + Past(4, f.D4, f.BN4));
        }
        for (int i = n - 1; i >= 0; i--)
        {
            double Past(int k, double d, double edge) => i + k < n ? z[i + k] * d : x[n - 1] * edge;
            z[i] = X(i + 1) * f.M1 + X(i + 2) * f.M2 + X(i + 3) * f.M3 + X(i + 4) * f.M4
                - (Past(1, f.D1, f.BM1) + Past(2, f.D2, f.BM2) + Past(3, f.D3, f.BM3) + Past(4, f.D4, f.BM4));
        }
        return [.. y.Zip(z).Select(p => (double)(float)(p.First + p.Second))];
    }

    private static double[] PlainWavelet(WorkingImage image, string subband, Func<double, double> round)
    {
        double[] table = [-0.011070271529231544, -0.05142972847076845, 0.2721405430584631, 0.6028594569415369, 0.23892972847076846, -0.05142972847076845];
        double[] low = [.. table.Select(value => round(round(value) * round(Math.Sqrt(2))))];
        double[] high = [.. Enumerable.Range(0, 6).Select(k => (k % 2 == 0 ? -1 : 1) * low[5 - k])];
        VolumeSize n = image.Size, even = new(n.X + n.X % 2, n.Y + n.Y % 2, n.Z + n.Z % 2);
        double[] values = Each(even, (x, y, z) => image.Voxels[(z % n.Z * n.Y + y % n.Y) * n.X + x % n.X]);
        for (int axis = 0; axis < 3; axis++)
        {
            double[] f = subband[axis] == 'L' ? low : high;
            values = Lines(values, even, axis, x => [.. x.Select((_, i) =>
            {
                // PyWavelets adds the products that wrap at the end first, from the sample that lies nearest.
                int wrapped = Math.Max(0, i + 3 - x.Length + 1);
                int[] order = [.. Enumerable.Range(0, wrapped).Reverse(), .. Enumerable.Range(wrapped, 6 - wrapped)];
                double sum = 0;
                foreach (int k in order) sum = round(sum + round(f[k] * x[((i + 3 - k) % x.Length + x.Length) % x.Length]));
                return sum;
            })]);
        }
        return Each(n, (x, y, z) => values[(z * even.Y + y) * even.X + x]);
    }
}
