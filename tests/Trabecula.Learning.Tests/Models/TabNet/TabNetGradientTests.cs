using Trabecula.Learning.Models;
using Trabecula.Learning.Models.Network;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>The gradient of every parameter against differences of the loss, for what the reference file does not hold.</summary>
public sealed unsafe class TabNetGradientTests
{
    private const int Rows = 14;

    private static readonly TabNet s_small = new() { ND = 3, NA = 2, NSteps = 2, VirtualBatchSize = 5, LambdaSparse = 0.05 };

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    private static readonly Dictionary<string, (TabNet Options, int[] Levels, double[] Weights)> s_networks = new()
    {
        ["plain"] = (s_small, [0, 0, 0, 0], [1, 1]),
        ["entmax"] = (s_small with { MaskType = MaskType.Entmax }, [0, 0, 0, 0, 0], [1, 1]),
        ["weighted classes"] = (s_small, [0, 0, 0], [0.7, 2.4]),
        ["embeddings"] = (s_small with { EmbeddingSize = 3 }, [0, 3, 0, 2], [1, 1]),
        ["no relaxation"] = (s_small with { Gamma = 1, NSteps = 3 }, [0, 0, 0, 0], [1, 1]),
        ["shared alone"] = (s_small with { NIndependent = 0, NShared = 3 }, [0, 0, 0], [1, 1]),
        ["independent alone"] = (s_small with { NIndependent = 1, NShared = 0 }, [0, 0, 0], [1, 1]),
        ["a last row joined"] = (s_small with { VirtualBatchSize = 4 }, [0, 0], [1, 1]),
        ["one column"] = (s_small, [0], [1, 1]),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradient_OfEveryParameter_EqualsDifferencesOfTheLoss(string name)
    {
        (TabNet options, int[] levels, double[] weights) = s_networks[name];
        var architecture = new TabNetArchitecture(options, levels, 2);
        using var state = new NetworkState<double>(architecture);
        state.Initialize(new Seed(3).Open());
        RandomSequence random = new Seed(4).Open();
        GradientCheck.Unsettle(state, random);
        using var table = new InputTable<double>(Table(levels, random), architecture);
        using var step = new TrainingStep<double>(state, Rows);
        int[] places = [.. Enumerable.Range(0, Rows)], classes = [.. places.Select(row => row % 3 == 0 ? 1 : 0)];

        Loss();
        table.Scatter(places, step.RawGradient, state.Gradients);
        GradientCheck.EqualsDifferences(state, 1e-6, Loss);

        double Loss()
        {
            table.Gather(places, state.Parameters, step.Raw);
            BatchLoss loss = step.Run(classes, weights, needsInputGradient: true, TestContext.Current.CancellationToken);
            return loss.CrossEntropy + options.LambdaSparse * loss.Entropy;
        }
    }

    private static FeatureTable Table(int[] levels, RandomSequence random) => new(
        [.. levels.Select((count, i) => count == 0
            ? new FeatureColumn($"f{i}")
            : new FeatureColumn($"f{i}", ColumnKind.Categorical) { Levels = [.. Enumerable.Range(0, count).Select(level => $"level {level}")] })],
        [.. Enumerable.Range(0, Rows).Select(row => $"S{row}")], new bool[Rows],
        [.. Enumerable.Range(0, Rows).SelectMany(_ => levels.Select(count => count == 0 ? random.NextGaussian() : random.NextInt(count)))]);
}
