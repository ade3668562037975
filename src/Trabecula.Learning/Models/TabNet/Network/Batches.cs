namespace Trabecula.Learning.Models.Network;

/// <summary>How rows are parted: an epoch's shuffled rows into batches, and a batch into virtual batches.</summary>
/// <remarks>
/// A batch of n rows has <c>⌈n / v⌉</c> virtual batches of <c>⌈n / ⌈n / v⌉⌉</c> rows, the last one shorter. A last row alone has no
/// variance, and joins the batch or virtual batch before it.
/// </remarks>
internal sealed class Batches
{
    private readonly TabNet _options;
    private readonly int[] _order;
    private readonly RandomSequence _shuffle;

    internal Batches(TabNet options, int rows, Seed seed)
    {
        _options = options;
        _order = [.. Enumerable.Range(0, rows)];
        _shuffle = seed.Open();
        MostRows = (int)Math.Min(rows, options.BatchSize + 1L);
    }

    /// <summary>The largest number of rows of a batch.</summary>
    internal int MostRows { get; }

    /// <summary>The largest number of rows of a virtual batch.</summary>
    internal static int MostVirtualRows(int mostRows, int virtualBatchSize) => Math.Min(mostRows, Math.Min(mostRows, virtualBatchSize) + 1);

    /// <summary>Length of the virtual batches of a batch; the last one has what is left, and one row more where that would be one row.</summary>
    internal static int VirtualLength(int rows, int virtualBatchSize)
    {
        int parts = (rows + virtualBatchSize - 1) / virtualBatchSize;
        return (rows + parts - 1) / parts;
    }

    /// <summary>Rows of the part that begins at a row: the length, what is left, or what is left where a single row would remain.</summary>
    internal static int Count(int first, int rows, int length)
    {
        int count = Math.Min(length, rows - first);
        return rows - first - count == 1 ? count + 1 : count;
    }

    /// <summary>Begins an epoch.</summary>
    internal void Shuffle() => _shuffle.Shuffle(_order.AsSpan());

    /// <summary>The rows of the batch that begins at a place of the epoch; none at its end.</summary>
    internal ReadOnlySpan<int> From(int first)
    {
        int left = _order.Length - first;
        if (_options.DropLast)
            return left < _options.BatchSize ? [] : _order.AsSpan(first, _options.BatchSize);
        return _order.AsSpan(first, left == 0 ? 0 : Count(first, _order.Length, _options.BatchSize));
    }
}
