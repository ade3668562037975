namespace Trabecula.Learning.Models;

/// <summary>The way of a row through a tree.</summary>
internal static class TreeWalk
{
    /// <summary>The child that a row goes to from a node that is no leaf.</summary>
    internal static int Step(ReadOnlySpan<TreeNode> tree, int at, ReadOnlySpan<double> values)
    {
        ref readonly TreeNode node = ref tree[at];
        return (float)values[node.Column] <= node.Threshold ? at + 1 : node.Right;
    }

    /// <summary>The leaf of a row.</summary>
    internal static int Leaf(ReadOnlySpan<TreeNode> tree, ReadOnlySpan<double> values)
    {
        int at = 0;
        while (!tree[at].IsLeaf)
            at = Step(tree, at, values);
        return at;
    }

    /// <summary>The mean over so many trees.</summary>
    internal static double[] Means(ReadOnlySpan<double> sums, int trees)
    {
        var means = new double[sums.Length];
        for (int row = 0; row < means.Length; row++)
            means[row] = sums[row] / trees;
        return means;
    }
}
