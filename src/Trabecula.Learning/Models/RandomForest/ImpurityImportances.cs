namespace Trabecula.Learning.Models;

/// <summary>How much each column's splits decrease the impurity.</summary>
internal static class ImpurityImportances
{
    /// <summary>Each tree's decreases, scaled to sum 1, then their mean over the trees that have splits, scaled likewise.</summary>
    internal static double[] Of(TreeNode[][] trees, ForestWeights weights, int columns)
    {
        var sum = new double[columns];
        var ofTree = new double[columns];
        foreach (TreeNode[] tree in trees)
        {
            Array.Clear(ofTree);
            ClassWeights treeWeights = weights.Of(tree[0].Counts);
            for (int at = 0; at < tree.Length; at++)
            {
                if (tree[at].IsLeaf)
                    continue;
                ClassCounts left = tree[at + 1].Counts, right = tree[tree[at].Right].Counts;
                ofTree[tree[at].Column] += tree[at].Counts.HalfGini(treeWeights) - left.HalfGini(treeWeights) - right.HalfGini(treeWeights);
            }
            Scale(ofTree);
            for (int column = 0; column < columns; column++)
                sum[column] += ofTree[column];
        }
        Scale(sum);
        return sum;
    }

    private static void Scale(double[] decreases)
    {
        double total = decreases.Sum();
        if (!(total > 0))
            return;
        for (int column = 0; column < decreases.Length; column++)
            decreases[column] /= total;
    }
}
