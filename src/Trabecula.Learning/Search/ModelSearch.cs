using Trabecula.Learning.Evaluation;

namespace Trabecula.Learning.Search;

/// <summary>How far a search is.</summary>
/// <param name="Model">The model that was worked on last.</param>
/// <param name="Done">Fits of the round that are done, those of an earlier run included: a configuration on a fold is one.</param>
/// <param name="Total">All fits of the round. What a later round tries is known only when it begins.</param>
public readonly record struct SearchProgress(string Model, int Done, int Total)
{
    /// <summary>The <see cref="Configuration.Phase"/> that was worked on last.</summary>
    public string Phase { get; init; } = "";
}

/// <summary>
/// Scores every configuration of every model on every fold by AUROC, and chooses one for each model.
/// </summary>
/// <remarks>
/// Threads go over pieces of work, a fold and the configurations that share their fit; each fit has one thread. A piece's seed comes
/// from model and fold, and results are kept by place, so neither threads nor interruptions change a value.
/// A fit that fails marks its trial as failed, with the reason, and the search goes on.
/// </remarks>
public sealed record ModelSearch
{
    /// <summary>How a configuration is chosen.</summary>
    public Choice Choice { get; init; } = Choice.Best;

    /// <summary>Pieces of work at the same time; results do not depend on it.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Which split of the study this is, for the log.</summary>
    public int Split { get; init; }

    /// <summary>Runs the search.</summary>
    /// <param name="models">The models, each with its configurations.</param>
    /// <param name="folds">The prepared folds.</param>
    /// <param name="seed">The origin of random choices.</param>
    /// <param name="log">Results of an earlier run, and where to keep new ones.</param>
    /// <param name="progress">Told after each piece of work.</param>
    /// <param name="cancellationToken">Stops the search; the log keeps what is finished.</param>
    /// <exception cref="LearningException">Every trial of a model failed.</exception>
    public IReadOnlyList<SearchResult> Run(
        IReadOnlyList<CandidateModel> models, IReadOnlyList<PreparedFold> folds, Seed seed, ITrialLog? log = null,
        IProgress<SearchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(folds);
        if (Choice == Choice.OneStandardError && folds.Count == 1)
            throw new LearningException("One fold has no standard error to choose by.", "Give two folds or more, or choose the best configuration.");
        log ??= NoTrialLog.Instance;
        Trial[][] trials = [.. models.Select(_ => Array.Empty<Trial>())];
        for (int round = 0; round <= models.Max(model => model.Rounds.Count); round++)
        {
            Configuration[][] next = [.. models.Select((model, m) => NextRound(model, round, trials[m]))];
            Trial[][] found = RunRound(models, next, [.. trials.Select(before => before.Length)], folds, seed, log, progress, cancellationToken);
            for (int m = 0; m < models.Count; m++)
                trials[m] = [.. trials[m], .. found[m]];
        }
        return [.. models.Select((model, m) => Choose(model, trials[m], folds))];
    }

    private static Configuration[] NextRound(CandidateModel model, int round, Trial[] trials)
    {
        if (round == 0)
            return [.. model.Configurations];
        return round <= model.Rounds.Count ? [.. model.Rounds[round - 1](Array.AsReadOnly(trials))] : [];
    }

    private Trial[][] RunRound(
        IReadOnlyList<CandidateModel> models, Configuration[][] configurations, int[] first, IReadOnlyList<PreparedFold> folds, Seed seed, ITrialLog log,
        IProgress<SearchProgress>? progress, CancellationToken cancellationToken)
    {
        int total = configurations.Sum(ofModel => ofModel.Length) * folds.Count;
        FoldScore[][][] scores = [.. configurations.Select(ofModel => ofModel.Select(_ => new FoldScore[folds.Count]).ToArray())];
        int finished = 0;
        Work[] open = [.. AllWork(configurations, folds.Count).Where(work =>
        {
            bool isKnown = work.Trials.All(trial => log.TryFind(Key(work, trial), out scores[work.Model][trial][work.Fold]));
            finished += isKnown ? work.Trials.Length : 0;
            return !isKnown;
        })];

        ParallelWork.ForEach(open, Jobs, work =>
        {
            string name = models[work.Model].Name;
            FoldScore[] found = Score(configurations[work.Model], work, folds[work.Fold], seed.Derive(name, work.Fold), cancellationToken);
            for (int i = 0; i < found.Length; i++)
                scores[work.Model][work.Trials[i]][work.Fold] = found[i];
            log.Add([.. work.Trials.Select((trial, i) => (Key(work, trial), found[i]))]);
            progress?.Report(new SearchProgress(name, Interlocked.Add(ref finished, found.Length), total)
            {
                Phase = configurations[work.Model][work.Trials[0]].Phase,
            });
        }, cancellationToken);
        return [.. configurations.Select((ofModel, m) => ofModel.Select((c, t) => new Trial(c, Array.AsReadOnly(scores[m][t]))).ToArray())];

        TrialKey Key(Work work, int trial) => new(Split, models[work.Model].Name, first[work.Model] + trial, work.Fold);
    }

    private static IEnumerable<Work> AllWork(Configuration[][] configurations, int folds) =>
        from m in Enumerable.Range(0, configurations.Length)
        from fold in Enumerable.Range(0, folds)
        from shared in Enumerable.Range(0, configurations[m].Length).GroupBy(t => Sharing(configurations[m][t].Model, t))
        select new Work(m, fold, [.. shared]);

    private static (string? Shared, int Trial) Sharing(Classifier model, int trial) =>
        model.SharedWork is { } shared ? ($"{model.GetType().Name} {shared}", -1) : (null, trial);

    private static FoldScore[] Score(Configuration[] configurations, Work work, PreparedFold fold, Seed seed, CancellationToken cancellationToken)
    {
        Classifier[] classifiers = [.. work.Trials.Select(trial => configurations[trial].Model)];
        try
        {
            return [.. classifiers[0].FitAndScore(classifiers, fold.Training, fold.Validation, seed, cancellationToken)
                .Select(scores => new FoldScore(Auroc.ValueOf(fold.Validation.Outcomes, scores)))];
        }
        catch (LearningException) when (classifiers.Length > 1)
        {
            // One of several failed: apart from the others, so that only it is marked.
            return [.. work.Trials.SelectMany(trial => Score(configurations, work with { Trials = [trial] }, fold, seed, cancellationToken))];
        }
        catch (LearningException fault)
        {
            return [new FoldScore(double.NaN, fault.Message)];
        }
    }

    private SearchResult Choose(CandidateModel model, Trial[] trials, IReadOnlyList<PreparedFold> folds)
    {
        // One configuration on no fold: nothing to choose, nothing known.
        int best = trials is [{ Scores.Count: 0 }] ? 0 : -1;
        for (int i = 0; i < trials.Length; i++)
        {
            if (!double.IsNaN(trials[i].Mean) && (best < 0 || trials[i].Mean > trials[best].Mean))
                best = i;
        }
        if (best < 0)
            throw new LearningException(
                $"{model.Name}: none of {trials.Length} configurations could be fitted; the first says: {trials[0].Failure}", "Change its grid or leave the model out.");
        if (Choice == Choice.OneStandardError && trials.Length > 1)
        {
            double enough = trials[best].Mean - trials[best].StandardError;
            // The first of equally simple ones: MinBy keeps it.
            best = Enumerable.Range(0, trials.Length).Where(i => trials[i].Mean >= enough)
                .MinBy(i => trials[i].Configuration.Model.Complexity(folds[0].Training.Table), FirstDifference.Order);
        }
        return new SearchResult(model.Name, Array.AsReadOnly(trials), best);
    }

    /// <summary>A piece of work: the configurations of a model that share their fit, on one fold.</summary>
    private sealed record Work(int Model, int Fold, int[] Trials);
}
