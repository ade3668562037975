using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

/// <summary>Printed examples, and what the tests give where nothing varies or values are missing.</summary>
public sealed class PublishedExampleTests
{
    private static readonly double[] X = [1, 2, 3, 4, 5], Y = [1.1, 2.3, 2.9, 4.4, 5.6];
    private static readonly double[] Skewed = [1, 2, 2, 3, 4, 7, 9, 15];

    private static readonly double[][] ShroutFleiss =
    [
        [9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7],
    ];

    [Theory]
    [InlineData(MomentDivisor.N, 0.9724047)]
    [InlineData(MomentDivisor.NMinusOne, 0.9752926)]
    public void Concordance_FivePairs_HasCoefficientOfDivisor(MomentDivisor divisor, double expected) =>
        Assert.Equal(expected, Concordance.Of(X, Y, divisor).Coefficient, 5e-8);

    [Fact]
    public void Concordance_ReadersScaledByThemselves_IsPearson()
    {
        double[] Scaled(double[] v)
        {
            Moments m = Moments.Of(v);
            return [.. v.Select(x => (x - m.Mean) / m.PopulationDeviation)];
        }
        Assert.Equal(Correlation.Pearson(X, Y).Coefficient, Concordance.Of(Scaled(X), Scaled(Y)).Coefficient, 1e-14);
    }

    [Fact]
    public void Concordance_SameReader_IsOneWithIntervalOfOnePoint()
    {
        Concordance c = Concordance.Of(Skewed, Skewed);
        Assert.Equal((1, 1, 1), (c.Coefficient, c.Lower, c.Upper));
    }

    [Fact]
    public void Concordance_MissingPair_IsLeftOut()
    {
        Concordance c = Concordance.Of([.. X, double.NaN, 4], [.. Y, 2, double.NaN]);
        Assert.Equal(Concordance.Of(X, Y), c);
    }

    [Fact]
    public void Concordance_OneConstant_IsNaN() => Assert.Equal(double.NaN, Concordance.Of([2, 2, 2], [2, 2, 2]).Coefficient);

    [Theory]
    [InlineData(IccForm.OneWaySingle, .1657)]
    [InlineData(IccForm.TwoWayRandomSingle, .2898)]
    [InlineData(IccForm.TwoWayMixedSingle, .7148)]
    [InlineData(IccForm.OneWayAverage, .4428)]
    [InlineData(IccForm.TwoWayRandomAverage, .6201)]
    [InlineData(IccForm.TwoWayMixedAverage, .9093)]
    public void Icc_ShroutAndFleiss_IsAsPrinted(IccForm form, double expected)
    {
        Assert.Equal(expected, ReaderAgreement.Of(ShroutFleiss).Coefficient(form), 5e-5);
        double[][] withMissing = [.. ShroutFleiss.Select((r, i) => (double[])[.. r, i == 2 ? double.NaN : 3])];
        Assert.Equal(ReaderAgreement.Of(ShroutFleiss).Coefficient(form), ReaderAgreement.Of(withMissing).Coefficient(form));
    }

    /// <summary>The correlation of a mean of readers follows from that of one by a formula with a pole, which an interval of few subjects can reach across.</summary>
    [Fact]
    public void Icc_ReadersWhoDisagree_HasNoIntervalWhoseEndsAreTurned()
    {
        RandomSequence random = new Seed(5).Open();
        int poles = 0;
        for (int draw = 0; draw < 500; draw++)
        {
            double[][] readings = [.. Enumerable.Range(0, 2 + draw % 3).Select(_ => Enumerable.Range(0, 3 + draw % 5).Select(_ => random.NextGaussian()).ToArray())];
            foreach (IccForm form in Enum.GetValues<IccForm>())
            {
                IntraclassCorrelation icc = ReaderAgreement.Of(readings).Correlation(form);
                Assert.False(icc.Lower > icc.Upper, $"draw {draw}: {icc}");
                poles += double.IsNaN(icc.Lower) ? 1 : 0;
            }
        }
        Assert.Equal(143, poles);
    }

    [Fact]
    public void Icc_ReadersAgreeExactly_IsOneWithoutInterval()
    {
        IntraclassCorrelation icc = ReaderAgreement.Of([X, X]).Correlation(IccForm.TwoWayRandomSingle);
        Assert.Equal(1, icc.Coefficient);
        Assert.Equal((double.NaN, double.NaN), (icc.Lower, icc.Upper));
    }

    [Fact]
    public void ChiSquare_TwoByTwo_YatesIsCappedAndOptional()
    {
        ChiSquareTest yates = ChiSquareTest.Of([[12, 7], [5, 7]]), plain = ChiSquareTest.Of([[12, 7], [5, 7]], yates: false);
        Assert.Equal(.64112, yates.Statistic, 5e-6);
        Assert.Equal(.4233, yates.P, 5e-5);
        Assert.Equal(1.3716, plain.Statistic, 5e-5);
        Assert.Equal(.2415, plain.P, 5e-5);
        Assert.Equal(0, ChiSquareTest.Of([[10, 10], [10, 11]]).Statistic, 1e-30);
    }

    [Fact]
    public void ChiSquare_EmptyLevel_IsLeftOut()
    {
        ChiSquareTest with = ChiSquareTest.Of([[12, 0, 7], [5, 0, 7], [0, 0, 0]]), without = ChiSquareTest.Of([[12, 7], [5, 7]]);
        Assert.Equal(without.Statistic, with.Statistic);
        Assert.Equal(1, with.DegreesOfFreedom);
        Assert.Equal(1, ChiSquareTest.Of([[12], [5]]).P);
        Assert.Throws<ArgumentException>(() => ChiSquareTest.Of([[0, 0], [0, 0]]));
        Assert.Throws<ArgumentException>(() => ChiSquareTest.Of([[1, -1], [0, 2]]));
    }

    [Fact]
    public void Fisher_AllTablesOfMargins_SumToOne()
    {
        // Two-sided P of the least likely table is its own probability; all tables together have P = 1.
        FisherExactTest likeliest = FisherExactTest.Of(5, 5, 5, 5);
        Assert.Equal(1, likeliest.P);
        // By hand: of C(8, 4) = 70 orders, [3 1; 1 3] and worse hold 16 + 1 a side.
        Assert.Equal(34.0 / 70, FisherExactTest.Of(3, 1, 1, 3).P, 1e-14);
        Assert.Equal(17.0 / 70, FisherExactTest.Of(3, 1, 1, 3, Alternative.Greater).P, 1e-14);
        Assert.Equal(double.PositiveInfinity, FisherExactTest.Of(5, 0, 0, 5).OddsRatio);
        Assert.Equal(2.0 / 252, FisherExactTest.Of(5, 0, 0, 5).P, 1e-15);
        Assert.Equal(1, FisherExactTest.Of(0, 0, 3, 4).P);
    }

    [Fact]
    public void Moments_SkewedColumn_HasBothConventions()
    {
        Moments m = Moments.Of([.. Skewed, double.NaN]);
        Assert.Equal(1.09359, m.Skewness, 5e-6);
        Assert.Equal(1.36394, m.UnbiasedSkewness, 5e-6);
        Assert.Equal(.02455, m.ExcessKurtosis, 5e-6);
        Assert.Equal(1.45156, m.UnbiasedExcessKurtosis, 5e-6);
        Assert.Equal(3.02455, m.Kurtosis, 5e-6);
        Assert.Equal(5.5, Quartiles.Of(Skewed).Range);
        Assert.Equal(8, m.Count);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-123456789.123)]
    [InlineData(0)]
    public void Moments_ConstantColumn_HasNoSkewness(double value)
    {
        Moments m = Moments.Of([.. Enumerable.Repeat(value, 37)]);
        Assert.Equal(double.NaN, m.Skewness);
        Assert.Equal(double.NaN, m.ExcessKurtosis);
    }

    [Fact]
    public void Quartiles_NoValues_AreNaN()
    {
        Assert.Equal(double.NaN, Quartiles.Of([double.NaN]).Median);
        Assert.Equal(double.NaN, Moments.Of([]).Mean);
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Of([1, 2], 1.1));
    }

    [Fact]
    public void Adjusted_NaNAmongThem_IsNoTest()
    {
        double[] p = [.04, double.NaN, .01, .03];
        Assert.Equal([.04, double.NaN, .03, .04], MultipleTesting.BenjaminiHochberg(p).Select(v => Math.Round(v, 12)));
        Assert.Equal([.06, double.NaN, .03, .06], MultipleTesting.Holm(p).Select(v => Math.Round(v, 12)));
        Assert.Equal([.12, double.NaN, .03, .09], MultipleTesting.Bonferroni(p).Select(v => Math.Round(v, 12)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultipleTesting.Holm([.5, 1.5]));
    }

    [Fact]
    public void Correlation_Degenerate_IsNaNOrHasNoTest()
    {
        Assert.Equal(double.NaN, Correlation.Pearson([1, 1, 1], [1, 2, 3]).Coefficient);
        Assert.Equal(double.NaN, Correlation.KendallTauB([1, 1, 1], [1, 2, 3]));
        Assert.Equal((-1, 1, 2), (Correlation.Spearman([1, 2, double.NaN], [5, 4, 3]).Coefficient,
            Correlation.Spearman([1, 2, double.NaN], [5, 4, 3]).P, Correlation.Spearman([1, 2, double.NaN], [5, 4, 3]).Count));
        Assert.Throws<ArgumentException>(() => Correlation.Pearson([1, 2], [1]));
    }

    [Fact]
    public void Anova_TwoGroups_IsSquareOfStudent()
    {
        double[] a = [1, 4, 2, 8, 5], b = [7, 7, 9, 3];
        OneWayAnova anova = OneWayAnova.Of(a, b, []);
        TTest t = TTest.Student(a, b);
        Assert.Equal(t.T * t.T, anova.F, 1e-12);
        Assert.Equal(t.P, anova.P, 1e-12);
        Assert.Equal((1, 7), (anova.DegreesOfFreedom, anova.ErrorDegreesOfFreedom));
    }

    [Fact]
    public void TTest_ConstantGroups_HasNoValue()
    {
        Assert.Equal(double.NaN, TTest.Welch([2, 2, 2], [2, 2]).P);
        Assert.Equal(double.NaN, TTest.Student([2], [2]).P);
        Assert.Equal(0, TTest.Student([2, 2, 2], [3, 3]).P);
    }

    [Fact]
    public void KolmogorovSmirnov_SeparateGroups_HasProbabilityOfTwoOrders()
    {
        // C(7, 3) = 35 orders, of which two separate the groups.
        KolmogorovSmirnovTest ks = KolmogorovSmirnovTest.Of([1, 2, 3], [4, 5, 6, 7, double.NaN]);
        Assert.Equal(1, ks.D);
        Assert.Equal(2.0 / 35, ks.P, 1e-15);
        Assert.Equal(double.NaN, KolmogorovSmirnovTest.Of([], [1]).P);
    }

    [Fact]
    public void ShapiroWilk_SmallestSamples_FollowTheirOwnFormulas()
    {
        // Three values: P = 6/pi (asin sqrt W - asin sqrt 3/4); evenly spaced ones have W = 1.
        Assert.Equal(1, ShapiroWilkTest.Of([1, 2, 3]).W, 1e-15);
        Assert.Equal(1, ShapiroWilkTest.Of([1, 2, 3]).P, 1e-7);
        Assert.Equal(double.NaN, ShapiroWilkTest.Of([1, 2]).W);
        Assert.Equal(double.NaN, ShapiroWilkTest.Of([4, 4, 4, 4]).P);
    }
}
