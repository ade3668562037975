namespace Trabecula.Learning.Models;

/// <summary>A column that the others, or a constant, give exactly: without a penalty its coefficient is not determined.</summary>
internal static class Collinearity
{
    /// <summary>The share of a column's variance that the columns before it must leave.</summary>
    private const double LeastOwnShare = 1e-10;

    /// <summary>Refuses a table with such a column, naming it.</summary>
    internal static void RequireNone(FeatureTable table)
    {
        int width = table.ColumnCount, rows = table.RowCount;
        double[][] columns = [.. Enumerable.Range(0, width).Select(column => Standardised(table.Column(column)))];
        var factor = new double[width * width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
                factor[i * width + j] = VectorSums.Dot(columns[i], columns[j]);
            // The rows factored so far: the first column whose pivot fails is the one that those before it give.
            if (!Cholesky.FactorRow(factor, i, width, LeastOwnShare))
                throw new LearningException(
                    $"Logistic regression without a penalty: column '{table.Columns[i]}' is constant or a combination of {i} columns before it " +
                    $"over {rows} rows, so that its coefficient has no single estimate.",
                    "Leave the column out, or use a penalty: l2, l1 or elasticnet.");
        }
    }

    /// <summary>Mean 0 and sum of squares 1; zeros for a constant column.</summary>
    private static double[] Standardised(double[] column)
    {
        double mean = VectorSums.Sum(column) / column.Length, scale = 0;
        double[] centred = Array.ConvertAll(column, value => value - mean);
        foreach (double value in centred)
            scale = Math.Max(scale, Math.Abs(value));
        if (scale <= 1e-13 * Math.Abs(mean))
            return new double[column.Length];
        double[] scaled = Array.ConvertAll(centred, value => value / scale);
        double length = Math.Sqrt(VectorSums.Dot(scaled, scaled));
        return Array.ConvertAll(scaled, value => value / length);
    }
}
