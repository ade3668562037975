using Trabecula.Learning.Calibration;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning;

/// <summary>The steps that prepare and select columns, in order; fitted as one on training rows.</summary>
/// <param name="Steps">Each is fitted on what the one before it gives.</param>
public sealed record PreparationSteps(IReadOnlyList<Transformer> Steps)
{
    /// <summary>Fits every step on training rows.</summary>
    /// <exception cref="ArgumentException">A step's options are wrong.</exception>
    /// <exception cref="LearningException">A step cannot be fitted on these rows.</exception>
    public FittedPreparation Fit(TrainingSet training, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        var fitted = new List<FittedTransformer>();
        TrainingSet at = training;
        for (int i = 0; i < Steps.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FittedTransformer step = Steps[i].Fit(at, seed.Derive("step", i), cancellationToken);
            fitted.Add(step);
            at = step.Transform(at);
        }
        return new FittedPreparation(training.Origin, fitted, at);
    }
}

/// <summary>Fitted steps, and the training rows after them.</summary>
public sealed class FittedPreparation
{
    internal FittedPreparation(SplitOrigin origin, IReadOnlyList<FittedTransformer> steps, TrainingSet prepared)
    {
        (Origin, Prepared) = (origin, prepared);
        Steps = Array.AsReadOnly([.. steps]);
    }

    /// <summary>The fitted steps, in order.</summary>
    public IReadOnlyList<FittedTransformer> Steps { get; }

    /// <summary>The training rows after all steps.</summary>
    public TrainingSet Prepared { get; }

    internal SplitOrigin Origin { get; }

    /// <summary>Validation rows after all steps.</summary>
    public ValidationSet Transform(ValidationSet validation)
    {
        ValidationSet at = validation;
        foreach (FittedTransformer step in Steps)
            at = step.Transform(at);
        return at;
    }
}

/// <summary>
/// From raw columns to a fitted model: preparation, then samplers on the training rows alone, then the model. The unit that a fold
/// refits as a whole.
/// </summary>
/// <param name="Preparation">Steps that prepare and select columns.</param>
/// <param name="Samplers">Applied to the prepared training rows, in order; never to rows that are predicted.</param>
/// <param name="Model">Fitted on what the samplers give.</param>
public sealed record Pipeline(PreparationSteps Preparation, IReadOnlyList<Sampler> Samplers, Classifier Model)
{
    /// <summary>How its risks are calibrated on training rows that were left out of fits and not resampled; null to leave them.</summary>
    public CrossFittedCalibration? Calibration { get; init; }

    /// <summary>Fits all of it on training rows.</summary>
    /// <exception cref="ArgumentException">A step's options are wrong.</exception>
    /// <exception cref="LearningException">A step cannot be fitted on these rows.</exception>
    public FittedPipeline Fit(TrainingSet training, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        FittedPreparation preparation = Preparation.Fit(training, PreparationSeed(seed), cancellationToken);
        TrainingSet resampled = Resample(preparation.Prepared, Samplers, SamplerSeed(seed), cancellationToken);
        return FitModel(training, preparation, resampled, seed, cancellationToken);
    }

    /// <summary>Fits and calibrates the model, where preparation and samplers have run with the same seed.</summary>
    internal FittedPipeline FitModel(
        TrainingSet training, FittedPreparation preparation, TrainingSet resampled, Seed seed, CancellationToken cancellationToken)
    {
        RequireCalibrationOnRowsAsTheyAre();
        Classifier kept = Calibration is null or { MapsRisks: true } ? Model : Model.WithoutRisk();
        FittedClassifier model = kept.Fit(resampled, ModelSeed(seed), cancellationToken);
        if (Calibration is not null)
            model = new FittedCalibratedClassifier(
                model, Calibration.Estimate(this, training, resampled.Table, seed.Derive("calibration"), cancellationToken));
        return new FittedPipeline(training.Origin, preparation.Steps, model);
    }

    private void RequireCalibrationOnRowsAsTheyAre()
    {
        if (Calibration?.Validate() is { Count: > 0 } problems)
            throw new ArgumentException($"Calibration: {string.Join(" ", problems)}");
        if (Model is CalibratedClassifier && Samplers.Count > 0)
            throw new ArgumentException(
                $"{Model.Name}: behind samplers it would be calibrated on resampled rows. Give the pipeline the bare model and a Calibration.");
    }

    internal static Seed PreparationSeed(Seed seed) => seed.Derive("preparation");

    internal static Seed SamplerSeed(Seed seed) => seed.Derive("samplers");

    internal static Seed ModelSeed(Seed seed) => seed.Derive("model");

    /// <summary>Training rows after samplers, in order.</summary>
    internal static TrainingSet Resample(TrainingSet training, IReadOnlyList<Sampler> samplers, Seed seed, CancellationToken cancellationToken)
    {
        TrainingSet at = training;
        for (int i = 0; i < samplers.Count; i++)
            at = samplers[i].Resample(at, seed.Derive("sampler", i), cancellationToken);
        return at;
    }
}
