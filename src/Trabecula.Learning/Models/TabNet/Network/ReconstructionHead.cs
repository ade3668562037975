using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// The decoder: from the decisions of all steps, each cut at 0 and through a feature transformer of its own, to a reconstruction of the
/// inputs by a linear layer of their sum.
/// </summary>
/// <remarks>Source: Arik and Pfister 2021, figure 4b; that the linear layer is one for all steps follows pytorch-tabnet.</remarks>
internal sealed unsafe class ReconstructionHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkState<T> _state;
    private readonly EncoderPass<T> _encoder;
    private readonly FeatureTransformerPass<T>[] _transformers;
    private readonly T*[] _cut;
    private readonly T*[] _decisionGradients;
    private readonly T* _sum;
    private readonly T* _sumGradient;
    private readonly T* _scratch;
    private readonly T* _gatedScratch;

    internal ReconstructionHead(NetworkState<T> state, EncoderPass<T> encoder, NativeBuffers<T> buffers)
    {
        (_state, _encoder) = (state, encoder);
        _transformers = [.. Layers.Transformers.Select(layers => new FeatureTransformerPass<T>(layers, state, buffers, encoder.MostRows))];
        _cut = new T*[encoder.Steps];
        _decisionGradients = new T*[encoder.Steps];
        for (int step = 0; step < encoder.Steps; step++)
        {
            _cut[step] = Take(Decision);
            encoder.ReadDecisionGradient(step, _decisionGradients[step] = Take(Decision));
        }
        _sum = Take(Decision);
        _sumGradient = Take(Decision);
        _scratch = Take(Decision);
        _gatedScratch = Take(Layers.Transformers[0][0].Linear.Output);

        T* Take(Axis axis) => buffers.Take((long)encoder.MostRows * axis.Stride);
    }

    private DecoderLayers Layers => _state.Architecture.Decoder!;

    private Axis Decision => _state.Architecture.Decision;

    private Axis Features => _state.Architecture.Features;

    /// <summary>Computes the reconstruction, rows of the features axis, from what the encoder computed last.</summary>
    internal void Forward(int rows, T* reconstruction)
    {
        new Span<T>(_sum, rows * Decision.Stride).Clear();
        for (int step = 0; step < _encoder.Steps; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                T* output = _encoder.StepOutput(step) + (nint)row * _state.Architecture.Hidden.Stride, cut = _cut[step] + (nint)row * Decision.Stride;
                for (int i = 0; i < Decision.Width; i += Vector256<T>.Count)
                    LaneMath.Larger(Vector256.Load(output + i), Vector256<T>.Zero).Store(cut + i);
            }
            _transformers[step].Forward(_cut[step], rows, isTraining: true);
            T* decoded = _transformers[step].Output;
            for (nint i = 0; i < (nint)rows * Decision.Stride; i += Vector256<T>.Count)
                (Vector256.Load(_sum + i) + Vector256.Load(decoded + i)).Store(_sum + i);
        }
        MatrixProduct.Compute(
            rows, Features.Width, Decision.Extent, _sum, Decision.Stride, 1, _state.Parameters + Layers.Output.Offset, Features.Stride,
            reconstruction, Features.Stride, accumulate: false);
    }

    /// <summary>Adds the gradients of the decoder and hands those of the decisions to the encoder.</summary>
    internal void Backward(int rows, T* gradient)
    {
        LinearLayer output = Layers.Output;
        MatrixProduct.Compute(
            Decision.Extent, Features.Width, rows, _sum, 1, Decision.Stride, gradient, Features.Stride,
            _state.Gradients + output.Offset, Features.Stride, accumulate: true);
        MatrixProduct.Compute(
            rows, Decision.Width, Features.Width, gradient, Features.Stride, 1, _state.Transposed + output.TransposedOffset, Decision.Stride,
            _sumGradient, Decision.Stride, accumulate: false);
        for (int step = 0; step < _encoder.Steps; step++)
        {
            // A transformer overwrites the gradient that it is given.
            new Span<T>(_sumGradient, rows * Decision.Stride).CopyTo(new Span<T>(_scratch, rows * Decision.Stride));
            _transformers[step].Backward(_cut[step], rows, _scratch, _decisionGradients[step], _gatedScratch);
        }
    }
}
