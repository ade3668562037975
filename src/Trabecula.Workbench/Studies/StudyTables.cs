using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;

namespace Trabecula.Workbench.Studies;

/// <summary>The tables of a study's result.</summary>
internal static class StudyTables
{
    /// <summary>How each model does on the held-out subjects: one row a model, or one a model and split.</summary>
    internal static ReportTable Evaluation(StudyResult result, IReadOnlyList<double> thresholds)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach ((int s, SplitResult split) in result.Splits.Index())
        {
            for (int m = 0; m < split.Searches.Count; m++)
                rows.Add([Whole(s + 1), split.Searches[m].Model, .. Measures(split.HeldOut.Outcomes, split.HeldOut.Risks[m], thresholds)]);
        }
        return new ReportTable("evaluation", "Models on the held-out subjects",
        [
            "split", "model", "subjects", "events", .. HeadlineAuroc.Columns, "Brier", "scaled Brier", "calibration in the large",
            "calibration intercept", "calibration slope", "mean risk", "prevalence",
            .. thresholds.Select(t => $"net benefit at {Number(t)}"), .. thresholds.Select(t => $"net benefit of treating all at {Number(t)}"),
        ], rows)
        {
            RowName = "model",
            Note = "AUROC with DeLong's 95 % interval on the log odds. Calibration in the large is 0 and the slope 1 for perfect risks; a slope below 1 means that " +
                "risks are too extreme. Empty cells are not estimable: the split's held-out subjects are fewer than two of a class, or no finite fit exists.",
        };
    }

    /// <summary>Every configuration of every model on every fold.</summary>
    internal static ReportTable Trials(StudyResult result)
    {
        int folds = result.Splits.SelectMany(split => split.Searches).SelectMany(search => search.Trials).Max(trial => trial.Scores.Count);
        return new ReportTable("trials", "Trials of the search",
            ["split", "model", "phase", "trial", "configuration", .. Enumerable.Range(1, folds).Select(f => $"AUROC fold {Whole(f)}"), "mean AUROC", "standard error", "chosen", "failure"],
            [
                .. from split in result.Splits.Index()
                   from search in split.Item.Searches
                   from trial in search.Trials.Index()
                   select (IReadOnlyList<string>)
                   [
                       Whole(split.Index + 1), search.Model, trial.Item.Configuration.Phase, Whole(trial.Index + 1), trial.Item.Configuration.Text,
                       .. Enumerable.Range(0, folds).Select(f => f < trial.Item.Scores.Count ? Number(trial.Item.Scores[f].Auroc) : ""),
                       trial.Item.Scores.Count == 0 ? "" : Number(trial.Item.Mean), trial.Item.Scores.Count == 0 ? "" : Number(trial.Item.StandardError),
                       trial.Index == search.Chosen ? "1" : "0", trial.Item.Failure ?? "",
                   ],
            ]);
    }

    /// <summary>The predicted risk of each held-out subject by each model, and by the small ones that these must beat.</summary>
    internal static ReportTable Predictions(StudyResult result)
    {
        SearchResult[] models = [.. result.Splits[0].Searches];
        return new ReportTable("predictions", "Predicted risks of the held-out subjects",
            ["split", "subject", "outcome", .. models.Select(model => model.Model), .. result.Splits[0].Baselines.Select(small => small.Name)],
            [
                .. from split in result.Splits.Index()
                   from row in Enumerable.Range(0, split.Item.HeldOut.Subjects.Count)
                   select (IReadOnlyList<string>)
                   [
                       Whole(split.Index + 1), split.Item.HeldOut.Subjects[row], split.Item.HeldOut.Outcomes[row] ? "1" : "0",
                       .. split.Item.HeldOut.Risks.Concat(split.Item.BaselineRisks).Select(risks => Number(risks[row])),
                   ],
            ]);
    }

    /// <summary>Which side of each split every subject was on.</summary>
    internal static ReportTable Sides(StudyResult result) => new("splits", "Sides of the splits", ["split", "subject", "side"],
    [
        .. from split in result.Splits.Index()
           from side in (IEnumerable<(string Subject, string Side)>)
           [
               .. split.Item.Final.Prepared.Table.Subjects.Distinct(StringComparer.Ordinal).Select(subject => (subject, "training")), .. split.Item.HeldOut.Subjects.Select(subject => (subject, "held out")),
           ]
           select (IReadOnlyList<string>)[Whole(split.Index + 1), side.Subject, side.Side],
    ]);

    /// <summary>How many columns each fitted step takes and gives, on the whole training set and in every fold.</summary>
    internal static ReportTable Steps(StudyResult result)
    {
        var rows = new List<IReadOnlyList<string>>();
        Add("", "all subjects, before the split", result.BeforeSplit);
        foreach ((int s, SplitResult split) in result.Splits.Index())
        {
            Add(Whole(s + 1), "training", split.Steps);
            foreach ((int f, IReadOnlyList<FittedTransformer> steps) in split.Folds.Select(fold => fold.Steps).Index())
                Add(Whole(s + 1), $"fold {Whole(f + 1)}", steps);
        }
        return new ReportTable("steps", "Columns after each step",
            ["split", "fitted on", "step", "name", "clinical before", "clinical after", "radiomic before", "radiomic after", "expected by chance", "note"], rows)
        {
            Note = ScreeningNotes.Chance(result.BeforeSplit.Concat(result.Splits.SelectMany(split => split.Steps))),
        };

        void Add(string split, string fittedOn, IReadOnlyList<FittedTransformer> steps)
        {
            foreach ((int i, FittedTransformer step) in steps.Index())
            {
                rows.Add(
                [
                    split, fittedOn, Whole(i + 1), step.Name,
                    Whole(Count(step.Input, ColumnSource.Clinical)), Whole(Count(step.Output, ColumnSource.Clinical)),
                    Whole(Count(step.Input, ColumnSource.Radiomic)), Whole(Count(step.Output, ColumnSource.Radiomic)),
                    step is FittedUnivariateScreening { ExpectedByChance: { } expected } ? expected.ToString("0.##", CultureInfo.InvariantCulture) : "",
                    ScreeningNotes.Fallback(step),
                ]);
            }
        }
    }

    /// <summary>The test of every screened column on the whole training set.</summary>
    internal static ReportTable Screening(StudyResult result) => new("screening", "Univariate tests on the training subjects",
        ["split", "step", "column", "test", "P", "PAdjusted", "kept"],
        [
            .. from split in result.Splits.Index()
               from step in result.BeforeSplit.Concat(split.Item.Steps).Index()
               where step.Item is FittedUnivariateScreening
               let kept = step.Item.Output.Select(column => column.Name).ToHashSet(StringComparer.Ordinal)
               from test in ((FittedUnivariateScreening)step.Item).Tests
               where test.Test != ScreeningTest.None
               let name = step.Item.Input[test.Column].Name
               select (IReadOnlyList<string>)[Whole(split.Index + 1), Whole(step.Index + 1), name, test.Test.ToString(), Number(test.P), Number(test.AdjustedP), kept.Contains(name) ? "1" : "0"],
        ]);

    internal static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    internal static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Count(IReadOnlyList<FeatureColumn> columns, ColumnSource source) => columns.Count(column => column.Source == source);

    private static IEnumerable<string> Measures(IReadOnlyList<bool> outcomes, IReadOnlyList<double> risks, IReadOnlyList<double> thresholds)
    {
        int events = outcomes.Count(outcome => outcome);
        if (events < 2 || outcomes.Count - events < 2)
            return [Whole(outcomes.Count), Whole(events), .. Enumerable.Repeat("", 10 + 2 * thresholds.Count)];
        RiskEvaluation e = RiskEvaluation.Of(outcomes, risks, thresholds);
        ConfidenceInterval area = HeadlineAuroc.IntervalOf(e.Auroc);
        return
        [
            Whole(outcomes.Count), Whole(events),
            .. ((double[])
            [
                e.Auroc.Value, area.Lower, area.Upper, e.Brier.Value, e.Brier.Scaled, e.Calibration.InTheLarge, e.Calibration.Intercept,
                e.Calibration.Slope, e.MeanRisk, e.Prevalence, .. e.NetBenefits.Select(b => b.Model), .. e.NetBenefits.Select(b => b.TreatAll),
            ]).Select(Number),
        ];
    }
}
