using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Synthesis;

namespace Trabecula.Workbench.Demos;

/// <summary>A case of the demonstration from which no features could be computed.</summary>
/// <param name="Subject">The subject's id.</param>
/// <param name="Message">What went wrong and what to do.</param>
internal sealed record DemoFailure(string Subject, string Message);

/// <summary>Everything that the demonstration found.</summary>
internal sealed class DemoResult
{
    internal DemoResult(
        Seed seed, IReadOnlyList<SyntheticSubject> subjects, IReadOnlyList<DemoFailure> failures, HoldOutSplit split,
        FittedLogisticRegression model, HeldOutPredictions heldOut)
    {
        (Seed, Subjects, Failures, Split, Model, HeldOutRisks) = (seed, subjects, failures, split, model, heldOut.Risks[0]);
        Dictionary<string, SyntheticSubject> byId = subjects.ToDictionary(s => s.Id, StringComparer.Ordinal);
        HeldOutSubjects = [.. heldOut.Subjects.Select(id => byId[id])];
        IReadOnlyList<bool> outcomes = HeldOutOutcomes = heldOut.Outcomes;
        double[] trueRisks = [.. HeldOutSubjects.Select(s => s.TrueRisk)];
        (Auroc, Roc) = (Auroc.Of(outcomes, HeldOutRisks), RocCurve.Of(outcomes, HeldOutRisks));
        (TrueRiskAuroc, TrueRiskRoc) = (Auroc.Of(outcomes, trueRisks), RocCurve.Of(outcomes, trueRisks));
    }

    /// <summary>The seed of the cohort and of the split.</summary>
    public Seed Seed { get; }

    /// <summary>All subjects drawn, with their truth.</summary>
    public IReadOnlyList<SyntheticSubject> Subjects { get; }

    /// <summary>Subjects without features, who are in neither set.</summary>
    public IReadOnlyList<DemoFailure> Failures { get; }

    /// <summary>Training and held-out rows.</summary>
    public HoldOutSplit Split { get; }

    /// <summary>The model, fitted on standardised columns.</summary>
    public FittedLogisticRegression Model { get; }

    /// <summary>The subjects of the held-out rows, in their order.</summary>
    public IReadOnlyList<SyntheticSubject> HeldOutSubjects { get; }

    /// <summary>The outcome of each held-out row.</summary>
    public IReadOnlyList<bool> HeldOutOutcomes { get; }

    /// <summary>The predicted risk of each held-out row.</summary>
    public IReadOnlyList<double> HeldOutRisks { get; }

    /// <summary>Discrimination of the model on the held-out rows.</summary>
    public Auroc Auroc { get; }

    /// <summary>The model's curve on the held-out rows.</summary>
    public RocCurve Roc { get; }

    /// <summary>Discrimination of the true risk on the same rows: the ceiling, up to chance.</summary>
    public Auroc TrueRiskAuroc { get; }

    /// <summary>The true risk's curve on the same rows.</summary>
    public RocCurve TrueRiskRoc { get; }
}
