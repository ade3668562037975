using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Tests.Selection;
using Xunit;

namespace Trabecula.Learning.Tests.Preparation;

public sealed class OneHotEncoderTests
{
    private static readonly bool[] Outcomes = [true, false, true, false];

    [Fact]
    public void Fit_Categories_BecomeColumnsInPlaceForThoseThatOccur()
    {
        FittedOneHotEncoder fitted = Fit(new OneHotEncoder(), Table());
        Assert.Equal(["x", "level=T12", "level=L1", "y"], fitted.Output.Select(column => column.Name));
        Assert.Equal(new FeatureColumn("level=L1", ColumnKind.Binary, ColumnSource.Clinical), fitted.Output[2]);
        FeatureTable encoded = SelectionTables.Reread(fitted).Transform(Table());
        Assert.Equal([1, 0, 1, double.NaN], encoded.Column(1));
        Assert.Equal([0, 1, 0, double.NaN], encoded.Column(2));
        Assert.Equal([5, 6, 7, 8], encoded.Column(3));
    }

    [Fact]
    public void Fit_DropFirst_LeavesOutTheFirstThatOccurs() => Assert.Equal(
        ["x", "level=L1", "y"], Fit(new OneHotEncoder { DropFirst = true }, Table()).Output.Select(column => column.Name));

    [Fact]
    public void Transform_OtherNumbersForTheSameNames_GivesTheSameColumns()
    {
        FeatureTable renumbered = Table(["L1", "T11", "T12"], [2, 0, 2, double.NaN]);
        FittedOneHotEncoder fitted = Fit(new OneHotEncoder(), Table());
        Assert.Equal(fitted.Transform(Table()).Values.ToArray(), fitted.Transform(renumbered).Values.ToArray());
    }

    [Fact]
    public void Transform_OtherNumbersThroughAnEarlierStep_GivesTheSameColumns()
    {
        var steps = new PreparationSteps([new VarianceFilter(), new OneHotEncoder()]);
        FittedPreparation fitted = steps.Fit(Tables.Train(Table()), new Seed(0), TestContext.Current.CancellationToken);
        FeatureTable renumbered = Table(["L1", "T11", "T12"], [2, 0, 2, double.NaN]);
        FeatureTable expected = fitted.Steps[1].Transform(fitted.Steps[0].Transform(Table()));
        Assert.Equal(expected.Values.ToArray(), fitted.Steps[1].Transform(fitted.Steps[0].Transform(renumbered)).Values.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Transform_UnseenCategory_IsNamedWhetherListedOrNot(bool throughAnEarlierStep)
    {
        // T11 is listed on the training rows but occurs on none; S1 is not listed there at all.
        FeatureTable other = Table(["T11", "T12", "L1", "S1"], [0, 1, 3, 2]);
        FittedOneHotEncoder fitted = Fit(new OneHotEncoder(), Table());
        FeatureTable given = throughAnEarlierStep ? SelectionTables.Fit<FittedVarianceFilter>(new VarianceFilter(), Table()).Transform(other) : other;
        Assert.Equal(
            "One-hot encoder: 2 values are categories that no training row has: 'T11' in 'level' of S0; 'S1' in 'level' of S2. " +
            "Join rare categories, or write unseen: allZero in oneHotEncoding.",
            Assert.Throws<LearningException>(() => fitted.Transform(given)).Message);
        FeatureTable zeros = Fit(new OneHotEncoder { Unseen = UnseenCategory.AllZero }, Table()).Transform(given);
        Assert.Equal([0, 1, 0, 0], zeros.Column(1));
        Assert.Equal([0, 0, 0, 1], zeros.Column(2));
    }

    [Fact]
    public void Transform_ColumnOfAnotherKind_IsRefused()
    {
        FeatureColumn[] schema = [new("x"), new("level", Source: ColumnSource.Clinical), new("y")];
        Assert.StartsWith(
            "One-hot encoder: column 'level' is Continuous, but was Categorical on the training rows.",
            Assert.Throws<LearningException>(() => Fit(new OneHotEncoder(), Table()).Transform(
                SelectionTables.Of([true], schema, [[1], [1], [1]]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_EncodedNameTaken_IsRefused()
    {
        FeatureColumn[] schema = [new("level", ColumnKind.Categorical) { Levels = ["a"] }, new("level=a")];
        Assert.Contains("hold 'level=a' twice", Assert.Throws<LearningException>(() => Fit(
            new OneHotEncoder(), SelectionTables.Of([true, false], schema, [[0, 0], [1, 2]]))).Message, StringComparison.Ordinal);
    }

    private static FeatureTable Table(string[]? levels = null, double[]? numbers = null)
    {
        FeatureColumn[] schema =
        [
            new("x"), new("level", ColumnKind.Categorical, ColumnSource.Clinical) { Levels = levels ?? ["T11", "T12", "L1"] }, new("y"),
        ];
        return SelectionTables.Of(Outcomes, schema, [[1, 2, 3, 4], numbers ?? [1, 2, 1, double.NaN], [5, 6, 7, 8]]);
    }

    private static FittedOneHotEncoder Fit(OneHotEncoder options, FeatureTable table) => SelectionTables.Fit<FittedOneHotEncoder>(options, table);
}
