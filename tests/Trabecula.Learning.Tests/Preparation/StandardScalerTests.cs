using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Preparation;

public sealed class StandardScalerTests
{
    [Fact]
    public void Fit_SmallColumn_TakesPopulationDeviation()
    {
        var table = new FeatureTable(["a"], ["1", "2", "3", "4"], [true, false, true, false], [1, 2, 3, 6]);
        FittedStandardScaler scaler = Tables.Scaler(Tables.Train(table));
        Assert.Equal(3, scaler.Means[0], 1e-15);
        Assert.Equal(Math.Sqrt(14.0 / 4), scaler.Scales[0], 1e-15);
        Assert.Equal((6 - 3) / Math.Sqrt(3.5), scaler.Transform(table).Row(3)[0], 1e-15);
    }

    [Fact]
    public void Transform_CategoricalColumn_StaysSoThatAModelCanEmbedIt()
    {
        FeatureColumn[] schema = [new("measure"), new("sex", ColumnKind.Binary), new("level", ColumnKind.Categorical) { Levels = ["a", "b", "c"] }];
        var table = new FeatureTable(schema, ["1", "2", "3"], [true, false, true], [1, 0, 2, 2, 1, 1, 4, 1, 0]);
        FeatureTable scaled = Tables.Scaler(Tables.Train(table)).Transform(table);
        Assert.Equal([ColumnKind.Continuous, ColumnKind.Continuous, ColumnKind.Categorical], scaled.Schema.Select(column => column.Kind));
        Assert.Equal(["a", "b", "c"], scaled.Schema[2].Levels);
        Assert.Equal(table.Column(2), scaled.Column(2));
    }

    [Fact]
    public void Fit_MissingValue_IsRefusedInTheScopeAlone()
    {
        FeatureColumn[] schema = [new("age", Source: ColumnSource.Clinical), new("texture")];
        TrainingSet training = Tables.Train(new FeatureTable(schema, ["1", "2", "3"], [true, false, true], [1, double.NaN, 2, 5, 4, 7]));
        var seed = new Seed(1);
        FittedTransformer clinical = new StandardScaler { Scope = ColumnScope.Clinical }.Fit(training, seed, TestContext.Current.CancellationToken);
        Assert.Equal([double.NaN, 5, 7], clinical.Transform(training.Table).Column(1));
        Assert.Contains("'texture' of 1", Assert.Throws<LearningException>(() => new StandardScaler { Scope = ColumnScope.Radiomic }.Fit(training, seed, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(-123456789.123)]
    public void Fit_ConstantColumn_HasScaleOneAndBecomesZero(double value)
    {
        int n = 37;
        var table = new FeatureTable(
            ["a"], [.. Enumerable.Range(0, n).Select(i => $"{i}")], [.. Enumerable.Range(0, n).Select(i => i % 2 == 0)],
            [.. Enumerable.Repeat(value, n)]);
        FittedStandardScaler scaler = Tables.Scaler(Tables.Train(table));
        Assert.Equal(1, scaler.Scales[0]);
        Assert.Equal(0, scaler.Transform(table).Row(5)[0], Math.Abs(value) * 1e-14);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void Fit_ValuesWhoseSquaresAreNoNumbers_ScalesAsOthers(double unit)
    {
        var plain = new FeatureTable(["a"], ["1", "2", "3", "4"], [true, false, true, false], [1, 2, 3, 6]);
        var table = new FeatureTable(["a"], ["1", "2", "3", "4"], [true, false, true, false], [unit, 2 * unit, 3 * unit, 6 * unit]);
        double[] expected = Tables.Scaler(Tables.Train(plain)).Transform(plain).Column(0);
        Assert.Equal(expected, Tables.Scaler(Tables.Train(table)).Transform(table).Column(0), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Fit_ValuesThatCannotBeSubtracted_NamesTheColumn()
    {
        var table = new FeatureTable(["a", "huge"], ["1", "2"], [true, false], [1, 1.5e308, 2, -1.5e308]);
        LearningException thrown = Assert.Throws<LearningException>(() => Tables.Scaler(Tables.Train(table)));
        Assert.Contains("'huge'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_HeldOutRowsChanged_GivesTheSameScaler()
    {
        FeatureTable table = Tables.Gaussian(new Seed(1), 40, 3);
        Fold split = Tables.Fold(table, new Seed(2));
        double[] values = [.. Enumerable.Range(0, table.RowCount).SelectMany(r =>
            table.Row(r).ToArray().Select(v => split.Validation.Subjects.Contains(table.Subjects[r]) ? v + 1000 : v))];
        var changed = new FeatureTable(table.Columns, table.Subjects, table.Outcomes, values);
        FittedStandardScaler first = Tables.Scaler(split.Training);
        FittedStandardScaler second = Tables.Scaler(Tables.Fold(changed, new Seed(2)).Training);
        Assert.Equal(first.Means, second.Means);
        Assert.Equal(first.Scales, second.Scales);
    }

    [Fact]
    public void MeansAndScales_CastToWritableLists_CannotBeChanged()
    {
        FittedStandardScaler scaler = Tables.Scaler(Tables.Train(Tables.Of(["a", "b"], [false, true])));
        Assert.Throws<NotSupportedException>(() => ((IList<FeatureColumn>)scaler.Input)[0] = new FeatureColumn("x"));
        Assert.Throws<NotSupportedException>(() => ((IList<double>)scaler.Means)[0] = 9);
        Assert.Throws<NotSupportedException>(() => ((IList<double>)scaler.Scales)[0] = 9);
    }

    [Fact]
    public void Transform_OtherColumns_NamesTheFirstThatDiffers()
    {
        FittedStandardScaler scaler = Tables.Scaler(Tables.Train(new FeatureTable(["a", "b"], ["1", "2"], [true, false], [1, 2, 3, 4])));
        var thrown = Assert.Throws<LearningException>(() => scaler.Transform(new FeatureTable(["a", "c"], ["1"], [true], [1, 2])));
        Assert.StartsWith("Standard scaler: column 2 is 'c', expected 'b'.", thrown.Message, StringComparison.Ordinal);
    }
}
