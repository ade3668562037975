using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Calibration;

/// <summary>
/// A model with cross-fitted, calibrated risks: scikit-learn's <c>CalibratedClassifierCV(ensemble=False)</c>. Where a pipeline has
/// samplers, or columns are selected with the outcome, use <see cref="Pipeline.Calibration"/>, which takes them into the folds.
/// </summary>
/// <param name="Base">The model; its scores stay as they are.</param>
public sealed record CalibratedClassifier(Classifier Base) : Classifier
{
    /// <inheritdoc/>
    public override string Name => $"{Base.Name}, calibrated";

    /// <summary>Method and folds.</summary>
    public CrossFittedCalibration Calibration { get; init; } = new();

    /// <inheritdoc/>
    public override IReadOnlyList<double> Complexity(FeatureTable table) => Base.Complexity(table);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> problems = [.. Base.Validate(), .. Calibration.Validate()];
        if (Calibration.Method == CalibrationMethod.PriorShift)
            problems.Add("Calibration.Method is PriorShift, which undoes samplers: set the calibration of the pipeline that has them.");
        return problems;
    }

    /// <inheritdoc/>
    public override Classifier WithoutRisk() => Base.WithoutRisk();

    /// <inheritdoc/>
    protected override FittedCalibratedClassifier FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FittedClassifier fitted = (Calibration.MapsRisks ? Base : Base.WithoutRisk()).Fit(training, seed, cancellationToken);
        var alone = new Pipeline(new PreparationSteps([]), [], Base);
        return new FittedCalibratedClassifier(
            fitted, Calibration.Estimate(alone, training, training.Table, seed.Derive("calibration"), cancellationToken));
    }
}

/// <summary>A fitted model and the map that makes its risks of its scores or risks.</summary>
public sealed class FittedCalibratedClassifier : FittedClassifier
{
    internal FittedCalibratedClassifier(FittedClassifier fitted, Calibrator calibrator)
        : base(fitted.Origin, fitted.Schema) => (Base, Calibrator, FittedOn) = (fitted, calibrator, fitted.FittedOn);

    /// <inheritdoc/>
    public override string Name => $"{Base.Name}, {Calibrator.Name}";

    /// <summary>The model.</summary>
    public FittedClassifier Base { get; }

    /// <summary>The map.</summary>
    public Calibrator Calibrator { get; }

    // The model itself refuses what it cannot take.
    private protected override bool AcceptsMissingValues => true;

    internal static FittedCalibratedClassifier Read(JsonObject state, FittedState types) =>
        new(types.ReadClassifier(state["base"]!.AsObject()), Calibrator.Read(state["calibrator"]!.AsObject()));

    private protected override double[] ComputeScores(FeatureTable table) => Base.Score(table);

    private protected override double[] ComputeRisks(FeatureTable table) =>
        Array.ConvertAll(Calibrator.MapsRisks ? Base.PredictRisk(table) : Base.Score(table), Calibrator.Calibrate);

    private protected override JsonObject State() => new() { ["base"] = Base.ToJson(), ["calibrator"] = Calibrator.ToJson() };
}
