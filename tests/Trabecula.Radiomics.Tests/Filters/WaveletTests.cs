using CsCheck;
using Trabecula.Imaging;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests.Filters;

/// <summary>The table of wavelets by what defines them, and the general transform against plain loops.</summary>
public sealed class WaveletTests
{
    public static TheoryData<string> Names() => [.. WaveletFilters.Names];

    public static TheoryData<string> Orthogonal() => [.. WaveletFilters.Names.Where(name => !name.Contains("bio", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Filters_EveryWavelet_HaveGainAndNoMean(string name)
    {
        WaveletFilters filters = WaveletFilters.Of(name);
        // dmey is a finite cut of an infinite filter: PyWavelets reconstructs with it only nearly.
        double tolerance = name == "dmey" ? 2e-3 : 1e-9;
        Assert.Equal(Math.Sqrt(2), filters.Low.Sum(), tolerance);
        Assert.Equal(0, filters.High.Sum(), tolerance);
        Assert.Equal(filters.Low.Select(v => (float)v).Sum(), filters.LowSingle.Sum(), 1e-5);
        Assert.Equal(filters.High.Select(v => (float)v).Sum(), filters.HighSingle.Sum(), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Orthogonal))]
    public void Filters_OrthogonalWavelet_AreOrthonormalInEvenShifts(string name)
    {
        double[] low = WaveletFilters.Of(name).Low;
        for (int shift = 0; shift < low.Length; shift += 2)
        {
            double product = low.Skip(shift).Zip(low).Sum(pair => pair.First * pair.Second);
            Assert.Equal(shift == 0 ? 1 : 0, product, name == "dmey" ? 3e-3 : 1e-8);
        }
    }

    [Theory]
    [InlineData("1.3")]
    [InlineData("2.2")]
    [InlineData("3.1")]
    [InlineData("3.9")]
    [InlineData("4.4")]
    [InlineData("5.5")]
    [InlineData("6.8")]
    public void Filters_BiorthogonalPair_AreDualToEachOther(string order)
    {
        // The low filters of a wavelet and of its reverse, which decomposes with the other's reconstruction.
        double[] one = WaveletFilters.Of("bior" + order).Low, other = [.. WaveletFilters.Of("rbio" + order).Low.Reverse()];
        double[] products = [.. Enumerable.Range(-one.Length, 2 * one.Length + 1).Select(
            shift => Enumerable.Range(0, one.Length).Where(k => k + shift >= 0 && k + shift < other.Length).Sum(k => one[k] * other[k + shift]))];
        int peak = Array.FindIndex(products, product => Math.Abs(product - 1) < 1e-9);
        Assert.True(peak >= 0);
        for (int k = peak % 2; k < products.Length; k += 2)
            Assert.Equal(k == peak ? 1 : 0, products[k], 1e-9);
    }

    [Fact]
    public void Transform_SixTapsOneLevel_EqualsTheFastTransformToTheLastBit()
    {
        WaveletFilters filters = WaveletFilters.Of("coif1");
        Images.Sample(
            pair =>
            {
                (WorkingImage image, VoxelBox box) = pair;
                var general = new WaveletTransform<double>(image, box, [filters.Low, filters.High], [2, 1, 0], VoxelType.Float64);
                foreach ((FilteredImage expected, FilteredImage actual) in StationaryWavelet.Apply(image, box)
                    .Select(s => new FilteredImage("wavelet-" + s.Letters, s.Image)).Zip(general.Apply(image, 0, 1)))
                {
                    Assert.Equal(expected.Name, actual.Name);
                    Assert.Equal(expected.Image.Voxels, actual.Image.Voxels);
                }
            },
            iter: 60);
    }

    [Fact]
    public void Transform_AnyWaveletAndLevels_EqualsPlainLoops() =>
        Gen.Select(Images, Gen.Int[0, WaveletFilters.Names.Count - 1], Gen.Int[0, 1], Gen.Int[1, 2], Gen.Int[-1, 2]).Sample(
            (pair, wavelet, start, levels, planar) =>
            {
                (WorkingImage image, VoxelBox box) = pair;
                var settings = new ExtractionSettings { Force2D = planar >= 0, Force2DDimension = Math.Max(planar, 0) };
                int[] axes = WaveletNames.Axes(settings);
                WaveletFilters filters = WaveletFilters.Of(WaveletFilters.Names[wavelet]);
                FilteredImage[] fast = [.. new WaveletTransform<double>(image, box, [filters.Low, filters.High], axes, VoxelType.Float64).Apply(image, start, levels)];
                Assert.Equal(WaveletNames.Of(new WaveletImageType(settings, "", start, levels)), fast.Select(f => f.Name));
                FilteredImage last = fast[^1], highest = fast[^2];
                AssertNear(Plain(image, box, filters, axes, start + levels, 'L'), last.Image.Voxels);
                AssertNear(Plain(image, box, filters, axes, start + levels, 'H'), highest.Image.Voxels);
            },
            iter: 40);

    private static readonly Gen<(WorkingImage, VoxelBox)> Images =
        from nx in Gen.Int[1, 9]
        from ny in Gen.Int[1, 8]
        from nz in Gen.Int[1, 7]
        from corner in Gen.Select(Gen.Int[0, nx - 1], Gen.Int[0, ny - 1], Gen.Int[0, nz - 1])
        from voxels in Gen.Double[-900, 900].Array[nx * ny * nz]
        select (new WorkingImage(new(new(nx, ny, nz), new(1, 1, 1), default, Matrix3D.Identity), VoxelType.Float64, voxels),
            VoxelBox.Between((corner.Item1, corner.Item2, corner.Item3), (nx - 1, ny - 1, nz - 1)));

    /// <summary>Levels of low passes, then the last level with one letter on all axes.</summary>
    private static double[] Plain(WorkingImage image, VoxelBox box, WaveletFilters filters, int[] axes, int levels, char letter)
    {
        VolumeSize n = image.Size, even = new(n.X + n.X % 2, n.Y + n.Y % 2, n.Z + n.Z % 2);
        var values = new double[even.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = image.Voxels[(i / even.X / even.Y % n.Z * n.Y + i / even.X % even.Y % n.Y) * n.X + i % even.X % n.X];
        for (int level = 1; level <= levels; level++)
        {
            foreach (int axis in axes)
                values = Convolve(values, even, 2 - axis, level == levels && letter == 'H' ? filters.High : filters.Low);
        }
        var cut = new double[box.Count];
        for (int i = 0; i < cut.Length; i++)
        {
            int x = box.X + i % box.Size.X, y = box.Y + i / box.Size.X % box.Size.Y, z = box.Z + i / box.Size.X / box.Size.Y;
            cut[i] = values[(z * even.Y + y) * even.X + x];
        }
        return cut;
    }

    private static double[] Convolve(double[] values, VolumeSize size, int axis, double[] filter)
    {
        var result = new double[values.Length];
        int stride = axis switch { 0 => 1, 1 => size.X, _ => size.X * size.Y }, n = size[axis];
        for (int i = 0; i < values.Length; i++)
        {
            int at = i / stride % n, start = i - at * stride;
            for (int k = 0; k < filter.Length; k++)
                result[i] += filter[k] * values[start + ((at + filter.Length / 2 - k) % n + n) % n * stride];
        }
        return result;
    }

    private static void AssertNear(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-9 * (1 + expected.Max(Math.Abs)));
    }
}
