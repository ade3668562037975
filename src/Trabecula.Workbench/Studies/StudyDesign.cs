using Trabecula.Learning;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies;

/// <summary>What a study does with its table: everything but the data.</summary>
public sealed record StudyDesign
{
    /// <summary>
    /// Steps that are fitted on all subjects before the split, as Ge et al. 2025 did. They see the held-out subjects' outcomes, which
    /// alone makes an AUROC of about 0.77 out of pure noise; so only a plan of profile <c>paper</c> may have any.
    /// </summary>
    public PreparationSteps BeforeSplit { get; init; } = new([]);

    /// <summary>What is held out for evaluation.</summary>
    public Splitter Split { get; init; } = new StratifiedHoldOut();

    /// <summary>Steps that are fitted on training rows, in every fold anew.</summary>
    public PreparationSteps Preparation { get; init; } = new([]);

    /// <summary>Samplers of the training rows, in every fold anew.</summary>
    public IReadOnlyList<Sampler> Samplers { get; init; } = [];

    /// <summary>
    /// The folds of the search are drawn after preparation and sampling, as Ge et al. 2025 did: validation rows then are, or resemble, rows
    /// that were fitted on. Only a plan of profile <c>paper</c> may ask for it.
    /// </summary>
    public bool FoldsAfterSampling { get; init; }

    /// <summary>The folds of the search; not drawn where every model has one configuration, so that there is nothing to choose.</summary>
    public Splitter Folds { get; init; } = new StratifiedKFold();

    /// <summary>The models and their configurations.</summary>
    public required IReadOnlyList<CandidateModel> Models { get; init; }

    /// <summary>How a configuration is chosen.</summary>
    public Choice Choice { get; init; } = Choice.Best;

    /// <summary>How the risks of the chosen models are calibrated on training rows; null to leave them.</summary>
    public CrossFittedCalibration? Calibration { get; init; }

    /// <summary>Whether models are also interpreted, which takes further fits.</summary>
    public bool Interprets { get; init; } = true;

    /// <summary>What is asked of the fitted models beside their performance; null for nothing.</summary>
    public InterpretationPlan? Interpretation { get; init; }

    /// <summary>Small models that the others must beat, fitted on the same training rows.</summary>
    public IReadOnlyList<Plans.BaselinePlan> Baselines { get; init; } = [];

    /// <summary>Refits of each chosen pipeline on bootstrap draws of the first split's training subjects; 0 for none.</summary>
    public int Refits { get; init; }

    /// <summary>The origin of every random choice.</summary>
    public Seed Seed { get; init; } = new(2026);

    /// <summary>Whether an order that leaks is asked for.</summary>
    public bool Leaks => BeforeSplit.Steps.Count > 0 || FoldsAfterSampling;
}
