using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// Pipelines refitted on the same folds and scored on the same left-out subjects: does the whole beat volume alone, does it beat the
/// clinical variables alone? A smaller pipeline is the same one behind a <see cref="Selection.ColumnChoice"/>.
/// </summary>
/// <remarks>Folds belong to a training set: the comparison can be made before the held-out subjects are looked at.</remarks>
public sealed class PipelineComparison
{
    private readonly FoldPrediction[][] _predictions;
    private readonly string[] _names;
    private readonly double _testToTraining;

    private PipelineComparison(string[] names, FoldPrediction[][] predictions, (double Training, double Test)[] sizes)
    {
        (_names, _predictions) = (names, predictions);
        (TrainingSize, TestSize, _testToTraining) = (sizes.Average(fold => fold.Training), sizes.Average(fold => fold.Test), sizes.Average(fold => fold.Test / fold.Training));
        Names = Array.AsReadOnly(names);
    }

    /// <summary>The pipelines.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Mean number of training subjects of a fold.</summary>
    public double TrainingSize { get; }

    /// <summary>Mean number of left-out subjects of a fold.</summary>
    public double TestSize { get; }

    /// <summary>Refits and predicts.</summary>
    /// <param name="training">The rows to split.</param>
    /// <param name="pipelines">By name, each once.</param>
    /// <param name="folds">How they are split; repeated folds give the steadier answer.</param>
    /// <param name="seed">The origin of folds and fits.</param>
    /// <param name="jobs">Folds at the same time.</param>
    /// <param name="cancellationToken">Stops within a fit.</param>
    /// <exception cref="LearningException">A fold cannot be split or fitted.</exception>
    public static PipelineComparison Of(
        TrainingSet training, IReadOnlyList<(string Name, Pipeline Pipeline)> pipelines, Splitter folds, Seed seed, int jobs = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(pipelines);
        ArgumentNullException.ThrowIfNull(folds);
        IReadOnlyList<Fold> parts = folds.Split(training, seed.Derive("folds"));
        var predictions = pipelines.Select(_ => new FoldPrediction[parts.Count]).ToArray();
        ParallelWork.ForEach(Enumerable.Range(0, parts.Count), jobs, fold =>
        {
            for (int p = 0; p < pipelines.Count; p++)
            {
                FittedPipeline fitted = pipelines[p].Pipeline.Fit(parts[fold].Training, seed.Derive("fold", fold), cancellationToken);
                predictions[p][fold] = new FoldPrediction(parts[fold].Validation.Outcomes, fitted.PredictRisk(parts[fold].Validation));
            }
        }, cancellationToken);
        return new PipelineComparison(
            [.. pipelines.Select(pipeline => pipeline.Name)], predictions,
            [.. parts.Select(fold => ((double)fold.Training.Table.SubjectCount, (double)fold.Validation.Subjects.Distinct(StringComparer.Ordinal).Count()))]);
    }

    /// <summary>A measure of a pipeline on each fold.</summary>
    /// <param name="name">The pipeline.</param>
    /// <param name="measure">From outcomes and risks to a number.</param>
    /// <exception cref="ArgumentException">No pipeline has this name.</exception>
    public IReadOnlyList<double> Scores(string name, Func<IReadOnlyList<bool>, IReadOnlyList<double>, double> measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        int place = Array.IndexOf(_names, name);
        if (place < 0)
            throw new ArgumentException($"No pipeline is called '{name}'; there are {string.Join(", ", _names)}.", nameof(name));
        return [.. _predictions[place].Select(fold => measure(fold.Outcomes, fold.Risks))];
    }

    /// <summary>The difference in AUROC, first less second, with the variance corrected for overlapping training sets.</summary>
    /// <exception cref="ArgumentException">No pipeline has this name.</exception>
    public CorrectedResampledTTest Difference(string first, string second) => Difference(first, second, Auroc.ValueOf);

    /// <summary>The difference in a measure, first less second.</summary>
    /// <exception cref="ArgumentException">No pipeline has this name.</exception>
    /// <exception cref="LearningException">The measure does not exist on a fold.</exception>
    public CorrectedResampledTTest Difference(string first, string second, Func<IReadOnlyList<bool>, IReadOnlyList<double>, double> measure) =>
        CorrectedResampledTTest.Of([.. Scores(first, measure).Zip(Scores(second, measure), (a, b) => a - b)], _testToTraining);

    private sealed record FoldPrediction(IReadOnlyList<bool> Outcomes, double[] Risks);
}
