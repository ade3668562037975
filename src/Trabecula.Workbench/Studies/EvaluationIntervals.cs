using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies;

/// <summary>Bootstrap intervals of everything that has no formula, from the same draws of subjects.</summary>
/// <param name="Pairs">The models compared, by their places.</param>
/// <param name="Brier">Of each model.</param>
/// <param name="NetBenefit">Of each model at each threshold.</param>
/// <param name="Agreement">Of each model at each threshold: F1, kappa, Matthews' correlation.</param>
/// <param name="BrierDifference">Of each pair.</param>
/// <param name="BenefitDifference">Of each pair at each threshold.</param>
internal sealed record EvaluationIntervals(
    (int First, int Second)[] Pairs, ConfidenceInterval[] Brier, ConfidenceInterval[][] NetBenefit, ConfidenceInterval[][][] Agreement, BootstrapEstimate[] BrierDifference,
    BootstrapEstimate[][] BenefitDifference)
{
    private const int AgreementMeasures = 3;

    internal static EvaluationIntervals Of(
        HeldOutPool pool, IReadOnlyList<double> thresholds, (int First, int Second)[] pairs, Seed seed, string stage, StageWork work)
    {
        int models = pool.Models.Count, each = 1 + thresholds.Count;
        double[][] errors = [.. pool.Models.Select(model => model.Risks.Zip(pool.Outcomes, (risk, outcome) => Square(risk - (outcome ? 1 : 0))).ToArray())];
        IReadOnlyList<BootstrapEstimate> estimates = new SubjectBootstrap { Resamples = EvaluationTables.Resamples, Stratified = false, Bca = false }.Estimate(
            pool.Subjects, pool.Outcomes, rows =>
            {
                ConfusionMatrix[][] matrices = [.. pool.Models.Select(model => (ConfusionMatrix[])[.. thresholds.Select(t => Matrix(pool.Outcomes, model.Risks, rows, t))])];
                double[][] own = [.. matrices.Select((at, m) => (double[])
                    [rows.Average(row => errors[m][row]), .. at.Zip(thresholds, Benefit)])];
                return
                [
                    .. own.SelectMany(values => values), .. pairs.SelectMany(pair => own[pair.First].Zip(own[pair.Second], (a, b) => a - b)),
                    .. matrices.SelectMany(at => at).SelectMany(matrix => (double[])[matrix.F1, matrix.Kappa, matrix.MatthewsCorrelation]),
                ];
            }, seed, done => work.Report(stage, done, EvaluationTables.Resamples), work.CancellationToken);
        BootstrapEstimate[][] groups = [.. estimates.Take(each * (models + pairs.Length)).Chunk(each)];
        ConfidenceInterval[][] agreements = [.. estimates.Skip(each * (models + pairs.Length)).Select(estimate => estimate.Percentile()).Chunk(AgreementMeasures)];
        return new EvaluationIntervals(
            pairs, [.. groups.Take(models).Select(group => group[0].Percentile())],
            [.. groups.Take(models).Select(group => group.Skip(1).Select(estimate => estimate.Percentile()).ToArray())],
            thresholds.Count == 0 ? [] : [.. agreements.Chunk(thresholds.Count)],
            [.. groups.Skip(models).Select(group => group[0])], [.. groups.Skip(models).Select(group => group.Skip(1).ToArray())]);
    }

    private static ConfusionMatrix Matrix(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, IReadOnlyList<int> rows, double threshold)
    {
        int truePositives = 0, falsePositives = 0, events = 0;
        foreach (int row in rows)
        {
            bool positive = risks[row] >= threshold;
            events += outcomes[row] ? 1 : 0;
            truePositives += positive && outcomes[row] ? 1 : 0;
            falsePositives += positive && !outcomes[row] ? 1 : 0;
        }
        return new ConfusionMatrix(truePositives, events - truePositives, falsePositives, rows.Count - events - falsePositives);
    }

    private static double Benefit(ConfusionMatrix matrix, double threshold) =>
        (matrix.TruePositives - matrix.FalsePositives * threshold / (1 - threshold)) / matrix.Total;

    private static double Square(double x) => x * x;
}
