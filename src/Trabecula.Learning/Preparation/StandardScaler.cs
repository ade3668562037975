using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Preparation;

/// <summary>Puts every number to mean 0 and standard deviation 1 on the training set.</summary>
/// <remarks>
/// Definition: <c>(x - mean) / sd</c>, sd with divisor n, as scikit-learn's <c>StandardScaler</c>.
/// Edge cases: a column that is constant on the training set within rounding has scale 1, so that it becomes 0 there and
/// stays a plain difference elsewhere. Categorical columns, whose numbers are names, stay as they are. Missing values are refused, and numbers so large that two of them have no difference.
/// </remarks>
public sealed record StandardScaler : Transformer
{
    internal const string FieldName = "Standard scaler";

    private const int LargestExponent = 200;

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <inheritdoc/>
    protected override FittedStandardScaler FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        int n = table.RowCount;
        if (n == 0)
            throw new LearningException("The training set has no rows.", "Give at least one.");
        int[] scope = [.. table.ColumnsOf(Scope).Where(column => table.Schema[column].Kind != ColumnKind.Categorical)];
        ScopedColumns.RequireComplete(table, scope, Name);
        ScopedColumns.RequireDifferences(table, scope, Name);
        var means = new double[table.ColumnCount];
        var scales = new double[table.ColumnCount];
        Array.Fill(scales, 1);
        var values = new double[n];
        foreach (int column in scope)
        {
            double largest = 0;
            for (int row = 0; row < n; row++)
                largest = Math.Max(largest, Math.Abs(values[row] = table.Row(row)[column]));
            // In units of a power of two where squares would overflow or vanish: that rounds nothing.
            int exponent = largest == 0 || Math.Abs(Math.ILogB(largest)) <= LargestExponent ? 0 : Math.ILogB(largest);
            if (exponent != 0)
                values = Array.ConvertAll(values, value => Math.ScaleB(value, -exponent));
            (double mean, double deviation) = MomentsOf(values);
            means[column] = Math.ScaleB(mean, exponent);
            scales[column] = deviation == 0 ? 1 : Math.ScaleB(deviation, exponent);
        }
        return new FittedStandardScaler(training.Origin, table.Schema, means, scales);
    }

    /// <summary>Mean and deviation; 0 is the deviation of a constant column.</summary>
    private static (double Mean, double Deviation) MomentsOf(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        int n = values.Length;
        double mean = sum / n, squares = 0, residual = 0;
        foreach (double value in values)
        {
            double d = value - mean;
            squares += d * d;
            residual += d;
        }
        // The second term corrects for the rounding of the mean (Chan, Golub and LeVeque 1983).
        double variance = (squares - residual * residual / n) / n;
        return (mean, IsConstant(variance, mean, n) ? 0 : Math.Sqrt(variance));
    }

    // The rounding error of the variance of n equal values: sums of n terms are off by up to n * epsilon relative.
    private static bool IsConstant(double variance, double mean, int n)
    {
        const double epsilon = 2.220446049250313e-16;
        double bound = n * mean * epsilon;
        return variance <= n * epsilon * variance + bound * bound;
    }
}

/// <summary>Means and deviations of a training set.</summary>
public sealed class FittedStandardScaler : FittedTransformer
{
    private readonly double[] _means, _scales;

    internal FittedStandardScaler(SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns, double[] means, double[] scales)
        : base(origin, columns, [.. columns.Select((c, i) => means[i] == 0 && scales[i] == 1 ? c : c with { Kind = ColumnKind.Continuous, Levels = [] })])
    {
        (_means, _scales) = (means, scales);
        (Means, Scales) = (Array.AsReadOnly(means), Array.AsReadOnly(scales));
    }

    /// <inheritdoc/>
    public override string Name => StandardScaler.FieldName;

    /// <summary>The mean of each column on the training set; 0 outside the scope and of categories.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>The standard deviation of each column on the training set (divisor n); 1 for a constant column, outside the scope and of categories.</summary>
    public IReadOnlyList<double> Scales { get; }

    internal static FittedStandardScaler Read(JsonObject state) =>
        new(null, StateJson.Columns(state, "columns"), StateJson.Numbers(state, "means"), StateJson.Numbers(state, "scales"));

    private protected override double[] Compute(double[] values, int rows)
    {
        var scaled = new double[values.Length];
        for (int row = 0, i = 0; row < rows; row++)
        {
            for (int column = 0; column < _means.Length; column++, i++)
                scaled[i] = (values[i] - _means[column]) / _scales[column];
        }
        return scaled;
    }

    private protected override JsonObject State() => new()
    {
        ["columns"] = StateJson.Columns(Input),
        ["means"] = StateJson.Numbers(_means),
        ["scales"] = StateJson.Numbers(_scales),
    };
}
