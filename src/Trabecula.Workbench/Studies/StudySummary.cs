using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies.Interpretations;

namespace Trabecula.Workbench.Studies;

/// <summary>
/// What a study found, as <c>study.json</c> holds it and the report is made from. The same plan and tables give the same bytes, at any
/// number of threads and after any interruption: no time, path or machine is in it.
/// </summary>
public sealed record StudySummary
{
    /// <summary>The version of this format.</summary>
    public const int Version = 2;

    /// <summary>The version of the format that the file was written in.</summary>
    public int SchemaVersion { get; init; } = Version;

    /// <summary>The program that ran the study.</summary>
    public required string Program { get; init; }

    /// <summary>The plan's title.</summary>
    public required string Title { get; init; }

    /// <summary>The plan's profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The origin of every random choice.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Every file that was read, with its SHA-256.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>Whether steps saw held-out subjects, as only profile <c>paper</c> allows.</summary>
    public required bool Leaks { get; init; }

    /// <summary>Whether the plan says that its tables are made up; the report then says so.</summary>
    public bool SyntheticData { get; init; }

    /// <summary>Whether the study does that of Ge et al. 2025 again; captions then say which of its figures or tables shows the same.</summary>
    public bool ReplicatesGe2025 { get; init; }

    /// <summary>What a reader must be told before any number.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>From the screened to the analysed.</summary>
    public required IReadOnlyList<FlowCount> Flow { get; init; }

    /// <summary>What the outcome is called.</summary>
    public required string Outcome { get; init; }

    /// <summary>The scores of each day by group; empty where a column holds the outcome.</summary>
    public required IReadOnlyList<ScoreSummary> Scores { get; init; }

    /// <summary>The score from which on a day counts; null where a column holds the outcome.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>The splits: one, or one for each fold and repeat.</summary>
    public required IReadOnlyList<SplitSummary> Splits { get; init; }

    /// <summary>The models, in the plan's order.</summary>
    public required IReadOnlyList<ModelSummary> Models { get; init; }

    /// <summary>What each TabNet looked at.</summary>
    public IReadOnlyList<TabNetSummary> TabNets { get; init; } = [];

    /// <summary>Models of the plan that could not be fitted on the machine of the run.</summary>
    public IReadOnlyList<LeftOutModel> LeftOut { get; init; } = [];

    /// <summary>The held-out subjects' outcomes, in the order of <see cref="ModelSummary.Risks"/>; over all splits.</summary>
    public required IReadOnlyList<bool> HeldOutOutcomes { get; init; }

    /// <summary>A case whose segmentation is shown; null for none.</summary>
    public SegmentationSummary? Segmentation { get; init; }

    /// <summary>What mRMR took on the training subjects; null where no step of the plan is one.</summary>
    public MrmrSummary? Mrmr { get; init; }

    /// <summary>Whether splits hold out subjects more than once, so that pooled risks are not independent.</summary>
    public bool RepeatsSubjects { get; init; }

    /// <summary>Principal components of the radiomic columns; null where too few are selected.</summary>
    public ComponentSummary? Components { get; init; }

    /// <summary>What the models rely on; null where nothing was asked.</summary>
    public InterpretationSummary? Interpretation { get; init; }

    /// <summary>Curves of the models' evaluation; null where the held-out subjects hold fewer than two of a class.</summary>
    public EvaluationSummary? Evaluation { get; init; }

    /// <summary>What refits of each model's pipeline showed; empty where the plan asks for none.</summary>
    public IReadOnlyList<RefitSummary> Refits { get; init; } = [];

    /// <summary>Looks at held-out subjects in the study's folder, this one among them; null until they are counted.</summary>
    public LookSummary? Looks { get; init; }

    /// <summary>The tables of the study.</summary>
    public required IReadOnlyList<ReportTable> Tables { get; init; }

    /// <summary>The study in words; null until all else is found.</summary>
    public StudyAccount? Account { get; init; }

    /// <summary>One line for each model: its AUROC on the held-out subjects with a 95 % interval, and how that was made.</summary>
    public IEnumerable<string> Lines() => Models.Select(model =>
    {
        var auroc = HeadlineAuroc.Of(this, model);
        return $"{model.Name}: {auroc.Measure} {auroc.Words("-")}";
    });
}

/// <summary>A file that a study read.</summary>
/// <param name="Name">As the plan names it.</param>
/// <param name="Sha256">The hash of its bytes.</param>
public sealed record InputFile(string Name, string Sha256);

/// <summary>A place on the way from the screened to the analysed.</summary>
/// <param name="Step">The step in words.</param>
/// <param name="Excluded">Who left because of a value.</param>
/// <param name="Missing">Who left because the value is missing.</param>
/// <param name="Remaining">Who is left.</param>
/// <param name="Reason">Why somebody left; null for the screened.</param>
public sealed record FlowCount(string Step, int Excluded, int Missing, int Remaining, FlowReason? Reason = null)
{
    internal static IReadOnlyList<FlowCount> Of(CohortFlow flow) =>
    [
        new FlowCount("Screened", 0, 0, flow.Screened),
        .. flow.Steps.Select(step => new FlowCount(step.Description, step.ExcludedRows.Count, step.MissingRows.Count, step.Remaining, step.Reason)),
    ];
}

/// <summary>The sizes of a split.</summary>
/// <param name="Training">Training subjects.</param>
/// <param name="TrainingEvents">Those with the event.</param>
/// <param name="HeldOut">Held-out subjects.</param>
/// <param name="HeldOutEvents">Those with the event.</param>
/// <param name="Columns">Columns that the models see.</param>
/// <param name="FittedRows">Rows that the models were fitted on, after samplers.</param>
/// <param name="FittedEvents">Those with the event.</param>
public sealed record SplitSummary(
    int Training, int TrainingEvents, int HeldOut, int HeldOutEvents, IReadOnlyList<string> Columns, int FittedRows, int FittedEvents);

/// <summary>A model on the held-out subjects.</summary>
/// <param name="Name">The model.</param>
/// <param name="Configurations">How many configurations were tried.</param>
/// <param name="Chosen">For each split the hyper-parameters chosen.</param>
/// <param name="CrossValidatedAuroc">For each split the chosen configuration's mean AUROC over the folds; null where nothing was searched.</param>
/// <param name="Risks">The predicted risk of each held-out subject, over all splits.</param>
public sealed record ModelSummary(
    string Name, int Configurations, IReadOnlyList<string> Chosen, IReadOnlyList<double?> CrossValidatedAuroc, IReadOnlyList<double> Risks);

/// <summary>A model that the plan names and the run left out.</summary>
/// <param name="Name">The model.</param>
/// <param name="Reason">Why, and what to do.</param>
public sealed record LeftOutModel(string Name, string Reason);
