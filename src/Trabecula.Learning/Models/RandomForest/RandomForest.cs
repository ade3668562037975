namespace Trabecula.Learning.Models;

/// <summary>A forest of trees on bootstrap samples: scikit-learn's <c>RandomForestClassifier</c>.</summary>
/// <inheritdoc cref="TreeModel" path="/remarks"/>
public sealed record RandomForest : TreeModel
{
    /// <summary>A forest of 100 trees that look at the square root of the columns.</summary>
    public RandomForest() => MaxFeatures = MaxFeatures.Sqrt;

    /// <inheritdoc/>
    public override string Name => "Random forest";

    /// <summary>Number of trees.</summary>
    public int NEstimators { get; init; } = 100;

    /// <summary>Whether each tree grows on as many rows drawn with replacement, or on all rows.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>How much a row of each class counts.</summary>
    public ForestClassWeight ClassWeight { get; init; }

    private protected override int TreeCount => NEstimators;

    private protected override bool DrawsRows => Bootstrap;

    private protected override bool DrawsThresholds => false;

    private protected override ForestClassWeight Weighting => ClassWeight;
}
