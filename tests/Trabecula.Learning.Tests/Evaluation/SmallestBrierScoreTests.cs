using Trabecula.Learning.Evaluation;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

/// <summary>The bound against every order of some subjects, and against the published case.</summary>
public sealed class SmallestBrierScoreTests
{
    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 7)]
    [InlineData(3, 6)]
    [InlineData(5, 5)]
    [InlineData(7, 2)]
    public void Bound_EveryOrderOfOutcomes_IsBelowTheLeastScoreAndNotFarBelow(int events, int nonEvents)
    {
        Dictionary<int, double> least = LeastByPairs(events, nonEvents);
        Assert.Equal(events * nonEvents + 1, least.Count);
        foreach ((int pairs, double reached) in least)
        {
            double auroc = 1 - (double)pairs / (events * nonEvents);
            Assert.Equal(pairs, SmallestBrierScore.DiscordantPairs(auroc, events, nonEvents));
            // More pairs in the wrong order never score better: the least over as many pairs or more.
            double score = least.Where(each => each.Key >= pairs).Min(each => each.Value);
            double bound = SmallestBrierScore.Bound(auroc, events, nonEvents);
            Assert.True(bound <= score + 1e-12, $"{pairs} pairs: bound {bound}, reached {score}");
            Assert.True(bound >= 0.6 * score, $"{pairs} pairs: bound {bound} is far below {score}");
            Assert.True(reached >= score);
        }
    }

    /// <summary>Three events and 201 others with one risk, all others known, have 603 pairs and .01155 (clinical standards, 1).</summary>
    [Fact]
    public void Bound_ThirtyOf256AtPointNineOneOne_IsAboveThePrintedHundredth()
    {
        Assert.Equal(601, SmallestBrierScore.DiscordantPairs(0.9115, 30, 226));
        Assert.InRange(SmallestBrierScore.Bound(0.9115, 30, 226), 0.01105, 603 / 204.0 / 256);
    }

    [Fact]
    public void Bound_OnlyOneOrderOrNoneWrong_IsExact()
    {
        Assert.Equal(0, SmallestBrierScore.Bound(1, 10, 20));
        // All pairs wrong: nothing beats the prevalence for everybody.
        Assert.Equal(1.0 / 3 * 2 / 3, SmallestBrierScore.Bound(0, 10, 20), 12);
    }

    [Theory]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(1.1, 1, 1)]
    [InlineData(0.5, 0, 1)]
    [InlineData(0.5, 1, 0)]
    public void Bound_WhatHasNoAuroc_IsRefused(double auroc, int events, int nonEvents) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallestBrierScore.Bound(auroc, events, nonEvents));

    /// <summary>For every number of pairs in the wrong order the least Brier score of risks in that order: the isotonic regression's.</summary>
    private static Dictionary<int, double> LeastByPairs(int events, int nonEvents)
    {
        var least = new Dictionary<int, double>();
        int n = events + nonEvents;
        for (int order = 0; order < 1 << n; order++)
        {
            if (int.PopCount(order) != events)
                continue;
            bool[] outcomes = [.. Enumerable.Range(0, n).Select(i => (order >> i & 1) == 1)];
            int pairs = Enumerable.Range(0, n).Where(i => outcomes[i]).Sum(i => outcomes.Skip(i).Count(outcome => !outcome));
            double score = IsotonicError(outcomes) / n;
            least[pairs] = Math.Min(score, least.GetValueOrDefault(pairs, double.PositiveInfinity));
        }
        return least;
    }

    private static double IsotonicError(bool[] outcomes)
    {
        var blocks = new List<(int Events, int Size)>();
        foreach (bool outcome in outcomes)
        {
            (int Events, int Size) last = (outcome ? 1 : 0, 1);
            while (blocks.Count > 0 && blocks[^1].Events * last.Size >= last.Events * blocks[^1].Size)
            {
                last = (last.Events + blocks[^1].Events, last.Size + blocks[^1].Size);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add(last);
        }
        return blocks.Sum(block => block.Events * (double)(block.Size - block.Events) / block.Size);
    }
}
