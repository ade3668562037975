using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// The network on the rows of one virtual batch, from normalised inputs to the decision of every step and back. Holds every activation
/// between, small enough to stay in the processor's cache until the backward pass reads it. What comes of the decisions is a head's matter.
/// </summary>
internal sealed unsafe class EncoderPass<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkState<T> _state;
    private readonly NativeBuffers<T> _buffers = new();
    private readonly FeatureTransformerPass<T> _splitter;
    private readonly AttentionPass<T>[] _attentions;
    private readonly FeatureTransformerPass<T>[] _transformers;
    private readonly T*[] _decisionGradients;
    private readonly T* _hiddenGradient;
    private readonly T* _featureGradient;
    private readonly T* _priorGradient;
    private readonly T* _gatedScratch;

    internal EncoderPass(NetworkState<T> state, int mostRows)
    {
        (_state, MostRows) = (state, mostRows);
        TabNetArchitecture architecture = state.Architecture;
        _splitter = new FeatureTransformerPass<T>(architecture.Splitter, state, _buffers, mostRows);
        _attentions = [.. architecture.Steps.Select(step => new AttentionPass<T>(step, state, _buffers, mostRows))];
        _transformers = [.. architecture.Steps.Select(step => new FeatureTransformerPass<T>(step.Transformer, state, _buffers, mostRows))];
        FirstPrior = Take(Features);
        new Span<T>(FirstPrior, mostRows * Features.Stride).Fill(T.One);
        _decisionGradients = new T*[Steps];
        _hiddenGradient = Take(Hidden);
        _featureGradient = Take(Features);
        _priorGradient = Take(Features);
        _gatedScratch = Take(architecture.Gated);

        T* Take(Axis axis) => _buffers.Take((long)mostRows * axis.Stride);
    }

    /// <summary>The largest number of rows at a time.</summary>
    internal int MostRows { get; }

    internal int Steps => _attentions.Length;

    private Axis Features => _state.Architecture.Features;

    private Axis Hidden => _state.Architecture.Hidden;

    /// <summary>How free each input is before the first step, rows of the features axis: 1 unless written to.</summary>
    internal T* FirstPrior { get; }

    /// <summary>The mask of a step after <see cref="Forward"/>, rows of the features axis.</summary>
    internal T* Mask(int step) => _attentions[step].Mask;

    /// <summary>A step's output after <see cref="Forward"/>, rows of the hidden axis; its decision part is not cut at 0 yet.</summary>
    internal T* StepOutput(int step) => _transformers[step].Output;

    public void Dispose() => _buffers.Dispose();

    /// <summary>Where a head writes the gradient of a step's decision, cut at 0, before <see cref="Backward"/>: rows of the decision axis.</summary>
    internal void ReadDecisionGradient(int step, T* from) => _decisionGradients[step] = from;

    /// <summary>Computes the output of every step.</summary>
    /// <param name="inputs">Normalised inputs, rows of the features axis.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="isTraining">Whether the rows' own statistics normalise.</param>
    internal void Forward(T* inputs, int rows, bool isTraining)
    {
        _splitter.Forward(inputs, rows, isTraining);
        for (int step = 0; step < _attentions.Length; step++)
        {
            _attentions[step].Forward(AttentionBefore(step), PriorOf(step), inputs, rows, isTraining);
            _transformers[step].Forward(_attentions[step].Masked, rows, isTraining);
        }
    }

    /// <summary>Adds the gradients of all parameters between the normalised inputs and the decisions.</summary>
    /// <param name="inputs">What <see cref="Forward"/> read.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="inputGradient">Receives the gradient of the inputs.</param>
    /// <param name="sparsityScale">See <see cref="AttentionPass{T}.Backward"/>.</param>
    /// <returns>The entropy of the masks, summed over rows and steps; 0 without sparsity loss.</returns>
    internal double Backward(T* inputs, int rows, T* inputGradient, T? sparsityScale)
    {
        int decisionWidth = _state.Architecture.Decision.Width;
        new Span<T>(_hiddenGradient, rows * Hidden.Stride).Clear();
        new Span<T>(_priorGradient, rows * Features.Stride).Clear();
        new Span<T>(inputGradient, rows * Features.Stride).Clear();
        double entropy = 0;
        for (int step = _attentions.Length - 1; step >= 0; step--)
        {
            AttentionPass<T> attention = _attentions[step];
            FeatureTransformerPass<T> transformer = _transformers[step];
            PassDecisionGradient(_decisionGradients[step], transformer.Output, rows);
            transformer.Backward(attention.Masked, rows, _hiddenGradient, _featureGradient, _gatedScratch);
            entropy += attention.Backward(
                AttentionBefore(step), PriorOf(step), inputs, rows, _featureGradient, _priorGradient, inputGradient,
                _hiddenGradient + decisionWidth, sparsityScale);
        }
        for (int row = 0; row < rows; row++)
            new Span<T>(_hiddenGradient + (nint)row * Hidden.Stride, decisionWidth).Clear();
        _splitter.Backward(inputs, rows, _hiddenGradient, _featureGradient, _gatedScratch);
        for (nint i = 0; i < (nint)rows * Features.Stride; i += Vector256<T>.Count)
            (Vector256.Load(inputGradient + i) + Vector256.Load(_featureGradient + i)).Store(inputGradient + i);
        return entropy;
    }

    private void PassDecisionGradient(T* gradient, T* output, int rows)
    {
        Axis decision = _state.Architecture.Decision;
        for (int row = 0; row < rows; row++)
        {
            T* from = gradient + (nint)row * decision.Stride, to = _hiddenGradient + (nint)row * Hidden.Stride;
            T* value = output + (nint)row * Hidden.Stride;
            for (int i = 0; i < decision.Width; i += Vector256<T>.Count)
                (Vector256.Load(from + i) & Vector256.GreaterThan(Vector256.Load(value + i), Vector256<T>.Zero)).Store(to + i);
        }
    }

    private T* AttentionBefore(int step) =>
        (step == 0 ? _splitter.Output : _transformers[step - 1].Output) + _state.Architecture.Decision.Width;

    private T* PriorOf(int step) => step == 0 ? FirstPrior : _attentions[step - 1].NextPrior;
}
