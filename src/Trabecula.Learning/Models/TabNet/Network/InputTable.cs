using System.Globalization;
using System.Numerics;

namespace Trabecula.Learning.Models.Network;

/// <summary>The rows of a table as the network reads them.</summary>
internal sealed unsafe class InputTable<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly InputColumn[] _columns;
    private readonly int _leading;
    private readonly int _stride;
    private readonly NativeBuffers<T> _buffers = new();
    private readonly T* _values;

    internal InputTable(FeatureTable table, TabNetArchitecture architecture)
    {
        (_columns, _stride, Rows) = ([.. architecture.Columns], architecture.Features.Stride, table.RowCount);
        while (_leading < _columns.Length && _columns[_leading].Levels == 0)
            _leading++;
        ReadOnlySpan<double> values = table.Values;
        _values = _buffers.Take(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            _values[i] = T.CreateTruncating(values[i]);
            if (!T.IsFinite(_values[i]))
            {
                _buffers.Dispose();
                throw new LearningException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"TabNet: '{table.Columns[i % table.ColumnCount]}' of {table.Subjects[i / table.ColumnCount]} is {values[i]}, which 32-bit arithmetic cannot hold."),
                    "Scale the columns before.");
            }
        }
    }

    internal int Rows { get; }

    public void Dispose() => _buffers.Dispose();

    /// <summary>Writes some rows, their levels replaced by the vectors learned for them.</summary>
    /// <param name="rows">Places of the rows.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="to">Receives rows of the features axis.</param>
    internal void Gather(ReadOnlySpan<int> rows, T* parameters, T* to)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            T* from = _values + (nint)rows[i] * _columns.Length, row = to + (nint)i * _stride;
            new ReadOnlySpan<T>(from, _leading).CopyTo(new Span<T>(row, _leading));
            for (int c = _leading; c < _columns.Length; c++)
            {
                ref readonly InputColumn column = ref _columns[c];
                if (column.Levels == 0)
                {
                    row[column.Input] = from[c];
                    continue;
                }
                T* vector = parameters + column.EmbeddingOffset + int.CreateTruncating(from[c]) * column.Size;
                for (int k = 0; k < column.Size; k++)
                    row[column.Input + k] = vector[k];
            }
        }
    }

    /// <summary>Adds the gradient of some rows' inputs to that of the vectors of their levels.</summary>
    internal void Scatter(ReadOnlySpan<int> rows, T* inputGradient, T* gradients)
    {
        for (int c = 0; c < _columns.Length; c++)
        {
            InputColumn column = _columns[c];
            for (int i = 0; i < rows.Length && column.Levels > 0; i++)
            {
                T* vector = gradients + column.EmbeddingOffset + int.CreateTruncating(_values[(nint)rows[i] * _columns.Length + c]) * column.Size;
                T* from = inputGradient + (nint)i * _stride + column.Input;
                for (int k = 0; k < column.Size; k++)
                    vector[k] += from[k];
            }
        }
    }
}
