using Trabecula.Learning.Interpretation;

namespace Trabecula.Learning.Splitting;

/// <summary>
/// The rows that a study keeps away from every fit and every choice, for one look at the end. It gives neither features nor
/// outcomes: <see cref="Open(IReadOnlyList{FittedPipeline})"/> takes every fitted pipeline of the study, predicts, and closes for good.
/// </summary>
public sealed class HeldOutSet
{
    private readonly FeatureTable _table;
    private readonly SplitOrigin _origin;
    private int _opened;

    internal HeldOutSet(FeatureTable table, SplitOrigin origin) => (_table, _origin) = (table, origin);

    /// <summary>The subject of each row.</summary>
    public IReadOnlyList<string> Subjects => _table.Subjects;

    /// <summary>Number of rows.</summary>
    public int RowCount => _table.RowCount;

    /// <summary>The one look: predicts with every pipeline of the study and reveals the outcomes.</summary>
    /// <exception cref="InvalidOperationException">It was opened before.</exception>
    /// <exception cref="ArgumentException">A pipeline was fitted on the training set of another split.</exception>
    public HeldOutPredictions Open(IReadOnlyList<FittedPipeline> pipelines)
    {
        ArgumentNullException.ThrowIfNull(pipelines);
        Begin(pipelines);
        return Predict(pipelines);
    }

    /// <summary>The one look, in which models are examined too.</summary>
    /// <param name="pipelines">Every pipeline of the study.</param>
    /// <param name="examinations">What is asked of some of them, fixed before the look.</param>
    /// <param name="jobs">Pieces of work at the same time; results do not depend on it.</param>
    /// <param name="onDone">Told after each piece how many are done, and of how many.</param>
    /// <param name="cancellationToken">Stops the examinations; the rows stay closed.</param>
    /// <inheritdoc cref="Open(IReadOnlyList{FittedPipeline})"/>
    public HeldOutLook Open(
        IReadOnlyList<FittedPipeline> pipelines, IReadOnlyList<ModelExamination> examinations, int jobs, Action<int, int>? onDone = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipelines);
        ArgumentNullException.ThrowIfNull(examinations);
        Begin([.. pipelines, .. examinations.Select(examination => examination.Pipeline)]);
        HeldOutPredictions predictions = Predict(pipelines);
        ExaminedModel[] examined = [.. examinations.Select(asked => new ExaminedModel(asked))];
        Action[] pieces = [.. examinations.Zip(examined).SelectMany(pair => pair.First.Pieces(_table, pair.Second, cancellationToken))];
        int done = 0;
        ParallelWork.ForEach(pieces, jobs, piece =>
        {
            piece();
            onDone?.Invoke(Interlocked.Increment(ref done), pieces.Length);
        }, cancellationToken);
        return new HeldOutLook(predictions, Array.AsReadOnly(examined));
    }

    private void Begin(IReadOnlyList<FittedPipeline> pipelines)
    {
        foreach (FittedPipeline pipeline in pipelines)
            SplitOrigin.Require(pipeline.Origin, _origin, pipeline.Model.Name);
        if (Interlocked.Exchange(ref _opened, 1) != 0)
            throw new InvalidOperationException("The held-out rows were looked at before; a study looks once, with all of its models.");
    }

    private HeldOutPredictions Predict(IReadOnlyList<FittedPipeline> pipelines)
    {
        FeatureTable[] prepared = [.. pipelines.Select(pipeline => pipeline.Prepare(_table))];
        return new HeldOutPredictions(
            _table.Subjects, _table.Outcomes, [.. pipelines.Zip(prepared, (pipeline, rows) => Array.AsReadOnly(pipeline.Model.PredictRisk(rows)))],
            [.. pipelines.Zip(prepared, (pipeline, rows) => Array.AsReadOnly(pipeline.Model.Score(rows)))])
        {
            Prepared = Array.AsReadOnly(prepared),
        };
    }
}

/// <summary>What the one look at held-out rows gave.</summary>
/// <param name="Subjects">The subject of each row.</param>
/// <param name="Outcomes">The outcome of each row: true is the event.</param>
/// <param name="Risks">For each pipeline, in the order given, the predicted risk of each row.</param>
/// <param name="Scores">Likewise the model's score on its own scale, such as the decision value of a support vector machine.</param>
public sealed record HeldOutPredictions(
    IReadOnlyList<string> Subjects, IReadOnlyList<bool> Outcomes, IReadOnlyList<IReadOnlyList<double>> Risks, IReadOnlyList<IReadOnlyList<double>> Scores)
{
    /// <summary>The rows as each pipeline's model saw them, after its steps: for explanations of the predictions.</summary>
    public IReadOnlyList<FeatureTable> Prepared { get; init; } = [];

    /// <summary>Those of the first pipelines alone.</summary>
    public HeldOutPredictions Take(int pipelines) => this with { Risks = [.. Risks.Take(pipelines)], Scores = [.. Scores.Take(pipelines)], Prepared = [.. Prepared.Take(pipelines)] };
}

/// <summary>What the one look at held-out rows gave, examinations of models among it.</summary>
/// <param name="Predictions">The predictions.</param>
/// <param name="Examined">The answers to the examinations, in their order.</param>
public sealed record HeldOutLook(HeldOutPredictions Predictions, IReadOnlyList<ExaminedModel> Examined);
