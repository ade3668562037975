using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>A model that is compared.</summary>
/// <param name="Family">Which kind of model.</param>
public sealed record ModelPlan(ModelFamily Family)
{
    /// <summary>What logs and reports call it; once in a plan.</summary>
    public string Name { get; init; } = Family.Name;

    /// <summary>The values to try; null for those that come with the family.</summary>
    public ParameterGrid? Grid { get; init; }

    /// <summary>The configurations to try one by one, in their order; null to take a grid.</summary>
    public ParameterGrid? Trials { get; init; }

    /// <summary>
    /// Of a TabNet in two phases: epochs of the first look at each architecture, of which the better third goes on; null trains each in full.
    /// </summary>
    public int? HalvingEpochs { get; init; }

    /// <summary>Of a TabNet in two phases: values of what neither phase varies; null for their defaults.</summary>
    public ParameterSet? Fixed { get; init; }

    /// <summary>The keys given that only a search in two phases has.</summary>
    internal IEnumerable<string> KeysOfTwoPhases => ((string?[])[HalvingEpochs is null ? null : "halvingEpochs", Fixed is null ? null : "fixed"]).OfType<string>();

    /// <summary>The configurations to choose among.</summary>
    public ParameterGrid Configurations => Trials ?? Grid ?? Family.DefaultGrid;
}

/// <summary>How configurations are picked from a grid.</summary>
public enum SearchMethod
{
    /// <summary>Some, drawn without replacement.</summary>
    Random,

    /// <summary>All.</summary>
    Exhaustive,
}

/// <summary>What configurations are compared by.</summary>
public enum SearchScore
{
    /// <summary>The area under the ROC curve on the folds' validation rows.</summary>
    Auroc,
}

/// <summary>How hyper-parameters are chosen.</summary>
public sealed record SearchPlan
{
    /// <summary>How configurations are picked from a grid.</summary>
    public SearchMethod Method { get; init; } = SearchMethod.Random;

    /// <summary>How many are drawn for each model; a smaller grid is tried as a whole.</summary>
    public int Configurations { get; init; } = 100;

    /// <summary>Number of stratified folds of the training rows.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>What configurations are compared by.</summary>
    public SearchScore Score { get; init; } = SearchScore.Auroc;

    /// <summary>Which one is taken.</summary>
    public Choice Choice { get; init; } = Choice.Best;

    /// <summary>Folds drawn after preparation and sampling; only in profile <see cref="StudyProfile.Paper"/>, since it leaks.</summary>
    public bool FoldsAfterSampling { get; init; }

    /// <summary>Folds that a table gives, in place of drawn ones; null to draw them.</summary>
    public SplitPlan.Given? GivenFolds { get; init; }
}

/// <summary>What is reported beyond the core measures.</summary>
public sealed record MetricsPlan
{
    /// <summary>Risks from which on one would act, for decision curves and classifications.</summary>
    public IReadOnlyList<double> Thresholds { get; init; } = [];

    /// <summary>Why these thresholds: the harms and benefits that they weigh.</summary>
    public string Rationale { get; init; } = "";

    /// <summary>Columns by which held-out subjects are looked at apart.</summary>
    public IReadOnlyList<SubgroupPlan> Subgroups { get; init; } = [];

    /// <summary>Small models that the others must beat.</summary>
    public IReadOnlyList<BaselinePlan> Baselines { get; init; } = [];

    /// <summary>
    /// Refits of each chosen pipeline on bootstrap draws of the training subjects, for optimism and instability; 0 for none. None by default:
    /// they cost that many times the final fit, and held-out subjects already give an estimate without optimism.
    /// </summary>
    public int Refits { get; init; }
}
