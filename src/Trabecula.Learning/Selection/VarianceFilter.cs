using System.Text.Json.Nodes;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Selection;

/// <summary>Drops the columns that vary little on the training rows; at the limit 0 those that are constant.</summary>
/// <remarks>
/// As scikit-learn's <c>VarianceThreshold</c>: variance with divisor n. A variance has the square of the column's unit, so limits
/// above 0 make sense for columns of one scale only; categorical columns are held to 0, as their numbers measure nothing.
/// Missing values are left out; a column without any value is refused.
/// </remarks>
public sealed record VarianceFilter : Transformer
{
    internal const string FieldName = "Variance filter";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Columns whose variance is above this are kept; at least 0.</summary>
    public double MinVariance { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => MinVariance >= 0 && double.IsFinite(MinVariance)
        ? []
        : [FormattableString.Invariant($"MinVariance is {MinVariance}, expected a number of at least 0.")];

    /// <inheritdoc/>
    protected override FittedVarianceFilter FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        int[] scope = table.ColumnsOf(Scope);
        ScopedColumns.RequireAnyValue(table, scope, Name);
        ColumnMajor columns = ColumnMajor.Of(table, scope);
        var variances = new double[table.ColumnCount];
        Array.Fill(variances, double.NaN);
        var kept = new List<int>();
        for (int place = 0; place < scope.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Moments moments = Moments.Of(columns[place]);
            // By its ends: the rounding of the mean gives a constant column a variance of its own, and the square of a tiny deviation vanishes.
            bool varies = moments.Minimum < moments.Maximum;
            double variance = varies ? moments.PopulationDeviation * moments.PopulationDeviation : 0;
            variances[scope[place]] = variance;
            if (varies && (MinVariance == 0 || variance > MinVariance || table.Schema[scope[place]].Kind == ColumnKind.Categorical))
                kept.Add(scope[place]);
        }
        return new FittedVarianceFilter(training.Origin, table.Schema, variances, FittedSelection.WithRest(table, scope, kept));
    }
}

/// <summary>The variance of each column, and the columns kept.</summary>
public sealed class FittedVarianceFilter : FittedSelection
{
    internal FittedVarianceFilter(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, double[] variances, IEnumerable<int> kept)
        : base(origin, input, kept) => Variances = Array.AsReadOnly(variances);

    /// <inheritdoc/>
    public override string Name => VarianceFilter.FieldName;

    /// <summary>The variance of each column on the training rows, divisor n; NaN outside the scope.</summary>
    public IReadOnlyList<double> Variances { get; }

    internal static FittedVarianceFilter Read(JsonObject state) =>
        new(null, StateJson.Columns(state, "columns"), StateJson.Numbers(state, "variances"), KeptOf(state));

    private protected override JsonObject State()
    {
        JsonObject state = base.State();
        state["variances"] = StateJson.Numbers(Variances);
        return state;
    }
}
