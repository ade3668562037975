using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models.Network;

/// <summary>Loss and gradient of one batch of pretraining: reconstructs the hidden values of its rows, one virtual batch at a time.</summary>
internal sealed unsafe class ReconstructionStep<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkState<T> _state;
    private readonly EncoderPass<T> _encoder;
    private readonly ReconstructionHead<T> _head;
    private readonly InputNormalization<T> _normalization;
    private readonly NativeBuffers<T> _buffers = new();
    private readonly T* _reconstruction;

    internal ReconstructionStep(NetworkState<T> state, int mostRows)
    {
        _state = state;
        _encoder = new EncoderPass<T>(state, Batches.MostVirtualRows(mostRows, state.Architecture.Options.VirtualBatchSize));
        _head = new ReconstructionHead<T>(state, _encoder, _buffers);
        _normalization = new InputNormalization<T>(state, _buffers, mostRows);
        Targets = _buffers.Take((long)mostRows * Features.Stride);
        Hidden = _buffers.Take((long)mostRows * Features.Stride);
        Means = _buffers.Take(Features.Width);
        InverseVariances = _buffers.Take(Features.Width);
        _reconstruction = _buffers.Take((long)_encoder.MostRows * Features.Stride);
    }

    /// <summary>The batch's inputs, rows of the features axis, to be filled before <see cref="Run"/>.</summary>
    internal T* Targets { get; }

    /// <summary>1 for each value that is hidden, else 0; to be filled before <see cref="Run"/>.</summary>
    internal T* Hidden { get; }

    /// <summary>For each input what is read in place of a hidden value.</summary>
    internal T* Means { get; }

    /// <summary>For each input by what its squared error counts; 0 leaves it out.</summary>
    internal T* InverseVariances { get; }

    private Axis Features => _state.Architecture.Features;

    public void Dispose()
    {
        _encoder.Dispose();
        _buffers.Dispose();
    }

    /// <summary>Mean over the hidden values that count of squared error over variance, and the gradient of every parameter but embeddings.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="cancellationToken">Heard between virtual batches.</param>
    internal double Run(int rows, CancellationToken cancellationToken)
    {
        _state.GradientValues.Clear();
        double hidden = HideValues(rows);
        _normalization.Normalize(rows);
        double loss = 0;
        int length = Batches.VirtualLength(rows, _state.Architecture.Options.VirtualBatchSize);
        for (int first = 0, count; first < rows; first += count)
        {
            count = Batches.Count(first, rows, length);
            cancellationToken.ThrowIfCancellationRequested();
            nint at = (nint)first * Features.Stride;
            T* inputs = _normalization.Inputs + at;
            for (nint i = 0; i < (nint)count * Features.Stride; i += Vector256<T>.Count)
                (Vector256<T>.One - Vector256.Load(Hidden + at + i)).Store(_encoder.FirstPrior + i);
            _encoder.Forward(inputs, count, isTraining: true);
            _head.Forward(count, _reconstruction);
            loss += DifferentiateLoss(Targets + at, Hidden + at, count, Math.Max(hidden, 1));
            _head.Backward(count, _reconstruction);
            _encoder.Backward(inputs, count, _normalization.Gradient + at, sparsityScale: null);
        }
        _normalization.Differentiate(rows, needsRawGradient: false);
        return loss / Math.Max(hidden, 1);
    }

    /// <summary>Fills the network's inputs, and counts the hidden values that count.</summary>
    private double HideValues(int rows)
    {
        double hidden = 0;
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * Features.Stride;
            for (int i = 0; i < Features.Count; i++)
            {
                bool isHidden = Hidden[at + i] != T.Zero;
                _normalization.Raw[at + i] = isHidden ? Means[i] : Targets[at + i];
                if (isHidden && InverseVariances[i] > T.Zero)
                    hidden++;
            }
        }
        return hidden;
    }

    /// <summary>The sum of the squared errors; puts the gradient of the mean in place of the reconstruction.</summary>
    private double DifferentiateLoss(T* targets, T* hidden, int rows, double count)
    {
        Vector256<T> scale = Vector256.Create(T.CreateTruncating(2 / count)), sum = Vector256<T>.Zero;
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * Features.Stride;
            for (int i = 0; i < Features.Width; i += Vector256<T>.Count)
            {
                Vector256<T> weight = Vector256.Load(hidden + at + i) * Vector256.Load(InverseVariances + i);
                Vector256<T> error = Vector256.Load(_reconstruction + at + i) - Vector256.Load(targets + at + i);
                sum += weight * error * error;
                (scale * weight * error).Store(_reconstruction + at + i);
            }
        }
        return double.CreateTruncating(LaneMath.Sum(sum));
    }
}
