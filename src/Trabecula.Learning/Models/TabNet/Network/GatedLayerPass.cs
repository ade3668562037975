using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// A gated layer on the rows of one virtual batch: <c>u = BN(x W)</c>, <c>y = u_value σ(u_gate)</c>, and of the residual form
/// <c>(x + y) √½</c>. Keeps what the backward pass needs.
/// </summary>
internal sealed unsafe class GatedLayerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GatedLayer _layer;
    private readonly NetworkState<T> _state;
    private readonly T* _normalized;
    private readonly T* _centre;
    private readonly T* _inverse;
    private readonly T* _gate;

    internal GatedLayerPass(GatedLayer layer, NetworkState<T> state, NativeBuffers<T> buffers, int mostRows)
    {
        (_layer, _state) = (layer, state);
        _normalized = buffers.Take((long)mostRows * Gated.Stride);
        _centre = buffers.Take(Gated.Width);
        _inverse = buffers.Take(Gated.Width);
        _gate = buffers.Take((long)mostRows * Hidden.Stride);
        Output = buffers.Take((long)mostRows * Hidden.Stride);
    }

    /// <summary>The layer's output, rows of its output axis.</summary>
    internal T* Output { get; }

    private Axis Gated => _layer.Linear.Output;

    private Axis Hidden => _layer.Output;

    internal void Forward(T* input, int rows, bool isTraining)
    {
        LinearLayer linear = _layer.Linear;
        NormLayer norm = _layer.Norm;
        MatrixProduct.Compute(
            rows, Gated.Width, linear.Input.Extent, input, linear.Input.Stride, 1, _state.Parameters + linear.Offset, Gated.Stride,
            _normalized, Gated.Stride, accumulate: false);
        T* mean = _state.Running + norm.MeanOffset, variance = _state.Running + norm.VarianceOffset;
        if (isTraining)
            BatchNormalization.Measure(_normalized, rows, Gated.Stride, Gated.Width, _centre, _inverse, mean, variance, norm.Momentum);
        else
            BatchNormalization.MeasureByRunning(Gated.Width, _centre, _inverse, mean, variance);

        T* scale = _state.Parameters + norm.ScaleOffset, shift = _state.Parameters + norm.ShiftOffset;
        int width = Hidden.Width;
        BatchNormalization.Normalize(_normalized, rows, Gated.Stride, width, _centre, _inverse, scale, shift, Output, Hidden.Stride);
        BatchNormalization.Normalize(
            _normalized + width, rows, Gated.Stride, width, _centre + width, _inverse + width, scale + width, shift + width, _gate, Hidden.Stride);
        Vector512<T> rootHalf = Vector512.Create(RootHalf);
        bool isResidual = _layer.IsResidual;
        T* gates = _gate, output = Output;
        nint end = (nint)rows * Hidden.Stride;
        for (nint i = 0; i < end; i += Vector512<T>.Count)
        {
            Vector512<T> gate = LaneMath.Logistic(Vector512.Load(gates + i));
            gate.Store(gates + i);
            Vector512<T> y = Vector512.Load(output + i) * gate;
            (isResidual ? (Vector512.Load(input + i) + y) * rootHalf : y).Store(output + i);
        }
    }

    /// <summary>Adds the gradients of the layer's parameters and gives that of its input.</summary>
    /// <param name="input">What <see cref="Forward"/> read.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="gradient">The gradient of the output; of a residual layer it becomes that of the input.</param>
    /// <param name="inputGradient">Receives the gradient of the input of a layer that is not residual.</param>
    /// <param name="scratch">Rows of the gated axis.</param>
    internal void Backward(T* input, int rows, T* gradient, T* inputGradient, T* scratch)
    {
        LinearLayer linear = _layer.Linear;
        NormLayer norm = _layer.Norm;
        T* scale = _state.Parameters + norm.ScaleOffset, shift = _state.Parameters + norm.ShiftOffset;
        Vector256<T> one = Vector256<T>.One, rootHalf = Vector256.Create(RootHalf);
        int width = Hidden.Width, stride = Hidden.Stride, gatedStride = Gated.Stride;
        bool isResidual = _layer.IsResidual;
        for (int i = 0; i < width; i += Vector256<T>.Count)
        {
            Vector256<T> a = Vector256.Load(scale + i), b = Vector256.Load(shift + i);
            T* x = _normalized + i, to = scratch + i, gates = _gate + i, from = gradient + i;
            for (int row = 0; row < rows; row++, x += gatedStride, to += gatedStride, gates += stride, from += stride)
            {
                Vector256<T> dy = Vector256.Load(from);
                if (isResidual)
                {
                    dy *= rootHalf;
                    dy.Store(from);
                }
                Vector256<T> gate = Vector256.Load(gates);
                Vector256<T> value = Vector256.Load(x) * a + b, dValue = dy * gate;
                dValue.Store(to);
                (dValue * value * (one - gate)).Store(to + width);
            }
        }
        BatchNormalization.Differentiate(
            scratch, _normalized, rows, Gated.Stride, Gated.Width, _inverse, scale,
            _state.Gradients + norm.ScaleOffset, _state.Gradients + norm.ShiftOffset);
        MatrixProduct.Compute(
            linear.Input.Extent, Gated.Width, rows, input, 1, linear.Input.Stride, scratch, Gated.Stride,
            _state.Gradients + linear.Offset, Gated.Stride, accumulate: true);
        MatrixProduct.Compute(
            rows, linear.Input.Width, Gated.Width, scratch, Gated.Stride, 1, _state.Transposed + linear.TransposedOffset, linear.Input.Stride,
            _layer.IsResidual ? gradient : inputGradient, linear.Input.Stride, accumulate: _layer.IsResidual);
    }

    private static T RootHalf => T.Sqrt(T.CreateTruncating(0.5));
}

/// <summary>A feature transformer on the rows of one virtual batch: its gated layers in turn.</summary>
internal sealed unsafe class FeatureTransformerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GatedLayerPass<T>[] _layers;

    internal FeatureTransformerPass(IReadOnlyList<GatedLayer> layers, NetworkState<T> state, NativeBuffers<T> buffers, int mostRows) =>
        _layers = [.. layers.Select(layer => new GatedLayerPass<T>(layer, state, buffers, mostRows))];

    /// <summary>The output, rows of the last layer's output axis.</summary>
    internal T* Output => _layers[^1].Output;

    internal void Forward(T* input, int rows, bool isTraining)
    {
        foreach (GatedLayerPass<T> layer in _layers)
        {
            layer.Forward(input, rows, isTraining);
            input = layer.Output;
        }
    }

    /// <summary>Adds the gradients of its parameters and gives that of its input.</summary>
    /// <param name="input">What <see cref="Forward"/> read.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="gradient">The gradient of the output, overwritten.</param>
    /// <param name="inputGradient">Receives that of the input, rows of the first layer's input axis.</param>
    /// <param name="scratch">Rows of the gated axis.</param>
    internal void Backward(T* input, int rows, T* gradient, T* inputGradient, T* scratch)
    {
        for (int i = _layers.Length - 1; i >= 0; i--)
            _layers[i].Backward(i == 0 ? input : _layers[i - 1].Output, rows, gradient, inputGradient, scratch);
    }
}
