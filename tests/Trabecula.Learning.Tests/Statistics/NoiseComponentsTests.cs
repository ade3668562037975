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
    public void SharesOfFirst_OfThePapersShape_AreThoseOfDrawnTables()
    {
        NoiseComponents[] shares = Fast(856, 106, 3, 400);
        Assert.Equal(0.0169, shares[0].Mean, 0.0001);
        Assert.Equal(0.0495, shares[2].Mean, 0.0002);
        Assert.InRange(shares[0].Deviation, 0.00015, 0.0004);
        Assert.InRange(shares[2].Deviation, 0.0003, 0.0007);
    }

    /// <summary>
    /// 600 x 20 standardised normal values take PC1 6.678 % and PC1-3 19.210 % (numpy, 3,000 draws). Of equal variance but not standardised they take
    /// 6.775 % and 19.439 %, and real columns, which are standardised, would be compared with too much.
    /// </summary>
    [Fact]
    public void SharesOfFirst_FewColumns_AreStandardisedAsRealOnesAre()
    {
        // 400 draws vary by a twentieth of the deviations 0.164 and 0.293.
        NoiseComponents[] shares = Fast(600, 20, 3, 400);
        Assert.Equal(0.06678, shares[0].Mean, 0.00035);
        Assert.Equal(0.19210, shares[2].Mean, 0.00065);
    }

    /// <summary>Against the plain way: tables drawn value by value and standardised, their components computed.</summary>
    [Theory]
    [InlineData(200, 8)]
    [InlineData(60, 45)]
    [InlineData(45, 60)]
    [InlineData(44, 43)]
    [InlineData(46, 45)]
    [InlineData(20, 90)]
    [InlineData(4, 30)]
    public void SharesOfFirst_TallAndWide_AreThoseOfStandardisedTables(int rows, int columns)
    {
        Assert.True(NoiseComponents.AreStandardised(rows, columns));
        AgreesWithPlain(rows, columns, draws: 400, standardised: true);
    }

    /// <summary>Beyond: tables drawn value by value, not standardised.</summary>
    [Theory]
    [InlineData(213, 212)]
    [InlineData(30, 12_000)]
    public void SharesOfFirst_LargeTables_AreThoseOfEqualVariance(int rows, int columns)
    {
        Assert.False(NoiseComponents.AreStandardised(rows, columns));
        AgreesWithPlain(rows, columns, draws: 30, standardised: false);
    }

    [Fact]
    public void SharesOfFirst_AsManyComponentsAsColumns_AreOne()
    {
        Assert.Equal(1, Fast(40, 3, 3, 10)[2].Mean, 1e-8);
        Assert.Equal(1, Fast(40, 1, 1, 10)[0].Mean, 1e-8);
        // Two rows leave one direction.
        Assert.All(Fast(2, 9, 3, 10), share => Assert.Equal(1, share.Mean, 1e-8));
        Assert.All(Fast(2, 9, 3, 10), share => Assert.Equal(0, share.Deviation, 1e-8));
    }

    [Fact]
    public void SharesOfFirst_SameSeed_AreTheSame()
    {
        NoiseComponents[] shares = Fast(50, 20, 3, 10);
        Assert.Equal(shares, Fast(50, 20, 3, 10));
        // Fewer shares are of the same draws.
        Assert.Equal(shares[..1], Fast(50, 20, 1, 10));
        Assert.NotEqual(shares, NoiseComponents.SharesOfFirst(50, 20, 3, 10, Origin.Derive("other"), TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fast(1, 2, 1, 10));
    }

    private static NoiseComponents[] Fast(int rows, int columns, int components, int draws) =>
        NoiseComponents.SharesOfFirst(rows, columns, components, draws, Origin, TestContext.Current.CancellationToken);

    private static void AgreesWithPlain(int rows, int columns, int draws, bool standardised)
    {
        RandomSequence random = Origin.Derive("plain", rows, columns).Open();
        double[] first = new double[draws], three = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            PrincipalComponents pca = PrincipalComponents.Of(Table(rows, columns, random, standardised), columns, 0, TestContext.Current.CancellationToken);
            (first[draw], three[draw]) = (pca.ShareOfFirst(1), pca.ShareOfFirst(3));
        }
        NoiseComponents[] fast = Fast(rows, columns, 3, 5 * draws);
        foreach ((NoiseComponents noise, double[] expected) in ((NoiseComponents, double[])[])[(fast[0], first), (fast[2], three)])
        {
            Moments moments = Moments.Of(expected);
            // Four standard errors: of the mean over a fifth more than the plain draws', and of the deviation, about its own over the root of twice the draws.
            Assert.Equal(moments.Mean, noise.Mean, 4 * moments.SampleDeviation * Math.Sqrt(1.2 / draws) + 1e-9);
            Assert.Equal(moments.SampleDeviation, noise.Deviation, 4 * moments.SampleDeviation * Math.Sqrt(1.2 / (2 * draws)) + 1e-9);
        }
    }

    private static double[] Table(int rows, int columns, RandomSequence random, bool standardised)
    {
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextGaussian())];
        for (int c = 0; standardised && c < columns; c++)
        {
            Moments moments = Moments.Of([.. Enumerable.Range(0, rows).Select(row => values[row * columns + c])]);
            for (int row = 0; row < rows; row++)
                values[row * columns + c] /= moments.SampleDeviation;
        }
        return values;
    }
}
