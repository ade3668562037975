namespace Trabecula.Learning.Preparation;

/// <summary>
/// The values of some columns of a reading, each column in one piece: what fits and tests run over, column by column.
/// </summary>
internal sealed class ColumnMajor
{
    /// <summary>Rows and columns turned at a time: 16 columns of 8 bytes fill two cache lines of each row.</summary>
    private const int Block = 16;

    private readonly double[] _values;

    private ColumnMajor(double[] values, int rows, int stride) => (_values, Rows, Stride) = (values, rows, stride);

    internal int Rows { get; }

    /// <summary>Distance between the starts of neighbouring columns, at least the number of rows.</summary>
    internal int Stride { get; }

    /// <summary>The values of the column at a place among those taken, row by row.</summary>
    internal Span<double> this[int place] => _values.AsSpan(place * Stride, Rows);

    /// <summary>The same with the zeros that follow up to the stride.</summary>
    internal Span<double> Padded(int place) => _values.AsSpan(place * Stride, Stride);

    /// <summary>Copies columns of a table.</summary>
    /// <param name="table">Where they come from.</param>
    /// <param name="columns">Their places in the table; the copies are numbered from 0 in this order.</param>
    /// <param name="reading">0 for the first reader.</param>
    /// <param name="lanes">The stride is the number of rows, rounded up to a multiple of this.</param>
    internal static ColumnMajor Of(FeatureTable table, ReadOnlySpan<int> columns, int reading = 0, int lanes = 1)
    {
        int rows = table.RowCount, stride = (rows + lanes - 1) / lanes * lanes, width = table.ColumnCount;
        var values = new double[stride * columns.Length];
        ReadOnlySpan<double> source = table.Reading(reading);
        for (int first = 0; first < columns.Length; first += Block)
        {
            ReadOnlySpan<int> block = columns.Slice(first, Math.Min(Block, columns.Length - first));
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<double> line = source.Slice(row * width, width);
                for (int i = 0; i < block.Length; i++)
                    values[(first + i) * stride + row] = line[block[i]];
            }
        }
        return new ColumnMajor(values, rows, stride);
    }
}
