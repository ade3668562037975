using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

public sealed class BlandAltmanTests
{
    [Fact]
    public void Of_WorkedExample_HasItsBiasLimitsAndIntervals()
    {
        // Differences 1, 2, 3, 4, 5: mean 3, variance 2.5. With t(4) = 2.7764451052: the bias reaches t s / sqrt 5, the limits
        // t s sqrt(1/5 + 1.959964^2 / 8).
        double deviation = Math.Sqrt(2.5), t = 2.7764451051977934, z = 1.959963984540054;
        BlandAltman actual = BlandAltman.Of([10, 20, 30, 40, 50], [11, 22, 33, 44, 55]);
        Assert.Equal((5, 3.0), (actual.Count, actual.Bias));
        Assert.Equal(deviation, actual.Deviation, 1e-14);
        Assert.Equal(3 - z * deviation, actual.LowerLimit, 1e-13);
        Assert.Equal(3 + z * deviation, actual.UpperLimit, 1e-13);
        Assert.Equal(3 - t * deviation / Math.Sqrt(5), actual.BiasInterval.Lower, 1e-9);
        Assert.Equal(3 + z * deviation + t * deviation * Math.Sqrt(0.2 + z * z / 8), actual.UpperLimitInterval.Upper, 1e-9);
        Assert.Equal(3 - z * deviation - t * deviation * Math.Sqrt(0.2 + z * z / 8), actual.LowerLimitInterval.Lower, 1e-9);
    }

    [Fact]
    public void Of_MissingAndSinglePairs_AreLeftOutOrHaveNoInterval()
    {
        Assert.Equal(BlandAltman.Of([1, 3], [2, 5]), BlandAltman.Of([1, double.NaN, 3, 9], [2, 7, 5, double.NaN]));
        BlandAltman one = BlandAltman.Of([1], [4]);
        Assert.Equal((1, 3.0), (one.Count, one.Bias));
        Assert.True(double.IsNaN(one.UpperLimit) && double.IsNaN(one.BiasInterval.Lower));
        Assert.Throws<ArgumentException>(() => BlandAltman.Of([1], [1, 2]));
    }
}
