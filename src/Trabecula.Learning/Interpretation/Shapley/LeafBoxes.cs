namespace Trabecula.Learning.Interpretation;

/// <summary>One column's side of a leaf's box.</summary>
/// <param name="Column">The column.</param>
/// <param name="Above">Values of the leaf, rounded to 32 bits, are above this.</param>
/// <param name="UpTo">And at most this.</param>
/// <param name="TakesMissing">Whether a missing value leads to the leaf too.</param>
/// <param name="Share">The share of the training rows that the column's splits on the way let pass: the product of their covers' ratios.</param>
internal readonly record struct BoxSide(int Column, double Above, double UpTo, bool TakesMissing, double Share)
{
    internal bool Holds(double value) => double.IsNaN(value) ? TakesMissing : (float)value > Above && (float)value <= UpTo;
}

/// <summary>The leaves of an ensemble as boxes: a row has the value of the leaf whose box holds it.</summary>
internal sealed class LeafBoxes
{
    private readonly List<BoxSide> _sides = [];
    private readonly List<(int First, int Count, double Value)> _leaves = [];

    internal LeafBoxes(TreeEnsemble ensemble)
    {
        double expected = 0;
        foreach (ExplainedNode[] tree in ensemble.Trees)
            expected += Walk(tree, 0, [], 1);
        Expected = ensemble.Offset + expected / ensemble.Divisor;
    }

    /// <summary>Every side of every box, those of a box beside each other.</summary>
    internal ReadOnlySpan<BoxSide> Sides => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sides);

    /// <summary>For each leaf where its sides begin, how many they are, and its value.</summary>
    internal ReadOnlySpan<(int First, int Count, double Value)> Leaves => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_leaves);

    /// <summary>The most sides of a box.</summary>
    internal int MostSides { get; private set; }

    /// <summary>The mean prediction of the training rows, as the covers tell it.</summary>
    internal double Expected { get; }

    private double Walk(ExplainedNode[] tree, int at, BoxSide[] box, double share)
    {
        ExplainedNode node = tree[at];
        if (node.IsLeaf)
        {
            _leaves.Add((_sides.Count, box.Length, node.Value));
            _sides.AddRange(box);
            MostSides = Math.Max(MostSides, box.Length);
            return share * node.Value;
        }
        double left = tree[node.Left].Cover, both = left + tree[node.Right].Cover;
        // A split that no training row came to has no ratio; half is as good as any.
        double leftShare = both > 0 ? left / both : 0.5;
        return Walk(tree, node.Left, Narrow(box, node, isLeft: true, leftShare), share * leftShare) +
            Walk(tree, node.Right, Narrow(box, node, isLeft: false, 1 - leftShare), share * (1 - leftShare));
    }

    private static BoxSide[] Narrow(BoxSide[] box, ExplainedNode node, bool isLeft, double share)
    {
        int at = Array.FindIndex(box, side => side.Column == node.Column);
        BoxSide before = at < 0 ? new BoxSide(node.Column, double.NegativeInfinity, double.PositiveInfinity, true, 1) : box[at];
        var after = new BoxSide(
            node.Column, isLeft ? before.Above : Math.Max(before.Above, node.Threshold), isLeft ? Math.Min(before.UpTo, node.Threshold) : before.UpTo,
            before.TakesMissing && node.MissingLeft == isLeft, before.Share * share);
        BoxSide[] narrowed = at < 0 ? [.. box, after] : [.. box];
        narrowed[at < 0 ? box.Length : at] = after;
        return narrowed;
    }
}
