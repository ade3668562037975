namespace Trabecula.Learning.Models;

/// <summary>A forest that is read out of a larger one.</summary>
/// <param name="Depth">Levels below the root at which its trees end.</param>
/// <param name="Trees">Number of its trees.</param>
internal readonly record struct ForestReading(int Depth, int Trees);

/// <summary>
/// The scores of several forests from one pass over the trees of the deepest and largest: at each depth asked for a row's node holds
/// the share that the shallower tree has as its leaf, and the mean over the first trees is the smaller forest's.
/// </summary>
internal sealed class ForestReadings
{
    private readonly ForestReading[] _readings;
    private readonly FeatureTable _table;
    private readonly int[] _depths;
    private readonly double[] _sums;
    private int _treesSeen;

    internal ForestReadings(ForestReading[] readings, FeatureTable table)
    {
        (_readings, _table) = (readings, table);
        _depths = [.. readings.Select(reading => reading.Depth).Distinct().Order()];
        _sums = new double[_depths.Length * table.RowCount];
        Scores = new double[readings.Length][];
    }

    /// <summary>Depth of the trees to give.</summary>
    internal int MaxDepth => _depths[^1];

    /// <summary>Number of trees to give.</summary>
    internal int TreeCount => _readings.Max(reading => reading.Trees);

    /// <summary>For each reading, the score of each row; complete after <see cref="TreeCount"/> trees.</summary>
    internal double[][] Scores { get; }

    /// <summary>Takes the next tree.</summary>
    internal void Add(ReadOnlySpan<TreeNode> tree)
    {
        int rows = _table.RowCount;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> values = _table.Row(row);
            int at = 0, depth = 0;
            for (int i = 0; i < _depths.Length; i++)
            {
                for (; depth < _depths[i] && !tree[at].IsLeaf; depth++)
                    at = TreeWalk.Step(tree, at, values);
                _sums[i * rows + row] += tree[at].CaseShare;
            }
        }
        _treesSeen++;
        for (int i = 0; i < _readings.Length; i++)
        {
            if (_readings[i].Trees != _treesSeen)
                continue;
            ReadOnlySpan<double> sums = _sums.AsSpan(Array.IndexOf(_depths, _readings[i].Depth) * rows, rows);
            Scores[i] = TreeWalk.Means(sums, _treesSeen);
        }
    }
}
