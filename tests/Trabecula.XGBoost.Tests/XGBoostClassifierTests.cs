using System.Text.Json.Nodes;
using CsCheck;
using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Tests;
using Xunit;

namespace Trabecula.XGBoost.Tests;

public sealed class XGBoostClassifierTests
{
    public XGBoostClassifierTests() => NativeLibraryPresence.Require();

    [Fact]
    public void FitAndScore_RunsOfDifferentLength_EqualIndividualFits() =>
        Gen.Select(Gen.ULong, Gen.Int[30, 90], Gen.Bool, Gen.Double[0.5, 1]).Sample((value, rows, exact, share) =>
        {
            Fold fold = Tables.Fold(Tables.Gaussian(new Seed(value), rows, 5), new Seed(value));
            XGBoostClassifier[] models =
            [
                .. ((int[])[3, 12, 1, 30]).Select(rounds => new XGBoostClassifier
                {
                    NEstimators = rounds, MaxDepth = 3, Subsample = share, ColsampleByTree = share,
                    TreeMethod = exact ? XGBoostTreeMethod.Exact : XGBoostTreeMethod.Hist,
                }),
            ];
            Assert.Single(models.Select(model => model.SharedWork).Distinct());
            IReadOnlyList<double[]> together = models[0].FitAndScore(
                models, fold.Training, fold.Validation, new Seed(value), TestContext.Current.CancellationToken);
            for (int i = 0; i < models.Length; i++)
                Assert.Equal(Fit(models[i], fold.Training, value).Score(fold.Validation), together[i]);
        }, iter: 15, threads: 2);

    [Fact]
    public void FitAndScore_ModelsThatShareNoWork_AreRefused()
    {
        Fold fold = Tables.Fold(Tables.Gaussian(new Seed(1), 40, 3), new Seed(1));
        var model = new XGBoostClassifier { NEstimators = 2 };
        AssertRefused([model, model with { MaxDepth = 2 }], fold.Validation);
        AssertRefused([new DecisionTree()], fold.Validation);
        AssertRefused([model with { NEstimators = 0 }], fold.Validation);
        AssertRefused([model], Tables.Fold(Tables.Gaussian(new Seed(1), 40, 3), new Seed(2)).Validation);

        void AssertRefused(Classifier[] models, ValidationSet validation) => Assert.Throws<ArgumentException>(() =>
            model.FitAndScore(models, fold.Training, validation, new Seed(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Fit_OnSeveralThreads_GivesTheSameBits()
    {
        // The library keeps random numbers with the thread: fits side by side must not disturb each other.
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(2), 80, 6));
        var model = new XGBoostClassifier { NEstimators = 15, Subsample = 0.5, ColsampleByTree = 0.5 };
        double[][] alone = [.. Enumerable.Range(0, 8).Select(seed => Fit(model, training, (ulong)seed).Score(training.Table))];
        var together = new double[8][];
        Parallel.For(0, 8, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken, MaxDegreeOfParallelism = 4 },
            seed => together[seed] = Fit(model, training, (ulong)seed).Score(training.Table));
        Assert.Equal(alone, together);
        Assert.NotEqual(alone[0], alone[1]);
    }

    [Fact]
    public void Score_OfOneModelByManyThreads_GivesTheSameBits()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(3), 80, 4));
        FittedXGBoost model = Fit(new XGBoostClassifier { NEstimators = 20 }, training);
        double[] alone = model.Score(training.Table);
        var together = new double[16][];
        Parallel.For(0, 16, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken, MaxDegreeOfParallelism = 4 },
            i => together[i] = model.Score(training.Table));
        Assert.All(together, scores => Assert.Equal(alone, scores));
    }

    [Fact]
    public void ToJson_ReadAgain_PredictsTheSameBits()
    {
        FeatureTable table = Tables.Gaussian(new Seed(4), 60, 4);
        FittedXGBoost model = Fit(new XGBoostClassifier { NEstimators = 12 }, Tables.Train(table));
        JsonObject state = JsonNode.Parse(model.ToJson().ToJsonString())!.AsObject();
        var read = (FittedXGBoost)FittedState.Default.WithXGBoost().ReadClassifier(state);
        Assert.Equal(model.PredictRisk(table), read.PredictRisk(table));
        Assert.Equal((12, "XGBoost"), (read.NEstimators, read.Name));
        Assert.Equal(model.Columns, read.Columns);
        Assert.Equal(XGBoostLibrary.Version!.ToString(), state["libraryVersion"]!.GetValue<string>());
        state["model"] = Convert.ToBase64String([1, 2, 3, 4]);
        Assert.Throws<LearningException>(() => FittedState.Default.WithXGBoost().ReadClassifier(state));
    }

    [Fact]
    public void PredictRisk_OfAnyRow_IsTheLogisticOfTheScore()
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 60, 3);
        FittedXGBoost model = Fit(new XGBoostClassifier { NEstimators = 20 }, Tables.Train(table));
        Assert.All(model.Score(table).Zip(model.PredictRisk(table)), pair => Assert.Equal(1 / (1 + Math.Exp(-pair.First)), pair.Second, 1e-15));
    }

    [Fact]
    public void Fit_NothingToLearnFrom_PredictsTheEventRate()
    {
        // A constant column cannot be parted, and the gradients of all rows sum to 0 where boosting starts from the event rate.
        FeatureTable table = Tables.Gaussian(new Seed(6), 50, 1);
        table = table.WithValues(new double[50]);
        FittedXGBoost model = Fit(new XGBoostClassifier { NEstimators = 5 }, Tables.Train(table));
        Assert.All(model.PredictRisk(table), risk => Assert.Equal(table.EventCount / 50.0, risk, 1e-6));
        Assert.All(Fit(new XGBoostClassifier { NEstimators = 1, LearningRate = 1e-9, BaseScore = 0.2 }, Tables.Train(table)).PredictRisk(table),
            risk => Assert.Equal(0.2, risk, 1e-6));
    }

    [Fact]
    public void Fit_MissingValues_AreASideOfASplit()
    {
        // Missing exactly in the cases: only the side of the missing tells them apart.
        FeatureTable complete = Tables.Gaussian(new Seed(7), 60, 1, effect: 0);
        FeatureTable table = complete.WithValues([.. complete.Values.ToArray().Select((v, i) => complete.Outcomes[i] ? double.NaN : v)]);
        double[] risks = Fit(new XGBoostClassifier { NEstimators = 30 }, Tables.Train(table)).PredictRisk(table);
        Assert.All(risks.Zip(table.Outcomes), pair => Assert.Equal(pair.Second, pair.First > 0.5));
    }

    [Fact]
    public void Fit_BalancedClasses_EqualsTheWeightOfControlsToCases()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(8), 70, 3));
        double cases = training.Table.EventCount;
        double[] balanced = Fit(new XGBoostClassifier { NEstimators = 6, ClassWeight = ClassWeight.Balanced }, training).Score(training.Table);
        Assert.Equal(Fit(new XGBoostClassifier { NEstimators = 6, ScalePosWeight = (70 - cases) / cases }, training).Score(training.Table), balanced);
        Assert.NotEqual(Fit(new XGBoostClassifier { NEstimators = 6 }, training).Score(training.Table), balanced);
    }

    [Fact]
    public void Fit_EachOption_ChangesTheModel()
    {
        // An option whose name the library does not know would be ignored without a word.
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(9), 120, 5, effect: 1));
        var plain = new XGBoostClassifier { NEstimators = 10 };
        XGBoostClassifier[] changed =
        [
            plain with { MaxDepth = 2 }, plain with { LearningRate = 0.1 }, plain with { Subsample = 0.7 }, plain with { ColsampleByTree = 0.5 },
            plain with { MinChildWeight = 4 }, plain with { RegLambda = 5 }, plain with { RegAlpha = 0.5 }, plain with { Gamma = 1 },
            plain with { ScalePosWeight = 2 }, plain with { BaseScore = 0.2 }, plain with { MaxBin = 4 }, plain with { NEstimators = 11 },
        ];
        double[] scores = Fit(plain, training).Score(training.Table);
        Assert.All(changed, model => Assert.NotEqual(scores, Fit(model, training).Score(training.Table)));
    }

    [Fact]
    public void Fit_ValueBeyond32Bits_IsRefusedByName()
    {
        FeatureTable table = Tables.Gaussian(new Seed(10), 20, 2);
        FeatureTable huge = table.WithValues([.. table.Values.ToArray().Select((v, i) => i == 7 ? 1e39 : v)]);
        Assert.StartsWith("XGBoost: 'f1' of S0003 is 1E+39", Assert.Throws<LearningException>(() => Fit(new XGBoostClassifier(), Tables.Train(huge))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            new XGBoostClassifier().Fit(Tables.Train(Tables.Gaussian(new Seed(11), 20, 2)), new Seed(1), source.Token));
    }

    private static FittedXGBoost Fit(XGBoostClassifier model, TrainingSet training, ulong seed = 1) =>
        (FittedXGBoost)model.Fit(training, new Seed(seed), TestContext.Current.CancellationToken);
}
