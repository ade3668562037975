using Trabecula.Learning.Preparation;
using Trabecula.Learning.Tests.Selection;
using Xunit;

namespace Trabecula.Learning.Tests.Preparation;

public sealed class ImputerTests
{
    private const double Gap = double.NaN;

    private static readonly bool[] Outcomes = [true, false, true, false, true];

    private static readonly FeatureColumn[] Schema =
    [
        new("measure"), new("full"), new("sex", ColumnKind.Binary, ColumnSource.Clinical),
        new("level", ColumnKind.Categorical, ColumnSource.Clinical) { Levels = ["a", "b", "c"] },
    ];

    [Theory]
    [InlineData(ImputationStrategy.Median, 3)]
    [InlineData(ImputationStrategy.Mean, 4.75)]
    [InlineData(ImputationStrategy.Mode, 2)]
    public void Fit_Strategy_FillsContinuousColumnsByItAndOthersByTheirMode(ImputationStrategy strategy, double fill)
    {
        FittedImputer fitted = Fit(new Imputer { Strategy = strategy }, Table());
        Assert.Equal([fill, 3, 1, 0], fitted.Fills);
        FeatureTable filled = fitted.Transform(Table());
        Assert.Equal([2, 2, fill, 4, 11], filled.Column(0));
        Assert.Equal([1, 0, 1, 1, 1], filled.Column(2));
        // Of equally frequent categories the first.
        Assert.Equal([2, 0, 0, 2, 0], filled.Column(3));
    }

    [Fact]
    public void Fit_Indicators_FollowAllColumnsAndTellWhatWasMissing()
    {
        FittedImputer fitted = Fit(new Imputer { AddIndicators = true }, Table());
        Assert.Equal(["measure missing", "sex missing", "level missing"], fitted.Output.Skip(4).Select(column => column.Name));
        Assert.All(fitted.Output.Skip(4), column => Assert.Equal(ColumnKind.Binary, column.Kind));
        Assert.Equal([ColumnSource.Radiomic, ColumnSource.Clinical, ColumnSource.Clinical], fitted.Output.Skip(4).Select(column => column.Source));
        FeatureTable filled = SelectionTables.Reread(fitted).Transform(Table());
        Assert.Equal([0, 0, 1, 0, 0], filled.Column(4));
        Assert.Equal([0, 0, 0, 1, 0], filled.Column(5));
        Assert.Equal([0, 0, 1, 0, 0], filled.Column(6));
    }

    [Fact]
    public void Transform_NewRows_AreFilledInColumnsThatWereCompleteOnTheTrainingRows()
    {
        FeatureTable row = SelectionTables.Of([true], Schema, [[7], [Gap], [Gap], [2]]);
        Assert.Equal([7, 3, 1, 2], Fit(new Imputer(), Table()).Transform(row).Row(0).ToArray());
    }

    [Fact]
    public void Transform_SecondReading_KeepsItsGaps()
    {
        double[] values = [1, Gap, 3], again = [Gap, 5, 6];
        FeatureTable table = SelectionTables.Of([true, false, true], [new FeatureColumn("a")], [values], [again]);
        FeatureTable filled = Fit(new Imputer { AddIndicators = true }, table).Transform(table);
        Assert.Equal([1, 2, 3], filled.Column(0));
        Assert.Equal(again, filled.Column(0, 1));
        Assert.All(filled.Column(1, 1), value => Assert.Equal(double.NaN, value));
    }

    [Fact]
    public void Fit_OneScope_LeavesGapsElsewhere()
    {
        FeatureTable filled = Fit(new Imputer { Scope = ColumnScope.Clinical }, Table()).Transform(Table());
        Assert.Equal(double.NaN, filled.Row(2)[0]);
        Assert.Equal(0, filled.Row(2)[3]);
    }

    [Fact]
    public void Fit_ColumnWithoutValues_IsRefusedByName() => Assert.Equal(
        "Imputer: 'f1' has no value in the 2 training rows. Leave such columns out.",
        Assert.Throws<LearningException>(() => Fit(new Imputer(), SelectionTables.Of([true, false], [1, 2], [Gap, Gap]))).Message);

    [Fact]
    public void Fit_IndicatorNameTaken_IsRefused() => Assert.Contains(
        "there is a column 'a missing' already",
        Assert.Throws<LearningException>(() => Fit(new Imputer { AddIndicators = true }, SelectionTables.Of(
            [true, false], [new FeatureColumn("a"), new FeatureColumn("a missing")], [[1, Gap], [0, 1]]))).Message, StringComparison.Ordinal);

    private static FeatureTable Table() => SelectionTables.Of(
        Outcomes, Schema, [[2, 2, Gap, 4, 11], [1, 3, 3, 3, 5], [1, 0, 1, Gap, 1], [2, 0, Gap, 2, 0]]);

    private static FittedImputer Fit(Imputer options, FeatureTable table) => SelectionTables.Fit<FittedImputer>(options, table);
}
