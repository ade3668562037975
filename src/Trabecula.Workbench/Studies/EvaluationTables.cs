using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies;

/// <summary>The tables of an evaluation of stored predictions: measures, classifications, comparisons.</summary>
internal static class EvaluationTables
{
    internal const int Resamples = 2000;

    /// <summary>Why intervals and tests are left out of repeated splits.</summary>
    internal const string TakenForOthers = "subjects were held out several times, and the formulas take each time for another subject";

    private const string Repeated = $" Risks of all splits are pooled. Other intervals and tests are left out: {TakenForOthers}.";

    internal static IReadOnlyList<ReportTable> Of(HeldOutPool pool, EvaluationSummary? summary, Seed seed, StageWork? work = null)
    {
        if (summary is null)
            return [];
        IReadOnlyList<double> thresholds = summary.Thresholds;
        int models = pool.Models.Count;
        var intervals = EvaluationIntervals.Of(
            pool, thresholds, [.. from a in Enumerable.Range(0, models) from b in Enumerable.Range(a + 1, models - a - 1) select (a, b)], seed, "Bootstrap of the measures", work ?? new StageWork());
        return
        [
            Measures(pool, intervals), .. pool.Repeats ? [] : (ReportTable[])[GoodnessOfFit(pool)],
            .. thresholds.Count == 0 ? [] : (ReportTable[])[Classifications(pool, thresholds, intervals)],
            .. pool.Models.Count < 2 ? [] : (ReportTable[])[Comparison(
                pool, thresholds, intervals, "comparison", $"Models compared on the {pool.Who} subjects",
                "A model chosen because it did best here is chosen on these subjects, and its figures are optimistic.")],
            DecisionCurves(pool, summary.DecisionThresholds),
        ];
    }

    private static ReportTable Measures(HeldOutPool pool, EvaluationIntervals intervals) => new("measures", $"Discrimination and calibration on the {pool.Who} subjects",
        [
            "predictions", "model", "subjects", "events", .. pool.Repeats ? ["risks"] : (string[])[], .. HeadlineAuroc.ColumnsOf(pool),
            .. pool.Repeats ? HeadlineAuroc.MeanColumns : [], "average precision", "Brier score", "Brier score lower", "Brier score upper",
            "scaled Brier score", "observed/expected events", .. Columns(pool, "calibration in the large"), .. Columns(pool, "calibration slope"), "ICI", "E50", "E90", "miscalibration (CORP)", "discrimination (CORP)", "uncertainty (CORP)",
            .. pool.Repeats ? [] : (string[])["Spiegelhalter P"],
        ],
        [.. pool.Models.Select((model, m) => (IReadOnlyList<string>)[pool.Who.Replace('-', ' '), model.Name, .. Cells(pool, model.Risks, intervals.Brier[m])])])
    {
        RowName = "model",
        Note = $"95 % intervals: {(pool.Repeats ? "mean AUROC over the splits by Nadeau and Bengio, which allow for their overlap" : "AUROC by DeLong on the log odds")}, Brier score by bootstrap of subjects (2,000 draws, percentile){(pool.Repeats ? "" : ", calibration by Wald")}. " +
            $"Average precision of chance is the share of events. ICI, E50 and E90: mean, median and 90th percentile of the distance between risk and loess curve ({(EvaluationAnalysis.SurfaceFor(pool.Outcomes.Count) == LoessSurface.Direct ? "exact" : "interpolated")} surface). CORP parts the Brier score: miscalibration − discrimination + uncertainty.{(pool.Repeats ? Repeated : " Spiegelhalter: a small P speaks against calibration.")}",
    };

    private static IEnumerable<string> Cells(HeldOutPool pool, IReadOnlyList<double> risks, ConfidenceInterval brierInterval)
    {
        IReadOnlyList<bool> y = pool.Outcomes;
        var auroc = Auroc.Of(y, risks);
        var brier = BrierScore.Of(y, risks);
        var cox = CoxCalibration.Of(y, risks);
        CalibrationCurve? curve = CurveOf(y, risks);
        var corp = CorpDecomposition.Of(y, risks);
        return
        [
            StudyTables.Whole(pool.SubjectCount), StudyTables.Whole(pool.SubjectEventCount), .. pool.Repeats ? [StudyTables.Whole(y.Count)] : (string[])[],
            .. HeadlineAuroc.CellsOf(pool, auroc), .. pool.Repeats ? MeanOf(pool, risks) : [],
            StudyTables.Number(PrecisionRecallCurve.Of(y, risks).AveragePrecision), .. Ends(brier.Value, brierInterval),
            StudyTables.Number(brier.Scaled), StudyTables.Number(pool.Events / risks.Sum()), .. Cells(pool, cox.InTheLarge, cox.InTheLargeInterval()), .. Cells(pool, cox.Slope, cox.SlopeInterval()),
            .. ((double[])
            [
                curve?.Ici ?? double.NaN, curve?.E50 ?? double.NaN, curve?.E90 ?? double.NaN, corp.Miscalibration, corp.Discrimination, corp.Uncertainty,
                .. pool.Repeats ? [] : (double[])[SpiegelhalterTest.Of(y, risks).P],
            ]).Select(StudyTables.Number),
        ];
    }

    private static IEnumerable<string> MeanOf(HeldOutPool pool, IReadOnlyList<double> risks)
    {
        var mean = HeadlineAuroc.OfSplits(pool.Aurocs, risks);
        return Ends(mean.Value, mean.Interval);
    }

    internal static CalibrationCurve? CurveOf(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        try
        {
            return CalibrationCurve.Of(outcomes, risks, EvaluationAnalysis.SurfaceFor(risks.Count));
        }
        catch (LearningException)
        {
            return null;
        }
    }

    private static ReportTable Classifications(HeldOutPool pool, IReadOnlyList<double> thresholds, EvaluationIntervals intervals) => new(
        "classifications", "Classifications at the thresholds chosen beforehand",
        [
            "predictions", "model at threshold", "threshold", "true positives", "false negatives", "false positives", "true negatives",
            .. ((string[])["sensitivity", "specificity", "positive predictive value", "negative predictive value", "accuracy"]).SelectMany(measure => Columns(pool, measure)), "balanced accuracy",
            "positive likelihood ratio", "negative likelihood ratio", "F1", "F1 lower", "F1 upper", "kappa", "kappa lower", "kappa upper", "Matthews correlation", "Matthews correlation lower",
            "Matthews correlation upper", "net benefit", "net benefit lower", "net benefit upper", "standardised net benefit",
        ],
        [
            .. from threshold in thresholds.Index()
               from model in pool.Models.Index()
               let matrix = ConfusionMatrix.Of(pool.Outcomes, model.Item.Risks, threshold.Item)
               let benefit = NetBenefit.Of(pool.Outcomes, model.Item.Risks, threshold.Item)
               select (IReadOnlyList<string>)
               [
                   pool.Who.Replace('-', ' '), $"{model.Item.Name} at {StudyTables.Number(threshold.Item)}", StudyTables.Number(threshold.Item), StudyTables.Whole(matrix.TruePositives), StudyTables.Whole(matrix.FalseNegatives),
                   StudyTables.Whole(matrix.FalsePositives), StudyTables.Whole(matrix.TrueNegatives),
                   .. Cells(pool, matrix.Sensitivity, matrix.SensitivityInterval()), .. Cells(pool, matrix.Specificity, matrix.SpecificityInterval()),
                   .. Cells(pool, matrix.Precision, matrix.PrecisionInterval()), .. Cells(pool, matrix.NegativePredictiveValue, matrix.NegativePredictiveValueInterval()),
                   .. Cells(pool, matrix.Accuracy, matrix.AccuracyInterval()), .. ((double[])[matrix.BalancedAccuracy, matrix.PositiveLikelihoodRatio, matrix.NegativeLikelihoodRatio]).Select(Finite),
                   .. ((double[])[matrix.F1, matrix.Kappa, matrix.MatthewsCorrelation]).Zip(intervals.Agreement[model.Index][threshold.Index], Ends).SelectMany(ends => ends), .. Ends(benefit.Model, intervals.NetBenefit[model.Index][threshold.Index]),
                   StudyTables.Number(benefit.Standardised),
               ],
        ])
    {
        RowName = "model at threshold",
        Note = $"A risk of at least the threshold is positive. 95 % intervals{(pool.Repeats ? "" : " of proportions are exact (Clopper and Pearson), those")} of F1, kappa, Matthews' correlation and net benefit {(pool.Repeats ? "are " : "")}by bootstrap of " +
            $"subjects. Accuracy, F1 and kappa weigh errors as no clinical question does; they are here because papers report them.{(pool.Repeats ? Repeated : "")}",
    };

    internal static ReportTable Comparison(HeldOutPool pool, IReadOnlyList<double> thresholds, EvaluationIntervals intervals, string name, string title, string note)
    {
        (int First, int Second)[] pairs = intervals.Pairs;
        (double Difference, ConfidenceInterval Interval, double P)[] areas = [.. pairs.Select(pair => AurocDifference(pool, pair))];
        double[] corrected = MultipleTesting.Holm([.. areas.Select(area => area.P)]);
        // Of a subject who was held out again McNemar's test would count the same error twice.
        IReadOnlyList<double> tested = pool.Repeats ? [] : thresholds;
        return new ReportTable(name, title,
            [
                "predictions", "models", "difference in AUROC", "difference in AUROC lower", "difference in AUROC upper", pool.Repeats ? "P (Nadeau and Bengio)" : "P (DeLong)", "P (Holm)",
                "difference in Brier score", "difference in Brier score lower", "difference in Brier score upper",
                .. thresholds.SelectMany(t => ((string[])["", " lower", " upper"]).Select(end => $"difference in net benefit at {StudyTables.Number(t)}{end}")),
                .. tested.Select(t => $"P (McNemar, exact) at {StudyTables.Number(t)}"),
            ],
            [
                .. pairs.Select((pair, i) => (IReadOnlyList<string>)
                [
                    pool.Who.Replace('-', ' '), $"{pool.Models[pair.First].Name} − {pool.Models[pair.Second].Name}", .. Ends(areas[i].Difference, areas[i].Interval), StudyTables.Number(areas[i].P),
                    StudyTables.Number(corrected[i]), .. Ends(intervals.BrierDifference[i].Value, intervals.BrierDifference[i].Percentile()),
                    .. intervals.BenefitDifference[i].SelectMany(difference => Ends(difference.Value, difference.Percentile())),
                    .. tested.Select(t => StudyTables.Number(McNemarTest.Of(Right(pool, pair.First, t), Right(pool, pair.Second, t)).ExactP)),
                ]),
            ])
        {
            RowName = "models",
            Note = "First less second, on the same subjects. " + (pool.Repeats
                ? "AUROC: mean difference over the splits, with the interval and test of Nadeau and Bengio, which allow for their overlap; no interval where it does not vary between splits"
                : "AUROC: DeLong's paired test") + $", P corrected for all pairs by Holm; other intervals by bootstrap of subjects{(pool.Repeats ? ", each with all its predictions" : "")}. {note}",
        };
    }

    private static (double Difference, ConfidenceInterval Interval, double P) AurocDifference(HeldOutPool pool, (int First, int Second) pair)
    {
        if (pool.Repeats)
        {
            AurocOverSplits splits = pool.Aurocs;
            return splits.Mean([.. splits.Of(pool.Models[pair.First].Risks).Zip(splits.Of(pool.Models[pair.Second].Risks), (a, b) => a - b)]) is { } mean
                ? (mean.Mean, HeadlineAuroc.Within(mean.Interval(), -1, 1), mean.P) : (double.NaN, ConfidenceInterval.None, double.NaN);
        }
        var paired = AurocComparison.Of(pool.Outcomes, pool.Models[pair.First].Risks, pool.Models[pair.Second].Risks);
        return (paired.Difference, paired.Interval(), paired.P);
    }

    private static ReportTable DecisionCurves(HeldOutPool pool, IReadOnlyList<double> thresholds) => new("decision-curves", "Decision curves",
        ["threshold", "treat all", .. pool.Models.SelectMany(model => ((string[])["", " lower", " upper", ", standardised"]).Select(part => model.Name + part))],
        [
            .. thresholds.Select(t => (IReadOnlyList<string>)
            [
                StudyTables.Number(t), StudyTables.Number(NetBenefit.Of(pool.Outcomes, pool.Models[0].Risks, t).TreatAll),
                .. pool.Models.Select(model => NetBenefit.Of(pool.Outcomes, model.Risks, t)).SelectMany(benefit =>
                    Ends(benefit.Model, pool.Repeats ? ConfidenceInterval.None : benefit.Interval()).Append(StudyTables.Number(benefit.Standardised))),
            ]),
        ])
    {
        Note = pool.Repeats ? "Net benefit; standardised: as a share of the share of events." : "Net benefit with normal 95 % intervals; standardised: as a share of the share of events, the most that can be had.",
    };

    /// <summary>The test of calibration that readers ask for, with what to think of it.</summary>
    private static ReportTable GoodnessOfFit(HeldOutPool pool) => new("hosmer-lemeshow", $"Hosmer-Lemeshow test on the {pool.Who} subjects", ["model", "groups", "chi-square", "P"],
        [
            .. pool.Models.Select(model =>
            {
                HosmerLemeshowTest? test = Tested(pool.Outcomes, model.Risks);
                return (IReadOnlyList<string>)
                    [model.Name, test is null ? "" : StudyTables.Whole(test.Groups.Count), Finite(test?.Statistic ?? double.NaN), StudyTables.Number(test?.ExternalP ?? double.NaN)];
            }),
        ])
    {
        Note = "Ten groups by quantiles of risk, fewer where many risks are equal; as many degrees of freedom as groups, since nothing was fitted on these subjects. Its P depends on the groups, a large one shows nothing, and with " +
            "many subjects a small one shows little: read the calibration curve, and this because readers ask for it.",
    };

    private static HosmerLemeshowTest? Tested(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks)
    {
        try
        {
            return HosmerLemeshowTest.Of(outcomes, risks);
        }
        catch (LearningException)
        {
            // Risks with too few levels make no groups.
            return null;
        }
    }

    private static bool[] Right(HeldOutPool pool, int model, double threshold) =>
        [.. pool.Models[model].Risks.Zip(pool.Outcomes, (risk, outcome) => risk >= threshold == outcome)];

    // A risk of 0 for a subject with the event, or no false positive at all.
    private static string Finite(double value) => double.IsInfinity(value) ? "infinite" : StudyTables.Number(value);

    internal static IEnumerable<string> Ends(double value, ConfidenceInterval interval) =>
        [StudyTables.Number(value), StudyTables.Number(interval.Lower), StudyTables.Number(interval.Upper)];

    /// <summary>The columns of a measure whose interval is by a formula. Such a formula takes each time that a subject was held out for another subject: no interval then.</summary>
    internal static string[] Columns(HeldOutPool pool, string measure) => pool.Repeats ? [measure] : [measure, $"{measure} lower", $"{measure} upper"];

    /// <summary>The cells of <see cref="Columns"/>.</summary>
    internal static IEnumerable<string> Cells(HeldOutPool pool, double value, ConfidenceInterval interval) => pool.Repeats ? [StudyTables.Number(value)] : Ends(value, interval);
}
