using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Trabecula.Learning.Models;

/// <summary>
/// The trees of a forest in a compact form, since a forest has tens of thousands of nodes: base64 of little-endian numbers, which for
/// each tree in depth-first order hold the column of every node (-1 for a leaf), the threshold of every inner node, and the counts of
/// every leaf. All else follows from these.
/// </summary>
internal static class ForestState
{
    internal static JsonObject Write(TreeNode[][] trees, ForestWeights weights)
    {
        int nodes = trees.Sum(tree => tree.Length), leaves = trees.Sum(tree => tree.Count(node => node.IsLeaf));
        var (columns, thresholds, counts) = (new byte[4 * nodes], new byte[8 * (nodes - leaves)], new byte[8 * leaves]);
        int node = 0, inner = 0, leaf = 0;
        foreach (TreeNode at in trees.SelectMany(tree => tree))
        {
            BinaryPrimitives.WriteInt32LittleEndian(columns.AsSpan(4 * node++), at.Column);
            if (at.IsLeaf)
                BinaryPrimitives.WriteUInt64LittleEndian(counts.AsSpan(8 * leaf++), at.Counts.Packed);
            else
                BinaryPrimitives.WriteDoubleLittleEndian(thresholds.AsSpan(8 * inner++), at.Threshold);
        }
        return new JsonObject
        {
            ["trees"] = trees.Length,
            ["classWeight"] = weights.Choice.ToString(),
            ["controls"] = weights.Training.Controls,
            ["cases"] = weights.Training.Cases,
            ["nodeColumns"] = Convert.ToBase64String(columns),
            ["thresholds"] = Convert.ToBase64String(thresholds),
            ["leafCounts"] = Convert.ToBase64String(counts),
        };
    }

    /// <exception cref="FormatException">The numbers do not make whole trees.</exception>
    internal static (TreeNode[][] Trees, ForestWeights Weights) Read(JsonObject state)
    {
        if (!Enum.TryParse(state["classWeight"]!.GetValue<string>(), out ForestClassWeight choice))
            throw new FormatException("its class weight is unknown.");
        var weights = new ForestWeights(
            choice, new ClassCounts(state["controls"]!.GetValue<int>(), state["cases"]!.GetValue<int>()));
        var reader = new Reader(
            Convert.FromBase64String(state["nodeColumns"]!.GetValue<string>()), Convert.FromBase64String(state["thresholds"]!.GetValue<string>()),
            Convert.FromBase64String(state["leafCounts"]!.GetValue<string>()), state["columns"]!.AsArray().Count);
        var trees = new TreeNode[state["trees"]!.GetValue<int>()][];
        for (int tree = 0; tree < trees.Length; tree++)
            trees[tree] = reader.Next(weights);
        if (trees.Length == 0 || !reader.IsAtEnd)
            throw new FormatException($"its numbers are not those of {trees.Length} trees.");
        return (trees, weights);
    }

    private sealed class Reader(byte[] columns, byte[] thresholds, byte[] counts, int columnCount)
    {
        private int _node, _inner, _leaf;

        internal bool IsAtEnd => 4 * _node == columns.Length && 8 * _inner == thresholds.Length && 8 * _leaf == counts.Length;

        internal TreeNode[] Next(ForestWeights weights)
        {
            var tree = new List<TreeNode>();
            // Inner nodes whose right child is still to come.
            var open = new Stack<int>();
            while (true)
            {
                int column = BinaryPrimitives.ReadInt32LittleEndian(Take(columns, 4, ref _node));
                if (column >= columnCount)
                    throw new FormatException($"a node asks for column {column} of {columnCount}.");
                if (column >= 0)
                {
                    open.Push(tree.Count);
                    tree.Add(new TreeNode(column, 0, BinaryPrimitives.ReadDoubleLittleEndian(Take(thresholds, 8, ref _inner)), default, 0));
                    continue;
                }
                tree.Add(new TreeNode(-1, 0, 0, new ClassCounts(BinaryPrimitives.ReadUInt64LittleEndian(Take(counts, 8, ref _leaf))), 0));
                if (open.Count == 0)
                    break;
                int parent = open.Pop();
                tree[parent] = tree[parent] with { Right = tree.Count };
            }
            return Sum([.. tree], weights);
        }

        private static TreeNode[] Sum(TreeNode[] tree, ForestWeights weights)
        {
            // Children follow their parents.
            for (int at = tree.Length - 1; at >= 0; at--)
            {
                if (!tree[at].IsLeaf)
                    tree[at].Counts = tree[at + 1].Counts + tree[tree[at].Right].Counts;
            }
            ClassWeights treeWeights = weights.Of(tree[0].Counts);
            for (int at = 0; at < tree.Length; at++)
                tree[at].CaseShare = tree[at].Counts.CaseShare(treeWeights);
            return tree;
        }

        private static ReadOnlySpan<byte> Take(byte[] from, int size, ref int index)
        {
            if ((index + 1) * size > from.Length)
                throw new FormatException("it ends within a tree.");
            return from.AsSpan(size * index++, size);
        }
    }
}
