using System.Text.Json;
using Trabecula.Learning.Models;
using Trabecula.Learning.Models.Network;

namespace Trabecula.Learning.Tests.Models;

/// <summary>A network of the reference file: its sizes, and from the reference's names of parameters to places in our buffers.</summary>
internal sealed class TabNetGolden
{
    private TabNetGolden(JsonElement json)
    {
        Json = json;
        Options = new TabNet
        {
            ND = Int("n_d"),
            NA = Int("n_a"),
            NSteps = Int("n_steps"),
            Gamma = json.GetProperty("gamma").GetDouble(),
            NIndependent = Int("n_independent"),
            NShared = Int("n_shared"),
            LambdaSparse = json.GetProperty("lambdaSparse").GetDouble(),
            VirtualBatchSize = Int("virtualBatch"),
            Momentum = json.GetProperty("momentum").GetDouble(),
            Epsilon = json.GetProperty("epsilon").GetDouble(),
        };
        Architecture = new TabNetArchitecture(Options, new int[Int("inputDim")], Int("outputDim"));
        Labels = [.. json.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        Input = Values(json.GetProperty("input"));
    }

    internal JsonElement Json { get; }

    internal TabNet Options { get; }

    internal TabNetArchitecture Architecture { get; }

    internal int[] Labels { get; }

    internal double[] Input { get; }

    internal string Name => Json.GetProperty("name").GetString()!;

    internal JsonElement Train => Json.GetProperty("train");

    internal static IEnumerable<TabNetGolden> All() =>
        ReferenceData.Golden("tabnet.json").GetProperty("networks").EnumerateArray().Select(network => new TabNetGolden(network));

    internal static double[] Values(JsonElement array) => ReferenceData.Doubles(array.GetProperty("values"));

    /// <summary>A state with the parameters and running statistics of two blocks of the file.</summary>
    internal NetworkState<double> State(JsonElement parameters, JsonElement running)
    {
        var state = new NetworkState<double>(Architecture);
        foreach ((string name, int[] places) in Places())
        {
            bool isRunning = name.Contains("running", StringComparison.Ordinal);
            Span<double> buffer = isRunning ? state.RunningValues : state.ParameterValues;
            double[] values = Values((isRunning ? running : parameters).GetProperty(name));
            if (values.Length != places.Length)
                throw new InvalidOperationException($"{name}: {values.Length} values for {places.Length} places.");
            for (int i = 0; i < places.Length; i++)
                buffer[places[i]] = values[i];
        }
        state.Transpose();
        return state;
    }

    internal NetworkState<double> InitialState() => State(Json.GetProperty("parameters"), Json.GetProperty("runningBefore"));

    /// <summary>Every parameter and running statistic of the reference, and where we keep each of its values.</summary>
    internal IEnumerable<(string Name, int[] Places)> Places()
    {
        const string Encoder = "tabnet.encoder.";
        IEnumerable<(string, int[])> places = Norm(Encoder + "initial_bn", Architecture.InitialNorm);
        for (int i = 0; i < Options.NShared; i++)
            places = places.Append(Linear($"{Encoder}initial_splitter.shared.shared_layers.{i}.weight", Architecture.Splitter[i].Linear));
        places = places.Concat(Transformer(Encoder + "initial_splitter", Architecture.Splitter));
        for (int step = 0; step < Options.NSteps; step++)
        {
            DecisionStep decision = Architecture.Steps[step];
            places = places.Concat(Transformer($"{Encoder}feat_transformers.{step}", decision.Transformer))
                .Append(Linear($"{Encoder}att_transformers.{step}.fc.weight", decision.AttentionLinear))
                .Concat(Norm($"{Encoder}att_transformers.{step}.bn.bn", decision.AttentionNorm));
        }
        return places.Append(Linear("tabnet.final_mapping.weight", Architecture.Final));
    }

    private IEnumerable<(string, int[])> Transformer(string name, IReadOnlyList<GatedLayer> layers)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            string layer = i < Options.NShared ? $"{name}.shared.glu_layers.{i}" : $"{name}.specifics.glu_layers.{i - Options.NShared}";
            if (i >= Options.NShared)
                yield return Linear(layer + ".fc.weight", layers[i].Linear);
            foreach ((string, int[]) norm in Norm(layer + ".bn.bn", layers[i].Norm))
                yield return norm;
        }
    }

    // The reference's weights lie output by output.
    private static (string, int[]) Linear(string name, LinearLayer layer) => (name,
    [
        .. from output in Enumerable.Range(0, layer.Output.Count)
           from input in Enumerable.Range(0, layer.Input.Count)
           select layer.Offset + layer.Input[input] * layer.Output.Stride + layer.Output[output],
    ]);

    private static IEnumerable<(string, int[])> Norm(string name, NormLayer layer)
    {
        yield return (name + ".weight", At(layer.ScaleOffset));
        yield return (name + ".bias", At(layer.ShiftOffset));
        yield return (name + ".running_mean", At(layer.MeanOffset));
        yield return (name + ".running_var", At(layer.VarianceOffset));

        int[] At(int offset) => [.. Enumerable.Range(0, layer.Axis.Count).Select(unit => offset + layer.Axis[unit])];
    }

    private int Int(string name) => Json.GetProperty(name).GetInt32();
}
