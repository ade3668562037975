using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests.Preprocessing;

public sealed class IntensityStatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(100_000)]
    public void Of_Integers_SumsAreExact(int count)
    {
        Check<byte>(count, 0, 255);
        Check<sbyte>(count, -128, 127);
        Check<short>(count, short.MinValue, short.MaxValue);
        Check<ushort>(count, 0, ushort.MaxValue);
        Check<int>(count, int.MinValue, int.MaxValue);
        Check<uint>(count, 0, uint.MaxValue);
    }

    [Fact]
    public void Of_ExtremeInt16_DoesNotOverflow()
    {
        IntensityStatistics s = IntensityStatistics.Of(Make<short>([.. Enumerable.Repeat(short.MinValue, 300_000)]));
        Assert.Equal(-32768.0 * 300_000, s.Sum);
        Assert.Equal(32768.0 * 32768 * 300_000, s.SumOfSquares);
    }

    [Fact]
    public void Of_SinglePrecision_CompensatesCancellation()
    {
        // 1e8 and -1e8 cancel; plain single or double sums would keep errors of the small terms.
        float[] values = [.. Enumerable.Range(0, 4003).Select(i => (i % 2 == 0 ? 1e8f : -1e8f) + 0), 0.125f];
        IntensityStatistics s = IntensityStatistics.Of(Make(values));
        Assert.Equal(1e8 + 0.125, s.Sum);
        Assert.Equal(4003 * 1e16 + 0.015625, s.SumOfSquares);
        Assert.Equal((-1e8, 1e8), (s.Minimum, s.Maximum));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Of_NonFiniteVoxel_IsLocated(float value)
    {
        foreach (int index in new[] { 0, 13, 99, 100 })
        {
            var values = new float[101];
            values[index] = value;
            Assert.Equal(index, IntensityStatistics.Of(Make(values)).FirstNonFinite);
        }
        Assert.Equal(-1, IntensityStatistics.Of(Make(new float[101])).FirstNonFinite);
    }

    [Fact]
    public void StandardDeviation_KnownValues_DividesByCountMinusOne() =>
        Assert.Equal(Math.Sqrt(32.0 / 7), IntensityStatistics.Of(Make<short>([2, 4, 4, 4, 5, 5, 7, 9])).StandardDeviation, 1e-15);

    private static void Check<T>(int count, long low, long high) where T : unmanaged, INumber<T>
    {
        var noise = new Noise(7);
        T[] values = [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((Int128)(noise.Next() * ((double)high - low + 1)) + low))];
        BigInteger sum = 0, squares = 0;
        foreach (T v in values)
        {
            sum += long.CreateTruncating(v);
            squares += BigInteger.Pow(long.CreateTruncating(v), 2);
        }
        IntensityStatistics s = IntensityStatistics.Of(Make(values));
        Assert.Equal((double)sum, s.Sum);
        Assert.Equal((double)squares, s.SumOfSquares, Math.Abs((double)squares) * 2.3e-16);
        Assert.Equal(double.CreateTruncating(values.Min()), s.Minimum);
        Assert.Equal(double.CreateTruncating(values.Max()), s.Maximum);
        Assert.Equal((count, -1), (s.Count, s.FirstNonFinite));
    }

    private static Volume<T> Make<T>(T[] values) where T : unmanaged, INumber<T> =>
        Volume.Create(new VolumeGeometry(new(values.Length, 1, 1), new(1, 1, 1), default, Matrix3D.Identity), values);
}
