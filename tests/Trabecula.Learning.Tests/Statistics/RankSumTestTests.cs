using CsCheck;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

public sealed class RankSumTestTests
{
    private static readonly double[] Manual10 = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    private static readonly double[] Manual5 = [1.15, 0.88, 0.90, 0.74, 1.21];
    private static readonly double[] Before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    private static readonly double[] After = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

    [Theory]
    [InlineData(RankSumMethod.Exact, 0.2544)]
    [InlineData(RankSumMethod.Automatic, 0.2544)]
    [InlineData(RankSumMethod.TieAndContinuityCorrected, 0.2446)]
    [InlineData(RankSumMethod.TieCorrected, 0.2207)]
    [InlineData(RankSumMethod.Normal, 0.2207)]
    public void Of_RManualExample_GivesItsP(RankSumMethod method, double p)
    {
        RankSumTest test = RankSumTest.Of(Manual10, Manual5, method);
        Assert.Equal(35, test.U);
        Assert.Equal(p, test.P, 5e-5);
    }

    [Theory]
    [InlineData(RankSumMethod.Automatic, 0.1329)]
    [InlineData(RankSumMethod.TieAndContinuityCorrected, 0.1329)]
    [InlineData(RankSumMethod.TieCorrected, 0.1219)]
    [InlineData(RankSumMethod.Normal, 0.1223)]
    public void Of_TiedExample_GivesItsP(RankSumMethod method, double p)
    {
        RankSumTest test = RankSumTest.Of(Before, After, method);
        Assert.Equal(58, test.U);
        Assert.True(test.Tied);
        Assert.Equal(p, test.P, 5e-5);
    }

    [Fact]
    public void Of_AnyGroups_CountsPairs() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 20], Gen.Int[0, 9].Array[1, 20]).Sample((a, b) =>
        {
            double pairs = a.Sum(x => b.Sum(y => x > y ? 1 : x == y ? 0.5 : 0));
            double[] all = [.. a.Concat(b).Select(v => (double)v)];
            bool[] groups = [.. a.Select(_ => true), .. b.Select(_ => false)];
            int n = all.Length, n1 = a.Length, n2 = b.Length;
            // The variance from the ranks themselves, as against the ties' cubes.
            double[] ranks = Midranks.Of(all);
            double mean = (n + 1) / 2.0, variance = (double)n1 * n2 / (n * (n - 1.0)) * ranks.Sum(r => (r - mean) * (r - mean));
            RankSumTest test = RankSumTest.Of(all, groups, RankSumMethod.TieCorrected);
            Assert.Equal(pairs, test.U);
            Assert.Equal(variance < 1e-12 ? 0 : (pairs - n1 * n2 / 2.0) / Math.Sqrt(variance), test.Z, 1e-9);
            Assert.Equal(all.Distinct().Count() < n, test.Tied);
        }, iter: 500, threads: 1);

    [Fact]
    public void Of_ExactMethod_EqualsEnumerationOfAllOrders()
    {
        const int n1 = 4, n2 = 7;
        var counts = new int[n1 * n2 + 1];
        for (int chosen = 0; chosen < 1 << (n1 + n2); chosen++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)chosen) != n1)
                continue;
            int u = 0, below = 0;
            for (int bit = 0; bit < n1 + n2; bit++)
            {
                if ((chosen >> bit & 1) == 1)
                    u += below;
                else
                    below++;
            }
            counts[u]++;
        }
        double total = counts.Sum();
        for (int u = 0; u < counts.Length; u++)
        {
            double less = counts.Take(u + 1).Sum() / total, greater = counts.Skip(u).Sum() / total;
            Assert.Equal(less, RankSumDistribution.P(u, n1, n2, Alternative.Less), 1e-14);
            Assert.Equal(greater, RankSumDistribution.P(u, n2, n1, Alternative.Greater), 1e-14);
            Assert.Equal(Math.Min(1, 2 * Math.Min(less, greater)), RankSumDistribution.P(u, n1, n2, Alternative.TwoSided), 1e-14);
        }
    }

    [Fact]
    public void OfColumns_Table_EqualsEachColumnByItself()
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 70, 9);
        RankSumTest[] tests = RankSumTest.OfColumns(table, RankSumMethod.Normal, TestContext.Current.CancellationToken);
        for (int c = 0; c < tests.Length; c++)
        {
            double[] column = table.Column(c);
            Assert.Equal(RankSumTest.Of(
                column.Where((_, i) => table.Outcomes[i]).ToArray(), column.Where((_, i) => !table.Outcomes[i]).ToArray(), RankSumMethod.Normal), tests[c]);
        }
        Assert.True(tests[0].P < 1e-4, "the column that makes the outcome");
    }

    [Fact]
    public void Of_MissingValues_AreLeftOut()
    {
        RankSumTest test = RankSumTest.Of([double.NaN, .. Manual10, double.NaN], [.. Manual5, double.NaN]);
        Assert.Equal(RankSumTest.Of(Manual10, Manual5), test);
        bool[] groups = [true, .. Manual10.Select(_ => true), .. Manual5.Select(_ => false)];
        Assert.Equal(test, RankSumTest.Of([double.NaN, .. Manual10, .. Manual5], groups));
    }

    [Theory]
    [InlineData(RankSumMethod.Normal)]
    [InlineData(RankSumMethod.TieCorrected)]
    [InlineData(RankSumMethod.Automatic)]
    public void Of_ConstantColumn_HasPOne(RankSumMethod method) =>
        Assert.Equal(1, RankSumTest.Of([3, 3, 3], [3, 3, 3, 3], method).P);

    [Fact]
    public void Of_EmptyGroup_IsNaN() => Assert.Equal(double.NaN, RankSumTest.Of([double.NaN], [1, 2, 3]).P);

    [Fact]
    public void Of_ExactOfManyPairs_RefusesWithCure()
    {
        double[] many = [.. Enumerable.Range(0, 300).Select(i => (double)i)], more = [.. many.Select(v => v + 0.5)];
        var thrown = Assert.Throws<LearningException>(() => RankSumTest.Of(many, more, RankSumMethod.Exact));
        Assert.Contains("90,000 pairs", thrown.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GroupsOfOtherLength_Throws() =>
        Assert.Throws<ArgumentException>(() => RankSumTest.Of([1.0, 2.0], [true]));
}
