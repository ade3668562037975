using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Search;

/// <summary>
/// A fold after its own fit of preparation and sampling, which no hyper-parameter of a model changes: fitted once, used by every
/// trial of every model.
/// </summary>
/// <param name="Steps">The steps fitted on the fold's training rows.</param>
/// <param name="Training">The training rows, prepared and resampled.</param>
/// <param name="Validation">The validation rows, prepared.</param>
public sealed record PreparedFold(IReadOnlyList<FittedTransformer> Steps, TrainingSet Training, ValidationSet Validation)
{
    /// <summary>Fits preparation and samplers in a fold.</summary>
    public static PreparedFold Of(
        Fold fold, PreparationSteps preparation, IReadOnlyList<Sampler> samplers, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(preparation);
        FittedPreparation fitted = preparation.Fit(fold.Training, Pipeline.PreparationSeed(seed), cancellationToken);
        TrainingSet resampled = Pipeline.Resample(fitted.Prepared, samplers, Pipeline.SamplerSeed(seed), cancellationToken);
        return new PreparedFold(fitted.Steps, resampled, fitted.Transform(fold.Validation));
    }
}
