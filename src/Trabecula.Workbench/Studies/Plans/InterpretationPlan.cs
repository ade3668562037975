using Trabecula.Learning.Interpretation;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>How much of the models is interpreted.</summary>
public enum InterpretationExtent
{
    /// <summary>Importance of predictors and families for every model; curves and ablation for one of them, where a study has one split.</summary>
    Full,

    /// <summary>Importance alone.</summary>
    Importance,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>What is asked of the fitted models beside their performance.</summary>
public sealed record InterpretationPlan
{
    /// <summary>How much is done.</summary>
    public InterpretationExtent Extent { get; init; } = InterpretationExtent.Full;

    /// <summary>How often values are dealt out anew for permutation importance.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>The model of curves and ablation; null for the one with the highest AUROC over the folds, the first where nothing was searched.</summary>
    public string? Model { get; init; }

    /// <summary>Of how many of the most important predictors partial dependence is shown.</summary>
    public int Curves { get; init; } = 4;

    /// <summary>The ablation.</summary>
    public AblationPlan Ablation { get; init; } = new();
}

/// <summary>What is left out of a model, and what that means.</summary>
public sealed record AblationPlan
{
    /// <summary>How many of the most important predictors are left out one after the other.</summary>
    public int Top { get; init; } = 5;

    /// <summary>What leaving out means, one or several; empty for no ablation. <see cref="AblationMeaning.Retuned"/> searches anew for every step.</summary>
    public IReadOnlyList<AblationMeaning> Meanings { get; init; } = [AblationMeaning.Masked, AblationMeaning.Refit];

    /// <summary>The risk from which on one would act; null for the first of the plan's thresholds, and without any for the share of events.</summary>
    public double? Threshold { get; init; }
}
