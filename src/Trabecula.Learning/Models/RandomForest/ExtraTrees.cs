namespace Trabecula.Learning.Models;

/// <summary>
/// A forest of extremely randomised trees, which draw one threshold for each column they look at: scikit-learn's
/// <c>ExtraTreesClassifier</c>.
/// </summary>
/// <remarks>
/// Source: Geurts, Ernst and Wehenkel, Extremely randomized trees, Machine Learning 63 (2006) 3.
/// <inheritdoc cref="TreeModel" path="/remarks"/>
/// </remarks>
public sealed record ExtraTrees : TreeModel
{
    /// <summary>A forest of 100 trees that look at the square root of the columns.</summary>
    public ExtraTrees() => MaxFeatures = MaxFeatures.Sqrt;

    /// <inheritdoc/>
    public override string Name => "Extra trees";

    /// <inheritdoc cref="RandomForest.NEstimators"/>
    public int NEstimators { get; init; } = 100;

    /// <inheritdoc cref="RandomForest.Bootstrap"/>
    public bool Bootstrap { get; init; }

    /// <inheritdoc cref="RandomForest.ClassWeight"/>
    public ForestClassWeight ClassWeight { get; init; }

    private protected override int TreeCount => NEstimators;

    private protected override bool DrawsRows => Bootstrap;

    private protected override bool DrawsThresholds => true;

    private protected override ForestClassWeight Weighting => ClassWeight;
}
