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

        Vector256<T> one = Vector256<T>.One, rootHalf = RootHalf;
        T* scale = _state.Parameters + norm.ScaleOffset, shift = _state.Parameters + norm.ShiftOffset, centre = _centre, inverse = _inverse;
        int width = Hidden.Width;
        bool isResidual = _layer.IsResidual;
        for (int row = 0; row < rows; row++)
        {
            T* x = _normalized + (nint)row * Gated.Stride;
            T* residual = input + (nint)row * linear.Input.Stride;
            T* gates = _gate + (nint)row * Hidden.Stride, output = Output + (nint)row * Hidden.Stride;
            for (int i = 0; i < width; i += Vector256<T>.Count)
            {
                int g = width + i;
                Vector256<T> xValue = (Vector256.Load(x + i) - Vector256.Load(centre + i)) * Vector256.Load(inverse + i);
                Vector256<T> xGate = (Vector256.Load(x + g) - Vector256.Load(centre + g)) * Vector256.Load(inverse + g);
                xValue.Store(x + i);
                xGate.Store(x + g);
                Vector256<T> value = xValue * Vector256.Load(scale + i) + Vector256.Load(shift + i);
                Vector256<T> logit = xGate * Vector256.Load(scale + g) + Vector256.Load(shift + g);
                Vector256<T> gate = one / (one + LaneMath.Exp(-logit));
                gate.Store(gates + i);
                Vector256<T> y = value * gate;
                (isResidual ? (Vector256.Load(residual + i) + y) * rootHalf : y).Store(output + i);
            }
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
        Vector256<T> one = Vector256<T>.One, rootHalf = RootHalf;
        int width = Hidden.Width;
        bool isResidual = _layer.IsResidual;
        for (int row = 0; row < rows; row++)
        {
            T* x = _normalized + (nint)row * Gated.Stride, to = scratch + (nint)row * Gated.Stride;
            T* gates = _gate + (nint)row * Hidden.Stride, from = gradient + (nint)row * Hidden.Stride;
            for (int i = 0; i < width; i += Vector256<T>.Count)
            {
                Vector256<T> dy = Vector256.Load(from + i);
                if (isResidual)
                {
                    dy *= rootHalf;
                    dy.Store(from + i);
                }
                Vector256<T> gate = Vector256.Load(gates + i);
                Vector256<T> value = Vector256.Load(x + i) * Vector256.Load(scale + i) + Vector256.Load(shift + i), dValue = dy * gate;
                dValue.Store(to + i);
                (dValue * value * (one - gate)).Store(to + width + i);
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

    private static Vector256<T> RootHalf => Vector256.Create(T.Sqrt(T.CreateTruncating(0.5)));
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
