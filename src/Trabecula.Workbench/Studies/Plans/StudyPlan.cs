using Trabecula.Learning;
using Trabecula.Learning.SampleSizes;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>Which order of work a study may ask for.</summary>
public enum StudyProfile
{
    /// <summary>Everything that learns is fitted on training rows, in every fold anew.</summary>
    Sound,

    /// <summary>Also the published order, in which steps see all subjects before the split: it leaks, and the report says so.</summary>
    Paper,
}

/// <summary>The paper that a study does again, with the figures and tables that its report has in common with it.</summary>
public enum ReplicatedPaper
{
    /// <summary>None.</summary>
    None,

    /// <summary>Ge et al., Int J Med Sci 22:3329 (2025).</summary>
    Ge2025,
}

/// <summary>Whether and how the risks of a model are corrected on training rows that it was not fitted on.</summary>
public enum Calibration
{
    /// <summary>Risks stay as the model gives them.</summary>
    None,

    /// <summary>A logistic curve of the score, with Platt's targets.</summary>
    Platt,

    /// <summary>The nearest rising step function.</summary>
    Isotonic,

    /// <summary>Intercept and slope of the log odds.</summary>
    Logistic,

    /// <summary>The odds are shifted from the share of events that resampling and class weights let the model see to that of the training rows.</summary>
    PriorShift,
}

/// <summary>A study as its plan asks for it. Everything that a run does and its report says follows from it and the tables it names.</summary>
public sealed record StudyPlan
{
    /// <summary>The version of the plan's format that this program reads.</summary>
    public const int Version = 1;

    /// <summary>What the report is called.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether the subjects are made up; the report then says so.</summary>
    public bool SyntheticData { get; init; }

    /// <summary>The paper that the study does again; captions then say which of its figures or tables shows the same.</summary>
    public ReplicatedPaper Replicates { get; init; } = ReplicatedPaper.None;

    /// <summary>Which order of work is allowed.</summary>
    public StudyProfile Profile { get; init; } = StudyProfile.Sound;

    /// <summary>The origin of every random choice.</summary>
    public ulong Seed { get; init; } = 2026;

    /// <summary>The table of subjects.</summary>
    public CohortPlan Cohort { get; init; } = new();

    /// <summary>Who takes part: criteria in the order in which they are applied and counted.</summary>
    public IReadOnlyList<EligibilityPlan> Eligibility { get; init; } = [];

    /// <summary>What is predicted.</summary>
    public OutcomePlan Outcome { get; init; } = new();

    /// <summary>How many subjects were asked for beforehand: the assumptions of each calculation.</summary>
    public IReadOnlyList<SampleSizeDesign> SampleSize { get; init; } = [];

    /// <summary>What it is predicted from.</summary>
    public PredictorPlan Predictors { get; init; } = new();

    /// <summary>What is held out for evaluation.</summary>
    public SplitPlan Split { get; init; } = new SplitPlan.StratifiedHoldOut();

    /// <summary>Steps fitted on all subjects before the split; none but in profile <see cref="StudyProfile.Paper"/>, since they leak.</summary>
    public IReadOnlyList<Transformer> StepsBeforeSplit { get; init; } = [];

    /// <summary>Steps that prepare and select columns, fitted on training rows in every fold anew.</summary>
    public IReadOnlyList<Transformer> Steps { get; init; } = [];

    /// <summary>Samplers of the training rows.</summary>
    public IReadOnlyList<Sampler> Sampling { get; init; } = [];

    /// <summary>The models that are compared.</summary>
    public IReadOnlyList<ModelPlan> Models { get; init; } = [];

    /// <summary>How hyper-parameters are chosen.</summary>
    public SearchPlan Search { get; init; } = new();

    /// <summary>Whether and how risks are corrected.</summary>
    public Calibration Calibration { get; init; } = Calibration.None;

    /// <summary>Folds of the training rows across which a correction is learned; <see cref="Calibration.PriorShift"/> needs none.</summary>
    public int CalibrationFolds { get; init; } = 5;

    /// <summary>What is reported beyond the core measures.</summary>
    public MetricsPlan Metrics { get; init; } = new();

    /// <summary>What is asked of the fitted models beside their performance.</summary>
    public InterpretationPlan Interpretation { get; init; } = new();
}
