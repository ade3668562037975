namespace Trabecula.Learning.Interpretation;

/// <summary>Tree SHAP where unknown columns take their values from a background row, averaged over all background rows.</summary>
/// <remarks>
/// Definition: Lundberg et al., Nature Machine Intelligence 2 (2020) 56, <c>feature_perturbation="interventional"</c>. A row and a
/// background row part at a split of a column only where they go different ways, and then the column is the row's or the background's for
/// good; a leaf that needs a columns of the row and b of the background adds <c>v / (a C(a + b, a))</c> to each of the former and takes
/// <c>v / (b C(a + b, a))</c> from each of the latter.
/// Cost: rows × background rows × trees × up to 2^(columns that differ on a path).
/// </remarks>
internal sealed class InterventionalShap
{
    private readonly ExplainedNode[] _tree;
    private readonly sbyte[] _side;
    private readonly Stack<int> _parted = new();
    private int _ofRow, _ofBackground;

    private InterventionalShap(ExplainedNode[] tree, int columns) => (_tree, _side) = (tree, new sbyte[columns]);

    internal static ShapValues Of(TreeEnsemble ensemble, FeatureTable rows, FeatureTable background, CancellationToken cancellationToken)
    {
        int width = rows.ColumnCount;
        var values = new double[rows.RowCount * width];
        InterventionalShap[] walks = [.. ensemble.Trees.Select(tree => new InterventionalShap(tree, width))];
        for (int row = 0; row < rows.RowCount; row++)
        {
            Span<double> into = values.AsSpan(row * width, width);
            for (int other = 0; other < background.RowCount; other++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (InterventionalShap walk in walks)
                    walk.Walk(0, rows.Row(row), background.Row(other), into);
            }
            for (int column = 0; column < width; column++)
                into[column] /= ensemble.Divisor * background.RowCount;
        }
        double expected = Enumerable.Range(0, background.RowCount).Sum(row => ensemble.Predict(background.Row(row))) / background.RowCount;
        return new ShapValues(rows.Columns, rows.Subjects, ensemble.Scale, expected, values);
    }

    private void Walk(int at, ReadOnlySpan<double> row, ReadOnlySpan<double> background, Span<double> into)
    {
        while (!_tree[at].IsLeaf)
        {
            int column = _tree[at].Column, ofRow = _tree[at].Next(row), ofBackground = _tree[at].Next(background);
            if (_side[column] == 0 && ofRow != ofBackground)
            {
                _parted.Push(column);
                (_side[column], _ofRow) = (1, _ofRow + 1);
                Walk(ofRow, row, background, into);
                (_side[column], _ofRow, _ofBackground) = (-1, _ofRow - 1, _ofBackground + 1);
                Walk(ofBackground, row, background, into);
                (_side[column], _ofBackground) = (0, _ofBackground - 1);
                _parted.Pop();
                return;
            }
            at = _side[column] < 0 ? ofBackground : ofRow;
        }
        double ways = Choices(_ofRow + _ofBackground, _ofRow);
        foreach (int column in _parted)
            into[column] += _side[column] > 0 ? _tree[at].Value / (_ofRow * ways) : -_tree[at].Value / (_ofBackground * ways);
    }

    private static double Choices(int n, int k)
    {
        double choices = 1;
        for (int i = 1; i <= k; i++)
            choices = choices * (n - k + i) / i;
        return choices;
    }
}
