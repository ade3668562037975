namespace Trabecula.Learning.Models;

/// <summary>
/// Grows trees of one table, one after the other in the same memory. A tree follows from its seed and its rows alone, and a tree of
/// smaller <see cref="TreeRules.MaxDepth"/> is its top.
/// </summary>
internal sealed class TreeGrower
{
    private readonly SortedColumns _columns;
    private readonly TreeRules _rules;
    private readonly BestSplit _bestSplit;
    private readonly int[] _order;
    private readonly int[] _swaps;
    private readonly int[] _rows;
    private readonly int[] _rowsRight;
    private readonly Stack<Pending> _pending = new();
    private TreeNode[] _nodes = new TreeNode[256];
    private int _count;

    internal TreeGrower(SortedColumns columns, TreeRules rules)
    {
        (_columns, _rules, _bestSplit) = (columns, rules, new BestSplit(columns));
        _order = [.. Enumerable.Range(0, columns.ColumnCount)];
        _swaps = new int[columns.ColumnCount];
        (_rows, _rowsRight) = (new int[columns.RowCount], new int[columns.RowCount]);
    }

    /// <summary>Grows a tree. The nodes are valid until the next call.</summary>
    /// <param name="counts">Of every row of the table; rows of no count are left out.</param>
    /// <param name="weights">Of the classes.</param>
    /// <param name="seed">Of the tree.</param>
    /// <param name="cancellationToken">Stops between nodes.</param>
    internal ReadOnlySpan<TreeNode> Grow(ReadOnlySpan<ClassCounts> counts, ClassWeights weights, ulong seed, CancellationToken cancellationToken)
    {
        int rows = 0;
        ClassCounts all = default;
        for (int row = 0; row < counts.Length; row++)
        {
            if (counts[row] == default)
                continue;
            _rows[rows++] = row;
            all += counts[row];
        }
        _count = 0;
        _pending.Clear();
        _pending.Push(new Pending(-1, 0, 0, rows, all, seed));
        while (_pending.TryPop(out Pending node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int place = Append(node, all: node.Counts, weights);
            if (!MayPart(node) || !FindSplit(node, counts, weights, out NodeSplit split))
                continue;
            int middle = node.Start + Part(_columns.Places(split.Column), _rows.AsSpan(node.Start, node.End - node.Start), split.Place);
            _nodes[place] = _nodes[place] with { Column = split.Column, Threshold = split.Threshold };
            _pending.Push(new Pending(place, node.Depth + 1, middle, node.End, node.Counts - split.Left, NodeSeed.Right(node.Seed)));
            _pending.Push(new Pending(-1, node.Depth + 1, node.Start, middle, split.Left, NodeSeed.Left(node.Seed)));
        }
        return _nodes.AsSpan(0, _count);
    }

    private int Append(in Pending node, ClassCounts all, ClassWeights weights)
    {
        if (_count == _nodes.Length)
            Array.Resize(ref _nodes, _count * 2);
        if (node.Parent >= 0)
            _nodes[node.Parent] = _nodes[node.Parent] with { Right = _count };
        _nodes[_count] = new TreeNode(-1, 0, 0, all, all.CaseShare(weights));
        return _count++;
    }

    private bool MayPart(in Pending node)
    {
        int rows = node.End - node.Start;
        return node.Depth < _rules.MaxDepth && rows >= _rules.MinSamplesSplit && rows >= 2 * _rules.MinSamplesLeaf && !node.Counts.IsPure;
    }

    private bool FindSplit(in Pending node, ReadOnlySpan<ClassCounts> counts, ClassWeights weights, out NodeSplit split)
    {
        var random = new NodeSeed(node.Seed);
        ReadOnlySpan<int> rows = _rows.AsSpan(node.Start, node.End - node.Start);
        split = new NodeSplit(-1, 0, 0, default, double.PositiveInfinity);
        bool anyVaries = false;
        int drawn = 0;
        while (drawn < _order.Length && (drawn < _rules.Columns || !anyVaries))
        {
            int other = drawn + random.NextInt(_order.Length - drawn), column = _order[other];
            (_order[drawn], _order[other]) = (column, _order[drawn]);
            _swaps[drawn++] = other;
            anyVaries |= _rules.RandomThresholds
                ? RandomSplit.Improve(_columns, column, rows, counts, node.Counts, _rules.MinSamplesLeaf, weights, ref random, ref split)
                : _bestSplit.Improve(column, rows, counts, node.Counts, _rules.MinSamplesLeaf, weights, ref split);
        }
        // The draws of the next node must not depend on those of this one.
        while (--drawn >= 0)
            (_order[drawn], _order[_swaps[drawn]]) = (_order[_swaps[drawn]], _order[drawn]);
        return split.Column >= 0;
    }

    /// <summary>Puts the rows up to a place of a column before the others, both in their order; gives the number of the first.</summary>
    private int Part(ReadOnlySpan<int> placeOf, Span<int> rows, int place)
    {
        Span<int> right = _rowsRight.AsSpan(0, rows.Length);
        int left = 0, others = 0;
        foreach (int row in rows)
        {
            rows[left] = row;
            right[others] = row;
            int goesRight = placeOf[row] > place ? 1 : 0;
            left += 1 - goesRight;
            others += goesRight;
        }
        right[..others].CopyTo(rows[left..]);
        return left;
    }

    /// <summary>A node to be grown.</summary>
    /// <param name="Parent">The node whose right child it is; -1 for a left child, which follows its parent.</param>
    /// <param name="Depth">Levels below the root.</param>
    /// <param name="Start">Its first row among the rows.</param>
    /// <param name="End">After its last.</param>
    /// <param name="Counts">Of its rows.</param>
    /// <param name="Seed">Of its random numbers.</param>
    private readonly record struct Pending(int Parent, int Depth, int Start, int End, ClassCounts Counts, ulong Seed);
}
