using System.Numerics;

namespace Trabecula.Learning.Models.Network;

/// <summary>The network as it predicts: normalised by its running statistics, so that a row's result does not depend on others.</summary>
internal sealed unsafe class Prediction<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsAtATime = 64;

    private readonly NetworkState<T> _state;
    private readonly EncoderPass<T> _encoder;
    private readonly DecisionHead<T> _head;
    private readonly NativeBuffers<T> _buffers = new();
    private readonly T* _inputs;
    private readonly T* _centre;
    private readonly T* _inverse;
    private readonly T* _logits;

    internal Prediction(NetworkState<T> state)
    {
        _state = state;
        _encoder = new EncoderPass<T>(state, RowsAtATime);
        _head = new DecisionHead<T>(state, _encoder, _buffers);
        _inputs = _buffers.Take((long)RowsAtATime * state.Architecture.Features.Stride);
        _centre = _buffers.Take(state.Architecture.Features.Width);
        _inverse = _buffers.Take(state.Architecture.Features.Width);
        _logits = _buffers.Take((long)RowsAtATime * state.Architecture.Outputs.Stride);
    }

    /// <summary>Sees the masks of each block of rows: its first row, its rows, and the encoder.</summary>
    internal Action<int, int, EncoderPass<T>>? Observer { get; set; }

    public void Dispose()
    {
        _encoder.Dispose();
        _buffers.Dispose();
    }

    /// <summary>The logits of every row, class by class.</summary>
    internal void Run(InputTable<T> table, Span<double> logits)
    {
        TabNetArchitecture architecture = _state.Architecture;
        Axis features = architecture.Features;
        NormLayer norm = architecture.InitialNorm;
        T* scale = _state.Parameters + norm.ScaleOffset, shift = _state.Parameters + norm.ShiftOffset;
        BatchNormalization.MeasureByRunning(
            features.Width, _centre, _inverse, _state.Running + norm.MeanOffset, _state.Running + norm.VarianceOffset);
        Span<int> places = stackalloc int[RowsAtATime];
        for (int first = 0; first < table.Rows; first += RowsAtATime)
        {
            int rows = Math.Min(RowsAtATime, table.Rows - first);
            for (int i = 0; i < rows; i++)
                places[i] = first + i;
            table.Gather(places[..rows], _state.Parameters, _inputs);
            BatchNormalization.Normalize(_inputs, rows, features.Stride, features.Width, _centre, _inverse, scale, shift, _inputs, features.Stride);
            _encoder.Forward(_inputs, rows, isTraining: false);
            _head.Forward(rows, _logits);
            for (int row = 0; row < rows; row++)
            {
                for (int k = 0; k < architecture.Outputs.Count; k++)
                    logits[(first + row) * architecture.Outputs.Count + k] = double.CreateTruncating(_logits[row * architecture.Outputs.Stride + k]);
            }
            Observer?.Invoke(first, rows, _encoder);
        }
    }
}
