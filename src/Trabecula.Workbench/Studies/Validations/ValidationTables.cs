using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies.Validations;

/// <summary>The tables that only a validation has.</summary>
internal static class ValidationTables
{
    internal static string NameOf(PoolableMeasure measure) => measure switch
    {
        PoolableMeasure.Auroc => "AUROC",
        PoolableMeasure.ObservedOverExpected => "observed/expected events",
        PoolableMeasure.InTheLarge => "calibration in the large",
        _ => "calibration slope",
    };

    internal static string NameOf(RecalibrationForm form) => form == RecalibrationForm.Intercept ? "intercept recalibrated" : "intercept and slope recalibrated";

    internal static ReportTable Recalibrations(HeldOutPool pool, IReadOnlyList<ValidatedModel> models, IReadOnlyList<double> thresholds) => new(
        "recalibration", "Recalibrated to the new subjects",
        [
            "model", "risks", "intercept", "intercept lower", "intercept upper", "slope", "slope lower", "slope upper", "Brier score", "observed/expected events", "calibration in the large",
            "calibration slope", "ICI", .. thresholds.Select(t => $"net benefit at {StudyTables.Number(t)}"),
        ],
        [
            .. models.SelectMany(model => ((IReadOnlyList<string>[])
                [[model.Name, "as frozen", .. Enumerable.Repeat("", 6), .. Judged(pool, model.Risks, thresholds)]]).Concat(model.Recalibrations.Select(form => (IReadOnlyList<string>)
                [
                    model.Name, NameOf(form.Form), .. EvaluationTables.Ends(form.Intercept, form.InterceptInterval()),
                    .. form.Form == RecalibrationForm.Intercept ? ["1", "", ""] : EvaluationTables.Ends(form.Slope, form.SlopeInterval()),
                    .. Judged(pool, form.CrossFitted, thresholds),
                ]))),
        ])
    {
        RowName = "risks",
        Across = 3,
        Note = "Beside the validation, not part of it: 'as frozen' is how good the model is here. logit(new risk) = intercept + slope × logit(risk), with coefficients fitted on all new subjects. " +
            FormattableString.Invariant($"The measures beside them are of risks whose coefficients come from the other {Recalibration.Folds - 1} of {Recalibration.Folds} parts of the new subjects. ") +
            "Recalibration leaves the order of risks, and with it the AUROC, as it is (but for the parts). A recalibrated model is another model: it needs subjects of its own to be validated.",
    };

    private static IEnumerable<string> Judged(HeldOutPool pool, IReadOnlyList<double> risks, IReadOnlyList<double> thresholds)
    {
        RiskEvaluation e = RiskEvaluation.Of(pool.Outcomes, risks, thresholds);
        return ((double[])
        [
            e.Brier.Value, e.Prevalence / e.MeanRisk, e.Calibration.InTheLarge, e.Calibration.Slope, EvaluationTables.CurveOf(pool.Outcomes, risks)?.Ici ?? double.NaN,
            .. e.NetBenefits.Select(benefit => benefit.Model),
        ]).Select(StudyTables.Number);
    }

    internal static ReportTable Centres(IReadOnlyList<ValidatedModel> models, IReadOnlyList<double> thresholds) => new("centres", "By centre",
        [
            "model", "centre", "subjects", "events", .. Enum.GetValues<PoolableMeasure>().SelectMany(measure => ((string[])["", " lower", " upper"]).Select(end => NameOf(measure) + end)),
            "Brier score", .. thresholds.Select(t => $"net benefit at {StudyTables.Number(t)}"),
        ],
        [
            .. models.SelectMany(model => model.Centres.Select(centre => (IReadOnlyList<string>)
            [
                model.Name, centre.Name, StudyTables.Whole(centre.Count), StudyTables.Whole(centre.Events),
                .. Enum.GetValues<PoolableMeasure>().SelectMany(measure => InCentre(measure, centre)),
                centre.Measures is { } e ? StudyTables.Number(e.Brier.Value) : "",
                .. thresholds.Select((_, t) => centre.Measures is { } measures ? StudyTables.Number(measures.NetBenefits[t].Model) : ""),
            ])),
        ])
    {
        RowName = "centre",
        Across = Math.Clamp(models[0].Centres.Count, 1, 5),
        Note = $"Measures are {new SubgroupRule().Text}; smaller centres show their counts alone and are not pooled. The rule looks at counts, never at results. 95 % intervals: AUROC by DeLong on the log odds, observed/expected on the logarithm, calibration by Wald.",
    };

    private static IEnumerable<string> InCentre(PoolableMeasure measure, SubgroupEvaluation centre)
    {
        if (centre.Measures is null)
            return ["", "", ""];
        (double value, ConfidenceInterval interval) = PooledMeasure.In(measure, centre);
        return EvaluationTables.Ends(value, interval);
    }

    internal static ReportTable Pooled(IReadOnlyList<ValidatedModel> models) => new("pooled", "Centres pooled",
        ["model", "measure", "centres", "pooled", "pooled lower", "pooled upper", "prediction lower", "prediction upper", "tau²", "I²", "Q", "P of Q"],
        [
            .. models.SelectMany(model => model.Pooled.Select(pooled => (IReadOnlyList<string>)
            [
                model.Name, NameOf(pooled.Measure), StudyTables.Whole(pooled.Pooled.Places), .. EvaluationTables.Ends(pooled.Value, pooled.Interval()),
                StudyTables.Number(pooled.PredictionInterval().Lower), StudyTables.Number(pooled.PredictionInterval().Upper),
                .. ((double[])[pooled.Pooled.Tau2, pooled.Pooled.I2, pooled.Pooled.Q, pooled.Pooled.P]).Select(StudyTables.Number),
            ])),
        ])
    {
        RowName = "measure",
        Across = 4,
        Note = "Random effects: variance between centres (tau²) by restricted maximum likelihood, 95 % interval of the mean by Hartung and Knapp (factor at least 1, t of k − 1 degrees of freedom), " +
            "prediction interval with what tau² may be by its chi square (Q-profile; from three centres on): where a further centre's true value is expected. AUROC is pooled as log odds, observed/expected as logarithm. " +
            "Q is Cochran's and I² = 1 − (k − 1) / Q. With few centres tau² is hardly known, and the prediction interval says so by its width.",
    };

    internal static ReportTable Predictions(HeldOutPool pool, IReadOnlyList<ValidatedModel> models, IReadOnlyList<ModelRisks> small, string?[]? centres) => new("predictions", "Predicted risks",
        [
            "subject", .. centres is null ? [] : (string[])["centre"], "outcome",
            .. models.SelectMany(model => ((string[])[model.Name]).Concat(model.Recalibrations.Select(form => $"{model.Name}, {NameOf(form.Form)}, cross-fitted"))), .. small.Select(model => model.Name),
        ],
        [
            .. pool.Subjects.Select((subject, row) => (IReadOnlyList<string>)
            [
                subject, .. centres is null ? [] : (string[])[centres[row] ?? ""], pool.Outcomes[row] ? "1" : "0",
                .. models.SelectMany(model => ((double[])[model.Risks[row]]).Concat(model.Recalibrations.Select(form => form.CrossFitted[row]))).Concat(small.Select(model => model.Risks[row])).Select(StudyTables.Number),
            ]),
        ]);
}
