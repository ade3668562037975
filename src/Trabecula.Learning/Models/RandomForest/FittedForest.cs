using System.Text.Json.Nodes;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>The trees of a decision tree, a random forest or extra trees. The score is the risk.</summary>
public sealed class FittedForest : FittedClassifier, ITreeModel
{
    private readonly TreeNode[][] _trees;
    private readonly ForestWeights _weights;

    internal FittedForest(string name, SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns, TreeNode[][] trees, ForestWeights weights)
        : base(origin, columns)
    {
        (Name, _trees, _weights) = (name, trees, weights);
        FeatureImportances = Array.AsReadOnly(ImpurityImportances.Of(trees, weights, columns.Count));
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Number of trees.</summary>
    public int TreeCount => _trees.Length;

    /// <summary>
    /// The weighted decrease of impurity by each column's splits, summing to 1 (all 0 where no tree has a split): the mean over trees
    /// of what each sums to 1 itself, as scikit-learn's <c>feature_importances_</c>. Favours columns of many values.
    /// </summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <summary>The nodes of each tree.</summary>
    internal IReadOnlyList<TreeNode[]> Trees => _trees;

    internal static FittedForest Read(JsonObject state)
    {
        (TreeNode[][] trees, ForestWeights weights) = ForestState.Read(state);
        return new FittedForest(state["model"]!.GetValue<string>(), null, StateJson.Columns(state, "columns"), trees, weights);
    }

    TreeEnsemble ITreeModel.Ensemble() => new(
        [.. _trees.Select(tree =>
        {
            ClassWeights weights = _weights.Of(tree[0].Counts);
            return tree.Select((node, at) => new ExplainedNode(
                node.Column, at + 1, node.Right, node.Threshold, MissingLeft: false, node.Counts.Weight(weights), node.CaseShare)).ToArray();
        })],
        _trees.Length, 0, ShapScale.Risk);

    private protected override double[] ComputeScores(FeatureTable table)
    {
        var sums = new double[table.RowCount];
        foreach (TreeNode[] tree in _trees)
        {
            for (int row = 0; row < sums.Length; row++)
                sums[row] += tree[TreeWalk.Leaf(tree, table.Row(row))].CaseShare;
        }
        return TreeWalk.Means(sums, _trees.Length);
    }

    private protected override double[] ComputeRisks(FeatureTable table) => ComputeScores(table);

    private protected override JsonObject State()
    {
        JsonObject state = ForestState.Write(_trees, _weights);
        state["model"] = Name;
        state["columns"] = StateJson.Columns(Schema);
        return state;
    }
}
