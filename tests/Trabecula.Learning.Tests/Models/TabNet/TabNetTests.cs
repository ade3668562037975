using System.Text.Json.Nodes;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

public sealed class TabNetTests
{
    private static readonly TabNet s_quick = new() { ND = 4, NA = 4, NSteps = 2, BatchSize = 32, VirtualBatchSize = 16, MaxEpochs = 12, Patience = 5 };

    [Fact]
    public void Fit_TwoColumnsThatDecide_RanksHeldOutRowsAndLooksAtThem()
    {
        Fold fold = Tables.Fold(Tables.Gaussian(new Seed(1), 400, 6, effect: 4), new Seed(2));
        FittedTabNet model = Fit(new TabNet { BatchSize = 64, MaxEpochs = 60 }, fold.Training);
        Assert.True(Auroc.Of(fold.Validation.Outcomes, model.Score(fold.Validation)).Value > 0.85);
        Assert.Equal(0, model.Importances.ToList().IndexOf(model.Importances.Max()));
        Assert.Equal(1, model.Importances.Sum(), 1e-12);
        Assert.All(model.PredictRisk(fold.Validation).Zip(model.Score(fold.Validation)), pair => Assert.Equal(1 / (1 + Math.Exp(-pair.Second)), pair.First, 1e-12));
    }

    [Fact]
    public void Fit_EarlyStopping_RestoresTheBestEpoch()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(3), 200, 5));
        TabNet options = s_quick with { MaxEpochs = 100 };
        FittedTabNet model = Fit(options, training);
        double best = model.TrainingCurve.Max(epoch => epoch.ValidationAuroc);
        Assert.Equal(best, model.TrainingCurve[model.BestEpoch].ValidationAuroc);
        Assert.Equal(model.BestEpoch, model.TrainingCurve.ToList().FindIndex(epoch => epoch.ValidationAuroc == best));
        Assert.Equal(model.BestEpoch + options.Patience + 1, model.TrainingCurve.Count);
        Fold inner = new StratifiedHoldOut { TrainingPercent = 80 }.Split(training, new Seed(7).Derive("early-stopping"))[0];
        Assert.Equal(best, Auroc.Of(inner.Validation.Outcomes, model.Score(inner.Validation.Table)).Value, 1e-12);
    }

    [Fact]
    public void Fit_TruncatedAtTheBestEpoch_IsTheSameModel()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(3), 200, 5));
        FittedTabNet whole = Fit(s_quick with { MaxEpochs = 100 }, training);
        FittedTabNet cut = Fit(s_quick with { MaxEpochs = whole.BestEpoch + 1 }, training);
        Assert.Equal(whole.Score(training.Table), cut.Score(training.Table));
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameWeightsAndAnotherSeedOthers()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(4), 90, 5));
        string Weights(ulong seed) => s_quick.Fit(training, new Seed(seed), TestContext.Current.CancellationToken).ToJson()["parameters"]!.GetValue<string>();
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void ToJson_ReadBack_PredictsAndExplainsTheSame()
    {
        FeatureTable table = WithCategories(120);
        FittedTabNet model = Fit(s_quick with { EmbeddingSize = 2, MaskType = MaskType.Entmax, Schedule = Schedule.Cosine, ClassWeight = ClassWeight.Balanced }, Tables.Train(table));
        var read = (FittedTabNet)FittedState.Default.ReadClassifier(JsonNode.Parse(model.ToJson().ToJsonString())!.AsObject());
        Assert.Equal(model.Score(table), read.Score(table));
        Assert.Equal(model.PredictRisk(table), read.PredictRisk(table));
        Assert.Equal(model.Importances, read.Importances);
        Assert.Equal(model.TrainingCurve, read.TrainingCurve);
        Assert.Equal(model.Options, read.Options);
        Assert.Equal(model.BestEpoch, read.BestEpoch);
        Assert.Equal(model.Explain(table).Explain(5).ToArray(), read.Explain(table).Explain(5).ToArray());
    }

    [Fact]
    public void Explain_Rows_HasMasksThatSumToOneAndImportancesOfTheirSum()
    {
        FeatureTable table = WithCategories(150);
        FittedTabNet model = Fit(s_quick with { EmbeddingSize = 3 }, Tables.Train(table));
        TabNetExplanation explanation = model.Explain(table);
        Assert.Equal(2, explanation.Steps);
        var sums = new double[table.ColumnCount];
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int step = 0; step < explanation.Steps; step++)
            {
                Assert.Equal(1, Sum(explanation.Mask(step, row)), 1e-5);
                Assert.All(explanation.Mask(step, row).ToArray(), part => Assert.InRange(part, 0, 1 + 1e-5));
            }
            for (int column = 0; column < sums.Length; column++)
                sums[column] += explanation.Explain(row)[column];
        }
        double total = sums.Sum();
        Assert.All(sums.Zip(explanation.Importances), pair => Assert.Equal(pair.First / total, pair.Second, 1e-12));
    }

    [Fact]
    public void Fit_CategoryThatDecides_IsLearnedThroughItsEmbedding()
    {
        // Levels 0 and 2 are cases, 1 and 3 controls: no threshold of the number parts them.
        FeatureTable table = WithCategories(300);
        FittedTabNet model = Fit(new TabNet { BatchSize = 64, MaxEpochs = 60, EmbeddingSize = 2 }, Tables.Train(table));
        Assert.True(Auroc.Of(table.Outcomes, model.Score(table)).Value > 0.95);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(29)]
    [InlineData(4096)]
    public void Fit_AnyBatchSize_TrainsOnSmallTables(int batchSize)
    {
        // 24 + 6 rows: the last batch is short, of one row, or the only one.
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(8), 31, 3));
        FittedTabNet model = Fit(s_quick with { BatchSize = batchSize, VirtualBatchSize = 3 }, training);
        Assert.All(model.PredictRisk(training.Table), risk => Assert.InRange(risk, 0, 1));
    }

    [Fact]
    public void Fit_ConstantColumnAndOneClassInABatch_Trains()
    {
        FeatureTable table = Tables.Gaussian(new Seed(9), 40, 3);
        double[] values = [.. table.Values.ToArray().Select((value, i) => i % 3 == 1 ? 42 : value)];
        var constant = new FeatureTable(table.Columns, table.Subjects, [.. Enumerable.Range(0, 40).Select(row => row % 8 == 0)], values);
        FittedTabNet model = Fit(s_quick with { BatchSize = 4, VirtualBatchSize = 2 }, Tables.Train(constant));
        Assert.All(model.Score(constant), score => Assert.True(double.IsFinite(score)));
    }

    [Fact]
    public void Fit_WithoutValidation_TrainsEveryEpochAndTakesTheLast()
    {
        FittedTabNet model = Fit(s_quick with { ValidationPercent = 0 }, Tables.Train(Tables.Gaussian(new Seed(10), 50, 3)));
        Assert.Equal(12, model.TrainingCurve.Count);
        Assert.Equal(11, model.BestEpoch);
        Assert.All(model.TrainingCurve, epoch => Assert.True(double.IsNaN(epoch.ValidationAuroc)));
        Assert.True(model.TrainingCurve[^1].CrossEntropy < model.TrainingCurve[0].CrossEntropy);
    }

    [Fact]
    public void Fit_Schedules_LowerTheRate()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(11), 60, 3));
        double[] Rates(TabNet options) => [.. Fit(options with { MaxEpochs = 6, Patience = 100 }, training).TrainingCurve.Select(epoch => epoch.LearningRate)];
        Assert.Equal([0.02, 0.02, 0.01, 0.01, 0.005, 0.005], Rates(s_quick with { Schedule = Schedule.Step, ScheduleEpochs = 2, ScheduleFactor = 0.5 }));
        double[] cosine = Rates(s_quick with { Schedule = Schedule.Cosine });
        for (int epoch = 0; epoch < 6; epoch++)
            Assert.Equal(0.01 * (1 + Math.Cos(Math.PI * epoch / 6)), cosine[epoch], 1e-15);
        // Two epochs without a better one, and the rate halves: no run of six epochs rises six times here.
        double[] plateau = Rates(s_quick with { Schedule = Schedule.Plateau, ScheduleEpochs = 1, ScheduleFactor = 0.5, MaxEpochs = 6, LearningRate = 0.5 });
        Assert.True(plateau[^1] < 0.5);
    }

    [Fact]
    public void Fit_DivergingLearningRate_SaysSo()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(12), 60, 3));
        LearningException fault = Assert.Throws<LearningException>(() => Fit(s_quick with { LearningRate = 1e30, ClipValue = 0 }, training));
        Assert.StartsWith("TabNet: training diverged in epoch ", fault.Problem, StringComparison.Ordinal);
        Assert.Equal("Use a learning rate (lr) below 1E+30, and scaled columns.", fault.Cure);
    }

    [Fact]
    public void Fit_DropLastOfATableSmallerThanABatch_IsRefused() =>
        Assert.StartsWith("TabNet: drop_last leaves no batch, since 33 training rows", Assert.Throws<LearningException>(() =>
            Fit(s_quick with { DropLast = true, BatchSize = 256 }, Tables.Train(Tables.Gaussian(new Seed(13), 40, 3)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Fit_DropLast_LeavesOutRowsThatFillNoBatch()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(13), 50, 3));
        FittedTabNet kept = Fit(s_quick, training), dropped = Fit(s_quick with { DropLast = true }, training);
        Assert.NotEqual(kept.TrainingCurve[0].CrossEntropy, dropped.TrainingCurve[0].CrossEntropy);
    }

    [Fact]
    public void Fit_ValueBeyond32Bits_IsNamed()
    {
        var table = new FeatureTable(["x"], ["a", "b", "c", "d"], [true, true, false, false], [1, 1e300, 2, 3]);
        LearningException fault = Assert.Throws<LearningException>(() => Fit(s_quick with { ValidationPercent = 0 }, Tables.Train(table)));
        Assert.StartsWith("TabNet: 'x' of b is 1E+300", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => s_quick.Fit(Tables.Train(Tables.Gaussian(new Seed(14), 40, 3)), new Seed(1), source.Token));
    }

    [Fact]
    public void Validate_WrongOptions_ListsAll()
    {
        var options = new TabNet
        {
            ND = 0,
            NA = 5000,
            NSteps = 0,
            Gamma = 0.9,
            NIndependent = 0,
            NShared = 0,
            LambdaSparse = -1,
            VirtualBatchSize = 1,
            Momentum = 0,
            Epsilon = 0,
            MaskType = (MaskType)9,
            EmbeddingSize = 0,
            LearningRate = double.NaN,
            WeightDecay = -1,
            ClipValue = -1,
            BatchSize = 1,
            MaxEpochs = 0,
            Patience = 0,
            ValidationPercent = 0,
            Schedule = Schedule.Plateau,
            ScheduleFactor = 1,
            ScheduleEpochs = 0,
            ClassWeight = (ClassWeight)7,
            Pretraining = new Pretraining { Epochs = 0, MaskRatio = 1, NShared = 0, NIndependent = 0 },
        };
        string[] named = [.. options.Validate().Select(problem => problem.Split(' ')[0])];
        Assert.Equal(
            ["ND", "NA", "NSteps", "Gamma", "NIndependent", "LambdaSparse", "VirtualBatchSize", "Momentum", "Epsilon", "EmbeddingSize", "LearningRate",
             "WeightDecay", "ClipValue", "BatchSize", "MaxEpochs", "Patience", "ScheduleFactor", "ScheduleEpochs", "MaskType", "ClassWeight",
             "Pretraining.Epochs", "Pretraining.MaskRatio", "Pretraining.NShared", "Schedule"], named);
        Assert.Empty(new TabNet().Validate());
    }

    [Fact]
    public void Fit_SizesBeyondMemory_NamesAllOfThem()
    {
        LearningException fault = Assert.Throws<LearningException>(() =>
            Fit(new TabNet { ND = 4096, NA = 4096, NSteps = 64, NIndependent = 64 }, Tables.Train(Tables.Gaussian(new Seed(12), 60, 3))));
        Assert.StartsWith(
            "TabNet: 3 columns with ND 4096, NA 4096, NSteps 64, NIndependent 64, NShared 2 and EmbeddingSize 1 need more than", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherVersionOrLength_IsRefused()
    {
        JsonObject state = Fit(s_quick, Tables.Train(Tables.Gaussian(new Seed(15), 40, 3))).ToJson();
        JsonObject newer = state.DeepClone().AsObject(), shorter = state.DeepClone().AsObject();
        JsonObject later = state.DeepClone().AsObject();
        later["bestEpoch"] = 9999;
        Assert.Contains("epoch 9999 of", Assert.Throws<LearningException>(() => FittedState.Default.ReadClassifier(later)).Message, StringComparison.Ordinal);
        newer["version"] = 2;
        shorter["parameters"] = Convert.ToBase64String(new byte[8]);
        Assert.Contains("version 2", Assert.Throws<LearningException>(() => FittedState.Default.ReadClassifier(newer)).Message, StringComparison.Ordinal);
        Assert.Contains("'parameters' has 8 bytes", Assert.Throws<LearningException>(() => FittedState.Default.ReadClassifier(shorter)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_OtherLevels_IsRefused()
    {
        FeatureTable table = WithCategories(60);
        FittedTabNet model = Fit(s_quick, Tables.Train(table));
        var other = new FeatureTable(
            [table.Schema[0], table.Schema[1] with { Levels = ["b", "a", "c", "d"] }], table.Subjects, table.Outcomes, table.Values);
        Assert.Contains("'level' has the levels b, a, c, d, expected a, b, c, d", Assert.Throws<LearningException>(() => model.Score(other)).Message, StringComparison.Ordinal);
    }

    private static FittedTabNet Fit(TabNet options, TrainingSet training) =>
        (FittedTabNet)options.Fit(training, new Seed(7), TestContext.Current.CancellationToken);

    private static FeatureTable WithCategories(int rows)
    {
        RandomSequence random = new Seed(21).Open();
        int[] levels = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(4))];
        return new FeatureTable(
            [new FeatureColumn("noise"), new FeatureColumn("level", ColumnKind.Categorical) { Levels = ["a", "b", "c", "d"] }],
            [.. Enumerable.Range(0, rows).Select(row => $"S{row}")], [.. levels.Select(level => level % 2 == 0)],
            [.. levels.SelectMany(level => (double[])[random.NextGaussian(), level])]);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }
}
