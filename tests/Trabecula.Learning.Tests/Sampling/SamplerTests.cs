using CsCheck;
using Trabecula.Learning.Sampling;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Sampling;

public sealed class SamplerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Adasyn_EveryRowEquallyHard_MissesEqualClassesByTheRounding()
    {
        // Events far apart, each ringed by controls: r = 1 everywhere, g = rint(456 / 72) = 6, so 72 * 7 = 504 of 528.
        // Where r differs the rounding goes the other way as well: see the reference tables.
        FeatureTable table = Ringed(72, 528);
        FeatureTable made = new Adasyn().Resample(Tables.Train(table), new Seed(1), Token).Table;
        Assert.Equal((504, 528), (made.EventCount, made.RowCount - made.EventCount));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1.5, 2)]
    [InlineData(2.5, 2)]
    [InlineData(3.5, 4)]
    public void Adasyn_Halves_GoToTheEvenNumber(double each, int expected)
    {
        // 20 events of equal hardness and 20 * each lacking rows.
        FeatureTable table = Ringed(20, 20 + (int)(20 * each), ring: 1);
        FeatureTable made = new Adasyn { NNeighbors = 1 }.Resample(Tables.Train(table), new Seed(1), Token).Table;
        Assert.Equal(20 * (1 + expected), made.EventCount);
    }

    [Fact]
    public void Oversampling_AnyTable_MakesRowsBetweenABaseAndOneOfItsNearest() =>
        Gen.Select(Gen.ULong, Gen.Int[30, 90], Gen.Int[1, 6], Gen.Bool).Sample((seed, rows, columns, adaptive) =>
        {
            FeatureTable table = Tables.Gaussian(new Seed(seed), rows, columns, effect: 1);
            if (Math.Min(table.EventCount, rows - table.EventCount) < 5)
                return;
            Sampler sampler = adaptive ? new Adasyn { NNeighbors = 3 } : new Smote { NNeighbors = 3 };
            FeatureTable made = sampler.Resample(Tables.Train(table), new Seed(seed), Token).Table;
            ClassBalance balance = ClassBalance.Of(table);
            Assert.Equal(table.Values, made.Values[..table.Values.Length]);
            Assert.Equal(made.RowCount, made.Subjects.Distinct().Count());
            for (int row = rows; row < made.RowCount; row++)
            {
                Assert.Equal(balance.Minority, made.Outcomes[row]);
                int from = Array.IndexOf([.. table.Subjects], made.Subjects[row].Split(' ')[0]);
                double[] x = made.Row(row).ToArray();
                Assert.Contains(Naive(table, from, balance.MinorityRows, 3), partner => IsBetween(table.Row(from), table.Row(partner), x));
            }
        }, iter: 60);

    [Fact]
    public void NearestRows_AnyTable_EqualsSortingAllDistances() =>
        Gen.Select(Gen.ULong, Gen.Int[7, 300], Gen.Int[1, 9], Gen.Bool).Sample((seed, rows, columns, isRounded) =>
        {
            FeatureTable table = Tables.Gaussian(new Seed(seed), rows, columns);
            // Whole numbers give many equal distances and equal rows.
            double[] values = [.. table.Values.ToArray().Select(v => isRounded ? Math.Round(v) : v)];
            table = table.WithValues(values);
            int[] candidates = [.. Enumerable.Range(0, rows)];
            int[][] found = [.. NearestRows.Find(values, columns, candidates, candidates, 6, Token).Chunk(6)];
            for (int row = 0; row < rows; row++)
                Assert.Equal(Naive(table, row, candidates, 6), found[row]);
        }, iter: 60);

    [Fact]
    public void NearestRows_DistancesThatOverflow_AreRefused() =>
        Assert.StartsWith("Distances", Assert.Throws<LearningException>(() =>
            NearestRows.Find([1e200, -1e200, 3], 1, [0, 1, 2], [0, 1, 2], 2, Token)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(CategoryRule.FromNearer)]
    [InlineData(CategoryRule.FromBase)]
    public void Oversampling_CategoricalColumns_HoldLevelsOnly(CategoryRule rule)
    {
        FeatureTable table = WithCategories();
        foreach (Sampler sampler in (Sampler[])[new Adasyn { Categories = rule }, new Smote { Categories = rule }])
        {
            FeatureTable made = sampler.Resample(Tables.Train(table), new Seed(1), Token).Table;
            // The constructor checks that each number is one of its column's.
            FeatureTable read = new(made.Schema, made.Subjects, made.Outcomes, made.Values);
            Assert.True(read.RowCount > table.RowCount);
            if (rule == CategoryRule.FromBase)
            {
                Assert.All(Enumerable.Range(table.RowCount, read.RowCount - table.RowCount), row => Assert.Equal(
                    table.Row(Array.IndexOf([.. table.Subjects], made.Subjects[row].Split(' ')[0]))[1..].ToArray(), made.Row(row)[1..].ToArray()));
            }
        }
    }

    [Fact]
    public void Oversampling_InterpolatedCategories_HoldFractions()
    {
        FeatureTable made = new Adasyn { Categories = CategoryRule.Interpolated }.Resample(Tables.Train(WithCategories()), new Seed(1), Token).Table;
        Assert.Contains(made.Column(1), value => value is > 0 and < 1);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void SamplingStrategy_Share_IsReached(double share)
    {
        TrainingSet training = Tables.Train(Ringed(20, 80));
        Assert.Equal((int)(80 * share), new Smote { SamplingStrategy = share }.Resample(training, new Seed(1), Token).Table.EventCount);
        Assert.Equal((int)(80 * share), new RandomOverSampler { SamplingStrategy = share }.Resample(training, new Seed(1), Token).Table.EventCount);
        FeatureTable under = new RandomUnderSampler { SamplingStrategy = share }.Resample(training, new Seed(1), Token).Table;
        Assert.Equal((20, (int)(20 / share)), (under.EventCount, under.RowCount - under.EventCount));
    }

    [Fact]
    public void RandomSamplers_AnyTable_RepeatOrDropWholeRows()
    {
        FeatureTable table = Ringed(20, 80);
        FeatureTable over = new RandomOverSampler().Resample(Tables.Train(table), new Seed(1), Token).Table;
        Assert.Equal(table.Subjects, over.Subjects.Take(100));
        Assert.All(Enumerable.Range(100, 60), row => Assert.Equal(table.Row(Array.IndexOf([.. table.Subjects], over.Subjects[row])).ToArray(), over.Row(row).ToArray()));
        FeatureTable under = new RandomUnderSampler().Resample(Tables.Train(table), new Seed(1), Token).Table;
        Assert.Equal(under.Subjects, table.Subjects.Where(under.Subjects.Contains));
        Assert.Equal(40, under.Subjects.Distinct().Count());
    }

    [Fact]
    public void Oversampling_ClassesEqual_ChangesNothing()
    {
        TrainingSet training = Tables.Train(Ringed(20, 20));
        foreach (Sampler sampler in (Sampler[])[new Adasyn(), new Smote(), new RandomOverSampler(), new RandomUnderSampler()])
            Assert.Equal(training.Table.Subjects, sampler.Resample(training, new Seed(1), Token).Table.Subjects);
    }

    [Fact]
    public void Oversampling_Twice_GivesEachMadeRowASubjectOfItsOwn()
    {
        TrainingSet once = new Smote { SamplingStrategy = 0.5 }.Resample(Tables.Train(Ringed(20, 80)), new Seed(1), Token);
        FeatureTable twice = new Smote().Resample(once, new Seed(2), Token).Table;
        Assert.Equal(160, twice.Subjects.Distinct().Count());
    }

    [Fact]
    public void Adasyn_NoHardRow_IsRefusedWithTheWayOut()
    {
        FeatureTable table = Tables.Of([.. Enumerable.Range(0, 30).Select(i => $"S{i}")], [.. Enumerable.Range(0, 30).Select(i => i < 10)]);
        // Two heaps far apart: no event has a control among its neighbours.
        FeatureTable apart = table.WithValues([.. Enumerable.Range(0, 30).Select(i => i < 10 ? i : 1000.0 + i)]);
        Assert.EndsWith("Use SMOTE, or more neighbours.", Assert.Throws<LearningException>(() =>
            new Adasyn().Resample(Tables.Train(apart), new Seed(1), Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Oversampling_FewerRowsThanNeighbours_IsRefusedWithBothNumbers()
    {
        TrainingSet training = Tables.Train(Ringed(5, 30));
        foreach (Sampler sampler in (Sampler[])[new Adasyn(), new Smote()])
            Assert.Contains("5 rows have outcome 1, too few for 5 neighbours", Assert.Throws<LearningException>(() =>
                sampler.Resample(training, new Seed(1), Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TomekLinks_PairOnTheBorder_LosesTheEndAskedFor()
    {
        FeatureTable table = Tables.Of(["a", "b", "c", "d", "e"], [false, false, true, true, true]).WithValues([0, 0.9, 1, 5, 5.1]);
        Assert.Equal([(1, 2)], TomekLinks.Links(table, Token));
        Assert.Equal("acde", Kept(TomekRemoval.Controls));
        Assert.Equal("abde", Kept(TomekRemoval.Events));
        Assert.Equal("abde", Kept(TomekRemoval.Majority));
        Assert.Equal("ade", Kept(TomekRemoval.Both));

        string Kept(TomekRemoval removes) =>
            string.Concat(new TomekLinks { Removes = removes }.Resample(Tables.Train(table), new Seed(0), Token).Table.Subjects);
    }

    private static int[] Naive(FeatureTable table, int row, int[] candidates, int count) =>
        [.. candidates.Where(c => c != row).OrderBy(c => Squares(table.Row(row), table.Row(c))).ThenBy(c => c).Take(count)];

    private static double Squares(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (b[i] - a[i]) * (b[i] - a[i]);
        return sum;
    }

    private static bool IsBetween(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double[] x)
    {
        double step = (x[0] - from[0]) / (to[0] - from[0]);
        bool isBetween = step is >= -1e-9 and < 1 + 1e-9;
        for (int i = 0; i < x.Length; i++)
            isBetween &= Math.Abs(from[i] + step * (to[i] - from[i]) - x[i]) < 1e-6;
        return isBetween;
    }

    // Events 1000 apart, each with controls around it, so that its nearest rows are controls; the rest of the controls lie far away.
    private static FeatureTable Ringed(int events, int controls, int ring = 5)
    {
        double[] x = [.. Enumerable.Range(0, events).Select(i => 1000.0 * i), .. Enumerable.Range(0, controls).Select(i =>
            i < ring * events ? 1000.0 * (i % events) + 1 + i / events : -5000 - i)];
        return Tables.Of([.. Enumerable.Range(0, x.Length).Select(i => $"S{i}")], [.. Enumerable.Range(0, x.Length).Select(i => i < events)]).WithValues(x);
    }

    private static FeatureTable WithCategories()
    {
        FeatureTable from = Tables.Gaussian(new Seed(3), 80, 3, effect: 0);
        FeatureColumn[] schema =
        [
            new("x"), new("fracture", ColumnKind.Binary), new("level", ColumnKind.Categorical) { Levels = ["L1", "L2", "L3"] },
        ];
        double[] values = [.. from.Values.ToArray().Select((v, i) => (i % 3) switch { 0 => v, 1 => v > 0 ? 1 : 0, _ => v > 0.4 ? 2 : v > -0.4 ? 1 : 0 })];
        return new FeatureTable(schema, from.Subjects, [.. Enumerable.Range(0, 80).Select(i => i % 4 == 0)], values);
    }
}
