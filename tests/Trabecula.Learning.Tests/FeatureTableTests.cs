using Xunit;

namespace Trabecula.Learning.Tests;

public sealed class FeatureTableTests
{
    [Fact]
    public void Constructor_InfiniteValues_NamesColumnsAndSubjectsTogether()
    {
        var thrown = Assert.Throws<LearningException>(() =>
            new FeatureTable(["a", "b"], ["S1", "S2"], [true, false], [1, double.NegativeInfinity, double.PositiveInfinity, 2]));
        Assert.Equal(
            "2 of 4 values are infinite: 'b' of S1 is -Infinity; 'a' of S2 is Infinity. " +
            "Correct these values, or leave them empty to have them imputed.", thrown.Message);
    }

    [Fact]
    public void RequireComplete_MissingValue_IsNamed() => Assert.StartsWith(
        "Step: 1 of 2 values are missing: 'b' of S1. ",
        Assert.Throws<LearningException>(() => new FeatureTable(["a", "b"], ["S1"], [true], [1, double.NaN]).RequireComplete("Step")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(-1)]
    public void Constructor_BinaryColumnWithAnotherNumber_IsRefused(double value) =>
        Assert.Contains("'a' of S1", Assert.Throws<LearningException>(() => new FeatureTable(
            [new FeatureColumn("a", ColumnKind.Binary)], ["S1"], [true], [value])).Message, StringComparison.Ordinal);

    [Fact]
    public void Transform_SecondReading_UsesTheFirstReadersParameters()
    {
        var table = new FeatureTable([new FeatureColumn("a")], ["S1", "S2"], [true, false], [1, 3], [[5, double.NaN]]);
        FeatureTable scaled = Tables.Scaler(Tables.Train(table)).Transform(table);
        Assert.Equal([3, double.NaN], scaled.Column(0, 1));
    }

    [Fact]
    public void Constructor_ColumnTwice_IsRefused() =>
        Assert.Contains("'a' occurs twice", Assert.Throws<LearningException>(() =>
            new FeatureTable(["a", "a"], ["S1"], [true], [1, 2])).Message, StringComparison.Ordinal);

    [Fact]
    public void Constructor_CallersArraysChangeLater_TableStays()
    {
        string[] columns = ["a"], subjects = ["S1"];
        bool[] outcomes = [true];
        double[] values = [1];
        var table = new FeatureTable(columns, subjects, outcomes, values);
        (columns[0], subjects[0], outcomes[0], values[0]) = ("x", "x", false, 9);
        Assert.Equal(("a", "S1", true, 1.0), (table.Columns[0], table.Subjects[0], table.Outcomes[0], table.Row(0)[0]));
    }

    [Fact]
    public void Lists_CastToWritableOnes_CannotBeChanged()
    {
        var table = new FeatureTable(["a"], ["S1"], [true], [1]);
        Assert.Throws<NotSupportedException>(() => ((IList<string>)table.Columns)[0] = "x");
        Assert.Throws<NotSupportedException>(() => ((IList<string>)table.Subjects)[0] = "x");
        Assert.Throws<NotSupportedException>(() => ((IList<bool>)table.Outcomes)[0] = false);
    }

    [Fact]
    public void Constructor_LengthsDisagree_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new FeatureTable(["a"], ["S1"], [true, false], [1]));
        Assert.Throws<ArgumentException>(() => new FeatureTable(["a"], ["S1"], [true], [1, 2]));
    }
}
