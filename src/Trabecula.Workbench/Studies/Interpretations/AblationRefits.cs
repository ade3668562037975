using Trabecula.Learning;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;

namespace Trabecula.Workbench.Studies.Interpretations;

/// <summary>A model that was fitted without some predictors.</summary>
/// <param name="Meaning">What leaving out meant.</param>
/// <param name="Step">What was left out.</param>
/// <param name="Pipeline">The model; null where there is none.</param>
/// <param name="ConstantRisk">The share of events in training, which is all that is known where no column is left; else null.</param>
/// <param name="Note">Why there is no model; else empty.</param>
internal sealed record RefittedStep(AblationMeaning Meaning, AblationStep Step, FittedPipeline? Pipeline, double? ConstantRisk, string Note)
{
    internal AblationOutcome Outcome(IReadOnlyList<double>? risks, int rows) =>
        new(Meaning, Step, risks ?? (ConstantRisk is { } risk ? [.. Enumerable.Repeat(risk, rows)] : null), Note);
}

/// <summary>Fits a chosen model without some predictors, on training rows alone.</summary>
internal sealed class AblationRefits(StudyDesign design, FittedSplit split, int model, IReadOnlyList<AblationStep> steps, InterpreterRun run)
{
    private const string NothingLeft = "No column is left: every subject has the share of events in training as risk.";

    /// <summary>Every step in one meaning.</summary>
    internal IEnumerable<RefittedStep> Of(AblationMeaning meaning)
    {
        string stage = $"Ablation, {(meaning == AblationMeaning.Refit ? "refit" : "refit and retuned")}";
        var refitted = new RefittedStep[steps.Count];
        for (int i = 0; i < steps.Count; i++)
        {
            run.Report(stage, i, steps.Count);
            refitted[i] = Fit(meaning, i);
        }
        if (steps.Count > 0)
            run.Report(stage, steps.Count, steps.Count);
        return refitted;
    }

    private RefittedStep Fit(AblationMeaning meaning, int step)
    {
        try
        {
            FittedPipeline? fitted = meaning == AblationMeaning.Refit ? Refit(steps[step]) : Retune(step);
            return new RefittedStep(
                meaning, steps[step], fitted, fitted is null ? (double)split.Final.Prepared.Table.EventCount / split.Final.Prepared.Table.RowCount : null,
                fitted is null ? NothingLeft : "");
        }
        catch (LearningException fault)
        {
            return new RefittedStep(meaning, steps[step], null, null, fault.Problem);
        }
    }

    private FittedPipeline? Refit(AblationStep step) => Ablation.Refit(
        split.Final, design.Samplers, split.Searches[model].ChosenTrial.Configuration.Model, design.Calibration, [.. step.LeftOut], split.Seed.Derive("final"),
        run.CancellationToken);

    /// <summary>Everything anew, by the same seeds: what differs is what is left out.</summary>
    private FittedPipeline? Retune(int step)
    {
        if (Ablation.Without(split.Split.Training, [.. steps[step].LeftOut]) is not { } reduced)
            return null;
        CandidateModel candidate = design.Models[model];
        PreparationSteps preparation = WithColumns(reduced.Training.Table.Schema);
        bool chooses = candidate.Configurations.Count > 1 || candidate.Rounds.Count > 0;
        IReadOnlyList<PreparedFold> folds = chooses ? run.PrepareFolds(reduced.Training, preparation) : [];
        string name = FormattableString.Invariant($"{step + 1}");
        SearchResult found = new ModelSearch { Choice = design.Choice, Jobs = run.Jobs }.Run(
            [candidate], folds, split.Seed.Derive("search"), run.Log is null ? null : new AblationLog(run.Log, name),
            new Relay(p => run.Report($"Searching {candidate.Name} {steps[step].Name}", p.Done, p.Total)), run.CancellationToken)[0];
        FinalFit final = FinalFit.Of(
            reduced.Training, preparation, design.Samplers, [found.ChosenTrial.Configuration.Model], split.Seed.Derive("final"), run.Jobs, design.Calibration,
            run.CancellationToken);
        return reduced.Widen(final.Pipelines[0]);
    }

    /// <summary>The steps that have columns to work on: without radiomic ones, there is nothing for a filter of readings.</summary>
    private PreparationSteps WithColumns(IReadOnlyList<FeatureColumn> schema)
    {
        bool hasClinical = schema.Any(column => column.Source == ColumnSource.Clinical), hasRadiomic = schema.Any(column => column.Source == ColumnSource.Radiomic);
        return new PreparationSteps([.. design.Preparation.Steps.Where(step => step.Scope switch
        {
            ColumnScope.Clinical => hasClinical,
            ColumnScope.Radiomic => hasRadiomic,
            _ => hasRadiomic || step is not ReproducibilityFilter,
        })]);
    }

    private sealed class Relay(Action<SearchProgress> report) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => report(value);
    }
}
