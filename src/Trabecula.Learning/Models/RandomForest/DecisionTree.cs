namespace Trabecula.Learning.Models;

/// <summary>A single tree: scikit-learn's <c>DecisionTreeClassifier(criterion="gini", splitter="best")</c>.</summary>
/// <remarks>
/// Columns are tried in a random order, which decides between splits of equal impurity; the seed matters for these alone, unless
/// <see cref="TreeModel.MaxFeatures"/> leaves columns out. <inheritdoc cref="TreeModel" path="/remarks"/>
/// </remarks>
public sealed record DecisionTree : TreeModel
{
    /// <inheritdoc/>
    public override string Name => "Decision tree";

    /// <summary>How much a row of each class counts.</summary>
    public ClassWeight ClassWeight { get; init; }

    private protected override int TreeCount => 1;

    private protected override bool DrawsRows => false;

    private protected override bool DrawsThresholds => false;

    private protected override ForestClassWeight Weighting =>
        ClassWeight == ClassWeight.Balanced ? ForestClassWeight.Balanced : (ForestClassWeight)ClassWeight;
}
