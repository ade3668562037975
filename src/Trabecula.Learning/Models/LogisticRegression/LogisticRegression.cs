using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>What is added to the log loss of a linear model to keep its coefficients small.</summary>
public enum Penalty
{
    /// <summary>Nothing: the maximum likelihood estimate.</summary>
    None,

    /// <summary>The magnitudes of the coefficients, which sets some of them to 0 (lasso).</summary>
    L1,

    /// <summary>Half the squares of the coefficients (ridge).</summary>
    L2,

    /// <summary>A mixture of L1 and L2 by <see cref="LogisticRegression.L1Ratio"/>.</summary>
    ElasticNet,
}

/// <summary>Logistic regression, with or without a penalty.</summary>
/// <remarks>
/// Definition: minimises <c>C · Σ s_i log(1 + exp(-t_i (b + w·x_i))) + ρ |w|₁ + ½ (1 - ρ) |w|²</c> with <c>t_i</c> = 1 for the event and -1
/// otherwise, <c>s_i</c> by <see cref="ClassWeight"/>, and ρ = 0 for L2, 1 for L1 and <see cref="L1Ratio"/> for ElasticNet. The intercept b
/// is not penalised. This is scikit-learn's <c>LogisticRegression</c> with solver <c>saga</c>.
/// Each part of the gradient at the solution is 0 within 1e-10 of the sum of the magnitudes it is made of; for L2 with more columns
/// than rows, each part along an orthonormal basis of the rows.
/// Determinism: one thread, fixed order of sums; no random choice.
/// Columns should have comparable scales, since the penalty treats their coefficients alike.
/// </remarks>
public sealed record LogisticRegression : Classifier
{
    internal const string FieldName = "Logistic regression";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>What keeps the coefficients small.</summary>
    public Penalty Penalty { get; init; } = Penalty.L2;

    /// <summary>Inverse strength of the penalty, positive: small values shrink the coefficients more. Without a penalty it has no effect.</summary>
    public double C { get; init; } = 1;

    /// <summary>Share of L1 in an elastic net, 0 to 1. Other penalties do not use it.</summary>
    public double L1Ratio { get; init; } = 0.5;

    /// <summary>What a row of each class counts.</summary>
    public ClassWeight ClassWeight { get; init; } = ClassWeight.None;

    /// <summary>
    /// The stronger penalty is the simpler model, as in the one-standard-error rule of glmnet (Friedman, Hastie and Tibshirani, Journal of
    /// Statistical Software 33 (2010) 1); of equal strength the one with more L1, which has fewer coefficients.
    /// </summary>
    public override IReadOnlyList<double> Complexity(FeatureTable table) => Penalty == Penalty.None ? [double.PositiveInfinity] : [C, -L1Share];

    /// <summary>One half where both classes weigh the same.</summary>
    public override double EventShare(FeatureTable table) => ClassWeight == ClassWeight.Balanced ? 0.5 : base.EventShare(table);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (!Enum.IsDefined(Penalty))
            problems.Add($"Penalty is {Penalty}, expected None, L1, L2 or ElasticNet.");
        if (!(C > 0) || !double.IsFinite(C))
            problems.Add(FormattableString.Invariant($"C is {C}, expected a positive, finite number."));
        if (!(L1Ratio >= 0 && L1Ratio <= 1))
            problems.Add(FormattableString.Invariant($"L1Ratio is {L1Ratio}, expected 0 to 1."));
        if (!Enum.IsDefined(ClassWeight))
            problems.Add($"ClassWeight is {ClassWeight}, expected None or Balanced.");
        return problems;
    }

    /// <inheritdoc/>
    protected override FittedLogisticRegression FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        table.RequireComplete(Name);
        if (Penalty == Penalty.None)
            return FitUnpenalised(training, cancellationToken);
        double l1Share = L1Share;
        bool[] outcomes = [.. table.Outcomes];
        ClassWeights once = ClassWeights.Of(ClassWeight, outcomes.Length - table.EventCount, table.EventCount);
        var weights = new ClassWeights(C * once.Control, C * once.Case);
        // With more columns than rows the L2 solution lies in the span of the rows: solve in that span, which has the size of the
        // rows, and rotate back. Lengths are kept, so the penalty is the same.
        RowSpan? span = l1Share == 0 && table.ColumnCount > table.RowCount ? RowSpan.Of(table.Values, table.RowCount, table.ColumnCount) : null;
        int width = span?.Dimension ?? table.ColumnCount;
        var loss = new LogisticLoss(span is null ? table.Values : span.Coordinates, width, outcomes, weights);
        double[] solution = LogisticSolver.Minimise(loss, l1Share, 1 - l1Share, cancellationToken);
        double[] coefficients = span?.ToColumns(solution.AsSpan(0, width)) ?? solution[..width];
        return new FittedLogisticRegression(training.Origin, table.Schema, coefficients, solution[width], null);
    }

    private double L1Share => Penalty switch { Penalty.L1 => 1, Penalty.L2 => 0, _ => L1Ratio };

    private FittedLogisticRegression FitUnpenalised(TrainingSet training, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        int width = table.ColumnCount;
        if (width >= table.RowCount)
            throw new LearningException(
                $"Logistic regression without a penalty: {width} columns for {table.RowCount} rows have no single estimate.",
                "Use fewer columns, or a penalty: l2, l1 or elasticnet.");
        Collinearity.RequireNone(table);
        bool[] outcomes = [.. table.Outcomes];
        var loss = new LogisticLoss(
            table.Values, width, outcomes, ClassWeights.Of(ClassWeight, outcomes.Length - table.EventCount, table.EventCount));
        double[] solution = LogisticSolver.Minimise(loss, 0, 0, cancellationToken);
        // Weights that are no counts of rows make the inverse of the Hessian no estimate of a variance.
        double[]? errors = ClassWeight == ClassWeight.None ? StandardErrors(loss) : null;
        return new FittedLogisticRegression(training.Origin, table.Schema, solution[..width], solution[width], errors);
    }

    /// <summary>Square roots of the diagonal of the inverse of the observed information.</summary>
    private static double[] StandardErrors(LogisticLoss loss)
    {
        int n = loss.Width + 1;
        var information = new double[n * n];
        loss.Hessian([.. Enumerable.Range(0, n)], information);
        if (!Cholesky.Factor(information, n))
            throw new LearningException(
                "Logistic regression without a penalty: the information matrix is singular at the estimate.",
                "Scale the columns to unit standard deviation, use fewer of them, or use a penalty: l2, l1 or elasticnet.");
        var errors = new double[n];
        for (int i = 0; i < n; i++)
        {
            var unit = new double[n];
            unit[i] = 1;
            Cholesky.Solve(information, unit);
            errors[i] = Math.Sqrt(unit[i]);
        }
        return errors;
    }
}
