using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Models;

/// <summary>Coefficients of a logistic regression.</summary>
public sealed class FittedLogisticRegression : FittedClassifier
{
    private readonly double[] _coefficients;
    private readonly double[]? _standardErrors;

    internal FittedLogisticRegression(
        SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns, double[] coefficients, double intercept, double[]? standardErrors)
        : base(origin, columns)
    {
        (_coefficients, Intercept, _standardErrors) = (coefficients, intercept, standardErrors);
        Coefficients = Array.AsReadOnly(coefficients);
        StandardErrors = standardErrors is null ? null : Array.AsReadOnly(standardErrors);
    }

    /// <inheritdoc/>
    public override string Name => LogisticRegression.FieldName;

    /// <summary>Change of the log odds per unit of each column.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Log odds where all columns are 0.</summary>
    public double Intercept { get; }

    /// <summary>
    /// The standard error of each coefficient, then of the intercept, from the observed information; null where a penalty or class
    /// weights leave none.
    /// </summary>
    public IReadOnlyList<double>? StandardErrors { get; }

    /// <summary>Each coefficient, then the intercept, with test and interval.</summary>
    /// <param name="level">Coverage of the intervals, between 0 and 1.</param>
    /// <exception cref="InvalidOperationException">There are no standard errors: the fit had a penalty or class weights.</exception>
    public IReadOnlyList<WaldEstimate> WaldEstimates(double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        if (_standardErrors is null)
            throw new InvalidOperationException("A fit with a penalty or class weights has no standard errors. Fit with Penalty None and ClassWeight None.");
        double width = Distributions.NormalQuantile(0.5 + level / 2);
        return
        [
            .. Columns.Append("(intercept)").Select((name, i) =>
            {
                double estimate = i < _coefficients.Length ? _coefficients[i] : Intercept, error = _standardErrors[i];
                double p = 2 * Distributions.NormalSurvival(Math.Abs(estimate / error));
                return new WaldEstimate(name, estimate, error, p, estimate - width * error, estimate + width * error);
            }),
        ];
    }

    internal static FittedLogisticRegression Read(JsonObject state) => new(
        null, StateJson.Columns(state, "columns"), StateJson.Numbers(state, "coefficients"), state["intercept"]!.GetValue<double>(),
        state.ContainsKey("standardErrors") ? StateJson.Numbers(state, "standardErrors") : null);

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

    private protected override double[] ComputeRisks(FeatureTable table) => Array.ConvertAll(ComputeScores(table), LogisticLoss.Sigmoid);

    private protected override JsonObject State()
    {
        var state = new JsonObject
        {
            ["columns"] = StateJson.Columns(Schema),
            ["coefficients"] = StateJson.Numbers(_coefficients),
            ["intercept"] = Intercept,
        };
        if (_standardErrors is not null)
            state["standardErrors"] = StateJson.Numbers(_standardErrors);
        return state;
    }
}
