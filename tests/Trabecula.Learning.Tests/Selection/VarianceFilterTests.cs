using Trabecula.Learning.Selection;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

public sealed class VarianceFilterTests
{
    private static readonly bool[] Outcomes = [true, false, true];

    [Theory]
    [InlineData(0, new[] { 1, 2, 3 })]
    [InlineData(0.6, new[] { 1, 2 })]
    [InlineData(2.0 / 3, new[] { 2 })]
    public void Fit_Limit_KeepsWhatIsAbove(double limit, int[] kept)
    {
        // Population variances 0, 2/3, 6 and 2/9; the sum of three tenths is not three times a tenth.
        FittedVarianceFilter fitted = Fit(
            new VarianceFilter { MinVariance = limit }, SelectionTables.Of(Outcomes, [0.1, 0.1, 0.1], [1, 2, 3], [1, 4, 7], [0, 1, 0]));
        Assert.Equal(kept, fitted.Kept);
        Assert.Equal(0, fitted.Variances[0]);
        Assert.Equal(6, fitted.Variances[2], 1e-14);
        Assert.Equal(fitted.Variances, SelectionTables.Reread(fitted).Variances);
    }

    [Fact]
    public void Fit_CategoricalColumn_StaysUnlessOfOneCategory()
    {
        FeatureColumn level = new("level", ColumnKind.Categorical) { Levels = ["a", "b"] };
        FeatureTable table = SelectionTables.Of(Outcomes, [level, level with { Name = "other" }], [[0, 1, 0], [1, 1, 1]]);
        Assert.Equal(["level"], SelectionTables.Names(Fit(new VarianceFilter { MinVariance = 5 }, table)));
    }

    [Fact]
    public void Fit_MissingValues_AreLeftOutAndColumnsWithoutAnyRefused()
    {
        Assert.Equal([1], Fit(new VarianceFilter(), SelectionTables.Of(Outcomes, [4, double.NaN, 4], [4, double.NaN, 5])).Kept);
        Assert.Contains("'f0' has no value", Assert.Throws<LearningException>(() => Fit(
            new VarianceFilter(), SelectionTables.Of(Outcomes, [double.NaN, double.NaN, double.NaN]))).Message, StringComparison.Ordinal);
    }

    private static FittedVarianceFilter Fit(VarianceFilter options, FeatureTable table) => SelectionTables.Fit<FittedVarianceFilter>(options, table);
}
