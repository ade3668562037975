using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>What one batch cost.</summary>
/// <param name="CrossEntropy">Weighted mean over the rows.</param>
/// <param name="Entropy">Entropy of the masks, mean over rows and steps: what λ weighs.</param>
internal readonly record struct BatchLoss(double CrossEntropy, double Entropy);

/// <summary>
/// Loss and gradient of one batch: normalises the inputs over the whole of it, then goes forward and back one virtual batch at a time.
/// </summary>
/// <remarks>
/// A batch of n rows has <c>⌈n / v⌉</c> virtual batches of <c>⌈n / ⌈n / v⌉⌉</c> rows, the last one shorter. A last row alone has no
/// variance, and joins the virtual batch before it.
/// </remarks>
internal sealed unsafe class TrainingStep<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkState<T> _state;
    private readonly EncoderPass<T> _encoder;
    private readonly NativeBuffers<T> _buffers = new();
    private readonly T* _normalized;
    private readonly T* _inverse;
    private readonly T* _inputs;
    private readonly T* _inputGradient;
    private readonly T* _logits;
    private readonly T* _logitGradient;

    internal TrainingStep(NetworkState<T> state, int mostRows)
    {
        _state = state;
        TabNetArchitecture architecture = state.Architecture;
        // A virtual batch that a last row joins has one row more.
        _encoder = new EncoderPass<T>(state, Math.Min(mostRows, Math.Min(mostRows, architecture.Options.VirtualBatchSize) + 1));
        _normalized = _buffers.Take((long)mostRows * Features.Stride);
        _inverse = _buffers.Take(Features.Width);
        _inputs = _buffers.Take((long)mostRows * Features.Stride);
        _inputGradient = _buffers.Take((long)mostRows * Features.Stride);
        _logits = _buffers.Take((long)mostRows * architecture.Outputs.Stride);
        _logitGradient = _buffers.Take((long)_encoder.MostRows * architecture.Outputs.Stride);
    }

    /// <summary>The batch's inputs before normalisation, rows of the features axis, to be filled before <see cref="Run"/>.</summary>
    internal T* Raw => _normalized;

    /// <summary>The gradient of the inputs before normalisation, after <see cref="Run"/> with <c>needsInputGradient</c>.</summary>
    internal T* RawGradient => _inputGradient;

    /// <summary>The logits of the batch.</summary>
    internal T* Logits => _logits;

    /// <summary>Sees the masks of a virtual batch: its first row, its rows, and the encoder.</summary>
    internal Action<int, int, EncoderPass<T>>? Observer { get; set; }

    private Axis Features => _state.Architecture.Features;

    public void Dispose()
    {
        _encoder.Dispose();
        _buffers.Dispose();
    }

    /// <summary>Length of the virtual batches of a batch; the last one has what is left, and one row more where that would be one row.</summary>
    internal static int VirtualLength(int rows, int virtualBatchSize)
    {
        int parts = (rows + virtualBatchSize - 1) / virtualBatchSize;
        return (rows + parts - 1) / parts;
    }

    /// <summary>Loss of the rows in <see cref="Raw"/>, and the gradient of every parameter.</summary>
    /// <param name="classes">The class of each row.</param>
    /// <param name="weights">The weight of each class in the cross entropy.</param>
    /// <param name="needsInputGradient">Whether <see cref="RawGradient"/> is asked for.</param>
    /// <param name="cancellationToken">Heard between virtual batches.</param>
    internal BatchLoss Run(ReadOnlySpan<int> classes, ReadOnlySpan<double> weights, bool needsInputGradient, CancellationToken cancellationToken)
    {
        TabNetArchitecture architecture = _state.Architecture;
        int rows = classes.Length;
        _state.GradientValues.Clear();
        NormalizeInputs(rows);
        double total = 0;
        foreach (int label in classes)
            total += weights[label];
        var sparsity = T.CreateTruncating(architecture.Options.LambdaSparse / (architecture.Options.NSteps * (double)rows));

        double crossEntropy = 0, entropy = 0;
        int length = VirtualLength(rows, architecture.Options.VirtualBatchSize), outputStride = architecture.Outputs.Stride;
        for (int first = 0, count; first < rows; first += count)
        {
            count = Math.Min(length, rows - first);
            if (rows - first - count == 1)
                count++;
            cancellationToken.ThrowIfCancellationRequested();
            T* inputs = _inputs + (nint)first * Features.Stride, logits = _logits + (nint)first * outputStride;
            _encoder.Forward(inputs, count, logits, isTraining: true);
            crossEntropy += SoftmaxLoss.Differentiate(
                logits, classes.Slice(first, count), weights, total, architecture.Outputs.Count, outputStride, _logitGradient);
            for (int step = 0; step < _encoder.Steps; step++)
                entropy += MaskEntropy(_encoder.Mask(step), count);
            Observer?.Invoke(first, count, _encoder);
            _encoder.Backward(inputs, count, _logitGradient, _inputGradient + (nint)first * Features.Stride, sparsity);
        }
        DifferentiateInputs(rows, needsInputGradient);
        return new BatchLoss(crossEntropy, entropy / (architecture.Options.NSteps * (double)rows));
    }

    private void NormalizeInputs(int rows)
    {
        NormLayer norm = _state.Architecture.InitialNorm;
        BatchNormalization.Normalize(
            _normalized, rows, Features.Stride, Features.Width, _inverse, _state.Running + norm.MeanOffset, _state.Running + norm.VarianceOffset, norm.Momentum);
        T* scale = _state.Parameters + norm.ScaleOffset, shift = _state.Parameters + norm.ShiftOffset;
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * Features.Stride;
            for (int i = 0; i < Features.Width; i += Vector256<T>.Count)
                (Vector256.Load(_normalized + at + i) * Vector256.Load(scale + i) + Vector256.Load(shift + i)).Store(_inputs + at + i);
        }
    }

    private void DifferentiateInputs(int rows, bool needsInputGradient)
    {
        NormLayer norm = _state.Architecture.InitialNorm;
        T* scaleGradient = _state.Gradients + norm.ScaleOffset, shiftGradient = _state.Gradients + norm.ShiftOffset;
        if (needsInputGradient)
        {
            BatchNormalization.Differentiate(
                _inputGradient, _normalized, rows, Features.Stride, Features.Width, _inverse, _state.Parameters + norm.ScaleOffset, scaleGradient, shiftGradient);
            return;
        }
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * Features.Stride;
            for (int i = 0; i < Features.Width; i += Vector256<T>.Count)
            {
                Vector256<T> gradient = Vector256.Load(_inputGradient + at + i);
                (Vector256.Load(shiftGradient + i) + gradient).Store(shiftGradient + i);
                (Vector256.Load(scaleGradient + i) + gradient * Vector256.Load(_normalized + at + i)).Store(scaleGradient + i);
            }
        }
    }

    private double MaskEntropy(T* mask, int rows)
    {
        Vector256<T> epsilon = Vector256.Create(T.CreateTruncating(_state.Architecture.Options.Epsilon)), sum = Vector256<T>.Zero;
        for (int row = 0; row < rows; row++)
        {
            T* at = mask + (nint)row * Features.Stride;
            for (int i = 0; i < Features.Width; i += Vector256<T>.Count)
            {
                Vector256<T> m = Vector256.Load(at + i);
                sum -= m * LaneMath.Log(m + epsilon);
            }
        }
        return double.CreateTruncating(LaneMath.Sum(sum));
    }
}
