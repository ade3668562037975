using Trabecula.Learning;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Models;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;

namespace Trabecula.Workbench.Studies;

/// <summary>What a study's TabNet looked at.</summary>
/// <param name="Model">The model's name in the study.</param>
/// <param name="Fitted">The TabNet that the held-out subjects were predicted with.</param>
/// <param name="HeldOut">Its masks for the held-out subjects.</param>
/// <param name="HeldOutRisks">The predicted risk of each, calibrated where the study calibrates.</param>
/// <param name="HeldOutOutcomes">The outcome of each.</param>
/// <param name="Spread">The same configuration fitted on the same training rows with other seeds.</param>
public sealed record TabNetInterpretation(
    string Model, FittedTabNet Fitted, TabNetExplanation HeldOut, IReadOnlyList<double> HeldOutRisks, IReadOnlyList<bool> HeldOutOutcomes,
    TabNetImportanceSpread Spread)
{
    /// <summary>Fits with other seeds: enough to see that an importance moves, not to estimate by how much.</summary>
    internal const int Refits = 5;

    /// <summary>Interprets each TabNet among the models of a split; empty where there is none.</summary>
    /// <param name="searches">The searches, model by model.</param>
    /// <param name="final">The final fits, likewise.</param>
    /// <param name="heldOut">Their held-out predictions, likewise.</param>
    /// <param name="seed">The origin of the refits' seeds.</param>
    /// <param name="jobs">Fits at the same time.</param>
    /// <param name="warnings">Receives why a TabNet is not interpreted: a refit may fail where the study's own fit did not.</param>
    /// <param name="progress">Told before and after the refits of each.</param>
    /// <param name="cancellationToken">Stops the refits.</param>
    internal static IReadOnlyList<TabNetInterpretation> Of(
        IReadOnlyList<SearchResult> searches, FinalFit final, HeldOutPredictions heldOut, Seed seed, int jobs, ICollection<string> warnings,
        IProgress<StudyProgress>? progress, CancellationToken cancellationToken)
    {
        var found = new List<TabNetInterpretation>();
        for (int m = 0; m < searches.Count; m++)
        {
            FittedClassifier model = final.Pipelines[m].Model;
            if ((model is FittedCalibratedClassifier calibrated ? calibrated.Base : model) is not FittedTabNet fitted)
                continue;
            string stage = $"Refitting {searches[m].Model} with other seeds";
            progress?.Report(new StudyProgress(stage, 0, Refits));
            try
            {
                var spread = TabNetImportanceSpread.Of(fitted.Options, final.Resampled, Refits, seed.Derive(searches[m].Model), jobs, cancellationToken);
                found.Add(new TabNetInterpretation(
                    searches[m].Model, fitted, fitted.Explain(heldOut.Prepared[m]), heldOut.Risks[m], heldOut.Outcomes, spread));
            }
            catch (LearningException fault)
            {
                // The held-out subjects have been looked at; their predictions must not be lost for a picture.
                warnings.Add($"{searches[m].Model} is not pictured: fitted with another seed, the chosen configuration failed. {fault.Message}");
            }
            progress?.Report(new StudyProgress(stage, Refits, Refits));
        }
        return found;
    }
}
