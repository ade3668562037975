using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Interpretation;

/// <summary>The predicted risk as one predictor goes over its values and the others stay what they are.</summary>
/// <remarks>
/// Source: Friedman, Ann. Stat. 29 (2001) 1189 (mean curve); Goldstein et al., J. Comput. Graph. Stat. 24 (2015) 44 (a curve for each row, ICE). The rows
/// go through the whole pipeline, so values are in the predictor's own unit. Where predictors go together, it asks the model about rows that do not exist.
/// </remarks>
/// <param name="Predictor">The predictor.</param>
/// <param name="Values">The values that it was set to, rising.</param>
/// <param name="Labels">The names of these values where it is categorical; empty for others.</param>
/// <param name="MeanRisks">The mean risk of the rows at each value.</param>
/// <param name="Curves">The risk of each row at each value.</param>
public sealed record PartialDependence(
    string Predictor, IReadOnlyList<double> Values, IReadOnlyList<string> Labels, IReadOnlyList<double> MeanRisks, IReadOnlyList<IReadOnlyList<double>> Curves)
{
    // The outer twentieths are left out: a handful of rows says little there.
    private const double Lowest = 0.05, Highest = 0.95;

    /// <summary>Computes the curves of a predictor.</summary>
    /// <param name="pipeline">The fitted pipeline.</param>
    /// <param name="rows">Rows as the pipeline is given them; at least one.</param>
    /// <param name="predictor">The place of the predictor among their columns.</param>
    /// <param name="points">The most values for a measurement: quantiles from 5 to 95 %. Others go over all that occur.</param>
    /// <param name="cancellationToken">Stops between values.</param>
    /// <exception cref="LearningException">The columns are not those of the fit, or the predictor has no value.</exception>
    public static PartialDependence Of(
        FittedPipeline pipeline, FeatureTable rows, int predictor, int points = 20, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        FeatureColumn column = rows.Schema[predictor];
        double[] grid = Grid(column, rows.Column(predictor), points);
        var curves = new double[rows.RowCount][];
        for (int row = 0; row < curves.Length; row++)
            curves[row] = new double[grid.Length];
        double[] values = rows.Values.ToArray(), means = new double[grid.Length];
        for (int point = 0; point < grid.Length; point++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = 0; row < curves.Length; row++)
                values[row * rows.ColumnCount + predictor] = grid[point];
            double[] risks = pipeline.PredictRisk(rows.WithValues([.. values]));
            for (int row = 0; row < curves.Length; row++)
                curves[row][point] = risks[row];
            means[point] = risks.Average();
        }
        string[] labels = column.Kind == ColumnKind.Categorical ? [.. grid.Select(value => column.Levels[(int)value])] : [];
        return new PartialDependence(column.Name, grid, labels, means, curves);
    }

    private static double[] Grid(FeatureColumn column, double[] values, int points)
    {
        double[] present = [.. values.Where(value => !double.IsNaN(value)).Order()];
        if (present.Length == 0)
            throw new LearningException($"'{column.Name}' has no value in {values.Length} rows.", "Leave it out.");
        double[] distinct = [.. present.Distinct()];
        if (column.Kind != ColumnKind.Continuous)
            return distinct;
        double low = Quantiles.OfSorted(present, Lowest), high = Quantiles.OfSorted(present, Highest);
        double[] within = [.. distinct.Where(value => value >= low && value <= high)];
        return within.Length <= points
            ? within.Length > 0 ? within : distinct
            : [.. Enumerable.Range(0, points).Select(i => Quantiles.OfSorted(present, Lowest + (Highest - Lowest) * i / (points - 1))).Distinct()];
    }
}
