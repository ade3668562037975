using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Studies;

/// <summary>Two finished runs side by side, such as one in profile <c>paper</c> and one in profile <c>sound</c>.</summary>
internal static class ComparisonOfRuns
{
    internal const string TableName = "runs";

    /// <summary>A row for each measure of each model that both have.</summary>
    /// <exception cref="StudyException">The runs have no model in common.</exception>
    internal static ReportTable Of(StudySummary run, StudySummary beside)
    {
        (ModelSummary One, ModelSummary Other)[] models =
            [.. from one in run.Models join other in beside.Models on one.Name equals other.Name select (one, other)];
        if (models.Length == 0)
            throw new StudyException($"The runs '{run.Title}' and '{beside.Title}' have no model of the same name. Compare runs of the same models.");
        var rows = new List<IReadOnlyList<string>>();
        foreach ((ModelSummary one, ModelSummary other) in models)
        {
            string[] here = Measures(run, one), there = Measures(beside, other);
            for (int i = 0; i < s_measures.Length; i++)
                rows.Add([one.Name, s_measures[i], here[i], there[i]]);
        }
        bool differs = run.Leaks != beside.Leaks;
        return new ReportTable(TableName, "Beside another run", ["model", "measure", Head(run, beside, "this run"), Head(beside, run, "the other")], rows)
        {
            Note = (differs
                    ? $"In profile {(run.Leaks ? run : beside).Profile} steps saw the held-out subjects before the models were judged by them. What it shows more than the other is, up to chance, what that order is worth, not a better model. "
                    : "") +
                (models.All(pair => pair.One.Configurations == pair.Other.Configurations) ? ""
                    : $"The runs tried different numbers of configurations ({Searched(models.Select(pair => pair.One))} here, {Searched(models.Select(pair => pair.Other))} there), and their difference holds that too. ") +
                (Subjects(run).SequenceEqual(Subjects(beside)) ? "Both runs hold out the same number of subjects with the same outcomes." : "The held-out subjects differ."),
        };
    }

    private static readonly string[] s_measures = ["AUROC (95 %)", "AUROC over the folds", "Brier", "calibration in the large", "calibration slope", "mean risk", "prevalence"];

    private static string Head(StudySummary run, StudySummary other, string fallback) => run.Profile == other.Profile ? $"{fallback}: {run.Title}" : $"profile {run.Profile}";

    private static string Searched(IEnumerable<ModelSummary> models) => string.Join(", ", models.Select(model => FormattableString.Invariant($"{model.Name} {model.Configurations}")));

    private static IEnumerable<bool> Subjects(StudySummary run) => run.HeldOutOutcomes.Order();

    private static string[] Measures(StudySummary run, ModelSummary model)
    {
        int events = run.HeldOutOutcomes.Count(outcome => outcome);
        if (events < 2 || run.HeldOutOutcomes.Count - events < 2)
            return [.. s_measures.Select(_ => "")];
        var headline = HeadlineAuroc.Of(run, model);
        RiskEvaluation e = RiskEvaluation.Of(run.HeldOutOutcomes, model.Risks, []);
        return
        [
            $"{Three(headline.Value)}{(double.IsNaN(headline.Interval.Lower) ? "" : $" ({Three(headline.Interval.Lower)} to {Three(headline.Interval.Upper)})")}", Three(model.CrossValidatedAuroc[0] ?? double.NaN), Three(e.Brier.Value),
            Three(e.Calibration.InTheLarge), Three(e.Calibration.Slope), Three(e.MeanRisk), Three(e.Prevalence),
        ];
    }

    private static string Three(double value) => double.IsNaN(value) ? "" : Reports.Html.Number(value, 3);
}
