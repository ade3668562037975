using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>Logistic regression with an L2 penalty.</summary>
/// <remarks>
/// Definition: minimises <c>C · Σ log(1 + exp(-t_i (b + w·x_i))) + ½ |w|²</c> with <c>t_i</c> = 1 for the event and -1 otherwise.
/// The intercept b is not penalised. This is scikit-learn's <c>LogisticRegression(penalty="l2", C=C)</c>.
/// Each part of the gradient at the solution is 0 within 1e-10 of the sum of the magnitudes it is made of; with more columns than
/// rows, each part along an orthonormal basis of the rows.
/// Determinism: one thread, fixed order of sums; no random choice.
/// Columns should have comparable scales, since the penalty treats their coefficients alike.
/// </remarks>
public sealed record LogisticRegression : Classifier
{
    internal const string FieldName = "Logistic regression";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Inverse strength of the penalty, positive: small values shrink the coefficients more.</summary>
    public double C { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() =>
        !(C > 0) || !double.IsFinite(C) ? [FormattableString.Invariant($"C is {C}, expected a positive, finite number.")] : [];

    /// <inheritdoc/>
    protected override FittedLogisticRegression FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        table.RequireComplete(Name);
        bool[] outcomes = [.. table.Outcomes];
        // With more columns than rows the solution lies in the span of the rows: solve in that span, which has the size of the
        // rows, and rotate back. Lengths are kept, so the penalty is the same.
        RowSpan? span = table.ColumnCount > table.RowCount ? RowSpan.Of(table.Values, table.RowCount, table.ColumnCount) : null;
        double[] design = span?.Coordinates ?? table.Values.ToArray();
        int width = span?.Dimension ?? table.ColumnCount;
        double[] solution = LogisticNewton.Minimise(design, outcomes, width, C, cancellationToken);
        double[] coefficients = span?.ToColumns(solution.AsSpan(0, width)) ?? solution[..width];
        return new FittedLogisticRegression(training.Origin, table.Schema, coefficients, solution[width]);
    }
}

/// <summary>Coefficients of a logistic regression.</summary>
public sealed class FittedLogisticRegression : FittedClassifier
{
    private readonly double[] _coefficients;

    internal FittedLogisticRegression(SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns, double[] coefficients, double intercept)
        : base(origin, columns)
    {
        (_coefficients, Intercept) = (coefficients, intercept);
        Coefficients = Array.AsReadOnly(coefficients);
    }

    /// <inheritdoc/>
    public override string Name => LogisticRegression.FieldName;

    /// <summary>Change of the log odds per unit of each column.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Log odds where all columns are 0.</summary>
    public double Intercept { get; }

    internal static FittedLogisticRegression Read(JsonObject state) => new(
        null, StateJson.Columns(state, "columns"), StateJson.Numbers(state, "coefficients"), state["intercept"]!.GetValue<double>());

    private protected override double[] ComputeScores(FeatureTable table)
    {
        var scores = new double[table.RowCount];
        for (int row = 0; row < scores.Length; row++)
        {
            ReadOnlySpan<double> x = table.Row(row);
            double logOdds = Intercept;
            for (int column = 0; column < x.Length; column++)
                logOdds += _coefficients[column] * x[column];
            scores[row] = logOdds;
        }
        return scores;
    }

    private protected override double[] ComputeRisks(FeatureTable table) => Array.ConvertAll(ComputeScores(table), LogisticNewton.Sigmoid);

    private protected override JsonObject State() => new()
    {
        ["columns"] = StateJson.Columns(Schema),
        ["coefficients"] = StateJson.Numbers(_coefficients),
        ["intercept"] = Intercept,
    };
}
