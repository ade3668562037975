using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>The normalisation of the inputs over a whole batch, with the batch's rows before and after it.</summary>
internal sealed unsafe class InputNormalization<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkState<T> _state;
    private readonly T* _centre;
    private readonly T* _inverse;

    internal InputNormalization(NetworkState<T> state, NativeBuffers<T> buffers, int mostRows)
    {
        _state = state;
        Raw = buffers.Take((long)mostRows * Features.Stride);
        _centre = buffers.Take(Features.Width);
        _inverse = buffers.Take(Features.Width);
        Inputs = buffers.Take((long)mostRows * Features.Stride);
        Gradient = buffers.Take((long)mostRows * Features.Stride);
    }

    /// <summary>The batch's inputs, rows of the features axis; overwritten by <see cref="Normalize"/>.</summary>
    internal T* Raw { get; }

    /// <summary>The normalised inputs, scaled and shifted.</summary>
    internal T* Inputs { get; }

    /// <summary>The gradient of <see cref="Inputs"/>; that of <see cref="Raw"/> after <see cref="Differentiate"/>, where it is asked for.</summary>
    internal T* Gradient { get; }

    private Axis Features => _state.Architecture.Features;

    private NormLayer Norm => _state.Architecture.InitialNorm;

    /// <summary>From <see cref="Raw"/> to <see cref="Inputs"/>.</summary>
    internal void Normalize(int rows)
    {
        T* mean = _state.Running + Norm.MeanOffset, variance = _state.Running + Norm.VarianceOffset;
        BatchNormalization.Measure(Raw, rows, Features.Stride, Features.Width, _centre, _inverse, mean, variance, Norm.Momentum);
        BatchNormalization.Normalize(
            Raw, rows, Features.Stride, Features.Width, _centre, _inverse, _state.Parameters + Norm.ScaleOffset, _state.Parameters + Norm.ShiftOffset,
            Inputs, Features.Stride);
    }

    /// <summary>Adds the gradients of scale and shift.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="needsRawGradient">Whether <see cref="Gradient"/> becomes that of <see cref="Raw"/>.</param>
    internal void Differentiate(int rows, bool needsRawGradient)
    {
        T* scaleGradient = _state.Gradients + Norm.ScaleOffset, shiftGradient = _state.Gradients + Norm.ShiftOffset;
        if (needsRawGradient)
        {
            BatchNormalization.Differentiate(
                Gradient, Raw, rows, Features.Stride, Features.Width, _inverse, _state.Parameters + Norm.ScaleOffset, scaleGradient, shiftGradient);
            return;
        }
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * Features.Stride;
            for (int i = 0; i < Features.Width; i += Vector256<T>.Count)
            {
                Vector256<T> gradient = Vector256.Load(Gradient + at + i);
                (Vector256.Load(shiftGradient + i) + gradient).Store(shiftGradient + i);
                (Vector256.Load(scaleGradient + i) + gradient * Vector256.Load(Raw + at + i)).Store(scaleGradient + i);
            }
        }
    }
}
