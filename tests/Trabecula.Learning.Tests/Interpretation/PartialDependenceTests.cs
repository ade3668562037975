using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Xunit;

namespace Trabecula.Learning.Tests.Interpretation;

public sealed class PartialDependenceTests
{
    [Fact]
    public void Of_LogisticPipeline_GoesAlongItsOwnCurveInTheColumnsUnit()
    {
        FeatureTable gaussian = Tables.Gaussian(new Seed(2), 120, 2);
        FeatureTable table = gaussian.WithValues([.. Enumerable.Range(0, 240).Select(i => 100 + 10 * gaussian.Row(i / 2)[i % 2])]);
        FittedPipeline pipeline = Fit(new PreparationSteps([new StandardScaler()]), table);
        PartialDependence found = PartialDependence.Of(pipeline, table, 0, 7, TestContext.Current.CancellationToken);
        Assert.Equal(("f0", 7, 120, 0), (found.Predictor, found.Values.Count, found.Curves.Count, found.Labels.Count));
        Assert.Equal(Quantile(table.Column(0), 0.05), found.Values[0]);
        Assert.Equal(Quantile(table.Column(0), 0.95), found.Values[^1]);
        for (int point = 0; point < 7; point++)
        {
            double[] expected = pipeline.PredictRisk(table.WithValues([.. Enumerable.Range(0, 240).Select(i => i % 2 == 0 ? found.Values[point] : table.Row(i / 2)[1])]));
            Assert.Equal(expected, found.Curves.Select(curve => curve[point]));
            Assert.Equal(expected.Average(), found.MeanRisks[point], 1e-15);
        }
        Assert.Equal(found.MeanRisks.Order(), found.MeanRisks);
    }

    [Fact]
    public void Of_CategoriesAndFewValues_GoesOverThoseThatOccur()
    {
        FeatureColumn[] schema = [new("level", ColumnKind.Categorical) { Levels = ["L1", "L2", "L3", "none has it"] }, new("sex", ColumnKind.Binary), new("grade")];
        var random = new RandomSequence(new Seed(6));
        double[] values = [.. Enumerable.Range(0, 80).SelectMany(row => (double[])[row % 3, row % 2, 1 + row % 4])];
        var table = new FeatureTable(schema, [.. Enumerable.Range(0, 80).Select(i => $"S{i}")], [.. Enumerable.Range(0, 80).Select(row => random.NextDouble() < 0.2 + 0.2 * (row % 3))], values);
        FittedPipeline pipeline = Fit(new PreparationSteps([new OneHotEncoder(), new StandardScaler()]), table);
        PartialDependence level = Of(0), sex = Of(1), grade = Of(2);
        Assert.Equal(["L1", "L2", "L3"], level.Labels);
        Assert.Equal([0, 1], sex.Values);
        Assert.Equal([1, 2, 3, 4], grade.Values);
        Assert.Contains("no value", Assert.Throws<LearningException>(() => PartialDependence.Of(
            pipeline, table.WithValues([.. values.Select((value, i) => i % 3 == 2 ? double.NaN : value)]), 2, 5, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

        PartialDependence Of(int column) => PartialDependence.Of(pipeline, table, column, 5, TestContext.Current.CancellationToken);
    }

    private static FittedPipeline Fit(PreparationSteps steps, FeatureTable table) =>
        new Pipeline(steps, [], new LogisticRegression()).Fit(Tables.Train(table), new Seed(1), TestContext.Current.CancellationToken);

    private static double Quantile(double[] values, double probability) => Learning.Statistics.Quantiles.Of(values, probability);
}
