using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies.Interpretations;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies;

/// <summary>How far a study is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Done in this stage.</param>
/// <param name="Total">To do in this stage; 0 where <paramref name="Stage"/> is a remark, such as how much there is to do.</param>
public readonly record struct StudyProgress(string Stage, int Done, int Total);

/// <summary>Runs a design on a table: split, prepare, search, refit, and look at the held-out subjects once.</summary>
public sealed class StudyExecution
{
    private readonly StudyDesign _design;
    private readonly int _jobs;
    private readonly ITrialLog? _log;
    private readonly IProgress<StudyProgress>? _progress;
    private readonly StageClock _clock;
    private readonly Action<int, IReadOnlyList<string>>? _onLook;
    private readonly CancellationToken _cancellationToken;

    private StudyExecution(
        StudyDesign design, int jobs, ITrialLog? log, IProgress<StudyProgress>? progress, TimeProvider time, Action<int, IReadOnlyList<string>>? onLook,
        CancellationToken cancellationToken) =>
        (_design, _jobs, _log, _progress, _clock, _onLook, _cancellationToken) = (design, jobs, log, progress, new StageClock(time), onLook, cancellationToken);

    /// <summary>Runs the study.</summary>
    /// <param name="table">All eligible subjects with an outcome.</param>
    /// <param name="design">What to do.</param>
    /// <param name="jobs">Threads; results do not depend on it.</param>
    /// <param name="log">Trials of an earlier run, and where to keep new ones.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="time">The clock of the stages' times.</param>
    /// <param name="onLook">Told of each split, and of its held-out subjects, before they are looked at.</param>
    /// <param name="cancellationToken">Stops the study; finished trials stay in the log.</param>
    /// <exception cref="LearningException">The table cannot be split, prepared or learned from.</exception>
    public static StudyResult Run(
        FeatureTable table, StudyDesign design, int jobs, ITrialLog? log = null, IProgress<StudyProgress>? progress = null,
        TimeProvider? time = null, Action<int, IReadOnlyList<string>>? onLook = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(design);
        return new StudyExecution(design, jobs, log, progress, time ?? TimeProvider.System, onLook, cancellationToken).Run(table);
    }

    private StudyResult Run(FeatureTable table)
    {
        FittedPreparation before = _clock.Measure("preparation before the split", () =>
            _design.BeforeSplit.Fit(WholeCohort.Of(table), _design.Seed.Derive("before-split"), _cancellationToken));
        IReadOnlyList<HoldOutSplit> splits = _design.Split.Split(before.Prepared.Table, _design.Seed.Derive("split"));
        return new StudyResult(before.Steps, [.. splits.Select((split, i) => RunSplit(split, i, splits.Count))], _clock.Stages);
    }

    private SplitResult RunSplit(HoldOutSplit split, int index, int count)
    {
        Seed seed = _design.Seed.Derive("split", index);
        string of = count == 1 ? "" : FormattableString.Invariant($", split {index + 1} of {count}");
        IReadOnlyList<BaselineModel> baselines = _design.Baselines.Count == 0 ? [] : _clock.Measure("baselines", () => (IReadOnlyList<BaselineModel>)
            [.. _design.Baselines.Select((plan, i) => BaselineModel.Fit(plan, split.Training, seed.Derive("baseline", i), _cancellationToken))]);
        bool chooses = _design.Models.Any(model => model.Configurations.Count > 1 || model.Rounds.Count > 0);
        // Folds among resampled rows need what the final fit begins with.
        PreparedTraining? whole = chooses && _design.FoldsAfterSampling ? _clock.Measure("preparation in folds", () => Prepare(split.Training, _design.Preparation, seed)) : null;
        IReadOnlyList<PreparedFold> folds = chooses ? _clock.Measure("preparation in folds", () => PrepareFolds(split.Training, _design.Preparation, seed, of, whole)) : [];
        var search = new ModelSearch { Choice = _design.Choice, Jobs = _jobs, Split = index };
        // Model by model, so that each one's time is known; the pieces of a model keep all threads busy.
        SearchResult[] searches =
        [
            .. _design.Models.Select(model => _clock.Measure($"search {model.Name}", () => search.Run(
                [model], folds, seed.Derive("search"), _log, Scaled(of), _cancellationToken)[0])),
        ];
        _progress?.Report(new StudyProgress($"Final fit{of}", 0, 1));
        FinalFit final = _clock.Measure("final fit", () => (whole ?? Prepare(split.Training, _design.Preparation, seed)).Fit(
            [.. searches.Select(s => s.ChosenTrial.Configuration.Model)], _jobs, _design.Calibration, _cancellationToken));
        _progress?.Report(new StudyProgress($"Final fit{of}", 1, 1));
        int models = final.Pipelines.Count;
        (HeldOutPredictions all, SplitInterpretation? interpretation) = Look(
            new FittedSplit(split, folds, searches, final, seed, of) { Baselines = [.. baselines.Select(baseline => baseline.Pipeline)], OnLook = () => _onLook?.Invoke(index, split.HeldOut.Subjects) });
        HeldOutPredictions heldOut = all.Take(models);
        // Pictures are of one fit: of the first split, since those of fifteen say no more and take their time.
        var warnings = new List<string>();
        IReadOnlyList<TabNetInterpretation> tabNets = index > 0 || !_design.Interprets ? [] : _clock.Measure("interpretation", () =>
            TabNetInterpretation.Of(searches, final, heldOut, seed.Derive("importances"), _jobs, warnings, _progress, _cancellationToken));
        return new SplitResult([.. folds.Select(fold => new FoldResult(fold.Steps, fold.Training.Sources, fold.Validation.Subjects))], searches, final, heldOut)
        {
            TabNets = tabNets,
            Interpretation = interpretation,
            Warnings = warnings,
            Baselines = baselines,
            BaselineRisks = [.. all.Risks.Skip(models)],
            Refitted = interpretation?.Refitted ?? [],
            Refits = index > 0 || _design.Refits == 0 ? [] : [.. searches.Select((search, i) => Refit(split.Training, search, seed.Derive("refits", i)))],
        };
    }

    /// <summary>The chosen configuration's pipeline on bootstrap draws: preparation, samplers, model and calibration anew each time.</summary>
    private PipelineBootstrapResult Refit(TrainingSet training, SearchResult search, Seed seed)
    {
        string stage = $"Refitting {search.Model}";
        _progress?.Report(new StudyProgress(stage, 0, _design.Refits));
        var pipeline = new Pipeline(_design.Preparation, _design.Samplers, search.ChosenTrial.Configuration.Model) { Calibration = _design.Calibration };
        return _clock.Measure($"refits {search.Model}", () => new PipelineBootstrap { Resamples = _design.Refits, Jobs = _jobs }.Run(
            pipeline, training, seed, done => _progress?.Report(new StudyProgress(stage, done, _design.Refits)), _cancellationToken));
    }

    private (HeldOutPredictions HeldOut, SplitInterpretation? Interpretation) Look(FittedSplit split)
    {
        if (_design.Interpretation is not { Extent: not InterpretationExtent.None } asked)
        {
            split.OnLook();
            return (split.Split.HeldOut.Open([.. split.Final.Pipelines, .. split.Baselines]), null);
        }
        var run = new InterpreterRun(
            (training, preparation) => PrepareFolds(training, preparation, split.Seed, split.Of), _log, _jobs, (stage, done, total) => _progress?.Report(new StudyProgress(stage, done, total)), _cancellationToken);
        return _clock.Measure("interpretation", () => new Interpreter(_design, asked, run).Look(split));
    }

    private PreparedTraining Prepare(TrainingSet training, PreparationSteps preparation, Seed seed) =>
        PreparedTraining.Of(training, preparation, _design.Samplers, seed.Derive("final"), _cancellationToken);

    private IReadOnlyList<PreparedFold> PrepareFolds(TrainingSet training, PreparationSteps preparation, Seed seed, string of, PreparedTraining? whole = null)
    {
        Seed foldSeed = seed.Derive("folds");
        if (_design.FoldsAfterSampling)
        {
            whole ??= Prepare(training, preparation, seed);
            return [.. _design.Folds.Split(whole.Resampled, foldSeed).Select(fold => new PreparedFold([], fold.Training, fold.Validation))];
        }
        IReadOnlyList<Fold> folds = _design.Folds.Split(training, foldSeed);
        _progress?.Report(new StudyProgress($"Preparing folds{of}", 0, folds.Count));
        return PreparedFold.Of(
            folds, preparation, _design.Samplers, seed, _jobs, done => _progress?.Report(new StudyProgress($"Preparing folds{of}", done, folds.Count)),
            _cancellationToken);
    }

    private Relay<SearchProgress>? Scaled(string of) =>
        _progress is null ? null : new Relay<SearchProgress>(p => _progress.Report(new StudyProgress($"Searching {p.Model}{(p.Phase.Length == 0 ? "" : $", {p.Phase}")}{of}", p.Done, p.Total)));

    private sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
