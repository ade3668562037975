namespace Trabecula.Learning.Interpretation;

/// <summary>A node of a tree that is to be explained; the root is the first, and a leaf has column -1.</summary>
/// <param name="Column">The column that decides.</param>
/// <param name="Left">The child of rows whose value, rounded to 32 bits, is at most the threshold.</param>
/// <param name="Right">The child of the others.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="MissingLeft">Where rows without a value go.</param>
/// <param name="Cover">The weight of the training rows that came here; not negative.</param>
/// <param name="Value">What a leaf adds to the prediction.</param>
internal readonly record struct ExplainedNode(int Column, int Left, int Right, double Threshold, bool MissingLeft, double Cover, double Value)
{
    internal bool IsLeaf => Column < 0;

    internal int Next(ReadOnlySpan<double> row) => GoesLeft(row[Column]) ? Left : Right;

    private bool GoesLeft(double value) => double.IsNaN(value) ? MissingLeft : (float)value <= Threshold;
}

/// <summary>Trees whose leaves add up to a prediction: <c>offset + sum / divisor</c>.</summary>
/// <param name="Trees">The nodes of each tree.</param>
/// <param name="Divisor">Number of trees where the prediction is their mean, else 1.</param>
/// <param name="Offset">The prediction without trees.</param>
/// <param name="Scale">What the prediction is measured in.</param>
internal sealed record TreeEnsemble(IReadOnlyList<ExplainedNode[]> Trees, double Divisor, double Offset, ShapScale Scale)
{
    internal double Predict(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (ExplainedNode[] tree in Trees)
        {
            int at = 0;
            while (!tree[at].IsLeaf)
                at = tree[at].Next(row);
            sum += tree[at].Value;
        }
        return Offset + sum / Divisor;
    }
}

/// <summary>A fitted model that is made of trees.</summary>
internal interface ITreeModel
{
    /// <summary>Its trees.</summary>
    TreeEnsemble Ensemble();
}
