using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// The attentive transformer of one step on the rows of one virtual batch: <c>M = sparsemax(P · BN(a W))</c>, then the prior of the next
/// step, <c>P' = P · (γ - M)</c>, and the masked inputs <c>M · x</c>.
/// </summary>
internal sealed unsafe class AttentionPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DecisionStep _step;
    private readonly NetworkState<T> _state;
    private readonly T* _normalized;
    private readonly T* _centre;
    private readonly T* _inverse;

    internal AttentionPass(DecisionStep step, NetworkState<T> state, NativeBuffers<T> buffers, int mostRows)
    {
        (_step, _state) = (step, state);
        _normalized = buffers.Take((long)mostRows * Features.Stride);
        _centre = buffers.Take(Features.Width);
        _inverse = buffers.Take(Features.Width);
        Mask = buffers.Take((long)mostRows * Features.Stride);
        NextPrior = buffers.Take((long)mostRows * Features.Stride);
        Masked = buffers.Take((long)mostRows * Features.Stride);
    }

    /// <summary>How much each row looks at each input; a row's parts sum to 1.</summary>
    internal T* Mask { get; }

    /// <summary>How free each input still is after this step.</summary>
    internal T* NextPrior { get; }

    /// <summary>What the step's feature transformer reads.</summary>
    internal T* Masked { get; }

    private Axis Features => _state.Architecture.Features;

    /// <summary>Computes mask, prior and masked inputs.</summary>
    /// <param name="attention">The attention part of the step before, rows of the hidden axis.</param>
    /// <param name="prior">The prior of this step.</param>
    /// <param name="inputs">The normalised inputs.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="isTraining">Whether the rows' own statistics normalise.</param>
    internal void Forward(T* attention, T* prior, T* inputs, int rows, bool isTraining)
    {
        TabNetArchitecture architecture = _state.Architecture;
        LinearLayer linear = _step.AttentionLinear;
        NormLayer norm = _step.AttentionNorm;
        MatrixProduct.Compute(
            rows, Features.Width, linear.Input.Extent, attention, architecture.Hidden.Stride, 1, _state.Parameters + linear.Offset, Features.Stride,
            _normalized, Features.Stride, accumulate: false);
        T* mean = _state.Running + norm.MeanOffset, variance = _state.Running + norm.VarianceOffset;
        if (isTraining)
            BatchNormalization.Measure(_normalized, rows, Features.Stride, Features.Width, _centre, _inverse, mean, variance, norm.Momentum);
        else
            BatchNormalization.MeasureByRunning(Features.Width, _centre, _inverse, mean, variance);

        BatchNormalization.Normalize(
            _normalized, rows, Features.Stride, Features.Width, _centre, _inverse, _state.Parameters + norm.ScaleOffset,
            _state.Parameters + norm.ShiftOffset, Mask, Features.Stride);
        T* mask = Mask, next = NextPrior, masked = Masked;
        nint end = (nint)rows * Features.Stride;
        for (nint i = 0; i < end; i += Vector512<T>.Count)
            (Vector512.Load(mask + i) * Vector512.Load(prior + i)).Store(mask + i);
        if (architecture.Options.MaskType == MaskType.Entmax)
            Entmax.Project(mask, rows, Features.Stride, Features.Count, Features.Width);
        else
            Sparsemax.Project(mask, rows, Features.Stride, Features.Count, Features.Width);
        Vector512<T> gamma = Vector512.Create(T.CreateTruncating(architecture.Options.Gamma));
        for (nint i = 0; i < end; i += Vector512<T>.Count)
        {
            Vector512<T> m = Vector512.Load(mask + i);
            (Vector512.Load(prior + i) * (gamma - m)).Store(next + i);
            (m * Vector512.Load(inputs + i)).Store(masked + i);
        }
    }

    /// <summary>Adds the gradients of the step's attention and gives those of what it read.</summary>
    /// <param name="attention">What <see cref="Forward"/> read.</param>
    /// <param name="prior">The prior of this step.</param>
    /// <param name="inputs">The normalised inputs.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="maskedGradient">The gradient of <see cref="Masked"/>, overwritten.</param>
    /// <param name="priorGradient">The gradient of <see cref="NextPrior"/>, which becomes that of <paramref name="prior"/>.</param>
    /// <param name="inputGradient">Added to.</param>
    /// <param name="attentionGradient">Receives the gradient of the attention part, rows of the hidden axis.</param>
    /// <param name="sparsityScale">λ / (steps · rows of the batch): the sparsity loss is this times - Σ M log(M + ε). Null without that loss.</param>
    /// <returns>The entropy of the masks, summed over the rows; 0 without sparsity loss.</returns>
    internal double Backward(
        T* attention, T* prior, T* inputs, int rows, T* maskedGradient, T* priorGradient, T* inputGradient, T* attentionGradient, T? sparsityScale)
    {
        TabNetArchitecture architecture = _state.Architecture;
        LinearLayer linear = _step.AttentionLinear;
        NormLayer norm = _step.AttentionNorm;
        T* scale = _state.Parameters + norm.ScaleOffset, shift = _state.Parameters + norm.ShiftOffset;
        Vector512<T> epsilon = Vector512.Create(T.CreateTruncating(architecture.Options.Epsilon)), sparsity = Vector512.Create(sparsityScale ?? T.Zero);
        Vector256<T> entropy = Vector256<T>.Zero;
        T* masks = Mask;
        nint end = (nint)rows * Features.Stride;
        for (nint i = 0; i < end; i += Vector512<T>.Count)
        {
            Vector512<T> m = Vector512.Load(masks + i), dMasked = Vector512.Load(maskedGradient + i);
            (Vector512.Load(inputGradient + i) + dMasked * m).Store(inputGradient + i);
            Vector512<T> dm = dMasked * Vector512.Load(inputs + i) - Vector512.Load(priorGradient + i) * Vector512.Load(prior + i);
            if (sparsityScale is not null)
            {
                Vector512<T> above = m + epsilon, log = LaneMath.Log(above), part = m * log;
                dm -= sparsity * (log + m / above);
                entropy -= part.GetLower();
                // The last vector can reach into the row behind, which may hold a mask of an earlier, longer virtual batch.
                if (i + Vector256<T>.Count < end)
                    entropy -= part.GetUpper();
            }
            dm.Store(maskedGradient + i);
        }
        if (architecture.Options.MaskType == MaskType.Entmax)
            Entmax.Differentiate(masks, maskedGradient, rows, Features.Stride, Features.Width);
        else
            Sparsemax.Differentiate(masks, maskedGradient, rows, Features.Stride, Features.Width);

        Vector256<T> gamma = Vector256.Create(T.CreateTruncating(architecture.Options.Gamma));
        int width = Features.Width, stride = Features.Stride;
        for (int i = 0; i < width; i += Vector256<T>.Count)
        {
            Vector256<T> a = Vector256.Load(scale + i), b = Vector256.Load(shift + i);
            T* x = _normalized + i;
            nint at = i;
            for (int row = 0; row < rows; row++, at += stride, x += stride)
            {
                Vector256<T> dz = Vector256.Load(maskedGradient + at), normed = Vector256.Load(x) * a + b;
                (Vector256.Load(priorGradient + at) * (gamma - Vector256.Load(masks + at)) + dz * normed).Store(priorGradient + at);
                (dz * Vector256.Load(prior + at)).Store(maskedGradient + at);
            }
        }
        BatchNormalization.Differentiate(
            maskedGradient, _normalized, rows, Features.Stride, Features.Width, _inverse, scale,
            _state.Gradients + norm.ScaleOffset, _state.Gradients + norm.ShiftOffset);
        MatrixProduct.Compute(
            linear.Input.Extent, Features.Width, rows, attention, 1, architecture.Hidden.Stride, maskedGradient, Features.Stride,
            _state.Gradients + linear.Offset, Features.Stride, accumulate: true);
        MatrixProduct.Compute(
            rows, linear.Input.Width, Features.Width, maskedGradient, Features.Stride, 1, _state.Transposed + linear.TransposedOffset,
            linear.Input.Stride, attentionGradient, architecture.Hidden.Stride, accumulate: false);
        return double.CreateTruncating(LaneMath.Sum(entropy));
    }
}
