using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Preparation;

/// <summary>Puts every column to mean 0 and standard deviation 1 on the training set.</summary>
/// <remarks>
/// Definition: <c>(x - mean) / sd</c>, sd with divisor n, as scikit-learn's <c>StandardScaler</c>.
/// Edge cases: a column that is constant on the training set within rounding has scale 1, so that it becomes 0 there and
/// stays a plain difference elsewhere.
/// </remarks>
public static class StandardScaler
{
    /// <summary>Takes means and deviations from the training set alone.</summary>
    public static FittedStandardScaler Fit(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureTable table = training.Table;
        int n = table.RowCount;
        if (n == 0)
            throw new LearningException("The training set has no rows.", "Give at least one.");
        var means = new double[table.ColumnCount];
        var scales = new double[table.ColumnCount];
        for (int column = 0; column < means.Length; column++)
        {
            double sum = 0;
            for (int row = 0; row < n; row++)
                sum += table.Row(row)[column];
            double mean = sum / n, squares = 0, residual = 0;
            for (int row = 0; row < n; row++)
            {
                double d = table.Row(row)[column] - mean;
                squares += d * d;
                residual += d;
            }
            // The second term corrects for the rounding of the mean (Chan, Golub and LeVeque 1983).
            double variance = (squares - residual * residual / n) / n;
            means[column] = mean;
            scales[column] = IsConstant(variance, mean, n) ? 1 : Math.Sqrt(variance);
        }
        return new FittedStandardScaler(training.Origin, [.. table.Columns], means, scales);
    }

    // The rounding error of the variance of n equal values: sums of n terms are off by up to n * epsilon relative.
    private static bool IsConstant(double variance, double mean, int n)
    {
        const double epsilon = 2.220446049250313e-16;
        double bound = n * mean * epsilon;
        return variance <= n * epsilon * variance + bound * bound;
    }
}

/// <summary>Means and deviations of a training set, to be applied to it, to what its split held out, and to new rows.</summary>
public sealed class FittedStandardScaler
{
    private const string Name = "Standard scaler";

    private readonly SplitOrigin _origin;
    private readonly string[] _columns;
    private readonly double[] _means, _scales;

    internal FittedStandardScaler(SplitOrigin origin, string[] columns, double[] means, double[] scales)
    {
        (_origin, _columns, _means, _scales) = (origin, columns, means, scales);
        (Columns, Means, Scales) = (Array.AsReadOnly(columns), Array.AsReadOnly(means), Array.AsReadOnly(scales));
    }

    /// <summary>The columns it was fitted on.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The mean of each column on the training set.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>The standard deviation of each column on the training set (divisor n), 1 for a constant column.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>Scales rows.</summary>
    /// <exception cref="LearningException">The columns are not those of the fit, or a scaled value is not finite.</exception>
    public FeatureTable Transform(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.RequireColumns(_columns, Name);
        double[] values = table.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            int column = i % _columns.Length;
            values[i] = (values[i] - _means[column]) / _scales[column];
        }
        return table.WithValues(values);
    }

    /// <summary>Scales training rows, which stay training rows.</summary>
    /// <exception cref="ArgumentException">The training set is not of the split that the scaler was fitted on.</exception>
    /// <inheritdoc cref="Transform(FeatureTable)"/>
    public TrainingSet Transform(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        _origin.Require(training.Origin, Name);
        return training.WithTable(Transform(training.Table));
    }

    /// <summary>Scales held-out rows, which stay held out.</summary>
    /// <exception cref="ArgumentException">The rows were held out by another split than the one that the scaler was fitted on.</exception>
    /// <inheritdoc cref="Transform(FeatureTable)"/>
    public HeldOutSet Transform(HeldOutSet heldOut)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        _origin.Require(heldOut.Origin, Name);
        return heldOut.WithTable(Transform(heldOut.Table));
    }
}
