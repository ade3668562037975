namespace Trabecula.Learning.Interpretation;

/// <summary>
/// Tree SHAP where an unknown column lets a row go both ways, each with the weight of the training rows that went it.
/// </summary>
/// <remarks>
/// Definition: Lundberg et al., Nature Machine Intelligence 2 (2020) 56, <c>feature_perturbation="tree_path_dependent"</c>; as the shap
/// package and XGBoost's <c>pred_contribs</c>.
/// Derivation: where the columns S are known, a leaf of value v adds <c>v Π(i in S) o_i Π(i not in S) z_i</c>, with o_i = 1 if the row
/// lies within the leaf's side of column i, else 0, and z_i the share of the training rows that the column's splits let pass. Shapley's weight
/// <c>|S|! (m - |S| - 1)! / m!</c> is <c>∫ s^|S| (1 - s)^(m - |S| - 1) ds</c> from 0 to 1, so that the sum over all S is
/// <c>v (o_i - z_i) ∫ Π(j ≠ i) (s o_j + (1 - s) z_j) ds</c>: a polynomial of degree m - 1, which a Gauss-Legendre rule of ⌈m/2⌉ points integrates
/// exactly. No factor is negative and nothing is divided, so rounding stays small at any depth.
/// </remarks>
internal static class PathDependentShap
{
    internal static ShapValues Of(TreeEnsemble ensemble, FeatureTable rows, CancellationToken cancellationToken)
    {
        var boxes = new LeafBoxes(ensemble);
        int most = Math.Max(boxes.MostSides, 1), width = rows.ColumnCount;
        (double[] Points, double[] Weights)[] rules = GaussLegendre.UpTo((most + 1) / 2);
        var values = new double[rows.RowCount * width];
        var within = new bool[most];
        var products = new double[most + 1];
        for (int row = 0; row < rows.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<double> into = values.AsSpan(row * width, width);
            ReadOnlySpan<double> x = rows.Row(row);
            foreach ((int first, int count, double value) in boxes.Leaves)
            {
                ReadOnlySpan<BoxSide> sides = boxes.Sides.Slice(first, count);
                for (int i = 0; i < count; i++)
                    within[i] = sides[i].Holds(x[sides[i].Column]);
                if (count > 0)
                    Add(sides, within, value, rules[(count + 1) / 2 - 1], products, into);
            }
            for (int column = 0; column < width; column++)
                into[column] /= ensemble.Divisor;
        }
        return new ShapValues(rows.Columns, rows.Subjects, ensemble.Scale, boxes.Expected, values);
    }

    private static void Add(
        ReadOnlySpan<BoxSide> sides, ReadOnlySpan<bool> within, double value, (double[] Points, double[] Weights) rule, Span<double> before, Span<double> into)
    {
        before[0] = 1;
        for (int q = 0; q < rule.Points.Length; q++)
        {
            double s = rule.Points[q], after = rule.Weights[q] * value;
            for (int i = 0; i < sides.Length; i++)
                before[i + 1] = before[i] * ((1 - s) * sides[i].Share + (within[i] ? s : 0));
            for (int i = sides.Length - 1; i >= 0; i--)
            {
                into[sides[i].Column] += ((within[i] ? 1 : 0) - sides[i].Share) * before[i] * after;
                after *= (1 - s) * sides[i].Share + (within[i] ? s : 0);
            }
        }
    }
}
