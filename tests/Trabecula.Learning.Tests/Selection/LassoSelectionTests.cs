using Trabecula.Learning.Models;
using Trabecula.Learning.Selection;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

public sealed class LassoSelectionTests
{
    [Fact]
    public void Fit_OneInformativeColumn_KeepsTheSupportOfTheL1Model()
    {
        FeatureTable table = Tables.Gaussian(new Seed(3), 120, 15);
        FittedLassoSelection fitted = Fit(new LassoSelection { C = 0.08 }, table);
        var model = (FittedLogisticRegression)new LogisticRegression { Penalty = Penalty.L1, C = 0.08 }.Fit(
            Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken);
        Assert.Equal(model.Coefficients, fitted.Coefficients);
        Assert.Equal(Enumerable.Range(0, 15).Where(column => model.Coefficients[column] != 0), fitted.Kept);
        Assert.Contains(0, fitted.Kept);
        Assert.InRange(fitted.Kept.Count, 1, 14);
    }

    [Fact]
    public void Fit_SmallC_KeepsNoneInScopeAndHandsOnTheRest()
    {
        FeatureTable table = Tables.Gaussian(new Seed(4), 40, 2);
        FeatureTable mixed = SelectionTables.Of(
            [.. table.Outcomes], [new FeatureColumn("a"), new FeatureColumn("age", Source: ColumnSource.Clinical)], [table.Column(0), table.Column(1)]);
        FittedLassoSelection fitted = Fit(new LassoSelection { C = 1e-6, Scope = ColumnScope.Radiomic }, mixed);
        Assert.Equal(["age"], SelectionTables.Names(fitted));
        Assert.Equal([0, double.NaN], fitted.Coefficients);
        Assert.Equal(fitted.Coefficients, SelectionTables.Reread(fitted).Coefficients);
    }

    [Fact]
    public void Validate_NegativeC_IsRefused() => Assert.Single(new LassoSelection { C = -1 }.Validate());

    private static FittedLassoSelection Fit(LassoSelection options, FeatureTable table) => SelectionTables.Fit<FittedLassoSelection>(options, table);
}
