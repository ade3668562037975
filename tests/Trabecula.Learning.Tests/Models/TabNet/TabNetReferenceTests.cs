using System.Text.Json;
using Trabecula.Learning.Models;
using Trabecula.Learning.Models.Network;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>The network in 64 bits against the reference network in 64 bits.</summary>
public sealed unsafe class TabNetReferenceTests
{
    private const double ForwardTolerance = 1e-10;

    // Of the largest gradient of the network.
    private const double GradientTolerance = 1e-9;

    [Fact]
    public void TrainingStep_ReferenceNetworks_GivesLogitsLossesAndMasks()
    {
        foreach (TabNetGolden golden in TabNetGolden.All())
        {
            using NetworkState<double> state = golden.InitialState();
            int rows = golden.Labels.Length, features = golden.Architecture.Features.Count;
            double[][] masks = [.. golden.Architecture.Steps.Select(_ => new double[rows * features])];
            using var step = new TrainingStep<double>(state, rows)
            {
                Observer = (first, count, encoder) =>
                {
                    for (int s = 0; s < masks.Length; s++)
                        Copy(encoder.Mask(s), golden.Architecture.Features, count).CopyTo(masks[s], first * features);
                },
            };
            BatchLoss loss = Run(golden, step, [.. Enumerable.Range(0, rows)]);

            AssertClose(golden, "logits", TabNetGolden.Values(golden.Train.GetProperty("logits")), Copy(step.Logits, golden.Architecture.Outputs, rows), ForwardTolerance);
            Assert.Equal(golden.Train.GetProperty("crossEntropy").GetDouble(), loss.CrossEntropy, ForwardTolerance);
            Assert.Equal(golden.Train.GetProperty("mLoss").GetDouble(), -loss.Entropy, ForwardTolerance);
            for (int s = 0; s < masks.Length; s++)
                AssertClose(golden, $"mask {s}", TabNetGolden.Values(golden.Train.GetProperty("masks")[s]), masks[s], ForwardTolerance);
        }
    }

    [Fact]
    public void TrainingStep_ReferenceNetworks_GivesEveryGradient()
    {
        foreach (TabNetGolden golden in TabNetGolden.All())
        {
            using NetworkState<double> state = golden.InitialState();
            int rows = golden.Labels.Length;
            using var step = new TrainingStep<double>(state, rows);
            Run(golden, step, [.. Enumerable.Range(0, rows)]);

            JsonElement gradients = golden.Train.GetProperty("gradients");
            double largest = gradients.EnumerateObject().Max(g => TabNetGolden.Values(g.Value).Max(Math.Abs));
            int seen = 0;
            foreach ((string name, int[] places) in golden.Places().Where(p => !p.Name.Contains("running", StringComparison.Ordinal)))
            {
                double[] found = [.. places.Select(place => state.GradientValues[place])];
                AssertClose(golden, name, TabNetGolden.Values(gradients.GetProperty(name)), found, GradientTolerance * largest);
                seen += places.Length;
            }
            // All but the reference's second normalisation of the inputs, which it never uses.
            Assert.Equal(gradients.EnumerateObject().Sum(g => TabNetGolden.Values(g.Value).Length) - 2 * golden.Architecture.Features.Count, seen);
            AssertClose(
                golden, "input", TabNetGolden.Values(golden.Train.GetProperty("inputGradient")),
                Copy(step.RawGradient, golden.Architecture.Features, rows), GradientTolerance * largest);
        }
    }

    [Fact]
    public void TrainingStep_ReferenceNetworks_MovesRunningStatistics()
    {
        foreach (TabNetGolden golden in TabNetGolden.All())
        {
            using NetworkState<double> state = golden.InitialState();
            using var step = new TrainingStep<double>(state, golden.Labels.Length);
            Run(golden, step, [.. Enumerable.Range(0, golden.Labels.Length)]);
            foreach ((string name, int[] places) in golden.Places().Where(p => p.Name.Contains("running", StringComparison.Ordinal)))
            {
                double[] found = [.. places.Select(place => state.RunningValues[place])];
                AssertClose(golden, name, TabNetGolden.Values(golden.Train.GetProperty("runningAfter").GetProperty(name)), found, ForwardTolerance);
            }
        }
    }

    [Fact]
    public void Padding_AfterTrainingSteps_IsStillZero()
    {
        foreach (TabNetGolden golden in TabNetGolden.All())
        {
            using NetworkState<double> state = golden.InitialState();
            using var step = new TrainingStep<double>(state, golden.Labels.Length);
            using var adam = new Adam<double>(state);
            for (int i = 0; i < 3; i++)
            {
                Run(golden, step, [.. Enumerable.Range(0, golden.Labels.Length)]);
                adam.Step(0.02, 0.01, 1);
                state.Transpose();
            }
            double[] parameters = state.ParameterValues.ToArray();
            foreach ((_, int[] places) in golden.Places().Where(p => !p.Name.Contains("running", StringComparison.Ordinal)))
            {
                foreach (int place in places)
                    parameters[place] = 0;
            }
            Assert.All(parameters, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Adam_OneClippedStep_EqualsReference()
    {
        foreach (TabNetGolden golden in TabNetGolden.All())
        {
            using NetworkState<double> state = golden.InitialState();
            using var step = new TrainingStep<double>(state, golden.Labels.Length);
            using var adam = new Adam<double>(state);
            Run(golden, step, [.. Enumerable.Range(0, golden.Labels.Length)]);
            JsonElement expected = golden.Train.GetProperty("adamStep");
            double norm = adam.Step(expected.GetProperty("lr").GetDouble(), 0, expected.GetProperty("clipNorm").GetDouble());

            Assert.Equal(expected.GetProperty("normBefore").GetDouble(), norm, 1e-9 * norm);
            int[] places = golden.Places().Single(p => p.Name == expected.GetProperty("checkParameter").GetString()).Places;
            AssertClose(golden, "after Adam", TabNetGolden.Values(expected.GetProperty("after")), [.. places.Select(p => state.ParameterValues[p])], 1e-9);
            // The reference's unused normalisation stays in its sum as it began.
            JsonElement parameters = golden.Json.GetProperty("parameters");
            double unused = TabNetGolden.Values(parameters.GetProperty("tabnet.initial_bn.weight")).Sum() + TabNetGolden.Values(parameters.GetProperty("tabnet.initial_bn.bias")).Sum();
            // A gradient that is 0 but for rounding moves by a full rate in the direction of the rounding: those are few, and hidden here.
            Assert.Equal(expected.GetProperty("sumOfAllParameters").GetDouble(), unused + Sum(state.ParameterValues), 1e-6);
        }
    }

    [Fact]
    public void TwelveSteps_ReferenceNetworks_FollowTheTrace()
    {
        int traces = 0;
        foreach (TabNetGolden golden in TabNetGolden.All())
        {
            if (!golden.Json.TryGetProperty("trainingTrace", out JsonElement trace))
                continue;
            traces++;
            using NetworkState<double> state = golden.InitialState();
            using var step = new TrainingStep<double>(state, golden.Labels.Length);
            using var adam = new Adam<double>(state);
            int[][] batches = [.. trace.GetProperty("batches").EnumerateArray().Select(batch => batch.EnumerateArray().Select(row => row.GetInt32()).ToArray())];
            double[] expected = [.. trace.GetProperty("lossAndGradientNormPerStep").EnumerateArray().SelectMany(ReferenceData.Doubles)];
            var found = new List<double>();
            for (int i = 0; i < trace.GetProperty("epochs").GetInt32() * batches.Length; i++)
            {
                BatchLoss loss = Run(golden, step, batches[i % batches.Length]);
                found.Add(loss.CrossEntropy + golden.Options.LambdaSparse * loss.Entropy);
                found.Add(adam.Step(0.02, 0, 1));
                state.Transpose();
            }
            AssertClose(golden, "trace", expected, [.. found], 1e-7);
            AssertClose(golden, "logits after", TabNetGolden.Values(trace.GetProperty("evalLogitsAfter")), Predict(golden, state), 1e-7);
            int[] places = golden.Places().Single(p => p.Name == "tabnet.final_mapping.weight").Places;
            AssertClose(golden, "final mapping", TabNetGolden.Values(trace.GetProperty("finalMappingAfter")), [.. places.Select(p => state.ParameterValues[p])], 1e-7);
        }
        Assert.Equal(2, traces);
    }

    [Fact]
    public void Prediction_ReferenceNetworks_GivesLogitsMasksAndImportances()
    {
        foreach (TabNetGolden golden in TabNetGolden.All())
        {
            JsonElement expected = golden.Json.GetProperty("eval");
            using NetworkState<double> state = golden.State(golden.Json.GetProperty("parameters"), expected.GetProperty("running"));
            int size = golden.Labels.Length * golden.Architecture.Features.Count;
            double[][] masks = [.. golden.Architecture.Steps.Select(_ => new double[size])];
            double[][] weights = [.. masks.Select(_ => new double[golden.Labels.Length])];
            var explain = new double[size];
            double[] logits = Predict(
                golden, state, (first, rows, encoder) => StepExplanation.Read(golden.Architecture, encoder, first, rows, masks, weights, explain));

            AssertClose(golden, "logits", TabNetGolden.Values(expected.GetProperty("logits")), logits, ForwardTolerance);
            for (int s = 0; s < masks.Length; s++)
                AssertClose(golden, $"mask {s}", TabNetGolden.Values(expected.GetProperty("masks")[s]), masks[s], ForwardTolerance);
            // The reference adds the steps up in 32 bits.
            AssertClose(golden, "explain", TabNetGolden.Values(expected.GetProperty("explain")), explain, 3e-7);
            FeatureTable table = Table(golden, golden.Architecture.Features.Count, golden.Labels.Length);
            var explanation = new TabNetExplanation(table.Columns, table.Subjects, masks, weights, explain);
            AssertClose(golden, "importances", ReferenceData.Doubles(expected.GetProperty("featureImportances")), [.. explanation.Importances], 3e-7);
            // A mask's entries sum to 1, so that what a step adds to the explanation is its weight.
            double all = explain.Sum();
            AssertClose(golden, "step shares", [.. weights.Select((step, s) => Enumerable.Range(0, size)
                .Sum(i => step[i / golden.Architecture.Features.Count] * masks[s][i]) / all)], [.. explanation.StepShares], 1e-12);
            AssertClose(golden, "weights", [.. Enumerable.Range(0, golden.Labels.Length).Select(row => explain.Skip(row * table.ColumnCount).Take(table.ColumnCount).Sum())],
                [.. Enumerable.Range(0, golden.Labels.Length).Select(row => weights.Sum(step => step[row]))], 1e-12);
        }
    }

    private static double[] Predict(TabNetGolden golden, NetworkState<double> state, Action<int, int, EncoderPass<double>>? observer = null)
    {
        int features = golden.Architecture.Features.Count, rows = golden.Labels.Length;
        using var table = new InputTable<double>(Table(golden, features, rows), golden.Architecture);
        using var prediction = new Prediction<double>(state) { Observer = observer };
        var logits = new double[rows * golden.Architecture.Outputs.Count];
        prediction.Run(table, logits);
        return logits;
    }

    private static FeatureTable Table(TabNetGolden golden, int features, int rows) => new(
        [.. Enumerable.Range(0, features).Select(f => $"f{f}")], [.. Enumerable.Range(0, rows).Select(r => $"r{r}")],
        [.. golden.Labels.Select(label => label == 1)], golden.Input);

    private static BatchLoss Run(TabNetGolden golden, TrainingStep<double> step, int[] rows)
    {
        int features = golden.Architecture.Features.Count;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int f = 0; f < features; f++)
                step.Raw[i * golden.Architecture.Features.Stride + f] = golden.Input[rows[i] * features + f];
        }
        int[] labels = [.. rows.Select(row => golden.Labels[row])];
        return step.Run(labels, [1, 1, 1], needsInputGradient: true, TestContext.Current.CancellationToken);
    }

    private static double[] Copy(double* values, Axis axis, int rows)
    {
        var copy = new double[rows * axis.Count];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = values[i / axis.Count * axis.Stride + axis[i % axis.Count]];
        return copy;
    }

    private static double Sum(Span<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }

    private static void AssertClose(TabNetGolden golden, string what, double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        // Unlike the largest of a list, Math.Max hands NaN on.
        double worst = expected.Zip(found, (e, f) => Math.Abs(e - f) / Math.Max(1, Math.Abs(e))).Aggregate(0.0, Math.Max);
        Assert.True(worst <= tolerance, $"{golden.Name}, {what}: off by {worst:R}");
    }
}
