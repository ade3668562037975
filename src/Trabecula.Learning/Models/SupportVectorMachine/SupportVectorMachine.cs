using Trabecula.Learning.Calibration;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>Support vector machine for two classes (C-SVC).</summary>
/// <remarks>
/// Definition: the decision value of a row x is <c>Σ β_i K(x_i, x) + b</c>, where β minimises <c>½ βᵀKβ - Σ y_i β_i</c> with Σ β = 0 and
/// <c>0 ≤ y_i β_i ≤ C s_i</c>, <c>y_i</c> = 1 for the event and -1 otherwise, <c>s_i</c> by <see cref="ClassWeight"/>: scikit-learn's
/// <c>SVC</c>. Where no row is off its bounds b is not unique, and the middle of its range is taken.
/// Risk: a logistic curve of the decision value with Platt's targets, fitted on decision values of rows that five stratified folds (fewer,
/// where a class has fewer subjects) left out of the fit: scikit-learn's <c>CalibratedClassifierCV(ensemble=False)</c>.
/// Determinism: one thread, fixed order of sums; the seed draws the folds of the risk alone.
/// Columns should have comparable scales.
/// </remarks>
public sealed record SupportVectorMachine : Classifier
{
    internal const string FieldName = "Support vector machine";
    private const int RiskFolds = 5;

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>The similarity of rows.</summary>
    public Kernel Kernel { get; init; } = Kernel.Rbf;

    /// <summary>Price of a row on the wrong side of the margin, positive: large values fit the training rows more closely.</summary>
    public double C { get; init; } = 1;

    /// <summary>Scale of the kernel. The linear one does not use it.</summary>
    public Gamma Gamma { get; init; } = Gamma.Scale;

    /// <summary>Power of a polynomial kernel, 1 to 20. Others do not use it.</summary>
    public int Degree { get; init; } = 3;

    /// <summary>Constant of a polynomial or sigmoid kernel. Others do not use it.</summary>
    public double Coef0 { get; init; }

    /// <summary>What a row of each class counts.</summary>
    public ClassWeight ClassWeight { get; init; } = ClassWeight.None;

    /// <summary>Violation of the optimality conditions, in units of the decision value, at which the fit ends.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (!Enum.IsDefined(Kernel))
            problems.Add($"Kernel is {Kernel}, expected Linear, Rbf, Polynomial or Sigmoid.");
        if (!(C > 0) || !double.IsFinite(C))
            problems.Add(FormattableString.Invariant($"C is {C}, expected a positive, finite number."));
        if (!Gamma.IsUsable)
            problems.Add($"Gamma is {Gamma}, expected scale, auto or a positive, finite number.");
        if (Degree is < 1 or > 20)
            problems.Add(FormattableString.Invariant($"Degree is {Degree}, expected 1 to 20."));
        if (!double.IsFinite(Coef0))
            problems.Add(FormattableString.Invariant($"Coef0 is {Coef0}, expected a finite number."));
        if (!Enum.IsDefined(ClassWeight))
            problems.Add($"ClassWeight is {ClassWeight}, expected None or Balanced.");
        if (!(Tolerance > 0) || !double.IsFinite(Tolerance))
            problems.Add(FormattableString.Invariant($"Tolerance is {Tolerance}, expected a positive, finite number."));
        return problems;
    }

    /// <summary>
    /// A linear boundary is simpler than a polynomial one, of which the smaller degree is simpler, and these than the other kernels: the order of
    /// their Vapnik-Chervonenkis dimensions (Burges, Data Mining and Knowledge Discovery 2 (1998) 121). Then the smaller C, which widens the
    /// margin, then the smaller γ, with which a radial kernel nears the linear one (Keerthi and Lin, Neural Computation 15 (2003) 1667).
    /// </summary>
    public override IReadOnlyList<double> Complexity(FeatureTable table) => Kernel switch
    {
        Kernel.Linear => [0, C],
        Kernel.Polynomial => [Degree, C, Gamma.For(table)],
        _ => [double.PositiveInfinity, C, Gamma.For(table)],
    };

    /// <summary>Models of one kernel share its matrix.</summary>
    public override string? SharedWork => Kernel switch
    {
        Kernel.Linear => "linear",
        Kernel.Rbf => $"rbf {Gamma}",
        Kernel.Polynomial => FormattableString.Invariant($"polynomial {Gamma} {Degree} {Coef0:R}"),
        _ => FormattableString.Invariant($"sigmoid {Gamma} {Coef0:R}"),
    };

    /// <summary>Whether the curve from decision value to risk is fitted too.</summary>
    internal bool FitsRisk { get; init; } = true;

    /// <inheritdoc/>
    public override Classifier WithoutRisk() => this with { FitsRisk = false };

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> FitAndScore(
        IReadOnlyList<Classifier> models, TrainingSet training, ValidationSet validation, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        if (models.Any(model => model.SharedWork != SharedWork || model is not SupportVectorMachine))
            throw new ArgumentException("The models are no support vector machines of one kernel.", nameof(models));
        if (models.Count == 1 || Validate().Count > 0 || training.Table.RowCount > KernelRows.LargestWhole)
            return base.FitAndScore(models, training, validation, seed, cancellationToken);
        training.Table.RequireComplete(Name);
        var kernel = new KernelRows(FunctionFor(training.Table), training.Table);
        var between = new KernelBetween(kernel.Function, training.Table, validation.Table);
        return
        [
            .. models.Select(model =>
            {
                var shared = (SupportVectorMachine)model with { FitsRisk = false, SharedRows = kernel };
                return ((FittedSupportVectorMachine)shared.Fit(training, seed, cancellationToken)).Score(validation, between);
            }),
        ];
    }

    /// <summary>The matrix of the training rows, where it is there already.</summary>
    private KernelRows? SharedRows { get; init; }

    /// <inheritdoc/>
    protected override FittedSupportVectorMachine FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        table.RequireComplete(Name);
        KernelRows kernel = SharedRows ?? new KernelRows(FunctionFor(table), table);
        ClassWeights once = ClassWeights.Of(ClassWeight, table.RowCount - table.EventCount, table.EventCount);
        var problem = new DualProblem(kernel, table.Outcomes, new ClassWeights(C * once.Control, C * once.Case));
        double intercept = new DualSolver(problem, kernel, Tolerance).Run(cancellationToken);
        int[] support = [.. Enumerable.Range(0, table.RowCount).Where(i => problem.Coefficients[i] != 0)];
        PlattScaling? risk = FitsRisk ? CrossFittedRisk(training, seed, cancellationToken) : null;
        return new FittedSupportVectorMachine(
            training.Origin, table.Schema, kernel.Function,
            new SupportVectors(support, [.. support.SelectMany(i => table.Row(i).ToArray())], Array.ConvertAll(support, i => problem.Coefficients[i])),
            intercept, risk);
    }

    internal KernelFunction FunctionFor(FeatureTable table) => new(
        Kernel, Kernel == Kernel.Linear ? 1 : Gamma.For(table), Kernel == Kernel.Polynomial ? Degree : 1,
        Kernel is Kernel.Polynomial or Kernel.Sigmoid ? Coef0 : 0);

    private PlattScaling CrossFittedRisk(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        int fewest = SubjectOutcomes.Of(training.Table).GroupBy(subject => subject.Value).Min(subjects => subjects.Count());
        if (fewest < 2)
            throw new LearningException(
                "Support vector machine: a class has a single subject, so that no fold can leave it out to learn the risk from.",
                "Add subjects of this class.");
        var values = new List<double>();
        var outcomes = new List<bool>();
        foreach (Fold fold in new StratifiedKFold { NSplits = Math.Min(RiskFolds, fewest) }.Split(training, seed.Derive("platt")))
        {
            values.AddRange(WithoutRisk().Fit(fold.Training, seed, cancellationToken).Score(fold.Validation));
            outcomes.AddRange(fold.Validation.Outcomes);
        }
        return PlattScaling.Estimate([.. values], [.. outcomes]);
    }
}
