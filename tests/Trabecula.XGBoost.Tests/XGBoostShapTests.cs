using System.Text.Json;
using CsCheck;
using Trabecula.Learning;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Tests;
using Trabecula.Learning.Tests.Interpretation;
using Trabecula.XGBoost.Native;
using Xunit;

namespace Trabecula.XGBoost.Tests;

public sealed class XGBoostShapTests
{
    public XGBoostShapTests() => NativeLibraryPresence.Require();

    [Fact]
    public void Of_ModelOfTheReference_EqualsPredContribsOfPython()
    {
        JsonElement golden = ShapGolden.Read(), expected = golden.GetProperty("xgboost");
        var model = (FittedXGBoost)new XGBoostClassifier { NEstimators = 10, MaxDepth = 3, LearningRate = 0.2, BaseScore = 0.5 }
            .Fit(ShapGolden.Training(golden), new Seed(0), TestContext.Current.CancellationToken);
        FeatureTable explained = ShapGolden.Rows(golden).Explained;
        // The reference's version 3 and this library draw other histograms where their margins differ; then there is nothing to compare.
        double[] margins = ReferenceData.Doubles(expected.GetProperty("margin"));
        Assert.SkipUnless(margins.Zip(model.Score(explained)).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4), "this version of the library grows other trees");
        ShapValues shap = Shap.Of(model, explained, explained, TestContext.Current.CancellationToken)!;
        double worst = 0;
        foreach ((int row, JsonElement values) in expected.GetProperty("margin_contributions").EnumerateArray().Index())
        {
            double[] contributions = ReferenceData.Doubles(values);
            Assert.Equal(contributions[^1], shap.Baseline, 1e-5);
            for (int column = 0; column < contributions.Length - 1; column++)
                worst = Math.Max(worst, Math.Abs(contributions[column] - shap.Row(row)[column]));
        }
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"largest difference {worst:E1}"));
        // The library adds in 32 bits.
        Assert.InRange(worst, 0, 1e-5);
    }

    [Fact]
    public void Of_AnyModelAndMissingValues_EqualsPredContribsOfTheLibraryAndAddsUp() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 6], Gen.Bool, Gen.Int[1, 6]).Sample((value, columns, exact, depth) =>
        {
            FeatureTable table = WithGaps(Tables.Gaussian(new Seed(value), 90, columns), new Seed(value));
            var model = (FittedXGBoost)new XGBoostClassifier
            {
                NEstimators = 8,
                MaxDepth = depth,
                TreeMethod = exact ? XGBoostTreeMethod.Exact : XGBoostTreeMethod.Hist,
                Subsample = 0.8,
            }.Fit(Tables.Train(table), new Seed(value), TestContext.Current.CancellationToken);
            ShapValues shap = Shap.Of(model, table, table, TestContext.Current.CancellationToken)!;
            Assert.Equal(ShapScale.LogOdds, shap.Scale);
            double[] scores = model.Score(table);
            float[] library = Contributions(model, table);
            for (int row = 0; row < table.RowCount; row++)
            {
                Assert.Equal(scores[row], shap.Prediction(row), 2e-6);
                for (int column = 0; column < columns; column++)
                    Assert.Equal(library[row * (columns + 1) + column], shap.Row(row)[column], 1e-5);
                Assert.Equal(library[row * (columns + 1) + columns], shap.Baseline, 1e-5);
            }
        }, iter: 30, threads: 2);

    [Fact]
    public void PathDependentAndInterventional_SmallModel_AreShapleyValuesByDefinition()
    {
        FeatureTable table = WithGaps(Tables.Gaussian(new Seed(4), 60, 5), new Seed(4));
        FittedClassifier model = new XGBoostClassifier { NEstimators = 6, MaxDepth = 4 }.Fit(Tables.Train(table), new Seed(4), TestContext.Current.CancellationToken);
        TreeEnsemble trees = ((ITreeModel)model).Ensemble();
        FeatureTable background = table.TakeRows([.. Enumerable.Range(10, 12)]), some = table.TakeRows([0, 1, 2, 3, 4, 5]);
        ShapValues byPaths = Shap.PathDependent(model, some, TestContext.Current.CancellationToken);
        ShapValues byBackground = Shap.Interventional(model, some, background, TestContext.Current.CancellationToken);
        for (int row = 0; row < some.RowCount; row++)
        {
            double[] x = some.Row(row).ToArray();
            Assert.Equal(PlainShapley.Of(5, known => PlainShapley.ByPaths(trees, x, known)), byPaths.Row(row).ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
            Assert.Equal(PlainShapley.Of(5, known => PlainShapley.ByBackground(trees, x, background, known)), byBackground.Row(row).ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    private static FeatureTable WithGaps(FeatureTable table, Seed seed)
    {
        RandomSequence random = seed.Derive("gaps").Open();
        return table.WithValues([.. Enumerable.Range(0, table.RowCount).SelectMany(row => table.Row(row).ToArray().Select(x => random.NextDouble() < 0.15 ? double.NaN : x))]);
    }

    /// <summary>What the library itself says: for each row the columns' contributions, then the bias.</summary>
    private static unsafe float[] Contributions(FittedXGBoost model, FeatureTable table)
    {
        byte[] state = Convert.FromBase64String(model.ToJson()["model"]!.GetValue<string>());
        using BoosterHandle booster = BoosterHandle.OfBytes(state);
        using MatrixHandle matrix = MatrixHandle.Of(table);
        XGBoostApi.Check(XGBoostApi.XGBoosterPredictFromDMatrix(
            booster, matrix, """{"type": 2, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": true}""", out _, out _, out float* result));
        return new ReadOnlySpan<float>(result, table.RowCount * (table.ColumnCount + 1)).ToArray();
    }
}
