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

    /// <summary>
    /// 600 x 20 standardised normal values take PC1 6.678 % and PC1-3 19.210 % (numpy, 3,000 draws). Of equal variance but not standardised they take
    /// 6.775 % and 19.439 %, and real columns, which are standardised, would be compared with too much.
    /// </summary>
    [Fact]
    public void ShareOfFirst_FewColumns_AreStandardisedAsRealOnesAre()
    {
        // 400 draws vary by a twentieth of the deviations 0.164 and 0.293.
        Assert.Equal(0.06678, NoiseComponents.ShareOfFirst(600, 20, 1, 400, Origin, TestContext.Current.CancellationToken).Mean, 0.00035);
        Assert.Equal(0.19210, NoiseComponents.ShareOfFirst(600, 20, 3, 400, Origin, TestContext.Current.CancellationToken).Mean, 0.00065);
    }

    /// <summary>Beyond 40 components without drawing a table; against the plain way: tables drawn value by value, their components computed.</summary>
    [Theory]
    [InlineData(60, 45)]
    [InlineData(45, 60)]
    [InlineData(44, 43)]
    public void ShareOfFirst_LargerShapes_AgreeWithTablesDrawnValueByValue(int rows, int columns)
    {
        const int draws = 300;
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
            // Four standard errors of the plain mean; a deviation of 300 draws is within 17 % in four.
            Assert.Equal(moments.Mean, fast.Mean, 4 * moments.SampleDeviation / Math.Sqrt(draws) * 1.1);
            Assert.InRange(fast.Deviation / moments.SampleDeviation, 0.82, 1.22);
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
