using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests.Preprocessing;

public sealed class ResamplingTests
{
    [Theory]
    [InlineData(0.78, 0.78, 3)]
    [InlineData(0.39, 0.976562, 1.25)]
    [InlineData(3.27, 0.1, 7)]
    public void SingularValueInverse_AxesAlongThePatients_IsExactlyOneOverSpacing(double x, double y, double z) =>
        Assert.Equal(new Matrix3D(1 / x, 0, 0, 0, 1 / y, 0, 0, 0, 1 / z), SingularValueInverse.Invert(new(x, 0, 0, 0, y, 0, 0, 0, z)));

    [Fact]
    public void SingularValueInverse_AnyMatrix_TimesTheMatrixIsTheIdentity()
    {
        var noise = new Noise(3);
        double N() => 2 * noise.Next() - 1;
        for (int i = 0; i < 200; i++)
        {
            var m = new Matrix3D(N(), N(), N(), N(), N(), N(), N(), N(), N());
            if (Math.Abs(m.Determinant) < 0.05) continue;
            Matrix3D inverse = SingularValueInverse.Invert(m);
            for (int column = 0; column < 3; column++)
            {
                Vector3D product = m.Multiply(new(inverse[0, column], inverse[1, column], inverse[2, column]));
                for (int row = 0; row < 3; row++) Assert.Equal(row == column ? 1 : 0, product[row], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e7)]
    [InlineData(1e300)]
    public void Around_GridTooLargeForAnyMemory_IsRefused(double spacingMm)
    {
        var mask = new VolumeGeometry(new(12, 12, 8), new(spacingMm, spacingMm, spacingMm), default, Matrix3D.Identity);
        RadiomicsException refusal = Assert.Throws<RadiomicsException>(
            () => ResamplingGrid.Around(mask, new VoxelBox(2, 2, 2, new(8, 8, 4)), new(1, 1, 1), 5));
        Assert.Contains("too many to hold", refusal.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Resample_PartOfALargeImage_EqualsTheSplineOverAllOfIt()
    {
        WorkingImage image = Noise.Image(new(90, 80, 75), new(1, 1, 1));
        var grid = new VolumeGeometry(new(9, 7, 5), new(0.6, 0.7, 0.8), new(41.3, 38.2, 40.1), Matrix3D.Identity);
        WorkingImage part = SplineResampler.Resample(Source(image), grid);
        double[] whole = Whole(image, grid);
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i], part.Voxels[i], 1e-12 * 1000);
    }

    [Fact]
    public void Resample_GridAcrossTheImagesAxes_EqualsTheSplineVoxelByVoxel()
    {
        WorkingImage image = Noise.Image(new(20, 22, 24), new(1, 1.5, 2));
        double c = Math.Cos(0.3), s = Math.Sin(0.3);
        var grid = new VolumeGeometry(new(9, 8, 7), new(0.6, 0.7, 0.8), new(8.3, 12.2, 20.1), new(c, -s, 0, s, c, 0, 0, 0, 1));
        WorkingImage turned = SplineResampler.Resample(Source(image), grid);
        double[] whole = Whole(image, grid);
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i], turned.Voxels[i], 1e-9);
    }

    [Fact]
    public void Resample_PointsAtVoxelCentres_GiveTheVoxels()
    {
        WorkingImage image = Noise.Image(new(12, 9, 8), new(1, 1, 1));
        WorkingImage same = SplineResampler.Resample(Source(image), image.Geometry);
        for (int i = 0; i < same.Voxels.Length; i++) Assert.Equal(image.Voxels[i], same.Voxels[i], 1e-9);
    }

    [Fact]
    public void Resample_PointsBeyondHalfAVoxelFromTheBorder_AreZero()
    {
        var geometry = new VolumeGeometry(new(6, 6, 6), new(1, 1, 1), default, Matrix3D.Identity);
        var image = new WorkingImage(geometry, VoxelType.Float64, [.. Enumerable.Repeat(5.0, 216)]);
        var grid = new VolumeGeometry(new(4, 1, 1), new(0.5, 1, 1), new(4.75, 2, 2), Matrix3D.Identity);
        double[] voxels = SplineResampler.Resample(Source(image), grid).Voxels;
        Assert.Equal(5, voxels[0], 1e-12);
        Assert.Equal(5, voxels[1], 1e-12);
        Assert.Equal<double[]>([0, 0], voxels[2..]);
    }

    [Fact]
    public void Resample_IntegerImage_IsCutOffTowardsZeroAndClamped()
    {
        short[] voxels = [.. Enumerable.Range(0, 7 * 7 * 7).Select(i => (short)(i % 7 < 3 ? -32000 : 32000))];
        var geometry = new VolumeGeometry(new(7, 7, 7), new(1, 1, 1), default, Matrix3D.Identity);
        var grid = new VolumeGeometry(new(24, 1, 1), new(0.25, 1, 1), new(0, 3, 3), Matrix3D.Identity);
        double[] exact = SplineResampler.Resample(Source(new WorkingImage(geometry, VoxelType.Float64, [.. voxels.Select(v => (double)v)])), grid).Voxels;
        WorkingImage cut = SplineResampler.Resample(IntensitySource.Of(Volume.Create(geometry, voxels), null), grid);
        Assert.Equal(VoxelType.Int16, cut.VoxelType);
        Assert.Contains(exact, v => v > short.MaxValue);
        Assert.Equal(exact.Select(v => Math.Truncate(Math.Clamp(v, short.MinValue, short.MaxValue))), cut.Voxels);
    }

    [Fact]
    public void Around_ThinRegion_KeepsItsSpacingOnThatAxis()
    {
        var mask = new VolumeGeometry(new(96, 96, 24), new(0.78, 0.78, 3), default, Matrix3D.Identity);
        Assert.Equal(new Vector3D(1, 1, 3), ResamplingGrid.Spacing(Golden.Paper, mask, new VoxelBox(10, 10, 12, new(20, 20, 1))));
        Assert.Equal(new Vector3D(1, 0.78, 1), ResamplingGrid.Spacing(Golden.Paper with { ResampledPixelSpacingMm = new(1, 0, 1) }, mask, new VoxelBox(10, 10, 12, new(20, 20, 2))));
    }

    private static IntensitySource Source(WorkingImage image) => IntensitySource.Of(Volume.Create(image.Geometry, image.Voxels), null);

    /// <summary>The definition: coefficients of the whole image, then 64 weighted coefficients for every voxel.</summary>
    private static double[] Whole(WorkingImage image, VolumeGeometry grid)
    {
        VolumeSize n = image.Size;
        double pole = Math.Sqrt(3) - 2;
        var c = (double[])image.Voxels.Clone();
        int[] strides = [1, n.X, n.X * n.Y];
        for (int axis = 0; axis < 3; axis++)
        {
            for (int start = 0; start < c.Length; start++)
            {
                if (start / strides[axis] % n[axis] != 0) continue;
                int length = n[axis];
                double[] line = [.. Enumerable.Range(0, length).Select(i => 6 * c[start + i * strides[axis]])];
                double first = 0;
                for (int i = 0; i < 2 * (length - 1); i++) first += Math.Pow(pole, i) * line[i < length ? i : 2 * (length - 1) - i];
                line[0] = first / (1 - Math.Pow(pole, 2 * (length - 1)));
                for (int i = 1; i < length; i++) line[i] += pole * line[i - 1];
                line[^1] = pole / (pole * pole - 1) * (pole * line[^2] + line[^1]);
                for (int i = length - 2; i >= 0; i--) line[i] = pole * (line[i + 1] - line[i]);
                for (int i = 0; i < length; i++) c[start + i * strides[axis]] = line[i];
            }
        }
        static double Kernel(double t) => Math.Abs(t) switch
        {
            < 1 and double a => 2.0 / 3 - a * a + a * a * a / 2,
            < 2 and double a => Math.Pow(2 - a, 3) / 6,
            _ => 0,
        };
        static int Mirror(int i, int length) => i < 0 ? -i : i >= length ? 2 * (length - 1) - i : i;
        var mapping = new GridMapping(grid, image.Geometry);
        var values = new double[grid.Size.Count];
        for (int v = 0; v < values.Length; v++)
        {
            Vector3D p = mapping.Line(v / grid.Size.X % grid.Size.Y, v / grid.Size.X / grid.Size.Y).At(v % grid.Size.X);
            for (int z = (int)Math.Floor(p.Z) - 1; z <= Math.Floor(p.Z) + 2; z++)
            {
                for (int y = (int)Math.Floor(p.Y) - 1; y <= Math.Floor(p.Y) + 2; y++)
                {
                    for (int x = (int)Math.Floor(p.X) - 1; x <= Math.Floor(p.X) + 2; x++)
                        values[v] += Kernel(p.X - x) * Kernel(p.Y - y) * Kernel(p.Z - z) * c[(Mirror(z, n.Z) * n.Y + Mirror(y, n.Y)) * n.X + Mirror(x, n.X)];
                }
            }
        }
        return values;
    }
}
