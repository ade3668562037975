using Trabecula.Learning;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies.Interpretations;

namespace Trabecula.Workbench.Studies;

/// <summary>What a study found.</summary>
/// <param name="BeforeSplit">Steps fitted on all subjects; none but in profile <c>paper</c>.</param>
/// <param name="Splits">One for each split of the design.</param>
/// <param name="Stages">How long the stages took; the only part that differs from run to run.</param>
public sealed record StudyResult(IReadOnlyList<FittedTransformer> BeforeSplit, IReadOnlyList<SplitResult> Splits, IReadOnlyList<StageTime> Stages);

/// <summary>What one split gave.</summary>
/// <param name="Folds">The folds of the search.</param>
/// <param name="Searches">For each model, its trials and choice.</param>
/// <param name="Final">The chosen models, fitted on the whole training set.</param>
/// <param name="HeldOut">Their predictions for the held-out subjects, from the one look at these.</param>
public sealed record SplitResult(
    IReadOnlyList<FoldResult> Folds, IReadOnlyList<SearchResult> Searches, FinalFit Final, HeldOutPredictions HeldOut)
{
    /// <summary>The steps fitted on the whole training set.</summary>
    public IReadOnlyList<FittedTransformer> Steps => Final.Pipelines[0].Steps;

    /// <summary>What each TabNet looked at; of the first split alone.</summary>
    public IReadOnlyList<TabNetInterpretation> TabNets { get; init; } = [];

    /// <summary>What is missing from the interpretation, and why.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What was asked of the models beside their performance; null where nothing was.</summary>
    public SplitInterpretation? Interpretation { get; init; }

    /// <summary>Small models that the others must beat, in the design's order.</summary>
    public IReadOnlyList<BaselineModel> Baselines { get; init; } = [];

    /// <summary>The risks by each of <see cref="Baselines"/>, from the same look.</summary>
    public IReadOnlyList<IReadOnlyList<double>> BaselineRisks { get; init; } = [];

    /// <summary>Refits of the ablation that predicted in the look, each by a name.</summary>
    public IReadOnlyList<(string Name, FittedPipeline Pipeline)> Refitted { get; init; } = [];

    /// <summary>Refits of each model's pipeline on bootstrap draws; of the first split alone, and empty where none were asked for.</summary>
    public IReadOnlyList<Learning.Evaluation.PipelineBootstrapResult> Refits { get; init; } = [];
}

/// <summary>What a fold of the search was fitted on.</summary>
/// <param name="Steps">Its fitted steps.</param>
/// <param name="ModelsFittedOn">The subjects whose values its models have seen.</param>
/// <param name="Validation">The subjects that its models were scored on.</param>
public sealed record FoldResult(IReadOnlyList<FittedTransformer> Steps, IReadOnlyList<string> ModelsFittedOn, IReadOnlyList<string> Validation);

/// <summary>How long a stage took.</summary>
/// <param name="Name">The stage.</param>
/// <param name="WallSeconds">On the clock.</param>
/// <param name="CpuSeconds">Processor time of all threads.</param>
public sealed record StageTime(string Name, double WallSeconds, double CpuSeconds);
