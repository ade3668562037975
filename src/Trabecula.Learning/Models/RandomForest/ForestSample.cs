namespace Trabecula.Learning.Models;

/// <summary>The rows of each tree of a forest, and their weights. Trees are asked for one after the other.</summary>
internal sealed class ForestSample
{
    private readonly bool[] _outcomes;
    private readonly ClassCounts[] _counts;
    private readonly int[] _times;
    private readonly bool _drawsRows;
    private readonly Seed _seed;

    internal ForestSample(FeatureTable table, bool drawsRows, ForestClassWeight weighting, Seed seed)
    {
        (Columns, _drawsRows, _seed) = (new SortedColumns(table), drawsRows, seed);
        _outcomes = [.. table.Outcomes];
        (_counts, _times) = (new ClassCounts[_outcomes.Length], new int[_outcomes.Length]);
        int cases = table.EventCount;
        Weights = new ForestWeights(weighting, new ClassCounts(table.RowCount - cases, cases));
    }

    /// <summary>The columns of the table.</summary>
    internal SortedColumns Columns { get; }

    /// <summary>The class weights of each tree.</summary>
    internal ForestWeights Weights { get; }

    /// <summary>Grows a tree; its nodes are valid until the grower's next.</summary>
    internal ReadOnlySpan<TreeNode> Grow(TreeGrower grower, int tree, CancellationToken cancellationToken)
    {
        Seed seed = _seed.Derive("tree", tree);
        Array.Fill(_times, _drawsRows ? 0 : 1);
        if (_drawsRows)
        {
            var random = new NodeSeed(seed.Derive("bootstrap").Value);
            for (int i = 0; i < _times.Length; i++)
                _times[random.NextInt(_times.Length)]++;
        }
        ClassCounts all = default;
        for (int row = 0; row < _times.Length; row++)
            all += _counts[row] = ClassCounts.OfRow(_outcomes[row], _times[row]);
        return grower.Grow(_counts, Weights.Of(all), seed.Derive("root").Value, cancellationToken);
    }
}

/// <summary>The class weights of the trees of a forest.</summary>
/// <param name="Choice">What they are computed from.</param>
/// <param name="Training">All training rows.</param>
internal sealed record ForestWeights(ForestClassWeight Choice, ClassCounts Training)
{
    /// <summary>Those of a tree.</summary>
    /// <param name="drawn">The rows of the tree.</param>
    internal ClassWeights Of(ClassCounts drawn) => Choice switch
    {
        ForestClassWeight.None => new ClassWeights(1, 1),
        ForestClassWeight.Balanced => ClassWeights.Of(ClassWeight.Balanced, Training.Controls, Training.Cases),
        // A tree that drew one class alone is a single leaf, whatever the weights.
        _ when drawn.IsPure => new ClassWeights(1, 1),
        _ => ClassWeights.Of(ClassWeight.Balanced, drawn.Controls, drawn.Cases),
    };
}
