using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

public sealed class ReproducibilityFilterTests
{
    private static readonly FeatureColumn[] Schema = [new("good"), new("shifted"), new("age", Source: ColumnSource.Clinical)];

    // CCC of the first pair .9724047 (Lin 1989, moments with divisor n); the second differs by an offset of 2 alone, so r = 1 and
    // CCC = 2 * 2 / (2 + 2 + 4) = 0.5.
    private static readonly double[][] First = [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [60, 61, 62, 63, 64]];
    private static readonly double[][] Second = [[1.1, 2.3, 2.9, 4.4, 5.6], [3, 4, 5, 6, 7], [.. Enumerable.Repeat(double.NaN, 5)]];

    [Fact]
    public void Fit_ShiftedReader_DropsTheColumnThatPearsonWouldKeep()
    {
        FittedReproducibilityFilter fitted = Fit(new ReproducibilityFilter(), Table());
        Assert.Equal(0.9724047, fitted.Agreements[0]!.Value, 5e-8);
        Assert.Equal(0.5, fitted.Agreements[1]!.Value, 1e-15);
        Assert.Null(fitted.Agreements[2]);
        Assert.Equal(["good", "age"], SelectionTables.Names(fitted));
        Assert.Equal((2, 1), (fitted.Judged, fitted.Passed));
    }

    [Fact]
    public void Fit_AfterTheFirstReadersScaler_GivesTheSameAgreement()
    {
        FeatureTable table = Table(), scaled = SelectionTables.Fit<FittedAdaptiveScaler>(new AdaptiveScaler(), table).Transform(table);
        FittedReproducibilityFilter raw = Fit(new ReproducibilityFilter(), table), after = Fit(new ReproducibilityFilter(), scaled);
        for (int column = 0; column < 2; column++)
            Assert.Equal(raw.Agreements[column]!.Value, after.Agreements[column]!.Value, 1e-13);
    }

    [Fact]
    public void Fit_LimitReachedExactly_Keeps()
    {
        Assert.Contains("shifted", SelectionTables.Names(Fit(new ReproducibilityFilter { MinAgreement = 0.5 }, Table())));
        Assert.DoesNotContain("shifted", SelectionTables.Names(Fit(new ReproducibilityFilter { MinAgreement = 0.5000001 }, Table())));
    }

    [Theory]
    [InlineData(Agreement.Icc11, IccForm.OneWaySingle)]
    [InlineData(Agreement.Icc21, IccForm.TwoWayRandomSingle)]
    [InlineData(Agreement.Icc31, IccForm.TwoWayMixedSingle)]
    [InlineData(Agreement.Icc1k, IccForm.OneWayAverage)]
    [InlineData(Agreement.Icc2k, IccForm.TwoWayRandomAverage)]
    [InlineData(Agreement.Icc3k, IccForm.TwoWayMixedAverage)]
    public void Fit_Icc_IsTheFormOfItsName(Agreement measure, IccForm form) => Assert.Equal(
        ReaderAgreement.Of([First[1], Second[1]]).Coefficient(form),
        Fit(new ReproducibilityFilter { Measure = measure }, Table()).Agreements[1]!.Value, 1e-15);

    [Fact]
    public void Fit_ThreeReaders_TakesTheLeastConcordanceOfTwo()
    {
        FeatureTable table = SelectionTables.Of(SelectionTables.Alternating(5), Schema, First, Second, First);
        Assert.Equal(0.9724047, Fit(new ReproducibilityFilter(), table).Agreements[0]!.Value, 5e-8);
    }

    [Fact]
    public void Fit_RowsThatOneReaderLacks_AreLeftOutOfTheColumn()
    {
        double[][] gap = [[1, 2, 3, 4, 5, double.NaN, 900], [1, 2, 3, 4, 5, 6, 7], [60, 61, 62, 63, 64, 65, 66]];
        double[][] again = [[1.1, 2.3, 2.9, 4.4, 5.6, -900, double.NaN], [1, 2, 3, 4, 5, 6, 7], [.. Enumerable.Repeat(double.NaN, 7)]];
        FittedReproducibilityFilter fitted = Fit(
            new ReproducibilityFilter(), SelectionTables.Of(SelectionTables.Alternating(7), Schema, gap, again));
        Assert.Equal(0.9724047, fitted.Agreements[0]!.Value, 5e-8);
    }

    [Fact]
    public void Fit_ConstantColumn_HasNoAgreementAndIsDropped()
    {
        double[][] constant = [[2, 2, 2, 2, 2], First[1], First[2]];
        FittedReproducibilityFilter fitted = Fit(
            new ReproducibilityFilter { Scope = ColumnScope.Radiomic },
            SelectionTables.Of(SelectionTables.Alternating(5), Schema, constant, constant));
        Assert.Equal(double.NaN, fitted.Agreements[0]);
        Assert.Equal(["shifted", "age"], SelectionTables.Names(fitted));
        FittedReproducibilityFilter read = SelectionTables.Reread(fitted);
        Assert.Equal(fitted.Agreements, read.Agreements);
    }

    [Fact]
    public void Fit_OneReading_IsRefusedWithTheCure() => Assert.Equal(
        "Reproducibility filter: the table holds one reading only, but agreement needs two. Give the values of a second reader, or leave this step out.",
        Assert.Throws<LearningException>(() => Fit(
            new ReproducibilityFilter(), SelectionTables.Of(SelectionTables.Alternating(5), Schema, First))).Message);

    [Fact]
    public void Fit_NothingInScopeReadTwice_IsRefused() => Assert.Contains(
        "none of the 1 columns in its scope was read twice",
        Assert.Throws<LearningException>(() => Fit(new ReproducibilityFilter { Scope = ColumnScope.Clinical }, Table())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Transform_RereadStep_HandsOnTheSameColumnsOfBothReadings()
    {
        FittedReproducibilityFilter fitted = Fit(new ReproducibilityFilter(), Table());
        FeatureTable kept = SelectionTables.Reread(fitted).Transform(Table());
        Assert.Equal(First[0], kept.Column(0));
        Assert.Equal(Second[0], kept.Column(0, 1));
        Assert.Equal(First[2], kept.Column(1));
    }

    private static FeatureTable Table() => SelectionTables.Of(SelectionTables.Alternating(5), Schema, First, Second);

    private static FittedReproducibilityFilter Fit(ReproducibilityFilter options, FeatureTable table) =>
        SelectionTables.Fit<FittedReproducibilityFilter>(options, table);
}
