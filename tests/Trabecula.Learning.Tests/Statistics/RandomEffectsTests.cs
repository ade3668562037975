using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

public sealed class RandomEffectsTests
{
    // dat.bcg of R's metafor: events and subjects of 13 trials, treated and controls (Colditz et al., JAMA 271 (1994) 698).
    private static readonly (double A, double N1, double C, double N2)[] s_trials =
    [
        (4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13598, 248, 12867), (33, 5069, 47, 5808), (180, 1541, 372, 1451), (8, 2545, 10, 629),
        (505, 88391, 499, 88391), (29, 7499, 45, 7277), (17, 1716, 65, 1665), (186, 50634, 141, 27338), (5, 2498, 3, 2341), (27, 16913, 29, 17854),
    ];

    /// <summary>
    /// By hand: with equal variances v = 0.5 the restricted likelihood is largest at tau² = s² - v = 1 - 0.5; weights are 1, the factor of Hartung and Knapp
    /// is 2 / 2 = 1, the error of the mean sqrt(1/3); t of 2 degrees of freedom is 4.30265, of one 12.70620; Q = 2 / 0.5.
    /// </summary>
    [Fact]
    public void Of_ThreeEqualVariances_IsTheOneWorkedByHand()
    {
        var pooled = RandomEffects.Of([0, 1, 2], [0.5, 0.5, 0.5]);
        Assert.Equal(0.5, pooled.Tau2, 12);
        Assert.Equal(1, pooled.Mean, 12);
        Assert.Equal(Math.Sqrt(1.0 / 3), pooled.StandardError, 12);
        Assert.Equal(4, pooled.Q, 12);
        Assert.Equal(0.5, pooled.I2, 12);
        Assert.Equal(1 + 4.302652729749462 * Math.Sqrt(1.0 / 3), pooled.Interval().Upper, 9);
        Assert.Equal(1 - 12.706204736174694 * Math.Sqrt(0.5 + 1.0 / 3), pooled.HigginsInterval().Lower, 8);
    }

    /// <summary>The published result of <c>rma(yi, vi, data = dat)</c> in metafor's documentation: tau² 0.3132, Q 152.2330, mean -0.7145.</summary>
    [Fact]
    public void Of_TheBcgTrials_IsMetafors()
    {
        var pooled = RandomEffects.Of(
            [.. s_trials.Select(t => Math.Log(t.A / t.N1 / (t.C / t.N2)))], [.. s_trials.Select(t => 1 / t.A - 1 / t.N1 + 1 / t.C - 1 / t.N2)]);
        Assert.Equal(0.3132, pooled.Tau2, 4);
        Assert.Equal(152.2330, pooled.Q, 4);
        Assert.Equal(-0.7145, pooled.Mean, 4);
        // Without Hartung and Knapp's factor it is 0.1798 there; the factor is above 1.
        Assert.InRange(pooled.StandardError, 0.1798, 0.185);
    }

    [Fact]
    public void Of_TheBcgTrials_LiesAtTheTopOfTheRestrictedLikelihood()
    {
        double[] y = [.. s_trials.Select(t => Math.Log(t.A / t.N1 / (t.C / t.N2)))], v = [.. s_trials.Select(t => 1 / t.A - 1 / t.N1 + 1 / t.C - 1 / t.N2)];
        double best = Enumerable.Range(0, 20_000).Select(i => i * 1e-4).MaxBy(tau2 => LogLikelihood(y, v, tau2));
        Assert.Equal(best, RandomEffects.Of(y, v).Tau2, 1e-4);
    }

    [Fact]
    public void Of_PlacesThatAgree_HasNoVarianceBetweenThemAndNoNarrowerInterval()
    {
        var pooled = RandomEffects.Of([1, 1, 1, 1], [0.1, 0.2, 0.3, 0.4]);
        Assert.Equal(0, pooled.Tau2);
        Assert.Equal(0, pooled.I2);
        Assert.Equal(1 / Math.Sqrt(1 / 0.1 + 1 / 0.2 + 1 / 0.3 + 1 / 0.4), pooled.StandardError, 12);
    }

    /// <summary>Values that are known exactly are a sample of a normal distribution, and one more is expected within Student's interval for it.</summary>
    [Theory]
    [InlineData(new[] { 0.0, 1, 2 }, 4.302652729749462)]
    [InlineData(new[] { 0.3, -0.2, 1.4, 0.9, 0.1, 0.5 }, 2.5705818356363146)]
    public void PredictionInterval_OfExactValues_IsStudentsOfOneMore(double[] values, double t)
    {
        ConfidenceInterval interval = RandomEffects.Of(values, [.. values.Select(_ => 1e-9)]).PredictionInterval();
        double mean = values.Average(), deviation = Math.Sqrt(values.Sum(each => (each - mean) * (each - mean)) / (values.Length - 1));
        // The chi square is cut into 400 parts.
        Assert.Equal(mean + t * deviation * Math.Sqrt(1 + 1.0 / values.Length), interval.Upper, 0.005 * t * deviation);
        Assert.Equal(2 * mean, interval.Lower + interval.Upper, 1e-6);
    }

    [Fact]
    public void PredictionInterval_OfFewPlacesThatAgree_IsNotNarrowerThanThatOfTheMean()
    {
        var pooled = RandomEffects.Of([1, 1.1, 0.9, 1], [0.1, 0.1, 0.1, 0.1]);
        Assert.Equal(0, pooled.Tau2);
        Assert.Equal(pooled.Interval(), pooled.PredictionInterval());
    }

    [Fact]
    public void PredictionInterval_OfTwoPlaces_DoesNotExist()
    {
        var pooled = RandomEffects.Of([0, 1], [0.2, 0.3]);
        Assert.True(double.IsNaN(pooled.PredictionInterval().Lower));
        Assert.True(double.IsFinite(pooled.Interval().Lower));
    }

    [Theory]
    [InlineData(new[] { 1.0 }, new[] { 0.1 })]
    [InlineData(new[] { 1.0, double.NaN }, new[] { 0.1, 0.1 })]
    [InlineData(new[] { 1.0, 2.0 }, new[] { 0.1, 0.0 })]
    public void Of_WhatCannotBePooled_IsRefused(double[] estimates, double[] variances) =>
        Assert.Throws<LearningException>(() => RandomEffects.Of(estimates, variances));

    private static double LogLikelihood(double[] y, double[] v, double tau2)
    {
        double[] w = [.. v.Select(each => 1 / (each + tau2))];
        double mean = y.Zip(w, (a, b) => a * b).Sum() / w.Sum();
        return 0.5 * w.Sum(Math.Log) - 0.5 * Math.Log(w.Sum()) - 0.5 * y.Zip(w, (a, b) => b * (a - mean) * (a - mean)).Sum();
    }
}
