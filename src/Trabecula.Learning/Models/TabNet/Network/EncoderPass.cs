using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// The network on the rows of one virtual batch, from normalised inputs to logits and back. Holds every activation between, small enough
/// to stay in the processor's cache until the backward pass reads it.
/// </summary>
internal sealed unsafe class EncoderPass<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkState<T> _state;
    private readonly NativeBuffers<T> _buffers = new();
    private readonly FeatureTransformerPass<T> _splitter;
    private readonly AttentionPass<T>[] _attentions;
    private readonly FeatureTransformerPass<T>[] _transformers;
    private readonly T* _firstPrior;
    private readonly T* _decision;
    private readonly T* _decisionGradient;
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
        _firstPrior = Take(Features);
        new Span<T>(_firstPrior, mostRows * Features.Stride).Fill(T.One);
        _decision = Take(architecture.Decision);
        _decisionGradient = Take(architecture.Decision);
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

    /// <summary>The mask of a step after <see cref="Forward"/>, rows of the features axis.</summary>
    internal T* Mask(int step) => _attentions[step].Mask;

    /// <summary>A step's output after <see cref="Forward"/>, rows of the hidden axis; its decision part is not cut at 0 yet.</summary>
    internal T* StepOutput(int step) => _transformers[step].Output;

    public void Dispose() => _buffers.Dispose();

    /// <summary>Computes the logits.</summary>
    /// <param name="inputs">Normalised inputs, rows of the features axis.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="logits">Receives rows of the outputs axis.</param>
    /// <param name="isTraining">Whether the rows' own statistics normalise.</param>
    internal void Forward(T* inputs, int rows, T* logits, bool isTraining)
    {
        TabNetArchitecture architecture = _state.Architecture;
        Axis decision = architecture.Decision;
        new Span<T>(_decision, rows * decision.Stride).Clear();
        _splitter.Forward(inputs, rows, isTraining);
        for (int step = 0; step < _attentions.Length; step++)
        {
            _attentions[step].Forward(AttentionBefore(step), PriorOf(step), inputs, rows, isTraining);
            _transformers[step].Forward(_attentions[step].Masked, rows, isTraining);
            for (int row = 0; row < rows; row++)
            {
                T* output = _transformers[step].Output + (nint)row * Hidden.Stride, sum = _decision + (nint)row * decision.Stride;
                for (int i = 0; i < decision.Width; i += Vector256<T>.Count)
                    (Vector256.Load(sum + i) + LaneMath.Larger(Vector256.Load(output + i), Vector256<T>.Zero)).Store(sum + i);
            }
        }
        MatrixProduct.Compute(
            rows, architecture.Outputs.Width, decision.Extent, _decision, decision.Stride, 1, _state.Parameters + architecture.Final.Offset,
            architecture.Outputs.Stride, logits, architecture.Outputs.Stride, accumulate: false);
    }

    /// <summary>Adds the gradients of all parameters behind the normalised inputs.</summary>
    /// <param name="inputs">What <see cref="Forward"/> read.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="logitGradient">The gradient of the logits.</param>
    /// <param name="inputGradient">Receives the gradient of the inputs.</param>
    /// <param name="sparsityScale">See <see cref="AttentionPass{T}.Backward"/>.</param>
    internal void Backward(T* inputs, int rows, T* logitGradient, T* inputGradient, T sparsityScale)
    {
        TabNetArchitecture architecture = _state.Architecture;
        Axis decision = architecture.Decision, outputs = architecture.Outputs;
        MatrixProduct.Compute(
            decision.Extent, outputs.Width, rows, _decision, 1, decision.Stride, logitGradient, outputs.Stride,
            _state.Gradients + architecture.Final.Offset, outputs.Stride, accumulate: true);
        MatrixProduct.Compute(
            rows, decision.Width, outputs.Width, logitGradient, outputs.Stride, 1, _state.Transposed + architecture.Final.TransposedOffset,
            decision.Stride, _decisionGradient, decision.Stride, accumulate: false);

        new Span<T>(_hiddenGradient, rows * Hidden.Stride).Clear();
        new Span<T>(_priorGradient, rows * Features.Stride).Clear();
        new Span<T>(inputGradient, rows * Features.Stride).Clear();
        for (int step = _attentions.Length - 1; step >= 0; step--)
        {
            AttentionPass<T> attention = _attentions[step];
            FeatureTransformerPass<T> transformer = _transformers[step];
            PassDecisionGradient(transformer.Output, rows);
            transformer.Backward(attention.Masked, rows, _hiddenGradient, _featureGradient, _gatedScratch);
            attention.Backward(
                AttentionBefore(step), PriorOf(step), inputs, rows, _featureGradient, _priorGradient, inputGradient,
                _hiddenGradient + decision.Width, sparsityScale);
        }
        for (int row = 0; row < rows; row++)
            new Span<T>(_hiddenGradient + (nint)row * Hidden.Stride, decision.Width).Clear();
        _splitter.Backward(inputs, rows, _hiddenGradient, _featureGradient, _gatedScratch);
        for (nint i = 0; i < (nint)rows * Features.Stride; i += Vector256<T>.Count)
            (Vector256.Load(inputGradient + i) + Vector256.Load(_featureGradient + i)).Store(inputGradient + i);
    }

    private void PassDecisionGradient(T* output, int rows)
    {
        Axis decision = _state.Architecture.Decision;
        for (int row = 0; row < rows; row++)
        {
            T* from = _decisionGradient + (nint)row * decision.Stride, to = _hiddenGradient + (nint)row * Hidden.Stride;
            T* value = output + (nint)row * Hidden.Stride;
            for (int i = 0; i < decision.Width; i += Vector256<T>.Count)
                (Vector256.Load(from + i) & Vector256.GreaterThan(Vector256.Load(value + i), Vector256<T>.Zero)).Store(to + i);
        }
    }

    private T* AttentionBefore(int step) =>
        (step == 0 ? _splitter.Output : _transformers[step - 1].Output) + _state.Architecture.Decision.Width;

    private T* PriorOf(int step) => step == 0 ? _firstPrior : _attentions[step - 1].NextPrior;
}
