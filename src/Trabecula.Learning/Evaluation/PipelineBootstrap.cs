using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// Refits a whole pipeline (preparation, selection, sampling, model, calibration) on subjects drawn with replacement, again and again: what
/// optimism (<see cref="PipelineBootstrapResult.Correct"/>) and instability (<see cref="RiskInstability"/>) are read from.
/// </summary>
/// <remarks>
/// Source: Harrell, Lee and Mark, Stat. Med. 15 (1996) 361; Riley and Collins, Biom. J. 65 (2023) 2200302. Every step that saw the outcome must be
/// inside the pipeline. A step left out, such as a screening before it, or hyper-parameters chosen on the same rows, stays optimistic: then
/// pass a function that does these too.
/// Determinism: depends on the subjects, their outcomes and the seed, not on the order of draws or <see cref="Jobs"/>.
/// </remarks>
public sealed record PipelineBootstrap
{
    /// <summary>Number of refits, at least 2; 200 or more are usual.</summary>
    public int Resamples { get; init; } = 200;

    /// <summary>Whether each class is drawn by itself.</summary>
    public bool Stratified { get; init; }

    /// <summary>Refits at the same time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Refits a pipeline.</summary>
    /// <exception cref="LearningException">The pipeline cannot be fitted on the training set itself, or on any draw.</exception>
    public PipelineBootstrapResult Run(
        Pipeline pipeline, TrainingSet training, Seed seed, Action<int>? onDone = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return Run(pipeline.Fit, training, seed, onDone, cancellationToken);
    }

    /// <summary>Refits by a function, which may search hyper-parameters too.</summary>
    /// <param name="fit">From training rows to a fitted pipeline; called from several threads where <see cref="Jobs"/> is above 1.</param>
    /// <param name="training">The rows that the study's model is fitted on.</param>
    /// <param name="seed">The origin of draws and fits.</param>
    /// <param name="onDone">Told after each refit how many are done.</param>
    /// <param name="cancellationToken">Stops within a fit.</param>
    /// <inheritdoc cref="Run(Pipeline, TrainingSet, Seed, Action{int}, CancellationToken)"/>
    public PipelineBootstrapResult Run(
        Func<TrainingSet, Seed, CancellationToken, FittedPipeline> fit, TrainingSet training, Seed seed, Action<int>? onDone = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 2);
        FeatureTable table = training.Table;
        double[] apparent = fit(training, seed.Derive("fit"), cancellationToken).PredictRisk(table);
        var refits = new BootstrapRefit?[Resamples];
        var failures = new string?[Resamples];
        int done = 0;
        ParallelWork.ForEach(Enumerable.Range(0, Resamples), Jobs, resample =>
        {
            (TrainingSet drawn, ValidationSet left) = new BootstrapSplit { NRepeats = 1, Stratified = Stratified }.Split(training, seed.Derive("draw", resample))[0];
            try
            {
                FittedPipeline fitted = fit(drawn, seed.Derive("refit", resample), cancellationToken);
                refits[resample] = new BootstrapRefit(drawn.Table.Outcomes, fitted.PredictRisk(drawn.Table), fitted.PredictRisk(table), left.Outcomes, fitted.PredictRisk(left.Table));
            }
            catch (LearningException fault)
            {
                failures[resample] = fault.Message;
            }
            onDone?.Invoke(Interlocked.Increment(ref done));
        }, cancellationToken);
        BootstrapRefit[] kept = [.. refits.OfType<BootstrapRefit>()];
        if (kept.Length == 0)
            throw new LearningException($"No bootstrap draw could be fitted. The first said: {failures[0]}", "Use fewer columns or more subjects.");
        return new PipelineBootstrapResult(table.Subjects, table.Outcomes, apparent, kept, [.. failures.OfType<string>()]);
    }
}

/// <summary>One refit: the draw it was fitted on, and its risks.</summary>
/// <param name="DrawnOutcomes">Outcomes of the drawn rows.</param>
/// <param name="DrawnRisks">The refit's risks of the rows it was fitted on.</param>
/// <param name="Risks">Its risks of all training rows.</param>
/// <param name="LeftOutcomes">Outcomes of the rows of subjects that were not drawn.</param>
/// <param name="LeftRisks">The refit's risks of these.</param>
internal sealed record BootstrapRefit(
    IReadOnlyList<bool> DrawnOutcomes, double[] DrawnRisks, double[] Risks, IReadOnlyList<bool> LeftOutcomes, double[] LeftRisks);

/// <summary>A pipeline's risks over bootstrap refits.</summary>
public sealed class PipelineBootstrapResult
{
    internal PipelineBootstrapResult(
        IReadOnlyList<string> subjects, IReadOnlyList<bool> outcomes, double[] apparent, BootstrapRefit[] refits, string[] failures)
    {
        (Subjects, Outcomes, Refits) = (subjects, outcomes, refits);
        (ApparentRisks, Failures) = (Array.AsReadOnly(apparent), Array.AsReadOnly(failures));
    }

    /// <summary>The subject of each training row.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>The outcome of each training row.</summary>
    public IReadOnlyList<bool> Outcomes { get; }

    /// <summary>The risks that the pipeline fitted on all training rows gives these rows.</summary>
    public IReadOnlyList<double> ApparentRisks { get; }

    /// <summary>Number of refits that succeeded.</summary>
    public int RefitCount => Refits.Count;

    /// <summary>Why draws could not be fitted.</summary>
    public IReadOnlyList<string> Failures { get; }

    internal IReadOnlyList<BootstrapRefit> Refits { get; }

    /// <summary>A measure corrected for optimism.</summary>
    /// <param name="measure">From outcomes and risks to a number; NaN where it does not exist.</param>
    public OptimismCorrected Correct(Func<IReadOnlyList<bool>, IReadOnlyList<double>, double> measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        double apparent = measure(Outcomes, ApparentRisks);
        (double Drawn, double Original)[] each = [.. Refits.Select(refit => (measure(refit.DrawnOutcomes, refit.DrawnRisks), measure(Outcomes, refit.Risks)))];
        (double Drawn, double Original)[] defined = [.. each.Where(pair => double.IsFinite(pair.Drawn) && double.IsFinite(pair.Original))];
        double optimism = defined.Length == 0 ? double.NaN : defined.Average(pair => pair.Drawn - pair.Original);
        double[] left = [.. Refits.Select(refit => measure(refit.LeftOutcomes, refit.LeftRisks)).Where(double.IsFinite)];
        return new OptimismCorrected(apparent, optimism, [.. defined.Select(pair => pair.Drawn)])
        {
            Undefined = each.Length - defined.Length,
            LeftOut = left.Length == 0 ? double.NaN : left.Average(),
        };
    }
}
