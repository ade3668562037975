using System.Numerics;

namespace Trabecula.Learning.Models.Network;

/// <summary>What one batch cost.</summary>
/// <param name="CrossEntropy">Weighted mean over the rows.</param>
/// <param name="Entropy">Entropy of the masks, mean over rows and steps: what λ weighs.</param>
internal readonly record struct BatchLoss(double CrossEntropy, double Entropy);

/// <summary>
/// Loss and gradient of one batch: normalises the inputs over the whole of it, then goes forward and back one virtual batch at a time.
/// </summary>
internal sealed unsafe class TrainingStep<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkState<T> _state;
    private readonly EncoderPass<T> _encoder;
    private readonly DecisionHead<T> _head;
    private readonly InputNormalization<T> _normalization;
    private readonly NativeBuffers<T> _buffers = new();
    private readonly T* _logits;
    private readonly T* _logitGradient;

    internal TrainingStep(NetworkState<T> state, int mostRows)
    {
        _state = state;
        TabNetArchitecture architecture = state.Architecture;
        _encoder = new EncoderPass<T>(state, Batches.MostVirtualRows(mostRows, architecture.Options.VirtualBatchSize));
        _head = new DecisionHead<T>(state, _encoder, _buffers);
        _normalization = new InputNormalization<T>(state, _buffers, mostRows);
        _logits = _buffers.Take((long)mostRows * architecture.Outputs.Stride);
        _logitGradient = _buffers.Take((long)_encoder.MostRows * architecture.Outputs.Stride);
    }

    /// <summary>The batch's inputs before normalisation, rows of the features axis, to be filled before <see cref="Run"/>.</summary>
    internal T* Raw => _normalization.Raw;

    /// <summary>The gradient of the inputs before normalisation, after <see cref="Run"/> with <c>needsInputGradient</c>.</summary>
    internal T* RawGradient => _normalization.Gradient;

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
        _normalization.Normalize(rows);
        double total = 0;
        foreach (int label in classes)
            total += weights[label];
        var sparsity = T.CreateTruncating(architecture.Options.LambdaSparse / (architecture.Options.NSteps * (double)rows));

        double crossEntropy = 0, entropy = 0;
        int length = Batches.VirtualLength(rows, architecture.Options.VirtualBatchSize), outputStride = architecture.Outputs.Stride;
        for (int first = 0, count; first < rows; first += count)
        {
            count = Batches.Count(first, rows, length);
            cancellationToken.ThrowIfCancellationRequested();
            nint at = (nint)first * Features.Stride;
            T* inputs = _normalization.Inputs + at, logits = _logits + (nint)first * outputStride;
            _encoder.Forward(inputs, count, isTraining: true);
            _head.Forward(count, logits);
            crossEntropy += SoftmaxLoss.Differentiate(
                logits, classes.Slice(first, count), weights, total, architecture.Outputs.Count, outputStride, _logitGradient);
            Observer?.Invoke(first, count, _encoder);
            _head.Backward(count, _logitGradient);
            entropy += _encoder.Backward(inputs, count, _normalization.Gradient + at, sparsity);
        }
        _normalization.Differentiate(rows, needsInputGradient);
        return new BatchLoss(crossEntropy, entropy / (architecture.Options.NSteps * (double)rows));
    }
}
