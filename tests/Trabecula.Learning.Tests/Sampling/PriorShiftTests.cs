using CsCheck;
using Trabecula.Learning.Sampling;
using Xunit;

namespace Trabecula.Learning.Tests.Sampling;

public sealed class PriorShiftTests
{
    [Theory]
    [InlineData(0.5, 0.12)]
    [InlineData(0.9, 0.5510)] // The design note's two values, for 50 % events after resampling and 12 % before.
    public void Correct_FromOneHalfToTwelvePercent_EqualsTheDesignNote(double risk, double expected) =>
        Assert.Equal(expected, PriorShift.Correct(risk, 0.5, 0.12), 5e-5);

    [Fact]
    public void Correct_AnyShares_AddsTheDifferenceOfTheirLogOdds() =>
        Gen.Select(Gen.Double[0.001, 0.999], Gen.Double[0.01, 0.99], Gen.Double[0.01, 0.99]).Sample((risk, from, to) =>
            Assert.Equal(Logit(risk) - Logit(from) + Logit(to), Logit(PriorShift.Correct(risk, from, to)), 1e-9));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Correct_CertainRisk_StaysCertain(double risk) => Assert.Equal(risk, PriorShift.Correct(risk, 0.5, 0.12));

    [Theory]
    [InlineData(double.NaN, 0.5, 0.1)]
    [InlineData(1.1, 0.5, 0.1)]
    [InlineData(0.5, 0, 0.1)]
    [InlineData(0.5, 0.5, 1)]
    public void Correct_OutOfRange_IsRefused(double risk, double from, double to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PriorShift.Correct(risk, from, to));

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
