using System.Text.Json;
using CsCheck;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

public sealed class MrmrTests
{
    [Fact]
    public void Read_WrittenState_KeepsTheDefinitions()
    {
        var options = new Mrmr
        {
            Scheme = MrmrScheme.Miq,
            Features = 3,
            CorrelationFloor = 0.01,
            ForestTrees = 7,
            ForestDepth = 2,
            StateWidth = 0.5,
            StateDivisor = MomentDivisor.N,
            QuotientFloor = 0.002,
            QuotientOffset = 0.1,
            TieTolerance = 1e-12,
            Scope = ColumnScope.Radiomic,
        };
        FittedMrmr fitted = SelectionTables.Fit<FittedMrmr>(options, Tables.Gaussian(new Seed(5), 40, 8));
        Assert.Equal(options, fitted.Options);
        Assert.Equal(options, SelectionTables.Reread(fitted).Options);
        Assert.Equal(fitted.Ranking, SelectionTables.Reread(fitted).Ranking);
    }

    [Fact]
    public void Fit_Fcq_TakesTheReferenceColumnsInOrder()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("selection.json").GetProperty("fcq").GetProperty("cases").EnumerateArray())
        {
            FittedMrmr fitted = Fit(StudyData.RealTable(item.GetProperty("data").GetProperty("table").GetString()!), new Mrmr());
            compared += AssertRanking(fitted, item, "ties");
        }
        Assert.Equal(4 * 20, compared);
    }

    [Fact]
    public void Fit_MidAndMiq_TakeTheReferenceColumnsInOrder()
    {
        (string Key, Mrmr Options)[] schemes =
        [
            ("MID", new Mrmr { Scheme = MrmrScheme.Mid }),
            ("MIQ_max_1e-12", new Mrmr { Scheme = MrmrScheme.Miq, QuotientFloor = 1e-12 }),
            ("MIQ_max_1e-3", new Mrmr { Scheme = MrmrScheme.Miq }),
            ("MIQ_plus_1e-4", new Mrmr { Scheme = MrmrScheme.Miq, QuotientFloor = 0, QuotientOffset = 1e-4 }),
            ("MIQ_plus_0.01", new Mrmr { Scheme = MrmrScheme.Miq, QuotientFloor = 0, QuotientOffset = 0.01 }),
        ];
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("selection.json").GetProperty("mid_miq").GetProperty("cases").EnumerateArray())
        {
            FeatureTable table = StudyData.RealTable(item.GetProperty("table").GetString()!);
            foreach (MomentDivisor divisor in Enum.GetValues<MomentDivisor>())
            {
                JsonElement expected = item.GetProperty("ddof").GetProperty(divisor == MomentDivisor.N ? "0" : "1");
                foreach ((string key, Mrmr options) in schemes)
                {
                    FittedMrmr fitted = Fit(table, options with { StateDivisor = divisor });
                    compared += AssertRanking(fitted, expected.GetProperty(key), "tied");
                    double[] relevance = ReferenceData.Doubles(expected.GetProperty("relevance"));
                    Assert.All(fitted.Ranking, choice => Assert.Equal(relevance[choice.Column], choice.Relevance, 1e-13));
                }
            }
        }
        Assert.Equal(3 * 2 * 5 * 20, compared);
    }

    [Theory]
    [InlineData(MrmrScheme.Fcq)]
    [InlineData(MrmrScheme.Mid)]
    [InlineData(MrmrScheme.Miq)]
    public void Fit_AnyTable_RanksAsTheRuleWrittenOut(MrmrScheme scheme) =>
        Gen.Select(Gen.ULong, Gen.Int[8, 70], Gen.Int[1, 14]).Sample((seed, rows, columns) =>
        {
            FeatureTable table = Tables.Gaussian(new Seed(seed), rows, columns);
            var options = new Mrmr { Scheme = scheme, Features = 6, TieTolerance = 1e-9 };
            MrmrChoice[] expected = PlainMrmr.Rank(table, options), found = [.. Fit(table, options).Ranking];
            Assert.Equal(expected.Select(choice => choice.Column), found.Select(choice => choice.Column));
            for (int step = 0; step < expected.Length; step++)
            {
                Assert.Equal(expected[step].Score, found[step].Score, 1e-10 * Math.Max(1, Math.Abs(expected[step].Score)));
                Assert.Equal(expected[step].Redundancy, found[step].Redundancy, 1e-12);
            }
        }, iter: 60);

    [Fact]
    public void Fit_CopyOfTheBestColumn_IsNotTakenNext()
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 120, 6);
        double[][] columns = [.. Enumerable.Range(0, 6).Select(i => table.Column(i)), table.Column(0)];
        FittedMrmr fitted = Fit(SelectionTables.Of([.. table.Outcomes], columns), new Mrmr { Features = 3, Scheme = MrmrScheme.Mid });
        Assert.Equal(0, fitted.Ranking[0].Column);
        Assert.DoesNotContain(6, fitted.Ranking.Select(choice => choice.Column));
    }

    [Fact]
    public void Fit_ScaledCopies_TieOnlyWithinTheTolerance()
    {
        FeatureTable table = Tables.Gaussian(new Seed(6), 50, 1);
        double[] column = table.Column(0), near = [.. column];
        near[0] += 1e-13;
        foreach (double[][] columns in (double[][][])[[near, column], [column, near]])
        {
            FeatureTable copies = SelectionTables.Of([.. table.Outcomes], columns);
            Assert.Equal(0, Fit(copies, new Mrmr { Features = 1, TieTolerance = 1e-9 }).Ranking[0].Column);
        }
        // Without tolerance the two orders take the same one of the two columns, whichever it is.
        int first = Fit(SelectionTables.Of([.. table.Outcomes], near, column), new Mrmr { Features = 1 }).Ranking[0].Column;
        int second = Fit(SelectionTables.Of([.. table.Outcomes], column, near), new Mrmr { Features = 1 }).Ranking[0].Column;
        Assert.Equal(first, 1 - second);
    }

    [Theory]
    [InlineData(MrmrScheme.Fcq)]
    [InlineData(MrmrScheme.Mid)]
    [InlineData(MrmrScheme.Miq)]
    [InlineData(MrmrScheme.Rfcq)]
    public void Fit_ConstantColumns_AreNeverTaken(MrmrScheme scheme)
    {
        FeatureTable table = Tables.Gaussian(new Seed(7), 40, 2);
        double[] constant = [.. Enumerable.Repeat(0.1, 40)];
        FittedMrmr fitted = Fit(
            SelectionTables.Of([.. table.Outcomes], constant, table.Column(0), table.Column(1)), new Mrmr { Scheme = scheme });
        Assert.DoesNotContain(0, fitted.Kept);
        Assert.NotEmpty(fitted.Kept);
    }

    [Fact]
    public void Fit_PerfectlySeparatingColumn_IsTakenFirst()
    {
        FeatureTable table = Tables.Gaussian(new Seed(8), 40, 3);
        double[] perfect = [.. table.Outcomes.Select(outcome => outcome ? 0.3 : 0.1)];
        FittedMrmr fitted = Fit(SelectionTables.Of([.. table.Outcomes], table.Column(0), table.Column(1), perfect), new Mrmr());
        Assert.Equal((2, double.PositiveInfinity), (fitted.Ranking[0].Column, fitted.Ranking[0].Relevance));
        Assert.Equal(fitted.Ranking, SelectionTables.Reread(fitted).Ranking);
    }

    [Fact]
    public void Fit_OneScope_CompetesThereAndHandsOnTheRestInTableOrder()
    {
        FeatureTable table = Tables.Gaussian(new Seed(9), 60, 4);
        FeatureColumn[] schema = [new("a"), new("age", Source: ColumnSource.Clinical), new("b"), new("c")];
        FeatureTable mixed = SelectionTables.Of([.. table.Outcomes], schema, [.. new[] { 1, 0, 2, 3 }.Select(i => table.Column(i))]);
        FittedMrmr fitted = Fit(mixed, new Mrmr { Scope = ColumnScope.Radiomic, Features = 2 });
        Assert.DoesNotContain(1, fitted.Ranking.Select(choice => choice.Column));
        Assert.Equal(fitted.Ranking.Select(choice => choice.Column).Append(1).Order(), fitted.Kept);
        FeatureTable kept = SelectionTables.Reread(fitted).Transform(mixed);
        Assert.All(fitted.Kept.Index(), place => Assert.Equal(mixed.Column(place.Item), kept.Column(place.Index)));
    }

    [Fact]
    public void Fit_ForestRelevance_DependsOnTheSeedAloneAndFindsTheSignal()
    {
        FeatureTable table = Tables.Gaussian(new Seed(10), 150, 8);
        var options = new Mrmr { Scheme = MrmrScheme.Rfcq, Features = 4, ForestTrees = 30 };
        FittedMrmr first = Fit(table, options), second = Fit(table, options);
        Assert.Equal(first.Ranking, second.Ranking);
        Assert.Equal(0, first.Ranking[0].Column);
        double[] importances = [.. ((FittedForest)new RandomForest { NEstimators = 30, MaxDepth = 5 }.Fit(
            Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken)).FeatureImportances];
        Assert.All(first.Ranking, choice => Assert.Equal(importances[choice.Column], choice.Relevance));
        MrmrChoice[] expected = PlainMrmr.Rank(importances, (a, b) => PlainMrmr.FlooredCorrelation(table, a, b, 0.001), (a, b) => a / b, 4, 0);
        Assert.Equal(expected.Select(choice => choice.Column), first.Ranking.Select(choice => choice.Column));
    }

    [Fact]
    public void Fit_CategoricalColumnOrMissingValue_IsRefusedByName()
    {
        FeatureColumn[] schema = [new("level", ColumnKind.Categorical) { Levels = ["a", "b"] }, new("x")];
        FeatureTable table = SelectionTables.Of([true, false, true], schema, [[0, 1, 0], [1, double.NaN, 2]]);
        Assert.StartsWith("mRMR: 'level' is categorical", Assert.Throws<LearningException>(() => Fit(table, new Mrmr())).Message, StringComparison.Ordinal);
        FeatureTable missing = SelectionTables.Of([true, false, true], [1, double.NaN, 2]);
        Assert.StartsWith(
            "mRMR: 1 of 3 values are missing: 'f0' of S1.", Assert.Throws<LearningException>(() => Fit(missing, new Mrmr())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dot_AnyLength_AddsInTheWrittenOrder() =>
        Gen.Int[1, 90].SelectMany(rows => Gen.Select(Gen.Double[-10, 10].Array[rows], Gen.Double[-10, 10].Array[rows])).Sample((x, y) =>
        {
            int padded = (x.Length + UnitColumns.Lanes - 1) / UnitColumns.Lanes * UnitColumns.Lanes;
            Array.Resize(ref x, padded);
            Array.Resize(ref y, padded);
            var lanes = new double[UnitColumns.Lanes];
            for (int i = 0; i < padded; i++)
                lanes[i % lanes.Length] += x[i] * y[i];
            double[] quarters = [.. Enumerable.Range(0, 4).Select(i => (lanes[i] + lanes[4 + i]) + (lanes[8 + i] + lanes[12 + i]))];
            Assert.Equal((quarters[0] + quarters[1]) + (quarters[2] + quarters[3]), UnitColumns.Dot(x, y));
        }, iter: 200);

    [Fact]
    public void TwoGroupF_ReferenceTables_EqualsScikitLearns()
    {
        foreach (JsonElement item in ReferenceData.Golden("selection.json").GetProperty("anovaF").GetProperty("cases").EnumerateArray())
        {
            FeatureTable table = StudyData.RealTable(item.GetProperty("table").GetString()!);
            double[] expected = ReferenceData.Doubles(item.GetProperty("F"));
            int[] all = [.. Enumerable.Range(0, table.ColumnCount)];
            ColumnMajor units = UnitColumns.Of(ColumnMajor.Of(table, all, lanes: UnitColumns.Lanes), all.Length);
            double[] found = TwoGroupF.Of(units, all.Length, table.Outcomes);
            // r carries an absolute rounding error near 1e-16, which a small F shows relative to itself.
            for (int column = 0; column < all.Length; column++)
                Assert.Equal(expected[column], found[column], 1e-10 * expected[column] + 1e-12);
        }
    }

    [Fact]
    public void Validate_WrongOptions_NamesAllOfThem() => Assert.Equal(
        6, new Mrmr { Features = 0, CorrelationFloor = 0, ForestDepth = 0, TieTolerance = -1, StateWidth = 0, QuotientFloor = 0 }.Validate().Count);

    private static int AssertRanking(FittedMrmr fitted, JsonElement expected, string ties)
    {
        int[] order = [.. expected.GetProperty("orderIndices").EnumerateArray().Select(e => e.GetInt32())];
        double[] scores = ReferenceData.Doubles(expected.GetProperty("scores"));
        Assert.Equal(order.Length, fitted.Ranking.Count);
        for (int step = 0; step < order.Length; step++)
        {
            Assert.Equal(order[step], fitted.Ranking[step].Column);
            Assert.Equal(scores[step], fitted.Ranking[step].Score, 1e-9 * Math.Max(1, Math.Abs(scores[step])));
            JsonElement tied = expected.GetProperty(ties)[step];
            if (tied.ValueKind == JsonValueKind.Array)
                Assert.Equal(tied.EnumerateArray().Min(e => e.GetInt32()), fitted.Ranking[step].Column);
        }
        return order.Length;
    }

    private static FittedMrmr Fit(FeatureTable table, Mrmr options) =>
        (FittedMrmr)options.Fit(Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken);
}
