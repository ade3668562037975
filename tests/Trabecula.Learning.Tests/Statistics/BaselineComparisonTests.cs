using System.Text.Json;
using CsCheck;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

public sealed class BaselineComparisonTests
{
    private const double Nan = double.NaN;

    /// <summary>The reference rows, read from one comparison of each kind instead of from the tests one by one.</summary>
    [Fact]
    public void OfValues_TableOneOfARealTable_IsMet()
    {
        JsonElement section = ReferenceData.Golden("statistics.json").GetProperty("tableOne");
        (double[][] columns, bool[] targets) = GoldenColumns.Table(section.GetProperty("table").GetString()!);
        foreach (JsonElement row in section.GetProperty("rows").EnumerateArray())
        {
            string name = row.GetProperty("column").GetString()!;
            double[] values = columns[row.GetProperty("columnIndex").GetInt32()];
            double[] cases = [.. values.Where((_, i) => targets[i])], controls = [.. values.Where((_, i) => !targets[i])];
            BaselineComparison means = BaselineComparison.OfValues(cases, controls, BaselineForm.MeanDeviation);
            Expect.Close(row.GetProperty("pWelch").GetDouble(), means.P, Expect.Probability, name);
            Expect.Close(row.GetProperty("smdContinuous").GetDouble(), means.StandardisedDifference, Expect.Statistic, name);
            BaselineComparison medians = BaselineComparison.OfValues(cases, controls, BaselineForm.MedianQuartiles, RankSumMethod.Normal);
            Expect.Close(row.GetProperty("pRanksums").GetDouble(), medians.P, Expect.Probability, name);
            JsonElement continuous = row.GetProperty("continuous");
            foreach ((string key, BaselineGroup group) in ((string, BaselineGroup)[])[("all", medians.All), ("target1", medians.First), ("target0", medians.Second)])
            {
                JsonElement e = continuous.GetProperty(key);
                Assert.Equal((e.GetProperty("n").GetInt32(), 0), (group.Count, group.Missing));
                Expect.Close(e.GetProperty("mean").GetDouble(), group.Moments.Mean, Expect.Statistic, name, group.Moments.SampleDeviation);
                Expect.Close(e.GetProperty("sd").GetDouble(), group.Moments.SampleDeviation, Expect.Statistic, name);
                Expect.Close(e.GetProperty("median").GetDouble(), group.Quartiles.Median, Expect.Statistic, name);
                Expect.Close(e.GetProperty("q1").GetDouble(), group.Quartiles.Lower, Expect.Statistic, name);
                Expect.Close(e.GetProperty("q3").GetDouble(), group.Quartiles.Upper, Expect.Statistic, name);
            }
            JsonElement halves = row.GetProperty("aboveOverallMedian");
            double[] Above(double[] group) => [.. group.Select(value => value > medians.All.Quartiles.Median ? 1.0 : 0)];
            BaselineComparison counts = BaselineComparison.OfLevels(Above(cases), Above(controls), 2);
            Assert.Equal(halves.GetProperty("countsTarget1").EnumerateArray().Select(c => c.GetInt32()), counts.First.Levels.Reverse());
            Assert.Equal(halves.GetProperty("countsTarget0").EnumerateArray().Select(c => c.GetInt32()), counts.Second.Levels.Reverse());
            Expect.Close(halves.GetProperty("percentTarget1").GetDouble(), 100 * counts.First.Share(1), Expect.Statistic, name);
            Expect.Close(halves.GetProperty("smdProportion").GetDouble(), counts.StandardisedDifference, Expect.Statistic, name);
            Assert.Equal(BaselineTest.ChiSquare, counts.Test);
            Expect.Close(halves.GetProperty("pYates").GetDouble(), counts.P, Expect.Probability, name);
        }
    }

    [Fact]
    public void OfLevels_ExpectedBelowFive_IsFishersOfTwoLevelsEvenWhereAThirdDoesNotOccur()
    {
        // Fisher's example of scipy: [8 2; 1 5], P 0.03497. The unused level must not make a 2 x 3 table of it.
        double[] first = [.. Enumerable.Repeat(0.0, 8), 2, 2], second = [0, 2, 2, 2, 2, 2, Nan];
        BaselineComparison three = BaselineComparison.OfLevels(first, second, 3);
        Assert.Equal((BaselineTest.FisherExact, 10, 6, 1), (three.Test, three.First.Count, three.Second.Count, three.Second.Missing));
        Assert.Equal(0.034965034965, three.P, 1e-9);
        // A single value of the third level leaves no exact test.
        Assert.Equal(BaselineTest.ChiSquareOfSmallCounts, BaselineComparison.OfLevels([.. first, 1], second, 3).Test);
    }

    [Fact]
    public void Compare_AGroupWithoutValues_StatesTheOtherAndTestsNothing()
    {
        double[] none = [Nan, Nan], some = [1, 0, 1];
        foreach (BaselineComparison c in (BaselineComparison[])[BaselineComparison.OfValues(none, some), BaselineComparison.OfLevels(none, some, 2), BaselineComparison.OfLevels(none, some, 3)])
        {
            Assert.Equal((0, 2, 3, 0), (c.First.Count, c.First.Missing, c.Second.Count, c.Second.Missing));
            Assert.Equal((BaselineTest.None, true, true), (c.Test, double.IsNaN(c.P), double.IsNaN(c.StandardisedDifference)));
        }
        Assert.Equal(BaselineTest.None, BaselineComparison.OfValues([], []).Test);
        Assert.Equal(BaselineTest.None, BaselineComparison.OfLevels([], [], 2).Test);
    }

    [Fact]
    public void OfValues_Constant_HasAMeanAndNoTest()
    {
        BaselineComparison c = BaselineComparison.OfValues([4, 4, 4], [4, 4]);
        Assert.Equal((BaselineForm.MeanDeviation, BaselineTest.None, 0), (c.Form, c.Test, c.StandardisedDifference));
        Assert.Equal((4, 0), (c.All.Moments.Mean, c.All.Moments.SampleDeviation));
        Assert.Equal(BaselineTest.None, BaselineComparison.OfLevels([1, 1], [1], 2).Test);
    }

    [Fact]
    public void Compare_TwoDifferentConstants_DifferInfinitelyAndAreTestedByRanks()
    {
        BaselineComparison c = BaselineComparison.OfValues([1, 1, 1, 1], [2, 2, 2, 2, 2], BaselineForm.MeanDeviation);
        Assert.Equal((BaselineTest.RankSum, double.NegativeInfinity), (c.Test, c.StandardisedDifference));
        Assert.InRange(c.P, 1e-4, 0.05);
        Assert.Equal(double.PositiveInfinity, BaselineComparison.OfLevels([1, 1], [0, 0], 2).StandardisedDifference);
        Assert.Equal(double.PositiveInfinity, BaselineComparison.OfLevels([0, 1, 1], [2, 3, 3], 4).StandardisedDifference);
        // A group of one value has no deviation, but a rank.
        Assert.Equal(BaselineTest.RankSum, BaselineComparison.OfValues([7], [1, 2, 3, 4], BaselineForm.MeanDeviation).Test);
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5, 6, 7, 8 }, BaselineForm.MeanDeviation)]
    [InlineData(new[] { 1.0, 2, 3, 4, 5, 6, 7, 90 }, BaselineForm.MedianQuartiles)]  // Skewness 2.25, kurtosis 6.1.
    [InlineData(new[] { -40.0, 1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 46 }, BaselineForm.MedianQuartiles)]  // 17 % outliers; kurtosis 6.0.
    public void OfValues_FormNotGiven_FollowsTheScalingRule(double[] values, BaselineForm expected)
    {
        Assert.Equal(expected, BaselineComparison.OfValues(values.AsSpan(0, 4), values.AsSpan(4)).Form);
        // Judged on both groups together, so however they are divided.
        Assert.Equal(expected, BaselineComparison.OfValues(values.AsSpan(0, 2), values.AsSpan(2)).Form);
    }

    [Fact]
    public void Compare_WrongArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => BaselineComparison.OfValues([1], [2], BaselineForm.Counts));
        Assert.Throws<ArgumentException>(() => BaselineComparison.OfLevels([0, 2], [1], 2));
        Assert.Throws<ArgumentException>(() => BaselineComparison.OfLevels([0.5], [1], 2));
        Assert.Throws<ArgumentException>(() => StandardisedDifference.OfLevels([1, 2], [1]));
    }

    [Fact]
    public void DifferenceOfLevels_ThreeLevels_EqualsTheInverseWrittenOut()
    {
        // Shares of the 2nd and 3rd level .3 .2 and .2 .5: covariance [.185 -.08; -.08 .205], differences (.1, -.3).
        double determinant = .185 * .205 - .08 * .08;
        double square = (.1 * .1 * .205 + .3 * .3 * .185 - 2 * .1 * .3 * .08) / determinant;
        Assert.Equal(Math.Sqrt(square), StandardisedDifference.OfLevels([5, 3, 2], [3, 2, 5]), 1e-14);
    }

    [Fact]
    public void DifferenceOfLevels_LevelsInAnyOrderAndOfAnySize_IsTheSame() => Gen.Int[0, 60].Array[2, 6].SelectMany(a =>
        Gen.Select(Gen.Const(a), Gen.Int[0, 60].Array[a.Length], Gen.Shuffle(Enumerable.Range(0, a.Length).ToArray()))).Sample((a, b, order) =>
        {
            double d = StandardisedDifference.OfLevels(a, b);
            double shuffled = StandardisedDifference.OfLevels([.. order.Select(i => a[i])], [.. order.Select(i => b[i])]);
            double larger = StandardisedDifference.OfLevels([.. a.Select(c => 7 * c), 0], [.. b, 0]);
            double exchanged = StandardisedDifference.OfLevels(b, a);
            Assert.Equal(double.IsNaN(d), a.Sum() == 0 || b.Sum() == 0);
            Assert.All([shuffled, larger, exchanged], other => Expect.Close(d, other, 1e-9, "difference", 1e-6));
            if (a.Length == 2 && !double.IsNaN(d))
                Expect.Close(Math.Abs(StandardisedDifference.OfProportions((double)a[1] / a.Sum(), (double)b[1] / b.Sum())), d, 1e-9, "two levels", 1e-6);
        });
}
