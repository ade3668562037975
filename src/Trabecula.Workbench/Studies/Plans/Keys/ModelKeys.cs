using Trabecula.Learning.Search;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The kinds of models, and the keys of the search.</summary>
internal static class ModelKeys
{
    internal static readonly UnionShape<ModelPlan> Model = Models();

    internal static readonly BlockShape<SearchPlan> Search = new BlockShape<SearchPlan>(new SearchPlan(), "How hyper-parameters are chosen, on training rows alone")
        .Optional("method", "random draws configurations without replacement, exhaustive tries all", new ChoiceShape<SearchMethod>(),
            plan => plan.Method, (plan, value) => plan with { Method = value })
        .Optional("configurations", "How many are drawn for each model; a smaller grid is tried as a whole", new WholeShape(1),
            plan => plan.Configurations, (plan, value) => plan with { Configurations = value })
        .Optional("folds", "Number of stratified folds of the training rows", new WholeShape(2), plan => plan.Folds, (plan, value) => plan with { Folds = value })
        .Optional("score", "What configurations are compared by", new ChoiceShape<SearchScore>(), plan => plan.Score, (plan, value) => plan with { Score = value })
        .Optional("choice", "Which one is taken: the best, or the simplest within one standard error of it", new ChoiceShape<Choice>(),
            plan => plan.Choice, (plan, value) => plan with { Choice = value })
        .Optional("givenFolds", "Folds that a table gives, in place of drawn ones", SplitKeys.Given, (plan, value) => plan with { GivenFolds = value })
        .Optional("foldsAfterSampling", "Draw the folds after preparation and sampling: leaks, only in profile paper", new FlagShape(),
            plan => plan.FoldsAfterSampling, (plan, value) => plan with { FoldsAfterSampling = value });

    private static UnionShape<ModelPlan> Models()
    {
        var union = new UnionShape<ModelPlan>("model");
        foreach (ModelFamily family in StudyModels.Families)
        {
            BlockShape<ModelPlan> block = new BlockShape<ModelPlan>(new ModelPlan(family), family.Name)
                .Optional("name", "What logs and reports call it", new TextShape("a name"), plan => plan.Name, (plan, value) => plan with { Name = value })
                .Optional("grid", "The values to try for each hyper-parameter, one block or several", new GridShape(family), (plan, value) => plan with { Grid = value })
                .Optional("trials", "The configurations to try, in this order: a list, or a place in a JSON file", new TrialsShape(family),
                    (plan, value) => plan with { Trials = value })
                .Check(plan => plan.Grid is null || plan.Trials is null ? [] : ["Expected grid or trials, not both."]);
            if (family == ModelFamilies.TabNet)
            {
                block = block
                    .Optional("halvingEpochs", "Epochs of a first look at each architecture, of which the better third goes on with three times as many",
                        new WholeShape(1), (plan, value) => plan with { HalvingEpochs = value })
                    .Optional("fixed", "Values of what the search in two phases does not vary, as pretraining_epochs; those of the second phase hold in the first",
                        new ConfigurationShape(family), (plan, value) => plan with { Fixed = value })
                    .Check(plan => plan is { Grid: null, Trials: null } ? []
                        : [.. plan.KeysOfTwoPhases.Select(key => $"{key} belongs to the search in two phases, which grid or trials replace.")])
                    .Check(plan => plan.Fixed is { } set ? new TabNetSearch { Fixed = set }.Validate() : []);
            }
            union.Add(family.Key, block);
        }
        return union;
    }
}
