using Trabecula.Learning.Calibration;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Search;

/// <summary>
/// The chosen configurations fitted on the whole training set. Preparation and sampling are fitted once and shared; each pipeline is
/// what <see cref="Pipeline.Fit"/> with the same seed gives.
/// </summary>
/// <param name="Pipelines">In the order of the models.</param>
/// <param name="Prepared">The training rows after preparation.</param>
/// <param name="Resampled">The training rows after preparation and samplers.</param>
public sealed record FinalFit(IReadOnlyList<FittedPipeline> Pipelines, TrainingSet Prepared, TrainingSet Resampled)
{
    /// <summary>Fits.</summary>
    /// <param name="training">The whole training set.</param>
    /// <param name="preparation">Steps that prepare and select columns.</param>
    /// <param name="samplers">Applied to the prepared rows.</param>
    /// <param name="models">The chosen models.</param>
    /// <param name="seed">The origin of random choices.</param>
    /// <param name="jobs">Models fitted at the same time.</param>
    /// <param name="calibration">How the risks of each model are calibrated; null to leave them.</param>
    /// <param name="cancellationToken">Stops between models.</param>
    /// <exception cref="LearningException">A step or a model cannot be fitted.</exception>
    public static FinalFit Of(
        TrainingSet training, PreparationSteps preparation, IReadOnlyList<Sampler> samplers, IReadOnlyList<Classifier> models, Seed seed,
        int jobs, CrossFittedCalibration? calibration = null, CancellationToken cancellationToken = default) =>
        PreparedTraining.Of(training, preparation, samplers, seed, cancellationToken).Fit(models, jobs, calibration, cancellationToken);
}

/// <summary>Preparation and samplers fitted on the whole training set, to which models are added.</summary>
public sealed class PreparedTraining
{
    private readonly TrainingSet _training;
    private readonly PreparationSteps _preparation;
    private readonly IReadOnlyList<Sampler> _samplers;
    private readonly FittedPreparation _fitted;
    private readonly Seed _seed;

    private PreparedTraining(
        TrainingSet training, PreparationSteps preparation, IReadOnlyList<Sampler> samplers, FittedPreparation fitted, TrainingSet resampled, Seed seed) =>
        (_training, _preparation, _samplers, _fitted, Resampled, _seed) = (training, preparation, samplers, fitted, resampled, seed);

    /// <summary>The training rows after preparation and samplers.</summary>
    public TrainingSet Resampled { get; }

    /// <summary>Fits preparation and samplers.</summary>
    /// <exception cref="LearningException">A step cannot be fitted.</exception>
    public static PreparedTraining Of(
        TrainingSet training, PreparationSteps preparation, IReadOnlyList<Sampler> samplers, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(preparation);
        FittedPreparation fitted = preparation.Fit(training, Pipeline.PreparationSeed(seed), cancellationToken);
        TrainingSet resampled = Pipeline.Resample(fitted.Prepared, samplers, Pipeline.SamplerSeed(seed), cancellationToken);
        return new PreparedTraining(training, preparation, samplers, fitted, resampled, seed);
    }

    /// <summary>Fits models.</summary>
    /// <inheritdoc cref="FinalFit.Of"/>
    public FinalFit Fit(IReadOnlyList<Classifier> models, int jobs, CrossFittedCalibration? calibration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        var pipelines = new FittedPipeline[models.Count];
        ParallelWork.ForEach(Enumerable.Range(0, models.Count), jobs, i =>
            pipelines[i] = new Pipeline(_preparation, _samplers, models[i]) { Calibration = calibration }
                .FitModel(_training, _fitted, Resampled, _seed, cancellationToken), cancellationToken);
        return new FinalFit(Array.AsReadOnly(pipelines), _fitted.Prepared, Resampled);
    }
}
