using CsCheck;
using Trabecula.Learning.Models;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>The fast search of a split against trying every threshold.</summary>
public sealed class BestSplitTests
{
    [Fact]
    public void Improve_AnyNode_EqualsTryingEveryThreshold() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 150], Gen.Int[1, 200], Gen.Int[1, 9], Gen.Bool).Sample((value, rows, levels, minRows, weighted) =>
        {
            // Few levels make ties, many rows exercise the bitmap, and a small part of many rows the sort.
            RandomSequence random = new Seed(value).Open();
            double[] values = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(levels) / 7.0)];
            ClassCounts[] counts = [.. values.Select(x => ClassCounts.OfRow(random.NextInt(levels + 3) < x * 7, 1 + random.NextInt(3)))];
            int[] node = [.. Enumerable.Range(0, rows).Where(r => r < 2 || random.NextInt(4) > 0)];
            ClassWeights weights = weighted ? new ClassWeights(0.56, 4.7) : new ClassWeights(1, 1);
            AssertSame(values, counts, node, minRows, weights);
        }, iter: 3000);

    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(40)]
    public void Improve_FewOfManyRows_EqualsTryingEveryThreshold(int part)
    {
        RandomSequence random = new Seed(3).Open();
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextGaussian())];
        ClassCounts[] counts = [.. values.Select(x => ClassCounts.OfRow(random.NextGaussian() < x, 1))];
        for (int repeat = 0; repeat < 20; repeat++)
        {
            int[] node = [.. Enumerable.Range(0, part).Select(_ => random.NextInt(values.Length)).Distinct().Order()];
            AssertSame(values, counts, node, 1, new ClassWeights(1, 1));
        }
    }

    [Fact]
    public void Improve_ValuesThatDifferByRounding_AreNotParted()
    {
        double[] values = [1, Math.BitIncrement(1.0), 2, 2];
        ClassCounts[] counts = [.. ((bool[])[true, false, false, false]).Select(isCase => ClassCounts.OfRow(isCase, 1))];
        NodeSplit split = Find(values, counts, [0, 1, 2, 3], 1, new ClassWeights(1, 1));
        Assert.Equal(1.5, split.Threshold);
        Assert.False(new BestSplit(Sorted(values)).Improve(0, [0, 1], counts, new ClassCounts(1, 1), 1, new ClassWeights(1, 1), ref split));
    }

    [Fact]
    public void Improve_ValuesBeyond32Bits_PartsThemFromTheOthers()
    {
        double[] values = [-1e300, -2e300, 5, 1e300];
        ClassCounts[] counts = [.. ((bool[])[true, true, false, false]).Select(isCase => ClassCounts.OfRow(isCase, 1))];
        NodeSplit split = Find(values, counts, [0, 1, 2, 3], 1, new ClassWeights(1, 1));
        Assert.Equal(new ClassCounts(0, 2), split.Left);
        Assert.True((float)-1e300 <= split.Threshold && !(5f <= split.Threshold));
        split = Find(values, counts, [2, 3], 1, new ClassWeights(1, 1));
        Assert.Equal(5, split.Threshold);
    }

    private static void AssertSame(double[] values, ClassCounts[] counts, int[] node, int minRows, ClassWeights weights)
    {
        (double cost, double low, ClassCounts left) = TryEvery(values, counts, node, minRows, weights);
        NodeSplit split = Find(values, counts, node, minRows, weights);
        Assert.Equal(cost, split.Cost);
        if (double.IsInfinity(cost))
            return;
        Assert.Equal(left, split.Left);
        Assert.Equal((float)low, node.Select(r => (float)values[r]).Where(x => x <= split.Threshold).Max());
    }

    private static NodeSplit Find(double[] values, ClassCounts[] counts, int[] node, int minRows, ClassWeights weights)
    {
        ClassCounts total = node.Aggregate(default(ClassCounts), (sum, row) => sum + counts[row]);
        var best = new NodeSplit(-1, 0, 0, default, double.PositiveInfinity);
        if (node.Length >= 2 * minRows)
            new BestSplit(Sorted(values)).Improve(0, node, counts, total, minRows, weights, ref best);
        return best;
    }

    private static (double Cost, double Low, ClassCounts Left) TryEvery(
        double[] values, ClassCounts[] counts, int[] node, int minRows, ClassWeights weights)
    {
        (double Cost, double Low, ClassCounts Left) best = (double.PositiveInfinity, double.NaN, default);
        foreach (float threshold in node.Select(r => (float)values[r]).Distinct().Order())
        {
            int[] left = [.. node.Where(r => (float)values[r] <= threshold)], right = [.. node.Except(left)];
            if (left.Length < minRows || right.Length < minRows)
                continue;
            ClassCounts leftCounts = left.Aggregate(default(ClassCounts), (sum, row) => sum + counts[row]);
            ClassCounts rightCounts = right.Aggregate(default(ClassCounts), (sum, row) => sum + counts[row]);
            double cost = leftCounts.HalfGini(weights) + rightCounts.HalfGini(weights);
            if (cost < best.Cost)
                best = (cost, threshold, leftCounts);
        }
        return best;
    }

    private static SortedColumns Sorted(double[] values) => new(new FeatureTable(
        ["x"], [.. Enumerable.Range(0, values.Length).Select(i => $"S{i}")], [.. values.Select((_, i) => i == 0)], values));
}
