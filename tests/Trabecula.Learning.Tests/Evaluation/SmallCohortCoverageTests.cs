using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

/// <summary>
/// Coverage where a held-out side is as small as that of the published study: 256 subjects, some 30 of them with the event. Several intervals are known not to reach
/// 95 % there; their bounds say what they reach, and docs/guide/evaluation.md tells the user. Risks are calibrated: log odds -2.7 + 1.5 z, z normal.
/// </summary>
public sealed class SmallCohortCoverageTests
{
    private const int Subjects = 256;
    private const double Threshold = 0.2;

    // The population on a grid of quantiles, in order of risk.
    private static readonly double[] s_risks = [.. Enumerable.Range(0, 40_000).Select(i => Risk(MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / 40_000)))];

    private static readonly Dictionary<string, double> s_truth = Truth();

    [Fact]
    public void ClosedForms_OfThirtyEvents_HoldTheTruth()
    {
        const int cohorts = 2000;
        var held = new Dictionary<string, int>();
        foreach ((bool[] outcomes, double[] risks) in Cohorts(cohorts))
        {
            var auroc = Auroc.Of(outcomes, risks);
            var matrix = ConfusionMatrix.Of(outcomes, risks, Threshold);
            var cox = CoxCalibration.Of(outcomes, risks);
            Count("AUROC, DeLong, plain", auroc.Interval(), s_truth["AUROC"]);
            Count("AUROC, DeLong, log odds", auroc.Interval(0.95, AurocScale.Logit), s_truth["AUROC"]);
            Count("net benefit, normal", NetBenefit.Of(outcomes, risks, Threshold).Interval(), s_truth["net benefit"]);
            Count("sensitivity, exact", matrix.SensitivityInterval(), s_truth["sensitivity"]);
            Count("specificity, exact", matrix.SpecificityInterval(), s_truth["specificity"]);
            Count("precision, exact", matrix.PrecisionInterval(), s_truth["precision"]);
            Count("in the large, Wald", cox.InTheLargeInterval(), 0);
            Count("slope, Wald", cox.SlopeInterval(), 1);
        }
        // Exact intervals hold it in 95 % or more, and so in more on average. The plain DeLong interval is symmetric and reaches 94 %.
        Expect(held, cohorts, name => name.EndsWith("exact", StringComparison.Ordinal) ? (0.95, 1) : name.EndsWith("plain", StringComparison.Ordinal) ? (0.94, 0.94) : (0.95, 0.95));

        void Count(string name, ConfidenceInterval interval, double truth) => held[name] = held.GetValueOrDefault(name) + (interval.Contains(truth) ? 1 : 0);
    }

    /// <summary>Of measures of new cohorts, whose number of events varies: draws by class leave that out, and are right for the AUROC alone.</summary>
    [Theory]
    [InlineData(false, 250)]
    [InlineData(true, 150)]
    public void Bootstrap_OfThirtyEvents_HoldsTheTruth(bool byClass, int cohorts)
    {
        string[] names = ["AUROC", "Brier score", "net benefit", "F1", "kappa", "Matthews' correlation"];
        var held = new Dictionary<string, int>();
        int cohort = 0;
        foreach ((bool[] outcomes, double[] risks) in Cohorts(cohorts))
        {
            IReadOnlyList<BootstrapEstimate> estimates = new SubjectBootstrap { Resamples = 199, Stratified = byClass }.Estimate(
                [.. Enumerable.Range(0, Subjects).Select(i => $"S{i:D3}")], outcomes, rows => Measures(outcomes, risks, rows), new Seed(5).Derive("cohort", cohort++),
                cancellationToken: TestContext.Current.CancellationToken);
            for (int i = 0; i < names.Length; i++)
            {
                held[$"{names[i]}, percentile"] = held.GetValueOrDefault($"{names[i]}, percentile") + (estimates[i].Percentile().Contains(s_truth[names[i]]) ? 1 : 0);
                held[$"{names[i]}, BCa"] = held.GetValueOrDefault($"{names[i]}, BCa") + (estimates[i].Bca().Contains(s_truth[names[i]]) ? 1 : 0);
            }
        }
        // The Brier score and net benefit are skewed with so few events: of 500 cohorts they were held in 94 and 93 %.
        Expect(held, cohorts, name => !byClass || name.StartsWith("AUROC", StringComparison.Ordinal) ? (0.935, 0.955)
            : name.StartsWith("Brier", StringComparison.Ordinal) ? (0.70, 0.70) : name.StartsWith("net", StringComparison.Ordinal) ? (0.82, 0.82) : (0.92, 0.95));
    }

    /// <summary>Each share within three Monte-Carlo errors.</summary>
    private static void Expect(Dictionary<string, int> held, int cohorts, Func<string, (double Least, double Most)> expected)
    {
        foreach ((string name, int count) in held)
        {
            (double least, double most) = expected(name);
            double share = (double)count / cohorts;
            TestContext.Current.SendDiagnosticMessage("{0}: {1:0.000} of {2}", name, share, cohorts);
            Assert.True(share >= least - 3 * Math.Sqrt(least * (1 - least) / cohorts) && share <= most + 3 * Math.Sqrt(most * (1 - most) / cohorts), $"{name}: {share}");
        }
    }

    private static double[] Measures(bool[] outcomes, double[] risks, IReadOnlyList<int> rows)
    {
        bool[] y = [.. rows.Select(row => outcomes[row])];
        double[] p = [.. rows.Select(row => risks[row])];
        var matrix = ConfusionMatrix.Of(y, p, Threshold);
        return [Auroc.ValueOf(y, p), BrierScore.Of(y, p).Value, NetBenefit.Of(y, p, Threshold).Model, matrix.F1, matrix.Kappa, matrix.MatthewsCorrelation];
    }

    private static Dictionary<string, double> Truth()
    {
        double n = s_risks.Length, share = s_risks.Average(), area = 0, controlsBelow = 0;
        foreach (double risk in s_risks)
        {
            area += risk * (controlsBelow + (1 - risk) / 2);
            controlsBelow += 1 - risk;
        }
        double tp = s_risks.Where(risk => risk >= Threshold).Sum() / n, fp = s_risks.Count(risk => risk >= Threshold) / n - tp;
        double fn = share - tp, tn = 1 - share - fp, chance = share * (tp + fp) + (1 - share) * (fn + tn);
        return new Dictionary<string, double>
        {
            ["AUROC"] = area / (n * share * n * (1 - share)),
            ["Brier score"] = s_risks.Average(risk => risk * (1 - risk)),
            ["net benefit"] = tp - fp * Threshold / (1 - Threshold),
            ["sensitivity"] = tp / share,
            ["specificity"] = tn / (1 - share),
            ["precision"] = tp / (tp + fp),
            ["F1"] = 2 * tp / (2 * tp + fp + fn),
            ["kappa"] = (tp + tn - chance) / (1 - chance),
            ["Matthews' correlation"] = (tp * tn - fp * fn) / Math.Sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)),
        };
    }

    private static IEnumerable<(bool[] Outcomes, double[] Risks)> Cohorts(int count)
    {
        for (int cohort = 0; cohort < count; cohort++)
        {
            RandomSequence random = new Seed(2027).Derive("cohort", cohort).Open();
            double[] risks = [.. Enumerable.Range(0, Subjects).Select(_ => Risk(random.NextGaussian()))];
            yield return ([.. risks.Select(risk => random.NextDouble() < risk)], risks);
        }
    }

    private static double Risk(double z) => 1 / (1 + Math.Exp(2.7 - 1.5 * z));
}
