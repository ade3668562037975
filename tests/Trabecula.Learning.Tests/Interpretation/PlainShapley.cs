using Trabecula.Learning.Interpretation;

namespace Trabecula.Learning.Tests.Interpretation;

/// <summary>Shapley values by their definition: every set of known columns, one after the other.</summary>
internal static class PlainShapley
{
    /// <summary>Values of one row where <paramref name="predict"/> gives the prediction with only some columns known.</summary>
    internal static double[] Of(int columns, Func<int, double> predict)
    {
        double[] known = [.. Enumerable.Range(0, 1 << columns).Select(predict)];
        var values = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            for (int set = 0; set < known.Length; set++)
            {
                if ((set >> column & 1) != 0)
                    continue;
                int size = System.Numerics.BitOperations.PopCount((uint)set);
                values[column] += Factorial(size) * Factorial(columns - size - 1) / Factorial(columns) * (known[set | 1 << column] - known[set]);
            }
        }
        return values;
    }

    /// <summary>The prediction where a split of an unknown column sends the row both ways, by the covers of the children.</summary>
    internal static double ByPaths(TreeEnsemble ensemble, double[] row, int known)
    {
        return ensemble.Offset + ensemble.Trees.Sum(tree => Down(tree, 0)) / ensemble.Divisor;

        double Down(ExplainedNode[] tree, int at)
        {
            ExplainedNode node = tree[at];
            if (node.IsLeaf)
                return node.Value;
            if ((known >> node.Column & 1) != 0)
                return Down(tree, node.Next(row));
            double left = tree[node.Left].Cover, right = tree[node.Right].Cover;
            return (left * Down(tree, node.Left) + right * Down(tree, node.Right)) / (left + right);
        }
    }

    /// <summary>The mean prediction where unknown columns come from background rows.</summary>
    internal static double ByBackground(TreeEnsemble ensemble, double[] row, FeatureTable background, int known)
    {
        double sum = 0;
        for (int other = 0; other < background.RowCount; other++)
        {
            double[] mixed = background.Row(other).ToArray();
            for (int column = 0; column < mixed.Length; column++)
                mixed[column] = (known >> column & 1) != 0 ? row[column] : mixed[column];
            sum += ensemble.Predict(mixed);
        }
        return sum / background.RowCount;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
