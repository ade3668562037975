using Trabecula.Learning;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies.Interpretations;

/// <summary>A split's chosen and fitted models, before the look at its held-out subjects.</summary>
/// <param name="Split">The split.</param>
/// <param name="Folds">The prepared folds of the search; empty where nothing was searched.</param>
/// <param name="Searches">For each model its search.</param>
/// <param name="Final">The fitted models.</param>
/// <param name="Seed">The seed of the split.</param>
/// <param name="Of">Which split it is, for progress; empty for the only one.</param>
internal sealed record FittedSplit(
    HoldOutSplit Split, IReadOnlyList<PreparedFold> Folds, IReadOnlyList<SearchResult> Searches, FinalFit Final, Seed Seed, string Of)
{
    /// <summary>Whether it is the study's only one.</summary>
    internal bool IsOnly => Of.Length == 0;

    /// <summary>The small models, which predict in the same look and are not interpreted.</summary>
    internal IReadOnlyList<FittedPipeline> Baselines { get; init; } = [];

    /// <summary>Called right before the look.</summary>
    internal Action OnLook { get; init; } = static () => { };
}

/// <summary>
/// Interprets the models of a split. All that needs a choice (which predictors are left out, which model is explained) is chosen on training rows; then
/// the held-out subjects are looked at once, for predictions and interpretation together.
/// </summary>
/// <param name="design">The study.</param>
/// <param name="asked">What is asked.</param>
/// <param name="run">How the study runs: its folds, log, threads and progress.</param>
internal sealed class Interpreter(StudyDesign design, InterpretationPlan asked, InterpreterRun run)
{
    /// <summary>Interprets, and takes the one look.</summary>
    internal (HeldOutPredictions Predictions, SplitInterpretation Interpretation) Look(FittedSplit split)
    {
        IReadOnlyList<FeatureColumn> predictors = split.Split.Training.Table.Schema;
        FeatureTable prepared = split.Final.Prepared.Table;
        IReadOnlyList<ColumnGroup> groups = ColumnGroup.OfPredictors(split.Final.Pipelines[0].Steps, prepared.Schema);
        Dictionary<string, FeatureColumn> columns = predictors.ToDictionary(column => column.Name, StringComparer.Ordinal);
        IReadOnlyList<ColumnGroup> images = ColumnGroup.Join(groups, name => FeatureFamilies.OfImage(columns[name]));
        IReadOnlyList<ColumnGroup> measures = ColumnGroup.Join(groups, name => FeatureFamilies.OfMeasure(columns[name]));
        int explained = Explained(split.Searches);
        bool isFull = asked.Extent == InterpretationExtent.Full && split.IsOnly;

        IReadOnlyList<GroupImportance> ranking = isFull && (asked.Curves > 0 || asked.Ablation.Meanings.Count > 0) ? Rank(split, explained) : [];
        string[] ranked = [.. ranking.Select(group => group.Name).Where(name => groups.Any(group => group.Name == name))];
        IReadOnlyList<AblationStep> steps = isFull ? AblationStep.TwoPhases(ranked, predictors, asked.Ablation.Top) : [];
        bool masks = asked.Ablation.Meanings.Contains(AblationMeaning.Masked);
        var refits = new AblationRefits(design, split, explained, steps, run);
        IReadOnlyList<RefittedStep> refitted = [.. asked.Ablation.Meanings.Where(meaning => meaning != AblationMeaning.Masked).SelectMany(refits.Of)];
        IReadOnlyList<PartialDependence> curves = isFull ? Curves(split, explained, ranked) : [];

        ModelExamination[] examinations =
        [
            .. split.Final.Pipelines.Select((pipeline, m) => new ModelExamination(pipeline, prepared)
            {
                Groups = groups,
                Families = [.. images, .. measures],
                Permutation = new PermutationImportance { Repeats = asked.Repeats },
                Masks = m == explained && masks ? [.. steps.Select(step => ColumnsOf(groups, step))] : [],
                Seed = split.Seed.Derive("interpretation"),
            }),
        ];
        FittedPipeline[] anew = [.. refitted.Select(step => step.Pipeline).OfType<FittedPipeline>()];
        split.OnLook();
        HeldOutLook look = split.Split.HeldOut.Open(
            [.. split.Final.Pipelines, .. split.Baselines, .. anew], examinations, run.Jobs, (done, total) => run.Report($"Interpreting models{split.Of}", done, total), run.CancellationToken);

        int predicting = split.Final.Pipelines.Count + split.Baselines.Count;
        var risks = new Queue<IReadOnlyList<double>>(look.Predictions.Risks.Skip(predicting));
        IEnumerable<AblationOutcome> masked = masks
            ? steps.Select((step, i) => new AblationOutcome(AblationMeaning.Masked, step, look.Examined[explained].MaskedRisks[i], ""))
            : [];
        return (
            look.Predictions.Take(predicting),
            new SplitInterpretation(groups, look.Examined)
            {
                ImageFamilies = images,
                MeasureFamilies = measures,
                Explained = explained,
                Ranking = ranking,
                Curves = curves,
                Refitted = [.. refitted.Where(step => step.Pipeline is not null).Select(step => ($"{split.Searches[explained].Model} {step.Step.Name}, {step.Meaning.ToString().ToLowerInvariant()}", step.Pipeline!))],
                Ablation = [.. masked, .. refitted.Select(step => step.Outcome(step.Pipeline is null ? null : risks.Dequeue(), look.Predictions.Outcomes.Count))],
            });
    }

    private int Explained(IReadOnlyList<SearchResult> searches)
    {
        if (asked.Model is { } name)
            return searches.Index().First(each => each.Item.Model == name).Index;
        double[] areas = [.. searches.Select(search => search.ChosenTrial.Scores.Count == 0 ? double.NaN : search.ChosenTrial.Mean)];
        return Enumerable.Range(0, areas.Length).MaxBy(m => areas[m]);
    }

    private IReadOnlyList<GroupImportance> Rank(FittedSplit split, int explained)
    {
        IReadOnlyList<PreparedFold> folds = split.Folds.Count > 0 ? split.Folds : run.PrepareFolds(split.Split.Training, design.Preparation);
        string stage = $"Ranking predictors{split.Of}";
        run.Report(stage, 0, folds.Count);
        // Folds that were drawn after preparation have the columns of the final fit.
        return FoldImportance.Of(
            split.Searches[explained].ChosenTrial.Configuration.Model,
            [.. folds.Select(fold => fold.Steps.Count == 0 ? fold with { Steps = split.Final.Pipelines[0].Steps } : fold)],
            new PermutationImportance { Repeats = asked.Repeats }, split.Seed.Derive("ranking"), run.Jobs, done => run.Report(stage, done, folds.Count), run.CancellationToken);
    }

    private List<PartialDependence> Curves(FittedSplit split, int explained, string[] ranked)
    {
        FeatureTable rows = split.Split.Training.Table;
        string[] shown = [.. ranked.Take(asked.Curves)];
        var curves = new List<PartialDependence>();
        foreach (string predictor in shown)
        {
            run.Report($"Partial dependence{split.Of}", curves.Count, shown.Length);
            curves.Add(PartialDependence.Of(split.Final.Pipelines[explained], rows, rows.Columns.Index().First(each => each.Item == predictor).Index, cancellationToken: run.CancellationToken));
        }
        return curves;
    }

    private static int[] ColumnsOf(IReadOnlyList<ColumnGroup> groups, AblationStep step) =>
        [.. groups.Where(group => step.LeftOut.Contains(group.Name)).SelectMany(group => group.Columns)];
}

/// <summary>How a study runs.</summary>
/// <param name="PrepareFolds">Draws folds of training rows and prepares them by steps.</param>
/// <param name="Log">The log of trials.</param>
/// <param name="Jobs">Threads.</param>
/// <param name="Report">Told of stages: what is done, how much of it, of how much.</param>
/// <param name="CancellationToken">Stops the study.</param>
internal sealed record InterpreterRun(
    Func<TrainingSet, PreparationSteps, IReadOnlyList<PreparedFold>> PrepareFolds, ITrialLog? Log, int Jobs, Action<string, int, int> Report, CancellationToken CancellationToken);
