using System.Text.Json.Nodes;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Models.Network;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>Pretraining by reconstruction: its gradients, what it reads, and what it does to a fit.</summary>
public sealed unsafe class TabNetPretrainingTests
{
    private const int Rows = 14;

    private static readonly TabNet s_small = new() { ND = 3, NA = 2, NSteps = 2, VirtualBatchSize = 5 };

    private static readonly Dictionary<string, (TabNet Options, Pretraining Pretraining, int[] Levels)> s_networks = new()
    {
        ["plain"] = (s_small, new Pretraining(), [0, 0, 0, 0]),
        ["entmax"] = (s_small with { MaskType = MaskType.Entmax }, new Pretraining(), [0, 0, 0, 0, 0]),
        ["embeddings"] = (s_small with { EmbeddingSize = 3 }, new Pretraining(), [0, 3, 0, 2]),
        ["deep decoder"] = (s_small, new Pretraining { NShared = 2, NIndependent = 2 }, [0, 0, 0]),
        ["decoder of shared layers"] = (s_small with { NSteps = 3 }, new Pretraining { NShared = 2, NIndependent = 0 }, [0, 0, 0]),
        ["decoder of independent layers"] = (s_small, new Pretraining { NShared = 0, NIndependent = 1 }, [0, 0, 0]),
        ["a last row joined"] = (s_small with { VirtualBatchSize = 4 }, new Pretraining(), [0, 0]),
    };

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradient_OfEveryParameter_EqualsDifferencesOfTheLoss(string name)
    {
        (TabNet options, Pretraining pretraining, int[] levels) = s_networks[name];
        var architecture = new TabNetArchitecture(options, levels, 2, pretraining);
        using var state = new NetworkState<double>(architecture);
        RandomSequence random = new Seed(4).Open();
        state.Initialize(random);
        GradientCheck.Unsettle(state, random);
        using var step = new ReconstructionStep<double>(state, Rows);
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < architecture.Features.Count; i++)
            {
                step.Targets[row * architecture.Features.Stride + i] = random.NextGaussian();
                step.Hidden[row * architecture.Features.Stride + i] = random.NextInt(2);
                step.Means[i] = 0.1 * i;
                // The last input does not count.
                step.InverseVariances[i] = i + 1 < architecture.Features.Count ? 1 + i : 0;
            }
        }
        Loss();
        // Short, since the third derivative of entmax is large where an input enters the support.
        GradientCheck.EqualsDifferences(state, 2e-7, Loss);

        double Loss() => step.Run(Rows, Cancel);
    }

    [Fact]
    public void Loss_OfADecoderThatGivesTheMean_IsThePlainSum()
    {
        var architecture = new TabNetArchitecture(s_small, [0, 0], 2, new Pretraining());
        using var state = new NetworkState<double>(architecture);
        using var step = new ReconstructionStep<double>(state, 3);
        // All weights are 0, and so is the reconstruction.
        double[] targets = [1, -2, 3, 4, -5, 6], hidden = [1, 0, 0, 1, 1, 1], inverse = [0.5, 2];
        for (int i = 0; i < 6; i++)
        {
            step.Targets[i / 2 * architecture.Features.Stride + i % 2] = targets[i];
            step.Hidden[i / 2 * architecture.Features.Stride + i % 2] = hidden[i];
            step.InverseVariances[i % 2] = inverse[i % 2];
        }
        Assert.Equal((1 * 0.5 + 16 * 2 + 25 * 0.5 + 36 * 2) / 4, step.Run(3, Cancel), 1e-12);
    }

    [Fact]
    public void Fit_ColumnsOfOneFactor_ReconstructsThem()
    {
        FittedTabNet model = Fit(Pretrained(200), Tables.Train(Factors(new Seed(1), 120)), new Seed(2));
        Assert.Equal(200, model.PretrainingCurve.Count);
        // The mean of each column would give 1; what is hidden changes from epoch to epoch, and the loss with it.
        Assert.InRange(model.PretrainingCurve.Skip(180).Average(), 0.3, 0.8);
    }

    [Fact]
    public void Fit_OtherOutcomes_PretrainsTheSame()
    {
        FeatureTable table = Factors(new Seed(1), 60);
        var turned = new FeatureTable(table.Columns, table.Subjects, [.. table.Outcomes.Select(outcome => !outcome)], table.Values);
        TabNet options = Pretrained(5) with { ValidationPercent = 0 };
        Assert.Equal(Fit(options, Tables.Train(table), new Seed(2)).PretrainingCurve, Fit(options, Tables.Train(turned), new Seed(2)).PretrainingCurve);
    }

    [Fact]
    public void Fit_OtherValuesOfTheRowsKeptForEarlyStopping_PretrainsTheSame()
    {
        FeatureTable table = Factors(new Seed(1), 60);
        TrainingSet training = Tables.Train(table);
        Fold inner = new StratifiedHoldOut { TrainingPercent = 80 }.Split(training, new Seed(2).Derive("early-stopping"))[0];
        HashSet<string> kept = [.. inner.Validation.Table.Subjects];
        Assert.InRange(kept.Count, 10, 14);
        FeatureTable Changed(Predicate<string> isChanged) => new(table.Columns, table.Subjects, table.Outcomes,
            [.. table.Values.ToArray().Select((value, i) => isChanged(table.Subjects[i / table.ColumnCount]) ? 3 * value + 1 : value)]);
        double[] Curve(FeatureTable changed) => [.. Fit(Pretrained(5), Tables.Train(changed), new Seed(2)).PretrainingCurve];
        Assert.Equal(Curve(table), Curve(Changed(kept.Contains)));
        Assert.NotEqual(Curve(table), Curve(Changed(subject => !kept.Contains(subject))));
    }

    [Fact]
    public void Fit_FewLabels_LosesNothingByPretraining()
    {
        // Sixteen columns of four factors, one of which decides; 60 rows to learn from and 1,000 to test.
        FeatureTable test = Factors(new Seed(9), 1000);
        double Mean(TabNet options) => Enumerable.Range(0, 12).Average(i =>
            Auroc.Of(test.Outcomes, Fit(options, Tables.Train(Factors(new Seed((ulong)(100 + i)), 60)), new Seed((ulong)i)).Score(test)).Value);
        double plain = Mean(Pretrained(1) with { Pretraining = null }), pretrained = Mean(Pretrained(60));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{plain:F4} plain, {pretrained:F4} pretrained"));
        // The margin was fixed before the first run: a mean over 12 tables has a standard error of some 0.02.
        Assert.True(pretrained > plain - 0.03, FormattableString.Invariant($"{plain:F4} plain, {pretrained:F4} pretrained"));
    }

    [Fact]
    public void ToJson_ReadBack_HasOptionsAndCurveAndPredictsTheSame()
    {
        FeatureTable table = Factors(new Seed(1), 60);
        FittedTabNet model = Fit(Pretrained(3) with { Pretraining = new Pretraining { Epochs = 3, MaskRatio = 0.3, NShared = 2, NIndependent = 0 } }, Tables.Train(table), new Seed(3));
        var read = (FittedTabNet)FittedState.Default.ReadClassifier(JsonNode.Parse(model.ToJson().ToJsonString())!.AsObject());
        Assert.Equal(model.Options, read.Options);
        Assert.Equal(model.PretrainingCurve, read.PretrainingCurve);
        Assert.Equal(model.Score(table), read.Score(table));
        JsonObject plain = Fit(Pretrained(1) with { Pretraining = null }, Tables.Train(table), new Seed(3)).ToJson();
        Assert.Equal(model.ToJson()["parameters"]!.GetValue<string>().Length, plain["parameters"]!.GetValue<string>().Length);
        Assert.DoesNotContain("retraining", plain.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ConstantAndCategoricalColumns_PretrainsWithoutThem()
    {
        FeatureTable table = Factors(new Seed(1), 40);
        int columns = table.ColumnCount;
        var mixed = new FeatureTable(
            [.. table.Schema.Take(columns - 1), new FeatureColumn("level", ColumnKind.Categorical) { Levels = ["a", "b", "c"] }], table.Subjects, table.Outcomes,
            [.. table.Values.ToArray().Select((value, i) => i % columns == 0 ? 7 : i % columns == columns - 1 ? i % 3 : value)]);
        FittedTabNet model = Fit(Pretrained(4) with { EmbeddingSize = 2 }, Tables.Train(mixed), new Seed(3));
        Assert.All(model.PretrainingCurve, loss => Assert.InRange(loss, 0, 1000));
        Assert.All(model.Score(mixed), score => Assert.True(double.IsFinite(score)));
    }

    [Fact]
    public void Fit_DivergingPretraining_SaysSo()
    {
        LearningException fault = Assert.Throws<LearningException>(() =>
            Fit(Pretrained(20) with { LearningRate = 1e30, ClipValue = 0 }, Tables.Train(Factors(new Seed(1), 40)), new Seed(3)));
        Assert.Contains("pretraining", fault.Problem, StringComparison.Ordinal);
        Assert.Equal("Use a learning rate (lr) below 1E+30, and scaled columns.", fault.Cure);
    }

    private static TabNet Pretrained(int epochs) => new()
    {
        ND = 8,
        NA = 8,
        NSteps = 2,
        BatchSize = 32,
        VirtualBatchSize = 16,
        MaxEpochs = 40,
        Pretraining = new Pretraining { Epochs = epochs },
    };

    private static FittedTabNet Fit(TabNet options, TrainingSet training, Seed seed) => (FittedTabNet)options.Fit(training, seed, Cancel);

    /// <summary>Sixteen columns, four of each factor with noise of a third of its variance; the log odds are twice the first factor.</summary>
    private static FeatureTable Factors(Seed seed, int rows)
    {
        RandomSequence random = seed.Derive("factors").Open();
        var values = new double[rows * 16];
        var outcomes = new bool[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] factors = [.. Enumerable.Range(0, 4).Select(_ => random.NextGaussian())];
            for (int column = 0; column < 16; column++)
                values[row * 16 + column] = Math.Sqrt(0.75) * factors[column / 4] + 0.5 * random.NextGaussian();
            outcomes[row] = random.NextDouble() < 1 / (1 + Math.Exp(-2 * factors[0]));
        }
        return new FeatureTable([.. Enumerable.Range(0, 16).Select(c => $"f{c}")], [.. Enumerable.Range(0, rows).Select(r => $"S{r:D4}")], outcomes, values);
    }
}
