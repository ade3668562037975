using Trabecula.Learning.Interpretation;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The keys of interpretation.</summary>
internal static class InterpretationKeys
{
    private static readonly BlockShape<AblationPlan> s_ablation = new BlockShape<AblationPlan>(new AblationPlan(), "What a model loses without its predictors")
        .Optional("top", "How many of the most important predictors are left out one after the other", new WholeShape(0, 50),
            plan => plan.Top, (plan, value) => plan with { Top = value })
        .Optional("meanings", "masked holds them at their mean, refit fits the model anew, retuned does everything anew; an empty list for no ablation",
            new ListShape<AblationMeaning>(new ChoiceShape<AblationMeaning>()), (plan, value) => plan with { Meanings = [.. value.Distinct().Order()] })
        .Optional("threshold", "The risk from which on one would act; else the first of metrics.thresholds, or the share of events", new NumberShape(0, 0.99, aboveMinimum: true),
            (plan, value) => plan with { Threshold = value });

    internal static readonly BlockShape<InterpretationPlan> Interpretation = new BlockShape<InterpretationPlan>(
        new InterpretationPlan(), "What is asked of the fitted models beside their performance")
        .Optional("extent", "full, importance alone, or none", new ChoiceShape<InterpretationExtent>(), plan => plan.Extent, (plan, value) => plan with { Extent = value })
        .Optional("repeats", "How often values are dealt out anew for permutation importance", new WholeShape(1, 1000), plan => plan.Repeats, (plan, value) => plan with { Repeats = value })
        .Optional("model", "The model of curves and ablation; else the one with the highest AUROC over the folds", new TextShape("the name of a model"),
            (plan, value) => plan with { Model = value })
        .Optional("curves", "Of how many of the most important predictors partial dependence is shown", new WholeShape(0, 20), plan => plan.Curves, (plan, value) => plan with { Curves = value })
        .Optional("ablation", "What the model loses without its predictors", s_ablation, (plan, value) => plan with { Ablation = value });
}
