using CsCheck;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

public sealed class CorrelationFilterTests
{
    private static readonly double[] Rising = [1, 2, 3, 4, 5, 6], Curved = [1, 2, 4, 8, 16, 3200], Falling = [-1, -2, -3, -4, -5, -6.001];
    private static readonly bool[] Outcomes = [false, false, true, false, true, true];

    [Fact]
    public void Fit_CopiesAndMirrorImages_KeepsTheFirst()
    {
        FittedCorrelationFilter fitted = Fit(new CorrelationFilter(), SelectionTables.Of(Outcomes, Rising, Curved, Falling, Rising));
        Assert.Equal([0, 1], fitted.Kept);
        Assert.Equal([(2, 0), (3, 0)], fitted.Dropped.Select(column => (column.Column, column.KeptColumn)));
        Assert.Equal(Correlation.Pearson(Rising, Falling).Coefficient, fitted.Dropped[0].R, 1e-14);
    }

    [Fact]
    public void Fit_Spearman_SeesThroughACurve() => Assert.Equal(
        [0], Fit(new CorrelationFilter { Method = CorrelationKind.Spearman }, SelectionTables.Of(Outcomes, Rising, Curved, Falling)).Kept);

    [Fact]
    public void Fit_LimitOne_DropsNothing() => Assert.Equal(
        [0, 1], Fit(new CorrelationFilter { MaxCorrelation = 1 }, SelectionTables.Of(Outcomes, Rising, Rising)).Kept);

    [Fact]
    public void Fit_ConstantColumns_Stay()
    {
        double[] constant = [.. Enumerable.Repeat(0.1, 6)];
        Assert.Equal([0, 1, 2], Fit(new CorrelationFilter(), SelectionTables.Of(Outcomes, constant, Rising, constant)).Kept);
    }

    [Theory]
    [InlineData(CorrelationKind.Pearson, CorrelationPreference.First)]
    [InlineData(CorrelationKind.Spearman, CorrelationPreference.First)]
    [InlineData(CorrelationKind.Pearson, CorrelationPreference.MoreRelevant)]
    public void Fit_AnyTable_KeepsNoCorrelatedPairAndDropsNoneWithoutOne(CorrelationKind method, CorrelationPreference keep) =>
        Gen.Select(Gen.ULong, Gen.Int[5, 25]).Sample((seed, rows) =>
        {
            FeatureTable table = Tables.Gaussian(new Seed(seed), rows, 9);
            FittedCorrelationFilter fitted = Fit(new CorrelationFilter { Method = method, Keep = keep, MaxCorrelation = 0.4 }, table);
            foreach (int a in fitted.Kept)
                Assert.All(fitted.Kept.Where(b => b != a), b => Assert.True(Math.Abs(R(table, a, b, method)) <= 0.4 + 1e-12));
            Assert.Equal(9, fitted.Kept.Count + fitted.Dropped.Count);
            foreach (DroppedColumn dropped in fitted.Dropped)
            {
                Assert.Contains(dropped.KeptColumn, fitted.Kept);
                Assert.Equal(R(table, dropped.Column, dropped.KeptColumn, method), dropped.R, 1e-12);
                Assert.True(Math.Abs(dropped.R) > 0.4);
                if (keep == CorrelationPreference.First)
                    Assert.True(dropped.KeptColumn < dropped.Column);
                else
                    Assert.True(F(table, dropped.KeptColumn) >= F(table, dropped.Column) * (1 - 1e-9));
            }
        }, iter: 60);

    [Fact]
    public void Read_WrittenState_KeepsTheSameAndTellsWhy()
    {
        FeatureTable table = SelectionTables.Of(Outcomes, Rising, Curved, Falling);
        FittedCorrelationFilter fitted = Fit(new CorrelationFilter(), table), read = SelectionTables.Reread(fitted);
        Assert.Equal(fitted.Dropped, read.Dropped);
        Assert.Equal(fitted.Transform(table).Values.ToArray(), read.Transform(table).Values.ToArray());
    }

    [Fact]
    public void Validate_LimitAboveOne_IsRefused() =>
        Assert.Equal(["MaxCorrelation is 1.1, expected 0 to 1."], new CorrelationFilter { MaxCorrelation = 1.1 }.Validate());

    private static double R(FeatureTable table, int a, int b, CorrelationKind method) => method == CorrelationKind.Pearson
        ? Correlation.Pearson(table.Column(a), table.Column(b)).Coefficient
        : Correlation.Spearman(table.Column(a), table.Column(b)).Coefficient;

    private static double F(FeatureTable table, int column) => OneWayAnova.Of(
        [.. table.Column(column).Where((_, row) => table.Outcomes[row])], [.. table.Column(column).Where((_, row) => !table.Outcomes[row])]).F;

    private static FittedCorrelationFilter Fit(CorrelationFilter options, FeatureTable table) =>
        SelectionTables.Fit<FittedCorrelationFilter>(options, table);
}
