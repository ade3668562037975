using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>What single trees and forests have in common: Gini trees on binary outcomes, with scikit-learn's names.</summary>
/// <remarks>
/// Definition: a node is parted by <c>value &lt;= threshold</c> where the weighted Gini impurity of both sides is smallest, among
/// columns drawn for that node. Thresholds lie in the middle between two neighbouring values of the node. A node of one class, of
/// fewer rows than <see cref="MinSamplesSplit"/> or at <see cref="MaxDepth"/> is a leaf. The risk is the weighted share of cases in
/// the leaf, or its mean over the trees.
/// Determinism: the random numbers of a node follow from seed, tree and path, so that a tree of smaller <see cref="MaxDepth"/> is
/// the top of a deeper one, and a forest of fewer trees is the start of a larger one, to the last bit. One thread.
/// Values are compared as 32-bit floats, as in scikit-learn: no threshold comes between values that differ by rounding alone.
/// Deviation: scikit-learn does not part values closer than 1e-7 either, whatever the unit of the column; here they are parted.
/// Edge cases: rows that no split parts share a leaf. Missing values are refused.
/// Source: Breiman, Random forests, Machine Learning 45 (2001) 5.
/// </remarks>
public abstract record TreeModel : Classifier
{
    private protected TreeModel()
    {
    }

    /// <summary>Levels below the root, 1 or more; null for no bound.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Nodes of fewer rows become leaves; 2 or more.</summary>
    public int MinSamplesSplit { get; init; } = 2;

    /// <summary>
    /// Rows that each side of a split needs, 1 or more. A row counts once however often the tree drew it, as in scikit-learn.
    /// </summary>
    public int MinSamplesLeaf { get; init; } = 1;

    /// <summary>Columns that a node looks at.</summary>
    public MaxFeatures MaxFeatures { get; init; }

    /// <inheritdoc/>
    public override string? SharedWork => FormattableString.Invariant(
        $"{GetType().Name}, split {MinSamplesSplit}, leaf {MinSamplesLeaf}, bootstrap {DrawsRows}, weight {Weighting}");

    /// <summary>
    /// Smaller trees are simpler: fewer levels, then larger leaves, then larger nodes (cost and complexity of a tree are counted in its leaves:
    /// Breiman, Friedman, Olshen and Stone, Classification and regression trees, 1984, chapter 3); then fewer trees, as their number makes a
    /// forest steadier, not more complex. Columns of a node and class weights decide nothing.
    /// </summary>
    public override IReadOnlyList<double> Complexity(FeatureTable table) => [DepthBound, -MinSamplesLeaf, -MinSamplesSplit, TreeCount];

    /// <summary>Trees to grow.</summary>
    private protected abstract int TreeCount { get; }

    /// <summary>Whether each tree has a bootstrap sample of its own.</summary>
    private protected abstract bool DrawsRows { get; }

    /// <summary>Whether thresholds are drawn.</summary>
    private protected abstract bool DrawsThresholds { get; }

    /// <summary>How rows are weighted.</summary>
    private protected abstract ForestClassWeight Weighting { get; }

    /// <summary>One half where both classes weigh the same.</summary>
    public override double EventShare(FeatureTable table) => Weighting != ForestClassWeight.None ? 0.5 : base.EventShare(table);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (TreeCount < 1)
            problems.Add($"NEstimators is {TreeCount}, expected 1 or more.");
        if (MaxDepth < 1)
            problems.Add($"MaxDepth is {MaxDepth}, expected 1 or more, or none.");
        if (MinSamplesSplit < 2)
            problems.Add($"MinSamplesSplit is {MinSamplesSplit}, expected 2 or more.");
        if (MinSamplesLeaf < 1)
            problems.Add($"MinSamplesLeaf is {MinSamplesLeaf}, expected 1 or more.");
        if (!MaxFeatures.IsValid)
            problems.Add($"MaxFeatures is {MaxFeatures}, expected sqrt, log2, all, a share above 0 and at most 1, or a count of 1 or more.");
        if (!Enum.IsDefined(Weighting))
            problems.Add($"ClassWeight is {Weighting}, which is none of its values.");
        return problems;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> FitAndScore(
        IReadOnlyList<Classifier> models, TrainingSet training, ValidationSet validation, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        TreeModel[] members = [.. models.Select(model => model as TreeModel ?? throw new ArgumentException($"{model.Name} is no model of trees."))];
        foreach (TreeModel model in members)
        {
            if (model.SharedWork != SharedWork)
                throw new ArgumentException($"{model.Name} shares no work with the others: '{model.SharedWork}', not '{SharedWork}'.");
            if (model.Validate() is { Count: > 0 } problems)
                throw new ArgumentException($"{Name}: {string.Join(" ", problems)}");
        }
        training.Table.RequireBothClasses(Name);
        training.Table.RequireComplete(Name);
        SplitOrigin.Require(training.Origin, validation.Origin, Name);
        validation.Table.RequireColumns(training.Table.Columns, Name);
        validation.Table.RequireComplete(Name);

        int columns = training.Table.ColumnCount;
        var sample = new ForestSample(training.Table, DrawsRows, Weighting, seed);
        var scores = new double[members.Length][];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, members.Length).GroupBy(i => members[i].MaxFeatures.Of(columns)))
        {
            var readings = new ForestReadings([.. group.Select(i => new ForestReading(members[i].DepthBound, members[i].TreeCount))], validation.Table);
            var grower = new TreeGrower(sample.Columns, Rules(group.Key, readings.MaxDepth));
            for (int tree = 0; tree < readings.TreeCount; tree++)
                readings.Add(sample.Grow(grower, tree, cancellationToken));
            foreach ((int model, double[] score) in group.Zip(readings.Scores))
                scores[model] = score;
        }
        return scores;
    }

    /// <inheritdoc/>
    protected override FittedForest FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        table.RequireComplete(Name);
        var sample = new ForestSample(table, DrawsRows, Weighting, seed);
        var grower = new TreeGrower(sample.Columns, Rules(MaxFeatures.Of(table.ColumnCount), DepthBound));
        var trees = new TreeNode[TreeCount][];
        for (int tree = 0; tree < trees.Length; tree++)
            trees[tree] = sample.Grow(grower, tree, cancellationToken).ToArray();
        return new FittedForest(Name, training.Origin, table.Schema, trees, sample.Weights);
    }

    private int DepthBound => MaxDepth ?? int.MaxValue;

    private TreeRules Rules(int columns, int maxDepth) => new(maxDepth, MinSamplesSplit, MinSamplesLeaf, columns, DrawsThresholds);
}
