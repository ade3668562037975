using Trabecula.Learning.Interpretation;

namespace Trabecula.Workbench.Studies.Interpretations;

/// <summary>The tables of interpretation: every number behind its figures.</summary>
internal static class InterpretationTables
{
    internal const string Importance = "importance", Families = "families", Ablation = "ablation", Shap = "shap", Dependence = "partial-dependence";

    /// <summary>The names of all tables.</summary>
    internal static IReadOnlyList<string> All { get; } = [Importance, Families, Shap, Dependence, Ablation];

    /// <summary>All tables, those without rows left out.</summary>
    internal static IReadOnlyList<ReportTable> Of(InterpretationSummary summary) =>
        [.. ((ReportTable[])[ImportanceOf(summary), FamiliesOf(summary), ShapOf(summary), DependenceOf(summary), AblationOf(summary)]).Where(table => table.Rows.Count > 0)];

    private static ReportTable ImportanceOf(InterpretationSummary summary)
    {
        Dictionary<string, RankedPredictor> ranks = summary.Ranking.ToDictionary(ranked => ranked.Name, StringComparer.Ordinal);
        return new ReportTable(Importance, "Importance of the predictors on held-out subjects",
            ["model", "predictor", "splits", "AUROC drop", "deviation", "Brier rise", "deviation of the rise", "mean |SHAP|", "SHAP in", "AUROC drop over folds", "deviation over folds"],
            [
                .. from model in summary.Models
                   from predictor in model.Predictors
                   let rank = model.Model == summary.Explained ? ranks.GetValueOrDefault(predictor.Name) : null
                   select (IReadOnlyList<string>)
                   [
                       model.Model, predictor.Name, StudyTables.Whole(predictor.Splits), Number(predictor.AurocDrop), Number(predictor.AurocDeviation), Number(predictor.BrierRise),
                       Number(predictor.BrierDeviation), Number(predictor.ShapMagnitude), predictor.ShapMagnitude is null ? "" : Unit(model.ShapScale),
                       Number(rank?.AurocDrop), Number(rank?.AurocDeviation),
                   ],
            ]);
    }

    private static ReportTable FamiliesOf(InterpretationSummary summary) => new(Families, "Importance by family of predictors",
        ["model", "families by", "family", "predictors", "AUROC drop, all together", "deviation", "sum of single drops", "sum of mean |SHAP|"],
        [
            .. from model in summary.Models
               from kind in (IEnumerable<(string Name, IReadOnlyList<FamilyImportance> Families)>)[("image", model.Images), ("measure", model.Measures)]
               from family in kind.Families
               select (IReadOnlyList<string>)
               [
                   model.Model, kind.Name, family.Name, Number(family.Columns), Number(family.AurocDrop), Number(family.AurocDeviation), Number(family.SummedDrops),
                   Number(family.ShapMagnitude),
               ],
        ]);

    private static ReportTable ShapOf(InterpretationSummary summary)
    {
        string title = $"Shapley values of {summary.Explained} for held-out subjects";
        if (summary.Shap is not { Predictors.Count: > 0 } shap)
            return new ReportTable(Shap, title, ["subject"], []);
        (string Name, IReadOnlyList<double> Values)[] parts =
        [
            ("baseline", [.. shap.Predictors[0].Values.Select(_ => shap.Baseline)]), .. shap.Predictors.Select(predictor => (predictor.Name, predictor.Values)),
            .. shap.Others is not { } others ? [] : ((string, IReadOnlyList<double>)[])[($"{StudyTables.Whole(others.Count)} other predictor{(others.Count == 1 ? "" : "s")}", others.Sums)],
        ];
        string[] read = ["subject", .. parts.Select(part => part.Name), $"prediction in {Unit(shap.Scale)}"];
        ShapPredictor[] ordered = [.. shap.Predictors.Where(predictor => predictor.Levels.Count > 0)];
        return new ReportTable(Shap, title, [.. read, .. ordered.Select(predictor => $"{predictor.Name}, rank of the value from 0 to 1")],
        [
            .. parts[0].Values.Select((_, row) => (IReadOnlyList<string>)
            [
                StudyTables.Whole(row + 1), .. parts.Select(part => Number(part.Values[row])), Number(parts.Sum(part => part.Values[row])),
                .. ordered.Select(predictor => Number(predictor.Levels[row])),
            ]),
        ])
        {
            Essential = read,
            Note = "Subjects in the order of predictions.csv. Each row adds up from the baseline to the model's prediction before any calibration.",
        };
    }

    private static ReportTable DependenceOf(InterpretationSummary summary)
    {
        string[] read = ["predictor", "value", "mean risk"];
        int subjects = summary.Curves.Select(curve => curve.Curves.Count).FirstOrDefault();
        return new ReportTable(Dependence, $"Partial dependence of {summary.Explained}", [.. read, .. Enumerable.Range(1, subjects).Select(curve => $"curve {StudyTables.Whole(curve)}")],
        [
            .. from curve in summary.Curves
               from point in Enumerable.Range(0, curve.Values.Count)
               select (IReadOnlyList<string>)
               [
                   curve.Predictor, curve.Labels.Count > 0 ? curve.Labels[point] : Number(curve.Values[point]), Number(curve.MeanRisks[point]),
                   .. curve.Curves.Select(risks => Number(risks[point])),
               ],
        ])
        {
            Essential = read,
            Note = $"{Dependence}.csv has the curves of {StudyTables.Whole(subjects)} training subjects too, of each predictor from the lowest risk to the highest.",
        };
    }

    private static ReportTable AblationOf(InterpretationSummary summary)
    {
        string[] columns =
        [
            "meaning", "phase", "step", "predictors left out", .. HeadlineAuroc.Columns, "AUROC change", "AUROC change lower", "AUROC change upper", "Brier", "Brier change",
            "calibration intercept", "calibration slope", "threshold", "net benefit", "net benefit change", "true positives", "true positives lost", "false positives",
            "false positives added", "note",
        ];
        if (summary.Ablation is not { } ablation)
            return new ReportTable(Ablation, "Ablation", columns, []);
        return new ReportTable(Ablation, $"Ablation of {summary.Explained} on held-out subjects", columns,
        [
            Row("", "", "all predictors", "0", ablation.Full, ""),
            .. ablation.Steps.Select(step => Row(Word(step.Meaning), StudyTables.Whole(step.Phase), step.Step, StudyTables.Whole(step.LeftOut), step.Measures, step.Note)),
        ])
        {
            Essential =
            [
                "meaning", "step", $"AUROC ({HeadlineAuroc.DeLong})", "AUROC change", "Brier", "calibration intercept", "calibration slope", "net benefit", "net benefit change",
                "true positives lost", "false positives added",
            ],
        };

        IReadOnlyList<string> Row(string meaning, string phase, string step, string leftOut, AblationMeasures? found, string note)
        {
            AblationMeasures full = ablation.Full;
            return
            [
                meaning, phase, step, leftOut,
                .. found is null ? Enumerable.Repeat("", 17).Select((cell, i) => i == 10 ? Number(ablation.Threshold) : cell) :
                [
                    Number(found.Auroc), Number(found.AurocLower), Number(found.AurocUpper), Number(found.AurocChange), Number(found.AurocChangeLower),
                    Number(found.AurocChangeUpper), Number(found.Brier), Number(found.Brier - full.Brier), Number(found.Intercept), Number(found.Slope), Number(ablation.Threshold),
                    Number(found.NetBenefit), Number(found.NetBenefit - full.NetBenefit), StudyTables.Whole(found.TruePositives),
                    StudyTables.Whole(full.TruePositives - found.TruePositives), StudyTables.Whole(found.FalsePositives), StudyTables.Whole(found.FalsePositives - full.FalsePositives),
                ],
                note,
            ];
        }
    }

    /// <summary>A meaning as the plan writes it.</summary>
    internal static string Word(AblationMeaning meaning) => meaning switch
    {
        AblationMeaning.Masked => "masked",
        AblationMeaning.Refit => "refit",
        _ => "retuned",
    };

    /// <summary>A scale of Shapley values in words.</summary>
    internal static string Unit(ShapScale? scale) => scale switch
    {
        ShapScale.Risk => "risk",
        ShapScale.LogOdds => "log odds",
        ShapScale.DecisionValue => "decision value",
        _ => "",
    };

    private static string Number(double? value) => value is { } number ? StudyTables.Number(number) : "";
}
