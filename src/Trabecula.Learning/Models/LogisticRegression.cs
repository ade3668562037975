using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>Logistic regression with an L2 penalty.</summary>
/// <remarks>
/// Definition: minimises <c>C · Σ log(1 + exp(-t_i (b + w·x_i))) + ½ |w|²</c> with <c>t_i</c> = 1 for the event and -1 otherwise.
/// The intercept b is not penalised. This is scikit-learn's <c>LogisticRegression(penalty="l2", C=C)</c>.
/// Determinism: one thread, fixed order of sums; no random choice.
/// Columns should have comparable scales, since the penalty treats their coefficients alike.
/// </remarks>
public sealed record LogisticRegression
{
    /// <summary>Inverse strength of the penalty, positive: small values shrink the coefficients more.</summary>
    public double C { get; init; } = 1;

    /// <summary>
    /// Fits the model. Each part of the gradient at the solution is 0 within 1e-10 of the sum of the magnitudes it is made of; with
    /// more columns than rows, each part along an orthonormal basis of the rows.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="C"/> is not positive and finite.</exception>
    /// <exception cref="LearningException">Only one class occurs, or the minimum was not reached.</exception>
    public FittedLogisticRegression Fit(TrainingSet training, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (!(C > 0) || !double.IsFinite(C))
            throw new ArgumentException(FormattableString.Invariant($"C is {C}, expected a positive, finite number."));
        FeatureTable table = training.Table;
        int events = table.Outcomes.Count(o => o);
        if (events == 0 || events == table.RowCount)
            throw new LearningException(
                $"All {table.RowCount} training rows have outcome {(events == 0 ? 0 : 1)}: a logistic regression needs both classes.",
                "Add rows of the other class.");

        bool[] outcomes = [.. table.Outcomes];
        // With more columns than rows the solution lies in the span of the rows: solve in that span, which has the size of the
        // rows, and rotate back. Lengths are kept, so the penalty is the same.
        RowSpan? span = table.ColumnCount > table.RowCount ? RowSpan.Of(table.Values, table.RowCount, table.ColumnCount) : null;
        double[] design = span?.Coordinates ?? table.Values.ToArray();
        int width = span?.Dimension ?? table.ColumnCount;
        double[] solution = LogisticNewton.Minimise(design, outcomes, width, C, cancellationToken);
        double[] coefficients = span?.ToColumns(solution.AsSpan(0, width)) ?? solution[..width];
        return new FittedLogisticRegression(training.Origin, [.. table.Columns], coefficients, solution[width]);
    }
}

/// <summary>Coefficients of a logistic regression.</summary>
public sealed class FittedLogisticRegression
{
    private const string Name = "Logistic regression";

    private readonly SplitOrigin _origin;
    private readonly string[] _columns;
    private readonly double[] _coefficients;

    internal FittedLogisticRegression(SplitOrigin origin, string[] columns, double[] coefficients, double intercept)
    {
        (_origin, _columns, _coefficients, Intercept) = (origin, columns, coefficients, intercept);
        (Columns, Coefficients) = (Array.AsReadOnly(columns), Array.AsReadOnly(coefficients));
    }

    /// <summary>The columns it was fitted on.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Change of the log odds per unit of each column.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Log odds where all columns are 0.</summary>
    public double Intercept { get; }

    /// <summary>The probability of the event for each row, from 0 to 1.</summary>
    /// <exception cref="LearningException">The columns are not those of the fit.</exception>
    public double[] PredictRisk(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.RequireColumns(_columns, Name);
        var risks = new double[table.RowCount];
        for (int row = 0; row < risks.Length; row++)
        {
            ReadOnlySpan<double> x = table.Row(row);
            double logOdds = Intercept;
            for (int column = 0; column < x.Length; column++)
                logOdds += _coefficients[column] * x[column];
            risks[row] = LogisticNewton.Sigmoid(logOdds);
        }
        return risks;
    }

    /// <summary>The probability of the event for each held-out row, from 0 to 1.</summary>
    /// <exception cref="ArgumentException">The rows were held out by another split than the one that the model was fitted on.</exception>
    /// <inheritdoc cref="PredictRisk(FeatureTable)"/>
    public double[] PredictRisk(HeldOutSet heldOut)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        _origin.Require(heldOut.Origin, Name);
        return PredictRisk(heldOut.Table);
    }
}
