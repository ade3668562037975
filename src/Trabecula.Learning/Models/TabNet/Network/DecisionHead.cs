using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>From the decisions of all steps to the logits: the sum of the decisions, each cut at 0, through a linear layer.</summary>
internal sealed unsafe class DecisionHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkState<T> _state;
    private readonly EncoderPass<T> _encoder;
    private readonly T* _decision;
    private readonly T* _decisionGradient;

    internal DecisionHead(NetworkState<T> state, EncoderPass<T> encoder, NativeBuffers<T> buffers)
    {
        (_state, _encoder) = (state, encoder);
        _decision = buffers.Take((long)encoder.MostRows * Decision.Stride);
        _decisionGradient = buffers.Take((long)encoder.MostRows * Decision.Stride);
        for (int step = 0; step < encoder.Steps; step++)
            encoder.ReadDecisionGradient(step, _decisionGradient);
    }

    private Axis Decision => _state.Architecture.Decision;

    private Axis Outputs => _state.Architecture.Outputs;

    /// <summary>Computes the logits from what the encoder computed last.</summary>
    internal void Forward(int rows, T* logits)
    {
        Axis hidden = _state.Architecture.Hidden;
        new Span<T>(_decision, rows * Decision.Stride).Clear();
        for (int step = 0; step < _encoder.Steps; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                T* output = _encoder.StepOutput(step) + (nint)row * hidden.Stride, sum = _decision + (nint)row * Decision.Stride;
                for (int i = 0; i < Decision.Width; i += Vector256<T>.Count)
                    (Vector256.Load(sum + i) + LaneMath.Larger(Vector256.Load(output + i), Vector256<T>.Zero)).Store(sum + i);
            }
        }
        MatrixProduct.Compute(
            rows, Outputs.Width, Decision.Extent, _decision, Decision.Stride, 1, _state.Parameters + _state.Architecture.Final.Offset,
            Outputs.Stride, logits, Outputs.Stride, accumulate: false);
    }

    /// <summary>Adds the gradient of the linear layer and hands that of the decisions to the encoder.</summary>
    internal void Backward(int rows, T* logitGradient)
    {
        LinearLayer final = _state.Architecture.Final;
        MatrixProduct.Compute(
            Decision.Extent, Outputs.Width, rows, _decision, 1, Decision.Stride, logitGradient, Outputs.Stride,
            _state.Gradients + final.Offset, Outputs.Stride, accumulate: true);
        MatrixProduct.Compute(
            rows, Decision.Width, Outputs.Width, logitGradient, Outputs.Stride, 1, _state.Transposed + final.TransposedOffset,
            Decision.Stride, _decisionGradient, Decision.Stride, accumulate: false);
    }
}
