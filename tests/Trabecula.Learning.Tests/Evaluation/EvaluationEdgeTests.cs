using CsCheck;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

/// <summary>Bad input, ties everywhere, and fast against naive.</summary>
public sealed class EvaluationEdgeTests
{
    private static readonly bool[] s_outcomes = [true, false, true, false, false, true];

    private static readonly Gen<(bool[] Outcomes, double[] First, double[] Second)> s_tied =
        Gen.Select(Gen.Bool, Gen.Int[0, 4], Gen.Int[0, 4]).Array[2, 30].Select(rows => (
            (bool[])[true, true, false, false, .. rows.Select(r => r.Item1)], (double[])[.5, .25, .5, 0, .. rows.Select(r => r.Item2 / 4.0)],
            (double[])[.5, .75, .25, .5, .. rows.Select(r => r.Item3 / 4.0)]));

    public static TheoryData<string> Measures => [.. All.Keys];

    private static readonly Dictionary<string, Action<bool[], double[]>> All = new(StringComparer.Ordinal)
    {
        ["Brier"] = (y, p) => BrierScore.Of(y, p),
        ["Murphy"] = (y, p) => BrierDecomposition.Of(y, p),
        ["CORP"] = (y, p) => CorpDecomposition.Of(y, p),
        ["log loss"] = (y, p) => LogLoss.Of(y, p),
        ["Cox"] = (y, p) => CoxCalibration.Of(y, p),
        ["curve"] = (y, p) => CalibrationCurve.Of(y, p),
        ["groups"] = (y, p) => CalibrationGroups.Of(y, p),
        ["Hosmer-Lemeshow"] = (y, p) => HosmerLemeshowTest.Of(y, p),
        ["Spiegelhalter"] = (y, p) => SpiegelhalterTest.Of(y, p),
        ["val.prob"] = (y, p) => HarrellIndices.Of(y, p),
        ["confusion"] = (y, p) => ConfusionMatrix.Of(y, p, 0.5),
        ["net benefit"] = (y, p) => NetBenefit.Of(y, p, 0.5),
        ["decision curve"] = (y, p) => DecisionCurve.Of(y, p, [0.5]),
        ["NRI"] = (y, p) => Reclassification.Continuous(y, p, p),
        ["IDI"] = (y, p) => DiscriminationImprovement.Of(y, p, p),
        ["subgroups"] = (y, p) => SubgroupEvaluation.Of([.. y.Select(_ => "a")], y, p, [], new SubgroupRule()),
    };

    [Theory]
    [MemberData(nameof(Measures))]
    public void Of_RiskOutsideZeroToOne_IsNamed(string measure)
    {
        foreach (double wrong in (double[])[-0.01, 1.01, double.NaN])
            Assert.StartsWith("Risk 3 is ", Assert.Throws<LearningException>(() => All[measure](s_outcomes, [.1, .2, wrong, .3, .4, .5])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Measures))]
    public void Of_LengthsThatDiffer_AreRefused(string measure) => Assert.Throws<ArgumentException>(() => All[measure](s_outcomes, [.1, .2]));

    [Theory]
    [MemberData(nameof(Measures))]
    public void Of_NoSubject_IsRefused(string measure) => Assert.Throws<LearningException>(() => All[measure]([], []));

    [Fact]
    public void Of_OneClass_IsRefusedWhereBothAreNeeded()
    {
        bool[] controls = [false, false, false];
        double[] p = [.1, .2, .3];
        Action[] measures =
        [
            () => CalibrationCurve.Of(controls, p), () => HarrellIndices.Of(controls, p), () => PrecisionRecallCurve.Of(controls, p),
            () => AurocComparison.Of(controls, p, p), () => ThresholdChoice.Youden(controls, p), () => Reclassification.Continuous(controls, p, p),
        ];
        Assert.All(measures, measure => Assert.StartsWith("All 3 outcomes are 0", Assert.Throws<LearningException>(measure).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_AllRisksEqual_GivesChanceAndSaysWhatHasNoValue()
    {
        double[] equal = [.4, .4, .4, .4, .4, .4];
        Assert.Equal(0.5, Auroc.Of(s_outcomes, equal).Value);
        Assert.Equal(0.5, PrecisionRecallCurve.Of(s_outcomes, equal).AveragePrecision);
        Assert.True(double.IsNaN(HosmerLemeshowTest.Of(s_outcomes, equal).P));
        Assert.Equal(0, CorpDecomposition.Of(s_outcomes, equal).Discrimination, 1e-15);
        Assert.Contains("all have this x", Assert.Throws<LearningException>(() => CalibrationCurve.Of(s_outcomes, equal)).Message, StringComparison.Ordinal);
        AurocComparison same = AurocComparison.Of(s_outcomes, equal, equal);
        Assert.Equal((0, 1), (same.Z, same.P));
    }

    [Fact]
    public void AurocComparison_OfTiedScores_EqualsTheDefinitionByPairs() => s_tied.Sample(data =>
    {
        AurocComparison fast = AurocComparison.Of(data.Outcomes, data.First, data.Second);
        (double[] cases, double[] controls) a = ByPairs(data.Outcomes, data.First), b = ByPairs(data.Outcomes, data.Second);
        double covariance = Covariance(a.cases, b.cases) / a.cases.Length + Covariance(a.controls, b.controls) / a.controls.Length;
        Assert.Equal(covariance, fast.Covariance, 1e-12);
        Assert.Equal(a.cases.Average() - b.cases.Average(), fast.Difference, 1e-12);
    });

    [Fact]
    public void PrecisionRecall_OfTiedScores_EqualsCountingAtEveryThreshold() => s_tied.Sample(data =>
    {
        PrecisionRecallCurve curve = PrecisionRecallCurve.Of(data.Outcomes, data.First);
        foreach (PrecisionRecallPoint point in curve.Points.SkipLast(1))
        {
            ConfusionMatrix matrix = ConfusionMatrix.Of(data.Outcomes, data.First, point.Threshold);
            Assert.Equal((matrix.Precision, matrix.Sensitivity), (point.Precision, point.Recall));
        }
        Assert.True(curve.InterpolatedAveragePrecision >= curve.AveragePrecision - 1e-12);
    });

    [Fact]
    public void BrierDecomposition_AnyGrouping_AddsUpToTheScore() =>
        Gen.Select(s_tied, Gen.Enum<RiskGrouping>(), Gen.Int[1, 12]).Sample((data, grouping, groups) => Assert.Equal(
            BrierScore.Of(data.Outcomes, data.First).Value, BrierDecomposition.Of(data.Outcomes, data.First, groups, grouping).Score, 1e-12));

    [Fact]
    public void RiskGroups_AnyGrouping_RiseWithRiskAndHoldEverybody() =>
        Gen.Select(s_tied, Gen.Enum<RiskGrouping>(), Gen.Int[1, 12]).Sample((data, grouping, groups) =>
        {
            int[] numbers = RiskGroups.Of(data.First, groups, grouping);
            Assert.All(numbers, number => Assert.InRange(number, 0, groups - 1));
            for (int i = 0; i < numbers.Length; i++)
            {
                for (int j = 0; j < numbers.Length; j++)
                    Assert.False(data.First[i] < data.First[j] && numbers[i] > numbers[j]);
            }
        });

    [Fact]
    public void HosmerLemeshow_EqualCounts_CutsAsNumPysArraySplit() =>
        Assert.Equal([3, 3, 2, 2], HosmerLemeshowTest.Of([.. Enumerable.Range(0, 10).Select(i => i % 2 == 0)],
            [.. Enumerable.Range(0, 10).Select(i => (i * 7 % 10) / 10.0)], 4, RiskGrouping.EqualCounts).Groups.Select(group => group.Count));

    [Fact]
    public void ThresholdChoice_LeastCost_EqualsTryingEveryThreshold() => s_tied.Sample(data =>
    {
        const double cost = 4;
        double chosen = Cost(ThresholdChoice.LeastCost(data.Outcomes, data.First, cost).Value);
        Assert.All(data.First.Append(double.PositiveInfinity), threshold => Assert.True(chosen <= Cost(threshold) + 1e-9));

        double Cost(double threshold)
        {
            ConfusionMatrix matrix = ConfusionMatrix.Of(data.Outcomes, data.First, threshold);
            return cost * matrix.FalseNegatives + matrix.FalsePositives;
        }
    });

    [Fact]
    public void ThresholdChoice_FromCosts_IsWhereTreatingBecomesWorthwhile()
    {
        Assert.Equal(1 / 6.0, ThresholdChoice.FromCosts(5).Value, 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdChoice.Prespecified(0));
    }

    [Fact]
    public void Subgroups_TooSmall_ShowCountsAlone()
    {
        string?[] groups = [.. Enumerable.Range(0, 90).Select(i => i < 60 ? "large" : i < 85 ? "small" : null)];
        bool[] outcomes = [.. Enumerable.Range(0, 90).Select(i => i % 3 == 0)];
        double[] risks = [.. Enumerable.Range(0, 90).Select(i => (i * 37 % 90) / 90.0)];
        IReadOnlyList<SubgroupEvaluation> parts = SubgroupEvaluation.Of(groups, outcomes, risks, [0.2], new SubgroupRule());
        Assert.Equal(["large", "small"], parts.Select(part => part.Name));
        Assert.Equal((60, 20, 25, 9), (parts[0].Count, parts[0].Events, parts[1].Count, parts[1].Events));
        Assert.Null(parts[1].Measures);
        Assert.Equal(Auroc.Of(outcomes[..60], risks[..60]), parts[0].Measures!.Auroc);
    }

    [Fact]
    public void DecisionCurve_BootstrapIntervals_HoldTheCurve()
    {
        bool[] outcomes = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0)];
        double[] risks = [.. Enumerable.Range(0, 60).Select(i => (i % 3 == 0 ? 30 : 0) / 90.0 + (i * 37 % 60) / 100.0)];
        DecisionCurve curve = DecisionCurve.Of([.. Enumerable.Range(0, 60).Select(i => $"S{i}")], outcomes, risks, [.1, .3, .5],
            new SubjectBootstrap { Resamples = 200, Stratified = false }, new Seed(1), cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(curve.Points.Zip(curve.Intervals), pair => Assert.True(pair.Second.Contains(pair.First.Model) && pair.Second.Lower < pair.Second.Upper));
        Assert.Throws<ArgumentOutOfRangeException>(() => DecisionCurve.Of(outcomes, risks, [1]));
    }

    [Fact]
    public void Loess_Parabola_IsFoundExactlyByBothSurfaces()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(i => i * i / 100.0)], y = [.. x.Select(v => 3 - 2 * v + 0.5 * v * v)];
        foreach (LoessSurface surface in Enum.GetValues<LoessSurface>())
        {
            var curve = Loess.Of(x, y, 0.5, 2, surface);
            // A cubic blend of values and slopes of a parabola is that parabola.
            Assert.All(x, at => Assert.Equal(3 - 2 * at + 0.5 * at * at, curve.At(at), 1e-9));
            Assert.True(double.IsNaN(curve.At(-0.1)) && double.IsNaN(curve.At(x[^1] + 0.1)));
        }
    }

    [Fact]
    public void CorrectedResampledTTest_DifferencesThatDoNotVary_HasNeitherIntervalNorPUnlessAllAreZero()
    {
        Assert.Equal(1, CorrectedResampledTTest.Of([0, 0], 90, 10).P);
        // .7 - .6 and .3 - .2 are .1 but for rounding.
        foreach (double[] differences in (double[][])[[0, 0], [.1, .1, .1], [.7 - .6, .3 - .2, .1], [1e-17, -1e-17]])
        {
            var test = CorrectedResampledTTest.Of(differences, 90, 10);
            Assert.True(double.IsNaN(test.T) && double.IsNaN(test.Interval().Lower) && double.IsNaN(test.Interval().Upper));
            Assert.Equal(differences[0] == 0 ? 1 : double.NaN, test.P);
        }
        Assert.Throws<LearningException>(() => CorrectedResampledTTest.Of([.1, double.NaN], 90, 10));
    }

    private static (double[] Cases, double[] Controls) ByPairs(bool[] outcomes, double[] scores)
    {
        double[] cases = [.. scores.Where((_, i) => outcomes[i])], controls = [.. scores.Where((_, i) => !outcomes[i])];
        return ([.. cases.Select(x => controls.Average(y => Kernel(x, y)))], [.. controls.Select(y => cases.Average(x => Kernel(x, y)))]);
        static double Kernel(double x, double y) => x > y ? 1 : x == y ? 0.5 : 0;
    }

    private static double Covariance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - a.Average()) * (y - b.Average())).Sum() / (a.Length - 1);
}
