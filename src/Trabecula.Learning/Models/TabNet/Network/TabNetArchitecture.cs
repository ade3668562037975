namespace Trabecula.Learning.Models.Network;

/// <summary>A linear layer without bias. Its weights lie input by input, <c>offset + input * output.Stride + output</c>.</summary>
/// <param name="Input">The units that it reads.</param>
/// <param name="Output">The units that it gives.</param>
/// <param name="Offset">Where its weights begin among the parameters.</param>
/// <param name="TransposedOffset">Where their transposed copy begins among the transposed weights.</param>
/// <param name="InitialDeviation">Standard deviation of its weights before training.</param>
internal sealed record LinearLayer(Axis Input, Axis Output, int Offset, int TransposedOffset, double InitialDeviation);

/// <summary>A batch normalisation: scale and shift among the parameters, mean and variance among the running statistics.</summary>
internal sealed record NormLayer(Axis Axis, double Momentum, int ScaleOffset, int ShiftOffset, int MeanOffset, int VarianceOffset);

/// <summary>
/// Linear layer, batch normalisation, gated linear unit of half its width; the residual form adds its input and scales by √½.
/// </summary>
internal sealed record GatedLayer(LinearLayer Linear, NormLayer Norm, Axis Output, bool IsResidual);

/// <summary>A decision step: the attention that makes its mask, and its feature transformer.</summary>
internal sealed record DecisionStep(LinearLayer AttentionLinear, NormLayer AttentionNorm, IReadOnlyList<GatedLayer> Transformer);

/// <summary>What reconstructs the inputs in pretraining: a feature transformer for each step's decision, and a linear layer of their sum.</summary>
internal sealed record DecoderLayers(IReadOnlyList<IReadOnlyList<GatedLayer>> Transformers, LinearLayer Output);

/// <summary>A column of the table as inputs of the network.</summary>
/// <param name="Input">The first of them.</param>
/// <param name="Size">How many: 1, or the size of the embedding.</param>
/// <param name="Levels">Number of levels of a categorical column; 0 for a number.</param>
/// <param name="EmbeddingOffset">Where the levels' vectors begin among the parameters, level by level.</param>
internal readonly record struct InputColumn(int Input, int Size, int Levels, int EmbeddingOffset);

/// <summary>
/// The layers of a TabNet, with the place of every parameter in one flat buffer. The one description that training, prediction,
/// storage and tests share.
/// </summary>
/// <remarks>
/// Source: Arik and Pfister, TabNet: Attentive interpretable tabular learning, AAAI 35 (2021) 6679, figure 4, in the dialect of
/// pytorch-tabnet: the initial split is no decision step; layers shared between steps share weights, but not normalisations; the
/// normalisation of the inputs works on the whole batch with momentum 0.01.
/// Weights start normal with deviation √2 / in^¼ before a gated unit and 1 / in^¼ elsewhere.
/// </remarks>
internal sealed class TabNetArchitecture
{
    private const double InitialMomentum = 0.01;

    // Training holds five buffers of this length in 32 bits: some 2.7 GB.
    private const int MostParameters = 1 << 27;

    /// <summary>Lays the network out.</summary>
    /// <param name="options">Sizes; valid.</param>
    /// <param name="levels">For each column the number of its levels, 0 for numbers.</param>
    /// <param name="outputs">Number of classes.</param>
    /// <param name="decoder">Layers of the decoder of pretraining, behind all others; null for none.</param>
    internal TabNetArchitecture(TabNet options, IReadOnlyList<int> levels, int outputs, Pretraining? decoder = null)
    {
        Options = options;
        var columns = new InputColumn[levels.Count];
        Columns = columns;
        int inputs = 0;
        for (int column = 0; column < columns.Length; column++)
        {
            int size = levels[column] == 0 ? 1 : options.EmbeddingSize;
            columns[column] = new InputColumn(inputs, size, levels[column], levels[column] == 0 ? -1 : TakeParameters((long)levels[column] * size));
            inputs += size;
        }
        Features = Axis.Of(inputs);
        Decision = Axis.Of(options.ND);
        Attention = Axis.Of(options.NA);
        Hidden = Axis.Join(Decision, Attention);
        Gated = Axis.Join(Hidden, Hidden);
        Outputs = Axis.Of(outputs);

        InitialNorm = Norm(Features, InitialMomentum);
        LinearLayer[] shared = Shared(options.NShared, Features, Hidden, Gated);
        Splitter = Transformer(shared, options.NIndependent, Features, Hidden, Gated);
        Steps = [.. Enumerable.Range(0, options.NSteps).Select(_ => new DecisionStep(
            Linear(Attention, Features, 1), Norm(Features, options.Momentum), Transformer(shared, options.NIndependent, Features, Hidden, Gated)))];
        Final = Linear(Decision, Outputs, 1);
        if (decoder is null)
            return;
        Axis gated = Axis.Join(Decision, Decision);
        LinearLayer[] sharedDecoder = Shared(decoder.NShared, Decision, Decision, gated);
        Decoder = new DecoderLayers(
            [.. Steps.Select(_ => Transformer(sharedDecoder, decoder.NIndependent, Decision, Decision, gated))], Linear(Decision, Features, 1));
    }

    /// <summary>The network for columns of a table and two classes, on request with a decoder.</summary>
    internal static TabNetArchitecture Of(TabNet options, IReadOnlyList<FeatureColumn> schema, Pretraining? decoder = null) =>
        new(options, [.. schema.Select(column => column.Kind == ColumnKind.Categorical ? column.Levels.Count : 0)], outputs: 2, decoder);

    internal TabNet Options { get; }

    internal IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>The inputs, embedded.</summary>
    internal Axis Features { get; }

    /// <summary>The part of a step's output that goes into the decision.</summary>
    internal Axis Decision { get; }

    /// <summary>The part of a step's output that steers the attention of the next.</summary>
    internal Axis Attention { get; }

    /// <summary>A step's output: decision part, then attention part.</summary>
    internal Axis Hidden { get; }

    /// <summary>What a gated linear unit reads: values, then gates.</summary>
    internal Axis Gated { get; }

    internal Axis Outputs { get; }

    internal NormLayer InitialNorm { get; }

    /// <summary>The feature transformer before the first step, whose attention part steers that step.</summary>
    internal IReadOnlyList<GatedLayer> Splitter { get; }

    internal IReadOnlyList<DecisionStep> Steps { get; }

    internal LinearLayer Final { get; }

    internal DecoderLayers? Decoder { get; }

    /// <summary>Number of trained parameters.</summary>
    internal int ParameterCount =>
        LinearLayers.Sum(layer => layer.Input.Count * layer.Output.Count) + NormLayers.Sum(layer => 2 * layer.Axis.Count) +
        Columns.Sum(column => column.Levels * column.Size);

    /// <summary>Length of the buffer of parameters, with what pads it.</summary>
    internal int ParameterLength { get; private set; }

    /// <summary>Length of the buffer of running statistics.</summary>
    internal int RunningLength { get; private set; }

    /// <summary>Length of the buffer of transposed weights.</summary>
    internal int TransposedLength { get; private set; }

    /// <summary>Every linear layer once, in the order of their weights.</summary>
    internal List<LinearLayer> LinearLayers { get; } = [];

    /// <summary>Every normalisation, in the order of their parameters.</summary>
    internal List<NormLayer> NormLayers { get; } = [];

    private LinearLayer[] Shared(int count, Axis input, Axis output, Axis gated) =>
        [.. Enumerable.Range(0, count).Select(i => GatedLinear(i == 0 ? input : output, gated))];

    private GatedLayer[] Transformer(LinearLayer[] shared, int independent, Axis input, Axis output, Axis gated)
    {
        var layers = new GatedLayer[shared.Length + independent];
        for (int i = 0; i < layers.Length; i++)
        {
            LinearLayer linear = i < shared.Length ? shared[i] : GatedLinear(i == 0 ? input : output, gated);
            layers[i] = new GatedLayer(linear, Norm(gated, Options.Momentum), output, i > 0);
        }
        return layers;
    }

    private LinearLayer GatedLinear(Axis input, Axis gated) => Linear(input, gated, Math.Sqrt(2));

    private LinearLayer Linear(Axis input, Axis output, double gain)
    {
        var layer = new LinearLayer(input, output, TakeParameters((long)input.Width * output.Stride), TransposedLength, gain / Math.Sqrt(Math.Sqrt(input.Count)));
        TransposedLength += output.Width * input.Stride;
        LinearLayers.Add(layer);
        return layer;
    }

    private NormLayer Norm(Axis axis, double momentum)
    {
        var layer = new NormLayer(axis, momentum, TakeParameters(axis.Width), TakeParameters(axis.Width), RunningLength, RunningLength + axis.Width);
        RunningLength += 2 * axis.Width;
        NormLayers.Add(layer);
        return layer;
    }

    private int TakeParameters(long length)
    {
        int offset = ParameterLength;
        if (length > MostParameters - offset)
            throw new LearningException(
                FormattableString.Invariant(
                    $"TabNet: {Columns.Count} columns with ND {Options.ND}, NA {Options.NA}, NSteps {Options.NSteps}, NIndependent {Options.NIndependent}, NShared {Options.NShared} and EmbeddingSize {Options.EmbeddingSize} need more than {MostParameters} parameters."),
                "Use narrower or fewer layers, or fewer columns.");
        ParameterLength += (int)((length + Axis.Lanes - 1) / Axis.Lanes * Axis.Lanes);
        return offset;
    }
}
