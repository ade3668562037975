using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

public sealed class NoiseComponentsTests
{
    private static readonly Seed Origin = new Seed(4).Derive("noise");

    /// <summary>
    /// The noise of the paper's 856 subjects and 106 features takes PC1 1.69 ± 0.02 % and PC1-3 4.95 ± 0.05 %, by drawing the tables. Means of
    /// 400 draws vary by a twentieth of these deviations.
    /// </summary>
    [Fact]
    public void ShareOfFirst_OfThePapersShape_IsThatOfDrawnTables()
    {
        NoiseComponents first = NoiseComponents.ShareOfFirst(856, 106, 1, 400, Origin, TestContext.Current.CancellationToken), three = NoiseComponents.ShareOfFirst(856, 106, 3, 400, Origin, TestContext.Current.CancellationToken);
        Assert.Equal(0.0169, first.Mean, 0.0001);
        Assert.Equal(0.0495, three.Mean, 0.0002);
        Assert.InRange(first.Deviation, 0.00015, 0.0004);
        Assert.InRange(three.Deviation, 0.0003, 0.0007);
    }

    /// <summary>Against the plain way: tables drawn value by value, their components computed.</summary>
    [Theory]
    [InlineData(60, 8)]
    [InlineData(9, 30)]
    [InlineData(12, 12)]
    public void ShareOfFirst_SmallShapes_AgreeWithTablesDrawnValueByValue(int rows, int columns)
    {
        const int draws = 600;
        RandomSequence random = Origin.Derive("plain", rows, columns).Open();
        var plain = new double[2][];
        (plain[0], plain[1]) = (new double[draws], new double[draws]);
        var values = new double[rows * columns];
        for (int draw = 0; draw < draws; draw++)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = random.NextGaussian();
            PrincipalComponents pca = PrincipalComponents.Of(values, columns, 0, TestContext.Current.CancellationToken);
            (plain[0][draw], plain[1][draw]) = (pca.ShareOfFirst(1), pca.ShareOfFirst(3));
        }
        foreach ((int components, double[] expected) in ((int, double[])[])[(1, plain[0]), (3, plain[1])])
        {
            NoiseComponents fast = NoiseComponents.ShareOfFirst(rows, columns, components, 4000, Origin, TestContext.Current.CancellationToken);
            Moments moments = Moments.Of(expected);
            // Four standard errors of the plain mean; a deviation of 600 draws is within 12 % in four.
            Assert.Equal(moments.Mean, fast.Mean, 4 * moments.SampleDeviation / Math.Sqrt(draws) * 1.1);
            Assert.InRange(fast.Deviation / moments.SampleDeviation, 0.86, 1.16);
        }
    }

    [Fact]
    public void ShareOfFirst_AsManyComponentsAsColumns_IsOne()
    {
        Assert.Equal(1, NoiseComponents.ShareOfFirst(40, 3, 3, 10, Origin, TestContext.Current.CancellationToken).Mean, 1e-8);
        Assert.Equal(1, NoiseComponents.ShareOfFirst(40, 1, 1, 10, Origin, TestContext.Current.CancellationToken).Mean, 1e-8);
        // Two rows leave one direction.
        Assert.Equal(1, NoiseComponents.ShareOfFirst(2, 9, 1, 10, Origin, TestContext.Current.CancellationToken).Mean, 1e-8);
    }

    [Fact]
    public void ShareOfFirst_SameSeed_IsTheSame()
    {
        Assert.Equal(NoiseComponents.ShareOfFirst(50, 20, 1, 10, Origin, TestContext.Current.CancellationToken), NoiseComponents.ShareOfFirst(50, 20, 1, 10, Origin, TestContext.Current.CancellationToken));
        Assert.NotEqual(NoiseComponents.ShareOfFirst(50, 20, 1, 10, Origin, TestContext.Current.CancellationToken), NoiseComponents.ShareOfFirst(50, 20, 1, 10, Origin.Derive("other"), TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseComponents.ShareOfFirst(1, 2, 1, 10, Origin, TestContext.Current.CancellationToken));
    }
}
