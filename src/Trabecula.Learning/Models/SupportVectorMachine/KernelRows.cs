namespace Trabecula.Learning.Models;

/// <summary>
/// The kernel matrix of training rows, by rows. Small ones are held whole; of large ones the rows last used, within a bound of memory.
/// </summary>
internal sealed class KernelRows
{
    /// <summary>Up to here, 32 MiB, the matrix is held whole.</summary>
    internal const int LargestWhole = 2048;
    private const long LargestCacheBytes = 256L << 20;

    private readonly FeatureTable _table;
    private readonly double[]?[] _rows;
    private readonly long[] _used;
    private readonly int _capacity;
    private long _clock;
    private int _held;

    /// <param name="function">The kernel.</param>
    /// <param name="table">The training rows.</param>
    /// <param name="capacity">Rows held at most; left out, by the bound of memory.</param>
    internal KernelRows(KernelFunction function, FeatureTable table, int? capacity = null)
    {
        (Function, _table, Count) = (function, table, table.RowCount);
        Stride = VectorSums.Padded(Count);
        (_rows, _used) = (new double[Count][], new long[Count]);
        // A step takes two rows at a time.
        _capacity = capacity ?? (Count <= LargestWhole ? Count : (int)Math.Clamp(LargestCacheBytes / (8L * Stride), 2, Count));
        Diagonal = new double[Stride];
        for (int i = 0; i < Count; i++)
            Diagonal[i] = function.Of(table.Row(i), table.Row(i));
        if (!Array.TrueForAll(Diagonal, double.IsFinite))
            throw new LearningException(
                "Support vector machine: the kernel of a row with itself is beyond the range of numbers.",
                "Scale the columns to unit standard deviation, or take a smaller gamma or degree.");
    }

    internal KernelFunction Function { get; }

    /// <summary>Number of training rows.</summary>
    internal int Count { get; }

    /// <summary>A bound of the rank of the matrix.</summary>
    internal int LargestRank => Function.Kind == Kernel.Linear ? Math.Min(_table.ColumnCount, Count) : Count;

    /// <summary>Length of a row: the count, padded by zeros to whole lanes.</summary>
    internal int Stride { get; }

    /// <summary>The kernel of each row with itself, padded.</summary>
    internal double[] Diagonal { get; }

    /// <summary>A row, padded. Good until two more rows have been asked for.</summary>
    internal double[] this[int i]
    {
        get
        {
            _used[i] = ++_clock;
            return _rows[i] ?? Compute(i);
        }
    }

    private double[] Compute(int i)
    {
        double[] row = _held < _capacity ? new double[Stride] : Evict();
        ReadOnlySpan<double> x = _table.Row(i);
        for (int j = 0; j < Count; j++)
        {
            // The matrix is symmetric to the last bit, so a row that is there gives its part of this one.
            row[j] = _rows[j] is { } other ? other[i] : j == i ? Diagonal[i] : Function.Of(x, _table.Row(j));
        }
        _held++;
        return _rows[i] = row;
    }

    private double[] Evict()
    {
        int oldest = -1;
        for (int j = 0; j < Count; j++)
        {
            if (_rows[j] is not null && (oldest < 0 || _used[j] < _used[oldest]))
                oldest = j;
        }
        double[] row = _rows[oldest]!;
        (_rows[oldest], _held) = (null, _held - 1);
        return row;
    }
}
