using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

/// <summary>
/// How often intervals of 95 % hold the truth over simulated cohorts. Seeds are fixed, so that a result never varies; bounds are three
/// Monte-Carlo errors, √(0.95 · 0.05 / cohorts).
/// </summary>
public sealed class IntervalCoverageTests
{
    private const int Cohorts = 2000;
    private const double ThreeErrors = 0.0147;

    // Scores N(0, 1) of controls and N(1, 1) of cases: the true area is Φ(1/√2).
    private static readonly double s_trueArea = MathNet.Numerics.Distributions.Normal.CDF(0, 1, 1 / Math.Sqrt(2));

    [Theory]
    [InlineData(AurocScale.Plain)]
    [InlineData(AurocScale.Logit)]
    public void DeLong_FortyCasesEightyControls_HoldsTheTrueArea(AurocScale scale)
    {
        double coverage = Share(Cohorts, random =>
        {
            (bool[] outcomes, double[] scores) = Binormal(random, 40, 80);
            return Auroc.Of(outcomes, scores).Interval(0.95, scale).Contains(s_trueArea);
        });
        Assert.InRange(coverage, 0.95 - ThreeErrors, 0.95 + ThreeErrors);
    }

    [Fact]
    public void DeLongPaired_EqualModels_RejectsOneInTwenty()
    {
        double rejected = Share(Cohorts, random =>
        {
            (bool[] outcomes, double[] shared) = Binormal(random, 40, 80);
            double[] first = [.. shared.Select(s => s + 0.7 * random.NextGaussian())], second = [.. shared.Select(s => s + 0.7 * random.NextGaussian())];
            return AurocComparison.Of(outcomes, first, second).P < 0.05;
        });
        Assert.InRange(rejected, 0.05 - ThreeErrors, 0.05 + ThreeErrors);
    }

    [Fact]
    public void NetBenefit_NormalInterval_HoldsTheTruth()
    {
        // Uniform risks on 0 to 1, calibrated: TP = (1 - t²)/2 and FP = (1 - t)²/2 of all, at t = 0.3.
        const double t = 0.3;
        double truth = (1 - t * t) / 2 - t / (1 - t) * (1 - t) * (1 - t) / 2;
        double coverage = Share(Cohorts, random =>
        {
            (bool[] outcomes, double[] risks) = Uniform(random, 150);
            return NetBenefit.Of(outcomes, risks, t).Interval().Contains(truth);
        });
        Assert.InRange(coverage, 0.95 - ThreeErrors, 0.95 + ThreeErrors);
    }

    [Fact]
    public void CoxCalibration_CalibratedRisks_HoldsZeroAndOne()
    {
        int large = 0, slope = 0;
        foreach (RandomSequence random in Sequences(Cohorts))
        {
            (bool[] outcomes, double[] risks) = Uniform(random, 200);
            CoxCalibration cox = CoxCalibration.Of(outcomes, risks);
            large += cox.InTheLargeInterval().Contains(0) ? 1 : 0;
            slope += cox.SlopeInterval().Contains(1) ? 1 : 0;
        }
        Assert.InRange(large / (double)Cohorts, 0.95 - ThreeErrors, 0.95 + ThreeErrors);
        Assert.InRange(slope / (double)Cohorts, 0.95 - ThreeErrors, 0.95 + ThreeErrors);
    }

    [Fact]
    public void Spiegelhalter_CalibratedRisks_RejectsOneInTwenty()
    {
        double rejected = Share(Cohorts, random =>
        {
            (bool[] outcomes, double[] risks) = Uniform(random, 200);
            return SpiegelhalterTest.Of(outcomes, risks).P < 0.05;
        });
        Assert.InRange(rejected, 0.05 - ThreeErrors, 0.05 + ThreeErrors);
    }

    [Fact]
    public void ClopperPearson_EveryProportion_NeverCoversLess()
    {
        // No simulation: the coverage is the sum of the probabilities of the counts whose interval holds the truth.
        ConfidenceInterval[] intervals = [.. Enumerable.Range(0, 31).Select(k => ProportionInterval.ClopperPearson(k, 30))];
        for (double p = 0.01; p < 1; p += 0.01)
            Assert.True(Enumerable.Range(0, 31).Where(k => intervals[k].Contains(p)).Sum(k => MathNet.Numerics.Distributions.Binomial.PMF(p, 30, k)) >= 0.95);
    }

    /// <summary>No simulation either: the others cover 95 % on average over proportions of 30, and less at some. Wilson with continuity is nearly exact.</summary>
    [Fact]
    public void ProportionIntervals_OfThirty_CoverWhatTheyAreKnownTo()
    {
        (Func<int, int, double, ConfidenceInterval> Interval, double Mean, double Least)[] known =
        [
            (ProportionInterval.Wilson, 0.953, 0.860), (ProportionInterval.AgrestiCoull, 0.960, 0.934),
            (ProportionInterval.Jeffreys, 0.951, 0.889), (ProportionInterval.WilsonContinuity, 0.973, 0.957),
        ];
        double[] proportions = [.. Enumerable.Range(1, 999).Select(i => i / 1000.0)];
        foreach ((Func<int, int, double, ConfidenceInterval> interval, double mean, double least) in known)
        {
            ConfidenceInterval[] all = [.. Enumerable.Range(0, 31).Select(k => interval(k, 30, 0.95))];
            double[] coverage = [.. proportions.Select(p => Enumerable.Range(0, 31).Where(k => all[k].Contains(p)).Sum(k => MathNet.Numerics.Distributions.Binomial.PMF(p, 30, k)))];
            // All but Jeffreys', which needs quantiles of beta distributions, were computed apart from the formulas.
            Assert.Equal((mean, least), (Math.Round(coverage.Average(), 3), Math.Round(coverage.Min(), 3)));
        }
    }

    [Fact]
    public void DeLongPaired_ABetterModel_HoldsTheTrueDifference()
    {
        // Errors of standard deviation 0.7 and 1.2 beside a shared one of 1.
        double truth = Area(1.5 / Math.Sqrt(2 * 1.49)) - Area(1.5 / Math.Sqrt(2 * 2.44));
        double coverage = Share(Cohorts, random =>
        {
            bool[] outcomes = [.. Enumerable.Range(0, 120).Select(i => i < 40)];
            double[] shared = [.. outcomes.Select(outcome => random.NextGaussian() + (outcome ? 1.5 : 0))];
            double[] first = [.. shared.Select(s => s + 0.7 * random.NextGaussian())], second = [.. shared.Select(s => s + 1.2 * random.NextGaussian())];
            return AurocComparison.Of(outcomes, first, second).Interval().Contains(truth);
        });
        Assert.InRange(coverage, 0.95 - ThreeErrors, 0.95 + ThreeErrors);

        static double Area(double z) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, z);
    }

    /// <summary>Two readers whose values are normal: the second one differs by 0.3 and an error of 0.5 beside a spread of 1 between subjects.</summary>
    [Fact]
    public void Agreement_OfTwoReaders_HoldsTheTruth()
    {
        const double concordance = 2 / (1 + 1.25 + 0.09), upperLimit = 0.3 + 1.959963984540054 * 0.5;
        var held = new Dictionary<string, int>();
        foreach (RandomSequence random in Sequences(Cohorts))
        {
            double[] truth = [.. Enumerable.Range(0, 40).Select(_ => random.NextGaussian())], second = [.. truth.Select(x => x + 0.3 + 0.5 * random.NextGaussian())];
            var lin = Concordance.Of(truth, second);
            var altman = BlandAltman.Of(truth, second);
            Count("concordance", new ConfidenceInterval(lin.Lower, lin.Upper), concordance);
            Count("bias", altman.BiasInterval, 0.3);
            Count("limit of agreement", altman.UpperLimitInterval, upperLimit);
            double[][] readings = [.. Enumerable.Range(0, 2).Select(_ => truth.Select(x => x + 0.5 * random.NextGaussian()).ToArray())];
            IntraclassCorrelation icc = ReaderAgreement.Of(readings).Correlation(IccForm.TwoWayMixedSingle);
            Count("intraclass correlation", new ConfidenceInterval(icc.Lower, icc.Upper), 0.8);
        }
        Assert.All(held, each => Assert.InRange(each.Value / (double)Cohorts, 0.95 - ThreeErrors, 0.95 + ThreeErrors));

        void Count(string name, ConfidenceInterval interval, double truth) => held[name] = held.GetValueOrDefault(name) + (interval.Contains(truth) ? 1 : 0);
    }

    /// <summary>
    /// Logistic regressions of 6 columns on 80 subjects; the truth is the area of the same model on fresh subjects. The interval leaves out the uncertainty of the
    /// optimism and holds it in some 80 %: docs/guide/evaluation.md says so.
    /// </summary>
    [Fact]
    public void OptimismCorrected_OfAnOverfittedModel_HoldsItsTrueAreaLessOftenThanItSays()
    {
        const int cohorts = 100;
        FeatureTable fresh = Tables.Gaussian(new Seed(910), 2000, 6, effect: 0.6);
        var pipeline = new Pipeline(new PreparationSteps([]), [], new Trabecula.Learning.Models.LogisticRegression());
        int held = 0;
        for (int cohort = 0; cohort < cohorts; cohort++)
        {
            TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(911).Derive("cohort", cohort), 80, 6, effect: 0.6));
            double truth = Auroc.ValueOf(fresh.Outcomes, pipeline.Fit(training, new Seed(1), cancellationToken: TestContext.Current.CancellationToken).PredictRisk(fresh));
            OptimismCorrected corrected = new PipelineBootstrap { Resamples = 60 }.Run(pipeline, training, new Seed(2), cancellationToken: TestContext.Current.CancellationToken).Correct(Auroc.ValueOf);
            held += corrected.Interval().Contains(truth) ? 1 : 0;
        }
        // Three Monte-Carlo errors of 100 cohorts.
        Assert.InRange(held / (double)cohorts, 0.80 - 0.12, 0.80 + 0.12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bootstrap_AreaBySubject_HoldsTheTruth(bool bca)
    {
        const int cohorts = 200;
        double coverage = Share(cohorts, random =>
        {
            (bool[] outcomes, double[] scores) = Binormal(random, 30, 60);
            string[] subjects = [.. Enumerable.Range(0, 90).Select(i => $"S{i:D3}")];
            BootstrapEstimate estimate = new SubjectBootstrap { Resamples = 199 }.Estimate(
                subjects, outcomes, rows => [Area(outcomes, scores, rows)], new Seed(random.NextUInt64()), cancellationToken: TestContext.Current.CancellationToken)[0];
            return (bca ? estimate.Bca() : estimate.Percentile()).Contains(s_trueArea);
        });
        // Three Monte-Carlo errors of 200 cohorts.
        Assert.InRange(coverage, 0.95 - 0.0462, 0.95 + 0.0462);
    }

    [Fact]
    public void NadeauBengio_EqualModelsOnOverlappingSplits_RejectsFarLessThanTheNaiveTest()
    {
        // Differences share 0.5 of their variance through the overlap of training sets, as they do for repeated hold-out of one third.
        int corrected = 0, naive = 0;
        foreach (RandomSequence random in Sequences(Cohorts))
        {
            double shared = random.NextGaussian() * Math.Sqrt(0.5);
            double[] differences = [.. Enumerable.Range(0, 10).Select(_ => shared + random.NextGaussian() * Math.Sqrt(0.5))];
            corrected += CorrectedResampledTTest.Of(differences, 1, 1).P < 0.05 ? 1 : 0;
            naive += CorrectedResampledTTest.Of(differences, 1e12, 1).P < 0.05 ? 1 : 0;
        }
        Assert.InRange(corrected / (double)Cohorts, 0.05 - ThreeErrors, 0.05 + ThreeErrors);
        Assert.True(naive > 0.4 * Cohorts);
    }

    private static double Share(int cohorts, Func<RandomSequence, bool> holds) => Sequences(cohorts).Count(holds) / (double)cohorts;

    private static IEnumerable<RandomSequence> Sequences(int cohorts) => Enumerable.Range(0, cohorts).Select(i => new Seed(2026).Derive("cohort", i).Open());

    private static (bool[] Outcomes, double[] Scores) Binormal(RandomSequence random, int cases, int controls)
    {
        bool[] outcomes = [.. Enumerable.Range(0, cases + controls).Select(i => i < cases)];
        return (outcomes, [.. outcomes.Select(outcome => random.NextGaussian() + (outcome ? 1 : 0))]);
    }

    private static (bool[] Outcomes, double[] Risks) Uniform(RandomSequence random, int count)
    {
        double[] risks = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        return ([.. risks.Select(risk => random.NextDouble() < risk)], risks);
    }

    private static double Area(bool[] outcomes, double[] scores, IReadOnlyList<int> rows) =>
        Auroc.ValueOf([.. rows.Select(row => outcomes[row])], [.. rows.Select(row => scores[row])]);
}
