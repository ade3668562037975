using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies;

/// <summary>The curves of an evaluation with their intervals.</summary>
internal static class EvaluationAnalysis
{
    /// <summary>Predictions from which on loess is interpolated: the exact curve takes the square of their number, and they differ by less than is drawn.</summary>
    private const int ExactLoess = 5000;

    /// <summary>Draws for a band, whose ends nobody reads to the third digit.</summary>
    private const int BandResamples = 200, BandPoints = 41;

    /// <summary>Computes the curves; null where the predictions hold fewer than two of a class.</summary>
    internal static EvaluationSummary? Of(HeldOutPool pool, MetricsPlan plan, Seed seed, StageWork? work = null) => !pool.CanBeEvaluated ? null : new EvaluationSummary
    {
        Thresholds = plan.Thresholds,
        Rationale = plan.Rationale,
        Calibration = [.. pool.Models.Select((model, i) => Band(pool, model, seed.Derive("calibration-band", i), work ?? new StageWork()))],
        DecisionThresholds = DecisionThresholds(plan.Thresholds, (double)pool.Events / pool.Outcomes.Count),
    };

    /// <summary>
    /// From 1 % to twice the largest threshold of the plan or the prevalence, rounded up to 5 %: the range in which somebody might act, and not
    /// all of 0 to 1, where the curves say nothing about a decision.
    /// </summary>
    internal static double[] DecisionThresholds(IReadOnlyList<double> chosen, double prevalence)
    {
        int last = Math.Clamp(5 * (int)Math.Ceiling(2 * Math.Max(prevalence, chosen.DefaultIfEmpty(0).Max()) * 20 - 1e-9), 10, 99);
        return [.. Enumerable.Range(1, last).Select(percent => percent / 100.0)];
    }

    internal static LoessSurface SurfaceFor(int predictions) => predictions <= ExactLoess ? LoessSurface.Direct : LoessSurface.Interpolate;

    private static CalibrationBand? Band(HeldOutPool pool, ModelRisks model, Seed seed, StageWork work)
    {
        IReadOnlyList<double> risks = model.Risks;
        if (Smooth(pool.Outcomes, risks, risks) is not { } observed)
            return null;
        double low = risks.Min(), high = risks.Max();
        double[] places = [.. Enumerable.Range(0, BandPoints).Select(i => low + (high - low) * i / (BandPoints - 1))];
        var bootstrap = new SubjectBootstrap { Resamples = BandResamples, Stratified = false, Bca = false };
        IReadOnlyList<BootstrapEstimate> estimates = bootstrap.Estimate(pool.Subjects, pool.Outcomes, rows =>
            Smooth([.. rows.Select(row => pool.Outcomes[row])], [.. rows.Select(row => risks[row])], places) ?? [.. places.Select(_ => double.NaN)], seed,
            done => work.Report($"Calibration curve of {model.Name}", done, BandResamples), work.CancellationToken);
        ConfidenceInterval[] band = [.. estimates.Select(estimate => estimate.Percentile())];
        return new CalibrationBand(places, [.. estimates.Select(e => e.Value)], [.. band.Select(b => b.Lower)], [.. band.Select(b => b.Upper)]);
    }

    /// <summary>Null where the risks have too few levels for a curve, as those of one small tree.</summary>
    private static double[]? Smooth(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, IReadOnlyList<double> places)
    {
        try
        {
            var curve = Loess.Of(risks, [.. outcomes.Select(outcome => outcome ? 1.0 : 0)], surface: SurfaceFor(risks.Count));
            return [.. places.Select(curve.At)];
        }
        catch (LearningException)
        {
            return null;
        }
    }
}
