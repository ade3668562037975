namespace Trabecula.Learning.Models;

/// <summary>
/// A node of a tree. Nodes lie in depth-first order, left first: the left child of a node is the next node, and a leaf has none.
/// </summary>
/// <param name="Column">The column that decides; -1 for a leaf.</param>
/// <param name="Right">The place of the right child; 0 for a leaf.</param>
/// <param name="Threshold">Rows whose value, rounded to 32 bits, is at most this go left.</param>
/// <param name="Counts">Training rows that came here.</param>
/// <param name="CaseShare">Weighted share of the cases among them: the prediction, if the tree ended here.</param>
internal record struct TreeNode(int Column, int Right, double Threshold, ClassCounts Counts, double CaseShare)
{
    internal readonly bool IsLeaf => Column < 0;
}
