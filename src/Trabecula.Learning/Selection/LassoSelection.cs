using System.Text.Json.Nodes;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Selection;

/// <summary>Keeps the columns to which a logistic regression with an L1 penalty gives a coefficient other than 0.</summary>
/// <remarks>
/// Tibshirani, J. R. Stat. Soc. B 58 (1996) 267. The penalty treats coefficients alike, so scale the columns before. Copies of a column
/// have no single solution: which of them stays is then decided by rounding. May keep no column at all where <see cref="C"/> is small.
/// </remarks>
public sealed record LassoSelection : Transformer
{
    internal const string FieldName = "LASSO selection";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Inverse strength of the penalty, positive, as <see cref="LogisticRegression.C"/>: small values keep fewer columns.</summary>
    public double C { get; init; } = 1;

    /// <summary>What a row of each class counts.</summary>
    public ClassWeight ClassWeight { get; init; } = ClassWeight.None;

    private LogisticRegression Model => new() { Penalty = Penalty.L1, C = C, ClassWeight = ClassWeight };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => Model.Validate();

    /// <inheritdoc/>
    protected override FittedLassoSelection FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        table.RequireBothClasses(Name);
        int[] scope = table.ColumnsOf(Scope);
        ScopedColumns.RequireNumeric(table, scope, Name);
        ScopedColumns.RequireComplete(table, scope, Name);
        var coefficients = new double[table.ColumnCount];
        Array.Fill(coefficients, double.NaN);
        if (scope.Length > 0)
        {
            var fitted = (FittedLogisticRegression)Model.Fit(ScopedColumns.Take(training, scope), seed, cancellationToken);
            for (int place = 0; place < scope.Length; place++)
                coefficients[scope[place]] = fitted.Coefficients[place];
        }
        return new FittedLassoSelection(
            training.Origin, table.Schema, coefficients, FittedSelection.WithRest(table, scope, scope.Where(column => coefficients[column] != 0)));
    }
}

/// <summary>The coefficient of each column, and the columns kept.</summary>
public sealed class FittedLassoSelection : FittedSelection
{
    internal FittedLassoSelection(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, double[] coefficients, IEnumerable<int> kept)
        : base(origin, input, kept) => Coefficients = Array.AsReadOnly(coefficients);

    /// <inheritdoc/>
    public override string Name => LassoSelection.FieldName;

    /// <summary>Change of the log odds per unit of each column; NaN outside the scope.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    internal static FittedLassoSelection Read(JsonObject state) =>
        new(null, StateJson.Columns(state, "columns"), StateJson.Numbers(state, "coefficients"), KeptOf(state));

    private protected override JsonObject State()
    {
        JsonObject state = base.State();
        state["coefficients"] = StateJson.Numbers(Coefficients);
        return state;
    }
}
