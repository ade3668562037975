using Trabecula.Learning;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies.Interpretations;

/// <summary>What a step of an ablation gave.</summary>
/// <param name="Meaning">What leaving out meant.</param>
/// <param name="Step">What was left out.</param>
/// <param name="Risks">The risk of each held-out subject; null where no model could be fitted.</param>
/// <param name="Note">Why there is no model, or what the reader should know; else empty.</param>
public sealed record AblationOutcome(AblationMeaning Meaning, AblationStep Step, IReadOnlyList<double>? Risks, string Note);

/// <summary>What the interpretation of a split's models gave.</summary>
/// <param name="Predictors">The predictors whose columns the models see.</param>
/// <param name="Models">For each model what was asked in the one look at held-out subjects.</param>
public sealed record SplitInterpretation(IReadOnlyList<ColumnGroup> Predictors, IReadOnlyList<ExaminedModel> Models)
{
    /// <summary>The families of images, then those of measures, in the order of <see cref="ExaminedModel.Families"/>.</summary>
    public required IReadOnlyList<ColumnGroup> ImageFamilies { get; init; }

    /// <inheritdoc cref="ImageFamilies"/>
    public required IReadOnlyList<ColumnGroup> MeasureFamilies { get; init; }

    /// <summary>The model of curves and ablation, by its place.</summary>
    public required int Explained { get; init; }

    /// <summary>Its predictors' importance over the folds of the training rows, the most important first; empty where it was not asked for.</summary>
    public IReadOnlyList<GroupImportance> Ranking { get; init; } = [];

    /// <summary>Its partial dependence on the most important predictors, over the training rows.</summary>
    public IReadOnlyList<PartialDependence> Curves { get; init; } = [];

    /// <summary>The models that the ablation fitted, each by what was left out.</summary>
    public IReadOnlyList<(string Name, FittedPipeline Pipeline)> Refitted { get; init; } = [];

    /// <summary>The ablation.</summary>
    public IReadOnlyList<AblationOutcome> Ablation { get; init; } = [];
}

/// <summary>The log of a study's trials, for a search that is done anew without some predictors.</summary>
internal sealed class AblationLog(ITrialLog log, string step) : ITrialLog
{
    public bool TryFind(TrialKey key, out FoldScore score) => log.TryFind(Renamed(key), out score);

    public void Add(IReadOnlyList<(TrialKey Key, FoldScore Score)> results) => log.Add([.. results.Select(result => (Renamed(result.Key), result.Score))]);

    // Steps are numbered, since two can have predictors of one name in another order.
    private TrialKey Renamed(TrialKey key) => key with { Model = $"{key.Model} | ablation {step}" };
}
