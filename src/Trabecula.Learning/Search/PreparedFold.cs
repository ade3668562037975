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

    /// <summary>Fits preparation and samplers in every fold, several folds at the same time.</summary>
    /// <param name="folds">The folds.</param>
    /// <param name="preparation">Steps that prepare and select columns.</param>
    /// <param name="samplers">Applied to the prepared training rows.</param>
    /// <param name="seed">The origin of random choices; each fold derives its own.</param>
    /// <param name="jobs">Folds at the same time; results do not depend on it.</param>
    /// <param name="onDone">Told after each fold how many are done.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="LearningException">A step cannot be fitted in a fold.</exception>
    public static IReadOnlyList<PreparedFold> Of(
        IReadOnlyList<Fold> folds, PreparationSteps preparation, IReadOnlyList<Sampler> samplers, Seed seed, int jobs, Action<int>? onDone = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folds);
        var prepared = new PreparedFold[folds.Count];
        int done = 0;
        ParallelWork.ForEach(Enumerable.Range(0, folds.Count), jobs, i =>
        {
            prepared[i] = Of(folds[i], preparation, samplers, seed.Derive("fold", i), cancellationToken);
            onDone?.Invoke(Interlocked.Increment(ref done));
        }, cancellationToken);
        return Array.AsReadOnly(prepared);
    }
}
