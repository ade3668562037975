using CsCheck;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Interpretation;

public sealed class ShapTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void PathDependentAndInterventional_SmallForests_AreShapleyValuesByDefinition() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 6], Gen.Int[25, 60], Gen.Int[0, 2]).Sample((value, columns, rows, kind) =>
        {
            FeatureTable table = Tied(Tables.Gaussian(new Seed(value), rows, columns));
            Classifier model = kind switch
            {
                0 => new RandomForest { NEstimators = 4, ClassWeight = ForestClassWeight.BalancedSubsample },
                1 => new ExtraTrees { NEstimators = 4 },
                _ => new DecisionTree { ClassWeight = ClassWeight.Balanced },
            };
            var forest = (FittedForest)model.Fit(Tables.Train(table), new Seed(value), Cancellation);
            TreeEnsemble trees = ((ITreeModel)forest).Ensemble();
            FeatureTable some = table.TakeRows([0, 1, 2, 3, 4]), background = table.TakeRows([5, 6, 7, 8, 9, 10, 11]);
            ShapValues byPaths = Shap.PathDependent(forest, some, Cancellation), byBackground = Shap.Interventional(forest, some, background, Cancellation);
            double[] risks = forest.PredictRisk(some);
            for (int row = 0; row < some.RowCount; row++)
            {
                double[] x = some.Row(row).ToArray();
                AssertClose(PlainShapley.Of(columns, known => PlainShapley.ByPaths(trees, x, known)), byPaths.Row(row), 1e-13);
                AssertClose(PlainShapley.Of(columns, known => PlainShapley.ByBackground(trees, x, background, known)), byBackground.Row(row), 1e-13);
                Assert.Equal(risks[row], byPaths.Prediction(row), 1e-13);
                Assert.Equal(risks[row], byBackground.Prediction(row), 1e-13);
            }
            Assert.Equal(PlainShapley.ByPaths(trees, [], 0), byPaths.Baseline, 1e-13);
            Assert.Equal(forest.PredictRisk(background).Average(), byBackground.Baseline, 1e-13);
        }, iter: 40, threads: 2);

    [Fact]
    public void PathDependent_DeepForestOfManyColumns_StillAddsUpToTheRisk()
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 400, 40, effect: 0.3);
        var forest = (FittedForest)new RandomForest { NEstimators = 20 }.Fit(Tables.Train(table), new Seed(5), Cancellation);
        FeatureTable some = table.TakeRows([.. Enumerable.Range(0, 40)]);
        ShapValues shap = Shap.PathDependent(forest, some, Cancellation);
        Assert.Equal(ShapScale.Risk, shap.Scale);
        Assert.Equal(forest.PredictRisk(some), Enumerable.Range(0, 40).Select(shap.Prediction), (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void PathDependent_MissingValue_GoesTheWayOfTheNode()
    {
        // Column 0 sends what is missing to the right, column 1 to the left.
        ExplainedNode[] tree =
        [
            new(0, 1, 2, 0.5, false, 10, 0), new(-1, 0, 0, 0, false, 4, -1), new(1, 3, 4, 2, true, 6, 0), new(-1, 0, 0, 0, false, 5, 0.25),
            new(-1, 0, 0, 0, false, 1, 3),
        ];
        var ensemble = new TreeEnsemble([tree, tree], 1, 0.1, ShapScale.LogOdds);
        double[] values = [double.NaN, double.NaN, 0, double.NaN, double.NaN, 5, 1, 2];
        var rows = new FeatureTable(["a", "b"], ["1", "2", "3", "4"], [true, false, true, false], values);
        ShapValues shap = PathDependentShap.Of(ensemble, rows, Cancellation);
        Assert.Equal([0.6, -1.9, 6.1, 0.6], Enumerable.Range(0, 4).Select(shap.Prediction), (a, b) => Math.Abs(a - b) < 1e-14);
        for (int row = 0; row < 4; row++)
        {
            double[] x = rows.Row(row).ToArray();
            AssertClose(PlainShapley.Of(2, known => PlainShapley.ByPaths(ensemble, x, known)), shap.Row(row), 1e-14);
        }
    }

    [Fact]
    public void Of_CategoricalCodesAndTheirGroups_AddUp()
    {
        FeatureTable gaussian = Tables.Gaussian(new Seed(8), 80, 3);
        FeatureColumn[] schema = [new("level", ColumnKind.Categorical) { Levels = ["a", "b", "c"] }, new("f1"), new("f2", ColumnKind.Binary)];
        double[] values = [.. Enumerable.Range(0, 240).Select(i => (i % 3, gaussian.Row(i / 3)[i % 3]) switch
        {
            (0, < -0.4) => 0, (0, < 0.4) => 1, (0, _) => 2, (2, < 0) => 0, (2, _) => 1, (_, double x) => x,
        })];
        TrainingSet training = Tables.Train(new FeatureTable(schema, gaussian.Subjects, gaussian.Outcomes, values));
        var fitted = (FittedForest)new RandomForest { NEstimators = 10 }.Fit(training, new Seed(1), Cancellation);
        ShapValues codes = Shap.Of(fitted, training.Table, training.Table, Cancellation)!;
        Assert.Equal(fitted.PredictRisk(training.Table), Enumerable.Range(0, 80).Select(codes.Prediction), (a, b) => Math.Abs(a - b) < 1e-13);

        FittedTransformer encoder = new OneHotEncoder().Fit(training, new Seed(0), Cancellation);
        TrainingSet encoded = encoder.Transform(training);
        FittedClassifier logistic = new LogisticRegression().Fit(encoded, new Seed(1), Cancellation);
        IReadOnlyList<ColumnGroup> groups = ColumnGroup.OfPredictors([encoder], encoded.Table.Schema);
        Assert.Equal(["level", "f1", "f2"], groups.Select(group => group.Name));
        Assert.Equal([0, 1, 2], groups[0].Columns);
        ShapValues single = Shap.Of(logistic, encoded.Table, encoded.Table, Cancellation)!, grouped = single.Of(groups);
        for (int row = 0; row < 80; row++)
        {
            Assert.Equal(single.Row(row)[0] + single.Row(row)[1] + single.Row(row)[2], grouped.Row(row)[0], 1e-15);
            Assert.Equal(single.Prediction(row), grouped.Prediction(row), 1e-13);
        }
    }

    [Fact]
    public void Of_EveryModel_ExplainsItsScoreOrSaysThatItCannot()
    {
        FeatureTable table = Tables.Gaussian(new Seed(3), 80, 4);
        TrainingSet training = Tables.Train(table);
        FeatureTable background = table.TakeRows([.. Enumerable.Range(20, 30)]);
        FittedClassifier logistic = Fit(new LogisticRegression()), linear = Fit(new SupportVectorMachine { Kernel = Kernel.Linear });
        FittedClassifier calibrated = Fit(new CalibratedClassifier(new LogisticRegression()));
        foreach (FittedClassifier model in (FittedClassifier[])[logistic, linear, calibrated])
        {
            ShapValues shap = Shap.Of(model, table, background, Cancellation)!;
            Assert.Equal(model.Score(table), Enumerable.Range(0, 80).Select(shap.Prediction), (a, b) => Math.Abs(a - b) < 1e-12);
            Assert.Equal(model.Score(background).Average(), shap.Baseline, 1e-12);
        }
        Assert.Null(Shap.Of(Fit(new SupportVectorMachine()), table, background, Cancellation));
        Assert.Throws<ArgumentException>(() => Shap.PathDependent(logistic, table, Cancellation));
        Assert.Throws<LearningException>(() => Shap.Of(logistic, Tables.Gaussian(new Seed(1), 9, 3), background, Cancellation));
        Assert.Contains("no background", Assert.Throws<LearningException>(() => Shap.Of(logistic, table, table.TakeRows([]), Cancellation)).Message, StringComparison.Ordinal);

        FittedClassifier Fit(Classifier model) => model.Fit(training, new Seed(2), Cancellation);
    }

    [Fact]
    public void GaussLegendre_UpTo20Points_IntegratesPowersExactly()
    {
        (double[] Points, double[] Weights)[] rules = GaussLegendre.UpTo(20);
        for (int n = 1; n <= 20; n++)
        {
            for (int power = 0; power < 2 * n; power++)
                Assert.Equal(1.0 / (power + 1), rules[n - 1].Points.Zip(rules[n - 1].Weights).Sum(each => each.Second * Math.Pow(each.First, power)), 1e-14);
        }
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<double> found, double tolerance) =>
        Assert.Equal(expected, found.ToArray(), (a, b) => Math.Abs(a - b) <= tolerance);

    /// <summary>The same table with ties and with columns that come back on a path.</summary>
    private static FeatureTable Tied(FeatureTable table) =>
        table.WithValues([.. Enumerable.Range(0, table.RowCount).SelectMany(row => table.Row(row).ToArray().Select(x => Math.Round(x, 1)))]);
}
