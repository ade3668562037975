using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

/// <summary>Against values computed with 60 digits (mpmath).</summary>
public sealed class DistributionsTests
{
    private const double Relative = 1e-11;

    [Theory]
    [InlineData(5, 2.8665157187919391167e-7)]
    [InlineData(10, 7.619853024160526066e-24)]
    [InlineData(-5, 1 - 2.8665157187919391167e-7)]
    public void NormalSurvival_FarTail_KeepsItsDigits(double z, double expected) =>
        Expect.Close(expected, Distributions.NormalSurvival(z), Relative, "normal");

    [Theory]
    [InlineData(.975, 1.9599639845400542355)]
    [InlineData(1e-10, -6.3613409024040561991)]
    public void NormalQuantile_OfProbability_IsExact(double p, double expected) =>
        Expect.Close(expected, Distributions.NormalQuantile(p), Relative, "quantile");

    [Theory]
    [InlineData(30, 1, 4.3204630578274972948e-8)]
    [InlineData(100, 3, 1.5541594313896049214e-21)]
    [InlineData(500, 400, 0.00048221275959343373909)]
    public void ChiSquareSurvival_FarTail_KeepsItsDigits(double x, double df, double expected) =>
        Expect.Close(expected, Distributions.ChiSquareSurvival(x, df), Relative, "chi-square");

    [Theory]
    [InlineData(14.7665, 3, 0.00067377350068137644588)]
    [InlineData(50, 90, 1.8773536753521226885e-67)]
    [InlineData(1e-3, 90, 0.99920432879840403115)]
    public void StudentTwoSided_AnyTail_KeepsItsDigits(double t, double df, double expected) =>
        Expect.Close(expected, Distributions.StudentTwoSided(t, df), Relative, "t");

    [Theory]
    [InlineData(.975, 5, 18, 3.3819678058752428578)]
    [InlineData(.975, 29, 29, 2.100995817284212858)]
    public void FQuantile_OfProbability_IsExact(double p, double a, double b, double expected) =>
        Expect.Close(expected, Distributions.FQuantile(p, a, b), Relative, "F quantile");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0.4)]
    [InlineData(0.3, 7)]
    [InlineData(200, 3000)]
    public void FQuantile_ExtremeFreedom_InvertsTheTail(double a, double b)
    {
        foreach (double p in (double[])[.025, .5, .975])
            Assert.Equal(1 - p, Distributions.FSurvival(Distributions.FQuantile(p, a, b), a, b), 1e-11);
    }

    [Fact]
    public void StudentQuantile_ThirteenDegrees_IsExact() =>
        Expect.Close(2.1603686564627925015, Distributions.StudentTwoSidedQuantile(.05, 13), Relative, "t quantile");

    [Theory]
    [InlineData(1e-6, 90, 0.99999920432866431883)]
    [InlineData(1e-9, 3, 0.9999999992648948061)]
    public void StudentTwoSided_NearZero_IsNotLostInRounding(double t, double df, double expected) =>
        Assert.Equal(expected, Distributions.StudentTwoSided(t, df), 1e-15);

    [Fact]
    public void Binomial_Tails_AddTheirTerms()
    {
        // Ten trials at 0.3: P(X <= 2) = 0.7^10 + 10 0.3 0.7^9 + 45 0.09 0.7^8.
        double expected = Math.Pow(.7, 10) + 3 * Math.Pow(.7, 9) + 4.05 * Math.Pow(.7, 8);
        Assert.Equal(expected, Distributions.BinomialCumulative(2, 10, .3), 1e-13);
        Assert.Equal(1 - expected, Distributions.BinomialUpper(3, 10, .3), 1e-13);
        Assert.Equal((0, 1, 1, 0), (Distributions.BinomialCumulative(-1, 10, .3), Distributions.BinomialCumulative(10, 10, .3),
            Distributions.BinomialUpper(0, 10, .3), Distributions.BinomialUpper(11, 10, .3)));
    }
}
