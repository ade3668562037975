using System.Globalization;
using System.Text.Json;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Learning.Tests.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

public sealed partial class EvaluationGoldenTests
{
    /// <summary>A converged glm, by the README of the reference values.</summary>
    private const double Glm = 1e-8;

    /// <summary>
    /// glm's standard errors come from the weights of the iteration before its last, whose coefficients are a step of up to 1e-7 away (the
    /// square root of its epsilon of 1e-14).
    /// </summary>
    private const double GlmErrors = 1e-7;

    /// <summary>rms stops earlier.</summary>
    private const double ValProb = 1e-6;

    /// <summary>rms counts pairs of risks closer than 0.002 as tied; the exact area is compared with pROC's.</summary>
    private const double Binned = 2e-3;

    /// <summary>Loess: two routes through the same least squares.</summary>
    private const double LoessTolerance = 1e-9;

    private static void Vector(JsonElement item, string name)
    {
        bool[] y = [.. item.GetProperty("y").EnumerateArray().Select(value => value.GetInt32() == 1)];
        double[] p = ReferenceData.Doubles(item.GetProperty("p"));
        var entries = new Dictionary<string, Action<JsonElement>>
        {
            ["name"] = Expect.Given,
            ["source"] = Expect.Given,
            ["y"] = Expect.Given,
            ["p"] = Expect.Given,
            ["p2"] = Expect.Given,
            ["metrics"] = e => Metrics(e, y, p, name),
        };
        if (item.GetProperty("p2").ValueKind == JsonValueKind.Array)
        {
            double[] p2 = ReferenceData.Doubles(item.GetProperty("p2"));
            entries["metrics2"] = e => Metrics(e, y, p2, name + " 2");
            entries["comparison"] = e => Comparison(e, y, p, p2, name);
        }
        Expect.Object(item, entries);
    }

    private static void Metrics(JsonElement metrics, bool[] y, double[] p, string name)
    {
        Auroc auroc = Auroc.Of(y, p);
        CoxCalibration cox = CoxCalibration.Of(y, p);
        BrierScore brier = BrierScore.Of(y, p);
        SpiegelhalterTest spiegelhalter = SpiegelhalterTest.Of(y, p);
        double hanley = Auroc.HanleyMcNeilError(auroc.Value, auroc.Cases, auroc.Controls);
        ConfidenceInterval around = ConfidenceInterval.Normal(auroc.Value, hanley, 0.95);
        Expect.Object(metrics, new()
        {
            ["roc"] = e => Roc(e, y, p),
            ["auc"] = Expect.Number(auroc.Value, name + " auc"),
            ["delong"] = e => Expect.Object(e, new()
            {
                ["variance"] = Expect.Number(auroc.Variance, name + " variance"),
                ["ciLow"] = Expect.Number(auroc.Lower, name + " low"),
                ["ciHigh"] = Expect.Number(auroc.Upper, name + " high"),
                ["ciHighUnclipped"] = high => Expect.Close(Math.Min(1, ReferenceData.Double(high)), auroc.Interval().Upper, 1e-10, name),
            }),
            ["hanleyMcNeil"] = e => Expect.Object(e, new()
            {
                ["se"] = Expect.Number(hanley, name + " Hanley"),
                ["ciLow"] = Expect.Number(around.Lower, name),
                ["ciHigh"] = Expect.Number(around.Upper, name),
            }),
            ["averagePrecision"] = Expect.Number(PrecisionRecallCurve.Of(y, p).AveragePrecision, name + " average precision"),
            ["prCurve"] = e => PrecisionRecall(e, PrecisionRecallCurve.Of(y, p), name),
            ["youden"] = e => Youden(e, y, p, name),
            ["confusion"] = e => Confusion(e, y, p, name),
            ["brier"] = Expect.Number(brier.Value, name + " Brier"),
            ["brierScaled"] = Expect.Number(brier.Scaled, name + " scaled Brier"),
            ["logLoss"] = Expect.Number(LogLoss.Of(y, p), name + " log loss"),
            ["spiegelhalter"] = e => Expect.Object(e, new()
            {
                ["z"] = Expect.Number(spiegelhalter.Z, name + " Spiegelhalter"),
                ["p"] = Expect.P(spiegelhalter.P, name + " Spiegelhalter p"),
            }),
            ["citl"] = Expect.Number(cox.InTheLarge, name + " CITL", Glm),
            ["citlSe"] = Expect.Number(cox.InTheLargeError, name + " CITL se", GlmErrors),
            ["calibration"] = e => Expect.Object(e, new()
            {
                ["interceptJoint"] = Expect.Number(cox.Intercept, name + " intercept", Glm),
                ["slope"] = Expect.Number(cox.Slope, name + " slope", Glm),
                ["interceptSe"] = Expect.Number(cox.InterceptError, name + " intercept se", GlmErrors),
                ["slopeSe"] = Expect.Number(cox.SlopeError, name + " slope se", GlmErrors),
            }),
            ["observedExpected"] = Expect.Number(y.Count(o => o) / p.Sum(), name + " O/E"),
            ["valProb"] = e => HarrellEntries(e, y, p, name),
            ["loess"] = e => Expect.Object(e, new()
            {
                ["interpolate"] = surface => Curve(surface, CalibrationCurve.Of(y, p, LoessSurface.Interpolate), name + " interpolate"),
                ["direct"] = surface => Curve(surface, CalibrationCurve.Of(y, p, LoessSurface.Direct), name + " direct"),
            }),
            ["hosmerLemeshow"] = e => Expect.Object(e, new()
            {
                ["5"] = test => HosmerLemeshow(test, HosmerLemeshowTest.Of(y, p, 5), name + " HL 5"),
                ["10"] = test => HosmerLemeshow(test, HosmerLemeshowTest.Of(y, p, 10), name + " HL 10"),
            }),
            ["netBenefit"] = e => Benefit(e, y, p, name),
            ["murphyFiveEqualBins"] = e => Murphy(e, BrierDecomposition.Of(y, p, 5), brier.Value, name),
            ["corp"] = e => Corp(e, CorpDecomposition.Of(y, p), name),
        });
    }

    private static void Roc(JsonElement roc, bool[] y, double[] p)
    {
        IReadOnlyList<RocPoint> points = RocCurve.Of(y, p).Points;
        Expect.Object(roc, new()
        {
            ["fpr"] = e => Assert.Equal(ReferenceData.Doubles(e), points.Select(point => point.FalsePositiveRate)),
            ["tpr"] = e => Assert.Equal(ReferenceData.Doubles(e), points.Select(point => point.TruePositiveRate)),
            ["thresholds"] = e => Assert.Equal(ReferenceData.Doubles(e), points.Select(point => point.Threshold)),
            // The same curve without the points on straight lines: each of its points is one of ours.
            ["dropIntermediate"] = e => Assert.Subset(
                points.ToHashSet(),
                ReferenceData.Doubles(e.GetProperty("thresholds")).Index().Select(t => new RocPoint(
                    t.Item, ReferenceData.Double(e.GetProperty("fpr")[t.Index]), ReferenceData.Double(e.GetProperty("tpr")[t.Index]))).ToHashSet()),
        });
    }

    private static void PrecisionRecall(JsonElement expected, PrecisionRecallCurve curve, string name) => Expect.Object(expected, new()
    {
        ["precision"] = Expect.Numbers([.. curve.Points.Select(point => point.Precision)], name + " precision"),
        ["recall"] = Expect.Numbers([.. curve.Points.Select(point => point.Recall)], name + " recall"),
        ["thresholds"] = Expect.Numbers([.. curve.Points.SkipLast(1).Select(point => point.Threshold)], name + " PR thresholds"),
        ["trapezoidArea"] = Expect.Number(curve.TrapezoidalArea, name + " trapezoid"),
    });

    private static void Youden(JsonElement expected, bool[] y, double[] p, string name)
    {
        ThresholdChoice choice = ThresholdChoice.Youden(y, p);
        ConfusionMatrix matrix = ConfusionMatrix.Of(y, p, choice.Value);
        IReadOnlyList<ThresholdChoice> between = ThresholdChoice.YoudenBetween(y, p);
        Expect.Object(expected, new()
        {
            ["J"] = Expect.Number(matrix.Youden, name + " J"),
            ["thresholdObserved"] = Expect.Number(choice.Value, name + " Youden threshold"),
            ["sensitivity"] = Expect.Number(matrix.Sensitivity, name + " Youden sensitivity"),
            ["specificity"] = Expect.Number(matrix.Specificity, name + " Youden specificity"),
            ["pROC"] = e =>
            {
                if (e.TryGetProperty("severalBestRows", out JsonElement rows))
                {
                    Assert.Equal(ReferenceData.Doubles(rows).Chunk(3).Select(row => row[0]).Order(), between.Select(each => each.Value));
                    return;
                }
                Expect.Object(e, new()
                {
                    ["thresholdMidpoint"] = Expect.Number(Assert.Single(between).Value, name + " midpoint"),
                    ["sensitivity"] = Expect.Number(matrix.Sensitivity, name),
                    ["specificity"] = Expect.Number(matrix.Specificity, name),
                });
            },
        });
    }

    private static void Confusion(JsonElement expected, bool[] y, double[] p, string name)
    {
        foreach (JsonElement item in expected.EnumerateArray())
        {
            double threshold = item.GetProperty("threshold").GetDouble();
            var entries = MatrixEntries(ConfusionMatrix.Of(y, p, threshold), string.Create(CultureInfo.InvariantCulture, $"{name} at {threshold}"));
            entries["threshold"] = Expect.Given;
            Expect.Object(item, entries);
        }
    }

    private static void HarrellEntries(JsonElement expected, bool[] y, double[] p, string name)
    {
        HarrellIndices indices = HarrellIndices.Of(y, p);
        CoxCalibration cox = CoxCalibration.Of(y, p);
        SpiegelhalterTest spiegelhalter = SpiegelhalterTest.Of(y, p);
        Expect.Object(expected, new()
        {
            ["Dxy"] = Expect.Number(indices.SomersDxy, name + " Dxy", Binned),
            ["C (ROC)"] = Expect.Number(Auroc.ValueOf(y, p), name + " C", Binned),
            ["R2"] = Expect.Number(indices.NagelkerkeR2, name + " R2", ValProb),
            ["D"] = Expect.Number(indices.Discrimination, name + " D", ValProb),
            ["U"] = Expect.Number(indices.Unreliability, name + " U", ValProb, 1e-2),
            ["Q"] = Expect.Number(indices.Quality, name + " Q", ValProb),
            ["Brier"] = Expect.Number(BrierScore.Of(y, p).Value, name + " Brier", ValProb),
            ["Intercept"] = Expect.Number(cox.Intercept, name + " val.prob intercept", ValProb, 1),
            ["Slope"] = Expect.Number(cox.Slope, name + " val.prob slope", ValProb, 1),
            ["Emax"] = Expect.Number(indices.LowessEmax, name + " lowess Emax", ValProb),
            ["E90"] = Expect.Number(indices.LowessE90, name + " lowess E90", ValProb),
            ["Eavg"] = Expect.Number(indices.LowessEavg, name + " lowess Eavg", ValProb),
            ["S:z"] = Expect.Number(spiegelhalter.Z, name + " S:z", ValProb),
            ["S:p"] = Expect.Number(spiegelhalter.P, name + " S:p", ValProb),
        });
    }

    private static void Curve(JsonElement expected, CalibrationCurve curve, string name) => Expect.Object(expected, new()
    {
        ["ici"] = Expect.Number(curve.Ici, name + " ICI", LoessTolerance, 1e-2),
        ["e50"] = Expect.Number(curve.E50, name + " E50", LoessTolerance, 1e-2),
        ["e90"] = Expect.Number(curve.E90, name + " E90", LoessTolerance, 1e-2),
        ["emax"] = Expect.Number(curve.Emax, name + " Emax", LoessTolerance, 1e-2),
        ["fitted"] = Expect.Numbers(curve.Fitted, name + " fitted", LoessTolerance, 1e-1),
    });

    private static void HosmerLemeshow(JsonElement expected, HosmerLemeshowTest test, string name) => Expect.Object(expected, new()
    {
        ["chi2"] = Expect.Number(test.Statistic, name),
        ["df"] = Expect.Number(test.DegreesOfFreedom, name + " df"),
        ["p"] = Expect.P(test.P, name + " p"),
        ["pExternalDfGroups"] = Expect.P(test.ExternalP, name + " external p"),
        ["groups_n_obs_exp"] = e => Assert.All(e.EnumerateArray().Zip(test.Groups), pair => Expect.Numbers(
            [pair.Second.Count, pair.Second.Events, pair.Second.Expected], name + " groups")(pair.First)),
    });

    private static void Benefit(JsonElement expected, bool[] y, double[] p, string name)
    {
        DecisionCurve curve = DecisionCurve.Of(y, p, ReferenceData.Doubles(expected.GetProperty("thresholds")));
        Expect.Object(expected, new()
        {
            ["thresholds"] = Expect.Given,
            ["model"] = Expect.Numbers([.. curve.Points.Select(b => b.Model)], name + " net benefit", scale: 1e-2),
            ["treatAll"] = Expect.Numbers([.. curve.Points.Select(b => b.TreatAll)], name + " treat all", scale: 1e-2),
            ["standardised"] = Expect.Numbers([.. curve.Points.Select(b => b.Standardised)], name + " standardised", scale: 1e-2),
            ["variance"] = Expect.Numbers([.. curve.Points.Select(b => b.Variance)], name + " variance", scale: 1e-4),
        });
    }

    private static void Murphy(JsonElement expected, BrierDecomposition parts, double score, string name)
    {
        Expect.Object(expected, new()
        {
            ["rel"] = Expect.Number(parts.Reliability, name + " reliability"),
            ["res"] = Expect.Number(parts.Resolution, name + " resolution"),
            ["unc"] = Expect.Number(parts.Uncertainty, name + " uncertainty"),
            ["wbv"] = Expect.Number(parts.WithinVariance, name + " within variance", scale: 1e-3),
            ["wbc"] = Expect.Number(parts.WithinCovariance, name + " within covariance", scale: 1e-3),
        });
        Expect.Close(score, parts.Score, 1e-12, name + " sum");
    }

    private static void Corp(JsonElement expected, CorpDecomposition parts, string name) => Expect.Object(expected, new()
    {
        ["mcb"] = Expect.Number(parts.Miscalibration, name + " MCB", scale: 1e-3),
        ["dsc"] = Expect.Number(parts.Discrimination, name + " DSC", scale: 1e-3),
        ["unc"] = Expect.Number(parts.Uncertainty, name + " UNC"),
    });

    private static void Comparison(JsonElement expected, bool[] y, double[] p, double[] p2, string name)
    {
        AurocComparison paired = AurocComparison.Of(y, p, p2);
        Reclassification nri = Reclassification.Continuous(y, p, p2);
        DiscriminationImprovement idi = DiscriminationImprovement.Of(y, p, p2);
        bool[] right = [.. p.Zip(y, (risk, o) => risk >= 0.5 == o)], right2 = [.. p2.Zip(y, (risk, o) => risk >= 0.5 == o)];
        Expect.Object(expected, new()
        {
            ["delongPaired"] = e => Expect.Object(e, new()
            {
                ["z"] = Expect.Number(paired.Z, name + " paired z"),
                ["p"] = Expect.P(paired.P, name + " paired p"),
                ["covariance"] = Expect.Number(paired.Covariance, name + " covariance"),
                ["aucDifference"] = Expect.Number(paired.Difference, name + " difference"),
                ["ciLow"] = Expect.P(paired.Interval().Lower, name + " paired low"),
                ["ciHigh"] = Expect.P(paired.Interval().Upper, name + " paired high"),
            }),
            ["improveProb"] = e => Expect.Object(e, new()
            {
                ["nri"] = Expect.Number(nri.Nri, name + " NRI", scale: 1e-3),
                ["se.nri"] = Expect.Number(nri.Error, name + " NRI se"),
                ["z.nri"] = Expect.Number(nri.Nri / nri.Error, name + " NRI z", scale: 1e-3),
                ["nri.ev"] = Expect.Number(nri.EventsNri, name + " events"),
                ["se.nri.ev"] = Expect.Number(nri.EventsError, name + " events se"),
                ["nri.ne"] = Expect.Number(nri.ControlsNri, name + " controls"),
                ["se.nri.ne"] = Expect.Number(nri.ControlsError, name + " controls se"),
                ["idi"] = Expect.Number(idi.Value, name + " IDI"),
                ["se.idi"] = Expect.Number(idi.StandardError, name + " IDI se"),
                ["z.idi"] = Expect.Number(idi.Z, name + " IDI z"),
            }),
            ["categoricalNri"] = e => Categorical(e, Reclassification.Categorical(y, p, p2, ReferenceData.Doubles(e.GetProperty("cutpoints"))), name),
            ["correctAt0.5_p_rows_p2_columns"] = e => Assert.Equal(
                new McNemarTest(e[0][1].GetInt32(), e[1][0].GetInt32()), McNemarTest.Of(right, right2)),
        });
    }

    private static void Categorical(JsonElement expected, Reclassification nri, string name) => Expect.Object(expected, new()
    {
        ["cutpoints"] = Expect.Given,
        ["up_events"] = e => Assert.Equal(e.GetInt32(), nri.UpEvents),
        ["down_events"] = e => Assert.Equal(e.GetInt32(), nri.DownEvents),
        ["up_nonevents"] = e => Assert.Equal(e.GetInt32(), nri.UpControls),
        ["down_nonevents"] = e => Assert.Equal(e.GetInt32(), nri.DownControls),
        ["nriEvents"] = Expect.Number(nri.EventsNri, name + " categorical events"),
        ["nriNonevents"] = Expect.Number(nri.ControlsNri, name + " categorical controls"),
        ["nri"] = Expect.Number(nri.Nri, name + " categorical"),
        ["seSimple"] = Expect.Number(nri.NullError, name + " simple se"),
        ["seMultinomial"] = Expect.Number(nri.Error, name + " multinomial se"),
    });
}
