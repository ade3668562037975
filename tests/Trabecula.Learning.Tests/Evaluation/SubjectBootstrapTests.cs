using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

public sealed class SubjectBootstrapTests
{
    [Fact]
    public void Estimate_Mean_HasTheStandardErrorAndIntervalOfTheory()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => Math.Sin(i * 12.9898) * 3)];
        BootstrapEstimate mean = Estimate(new SubjectBootstrap { Resamples = 4000, Stratified = false }, values, new bool[200], new Seed(1));
        double theory = Moments.Of(values).PopulationDeviation / Math.Sqrt(200);
        // The standard error of a standard error from 4,000 draws is 1.1 % of it.
        Assert.Equal(theory, mean.StandardError, 0.045 * theory);
        Assert.Equal(mean.Value - 1.96 * theory, mean.Percentile().Lower, 0.15 * theory);
        Assert.Equal(mean.Value + 1.96 * theory, mean.Percentile().Upper, 0.15 * theory);
    }

    [Fact]
    public void Bca_SkewedMean_FollowsEfronsFormula()
    {
        // Plain BCa for one sample, computed here from the definition, on draws taken apart by a statistic that is the identity of its rows.
        double[] values = [.. Enumerable.Range(1, 25).Select(i => Math.Exp(i / 8.0))];
        var bootstrap = new SubjectBootstrap { Resamples = 999, Stratified = false };
        var drawn = new List<double>();
        BootstrapEstimate estimate = bootstrap.Estimate(Names(25), new bool[25], rows =>
        {
            double mean = rows.Average(row => values[row]);
            if (rows.Count == 25)
                drawn.Add(mean);
            return [mean];
        }, new Seed(2), cancellationToken: TestContext.Current.CancellationToken)[0];
        double[] draws = [.. drawn.Skip(1).Order()];
        Assert.Equal(999, draws.Length);
        double[] jackknife = [.. Enumerable.Range(0, 25).Select(left => values.Where((_, i) => i != left).Average())];
        double centre = jackknife.Average(), cubes = jackknife.Sum(j => Math.Pow(centre - j, 3)), squares = jackknife.Sum(j => Math.Pow(centre - j, 2));
        double a = cubes / (6 * Math.Pow(squares, 1.5)), z0 = Quantile(draws.Count(d => d < estimate.Value) / 999.0);
        ConfidenceInterval bca = estimate.Bca();
        Assert.Equal(Quantiles.OfSorted(draws, Cumulative(z0 + (z0 - 1.959963984540054) / (1 - a * (z0 - 1.959963984540054)))), bca.Lower, 1e-9);
        Assert.Equal(Quantiles.OfSorted(draws, Cumulative(z0 + (z0 + 1.959963984540054) / (1 - a * (z0 + 1.959963984540054)))), bca.Upper, 1e-9);
        // A right-skewed mean: BCa reaches further up than the percentiles.
        Assert.True(a > 0 && bca.Upper > estimate.Percentile().Upper && bca.Lower > estimate.Percentile().Lower);

        static double Cumulative(double z) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, z);
        static double Quantile(double p) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p);
    }

    [Fact]
    public void Estimate_RowsOfOneSubject_AreDrawnTogether()
    {
        string[] subjects = ["a", "a", "b", "b", "c", "c", "d", "d"];
        bool[] outcomes = [true, true, true, true, false, false, false, false];
        new SubjectBootstrap { Resamples = 50, Stratified = true }.Estimate(subjects, outcomes, rows =>
        {
            Assert.All(subjects.Distinct(), subject => Assert.Equal(0, rows.Count(row => subjects[row] == subject) % 2));
            if (rows.Count == 8)
                Assert.Equal(4, rows.Count(row => outcomes[row]));
            return [0];
        }, new Seed(3), cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Estimate_RowsInAnotherOrder_GivesTheSameInterval()
    {
        double[] values = [.. Enumerable.Range(0, 30).Select(i => Math.Cos(i * 7.1))];
        bool[] outcomes = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0)];
        int[] order = [.. Enumerable.Range(0, 30).OrderBy(i => i * 17 % 30)];
        string[] names = Names(30);
        var bootstrap = new SubjectBootstrap { Resamples = 200 };
        BootstrapEstimate straight = bootstrap.Estimate(names, outcomes, rows => [rows.Max(row => values[row])], new Seed(4), cancellationToken: TestContext.Current.CancellationToken)[0];
        BootstrapEstimate shuffled = bootstrap.Estimate(
            [.. order.Select(i => names[i])], [.. order.Select(i => outcomes[i])], rows => [rows.Max(row => values[order[row]])], new Seed(4), cancellationToken: TestContext.Current.CancellationToken)[0];
        Assert.Equal(straight.Percentile(), shuffled.Percentile());
        Assert.Equal(straight.StandardError, shuffled.StandardError);
    }

    [Fact]
    public void Estimate_StatisticUndefinedInSomeDraws_CountsThem()
    {
        BootstrapEstimate estimate = new SubjectBootstrap { Resamples = 500, Stratified = false }.Estimate(
            Names(6), [true, false, false, false, false, false], rows => [rows.Contains(0) ? 1 : double.NaN], new Seed(5), cancellationToken: TestContext.Current.CancellationToken)[0];
        // Drawn never: (5/6)^6 = 0.335 of 500.
        Assert.InRange(estimate.Undefined, 120, 215);
        Assert.Equal(new ConfidenceInterval(1, 1), estimate.Percentile());
    }

    [Fact]
    public void Bca_AllDrawsBelowTheValue_HasNoInterval()
    {
        // Not one draw of subjects with replacement holds all twelve: 12!/12^12 is 5e-5.
        BootstrapEstimate estimate = new SubjectBootstrap { Resamples = 100, Stratified = false }.Estimate(
            Names(12), new bool[12], rows => [rows.Distinct().Count()], new Seed(6), cancellationToken: TestContext.Current.CancellationToken)[0];
        Assert.True(double.IsNaN(estimate.Bca().Lower) && double.IsNaN(estimate.Bca().Upper));
    }

    [Fact]
    public void Estimate_NoSubject_IsRefused() => Assert.StartsWith("There is no subject", Assert.Throws<LearningException>(() =>
        new SubjectBootstrap().Estimate([], [], _ => [0], new Seed(0), cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"S{i:D3}")];

    private static BootstrapEstimate Estimate(SubjectBootstrap bootstrap, double[] values, bool[] outcomes, Seed seed) =>
        bootstrap.Estimate(Names(values.Length), outcomes, rows => [rows.Average(row => values[row])], seed, cancellationToken: TestContext.Current.CancellationToken)[0];
}
