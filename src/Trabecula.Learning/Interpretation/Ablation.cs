using Trabecula.Learning.Calibration;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Interpretation;

/// <summary>What it means that a model does without a predictor.</summary>
public enum AblationMeaning
{
    /// <summary>
    /// The fitted model stays, and the predictor's columns hold one value for all, their mean over the training rows: what this model relies on.
    /// </summary>
    Masked,

    /// <summary>
    /// The model is fitted anew without the predictor; hyper-parameters and the other selected columns stay: what these make up for.
    /// </summary>
    Refit,

    /// <summary>
    /// Everything is done anew on training rows as if the predictor had never been measured, selection and search included: what could have been
    /// reached without it. Another column that says the same may be selected in its place.
    /// </summary>
    Retuned,
}

/// <summary>A step of an ablation.</summary>
/// <param name="Name">The step in words.</param>
/// <param name="LeftOut">The predictors that are left out, as the study names them; those of all earlier steps of the phase among them.</param>
/// <param name="Phase">1 for the most important ones, 2 for all of one source.</param>
public sealed record AblationStep(string Name, IReadOnlyList<string> LeftOut, int Phase)
{
    /// <summary>
    /// The two phases of Ge et al. 2025: the most important predictors are left out one after the other, each with those before it; then all
    /// radiomic ones, and all clinical ones.
    /// </summary>
    /// <param name="ranking">Predictors, the most important first. Rank them on training rows: ranked on those that the ablation is judged by, the
    /// first are the luckiest there.</param>
    /// <param name="predictors">All predictors of the study.</param>
    /// <param name="top">How many of the first phase, 0 or more.</param>
    public static IReadOnlyList<AblationStep> TwoPhases(IReadOnlyList<string> ranking, IReadOnlyList<FeatureColumn> predictors, int top)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(predictors);
        var steps = new List<AblationStep>();
        for (int count = 1; count <= Math.Min(top, ranking.Count); count++)
            steps.Add(new AblationStep($"{(count == 1 ? "without" : "and without")} {ranking[count - 1]}", [.. ranking.Take(count)], 1));
        foreach (ColumnSource source in (ColumnSource[])[ColumnSource.Radiomic, ColumnSource.Clinical])
        {
            string[] all = [.. predictors.Where(column => column.Source == source).Select(column => column.Name)];
            // A study of one source has nothing left without it.
            if (all.Length > 0 && all.Length < predictors.Count)
                steps.Add(new AblationStep($"without all {(source == ColumnSource.Radiomic ? "radiomic" : "clinical")}", all, 2));
        }
        return steps;
    }
}

/// <summary>Fits models without some of a study's predictors.</summary>
public static class Ablation
{
    /// <summary>
    /// Fits a chosen model anew on the columns that its study selected, less those of some predictors. Without any left out it is the model itself,
    /// to the last bit; risks are calibrated on the selected columns.
    /// </summary>
    /// <param name="final">The study's final fit.</param>
    /// <param name="samplers">Its samplers.</param>
    /// <param name="model">The chosen model.</param>
    /// <param name="calibration">How risks are calibrated; null to leave them.</param>
    /// <param name="leftOut">The predictors that are left out.</param>
    /// <param name="seed">The seed of the final fit.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>A pipeline for rows as the study has them; null where no column is left.</returns>
    /// <exception cref="LearningException">The model cannot be fitted on the other columns.</exception>
    public static FittedPipeline? Refit(
        FinalFit final, IReadOnlyList<Sampler> samplers, Classifier model, CrossFittedCalibration? calibration, IReadOnlyCollection<string> leftOut, Seed seed,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(final);
        IReadOnlyList<FittedTransformer> steps = final.Pipelines[0].Steps;
        ColumnExclusion exclusion = ColumnExclusion.Of(
            final.Prepared, ColumnGroup.OfPredictors(steps, final.Prepared.Table.Schema).Where(group => leftOut.Contains(group.Name)).SelectMany(group => group.Columns));
        if (exclusion.Kept.Count == 0)
            return null;
        FittedPipeline fitted = new Pipeline(new PreparationSteps([]), samplers, model) { Calibration = calibration }
            .Fit(exclusion.Transform(final.Prepared), seed, cancellationToken);
        return new FittedPipeline(fitted.Origin, [.. steps, exclusion], fitted.Model);
    }

    /// <summary>The training rows without some predictors, for a study done anew; null where none is left.</summary>
    /// <param name="training">The training rows as the study has them.</param>
    /// <param name="leftOut">The predictors that are left out.</param>
    public static ReducedTraining? Without(TrainingSet training, IReadOnlyCollection<string> leftOut)
    {
        ArgumentNullException.ThrowIfNull(training);
        ColumnExclusion exclusion = ColumnExclusion.Of(
            training, Enumerable.Range(0, training.Table.ColumnCount).Where(column => leftOut.Contains(training.Table.Columns[column])));
        return exclusion.Kept.Count == 0 ? null : new ReducedTraining(exclusion.Transform(training), exclusion);
    }
}

/// <summary>Training rows without some predictors.</summary>
/// <param name="Training">The rows.</param>
/// <param name="Exclusion">What left the predictors out.</param>
public sealed record ReducedTraining(TrainingSet Training, ColumnExclusion Exclusion)
{
    /// <summary>A pipeline that was fitted on these rows, for rows that have all predictors.</summary>
    public FittedPipeline Widen(FittedPipeline fitted)
    {
        ArgumentNullException.ThrowIfNull(fitted);
        return new FittedPipeline(fitted.Origin, [Exclusion, .. fitted.Steps], fitted.Model);
    }
}
