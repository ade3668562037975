using System.Globalization;
using System.Text.Json;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Workbench.Studies;

namespace Trabecula.Benchmarks.Studies;

/// <summary>Runs a variant of the reference study and sets it beside Python's results and the true risks.</summary>
internal sealed class StudyComparison
{
    private static readonly string[] s_models = ["lr", "svm", "xgb", "rf"];

    private readonly ReferenceStudy _study;
    private readonly string _variant;
    private readonly JsonElement _python;
    private readonly FeatureTable _table;
    private readonly Bounds _bounds;

    internal StudyComparison(ReferenceStudy study, FeatureTable table, string variant, Bounds bounds)
    {
        (_study, _table, _variant, _bounds, _python) = (study, table, variant, bounds, study.Json($"synthetic/python_{variant}.json"));
        CandidateModel[] models = [.. s_models.Select(study.Candidates)];
        StudyDesign design = variant == "clean" ? StudyVariants.Clean(study, table, models) : StudyVariants.Paper(study, table, models);
        Result = StudyExecution.Run(table, design, Environment.ProcessorCount, progress: new StageLines(variant));
    }

    internal StudyResult Result { get; }

    /// <summary>The rows of the selection table: what is kept at each step, ours, Python's, and whether they are equal.</summary>
    internal IEnumerable<string> SelectionRows()
    {
        SplitResult split = Result.Splits[0];
        JsonElement selection = _python.GetProperty("selection");
        if (_variant == "paper")
        {
            foreach (string row in Steps("all subjects", Result.BeforeSplit, selection, "mrmr"))
                yield return row;
            yield return Row("training", "clinical", Names(split.Steps[^1].Output, ColumnSource.Clinical), Texts(selection.GetProperty("clinical")));
            FeatureTable rows = split.Final.Resampled.Table;
            JsonElement after = selection.GetProperty("after_tomek");
            yield return Row("training", "rows after ADASYN and Tomek links", [Counts(rows.EventCount, rows.RowCount - rows.EventCount)],
                [Counts(after.GetProperty("events").GetInt32(), after.GetProperty("controls").GetInt32())]);
            yield break;
        }
        foreach (string row in Steps("training", split.Steps, selection.GetProperty("on_training"), "mrmr_columns"))
            yield return row;
        int fold = 0;
        foreach (JsonElement expected in selection.GetProperty("in_folds").EnumerateArray())
        {
            foreach (string row in Steps($"fold {fold + 1}", split.Folds[fold].Steps, expected, "mrmr_columns"))
                yield return row;
            fold++;
        }
    }

    /// <summary>The rows of the table of models: cross-validated and held-out measures, ours / Python's.</summary>
    internal IEnumerable<string> ModelRows()
    {
        IReadOnlyDictionary<string, double> truth = _study.TrueRisks();
        SplitResult split = Result.Splits[0];
        double[] trueRisks = [.. split.HeldOut.Subjects.Select(subject => truth[subject])];
        for (int m = 0; m < s_models.Length; m++)
        {
            JsonElement python = _python.GetProperty("models").GetProperty(s_models[m]), test = python.GetProperty("test");
            RiskEvaluation ours = RiskEvaluation.Of(split.HeldOut.Outcomes, split.HeldOut.Risks[m], []);
            double cross = split.Searches[m].ChosenTrial.Mean;
            string named = $"{_variant} {s_models[m]}";
            if (_variant == "paper")
            {
                _bounds.Near($"{named}, test AUROC", ours.Auroc.Value, test.GetProperty("auc").GetDouble(), 0.04);
                _bounds.Near($"{named}, Brier score", ours.Brier.Value, test.GetProperty("brier").GetDouble(), 0.02);
            }
            else
            {
                _bounds.Near($"{named}, best cross-validated AUROC", cross, python.GetProperty("best_cv_auroc").GetDouble(), 0.02);
                _bounds.Near($"{named}, test AUROC", ours.Auroc.Value, test.GetProperty("auc").GetDouble(), 0.03);
            }
            double error = split.HeldOut.Risks[m].Zip(trueRisks, (a, b) => Math.Abs(a - b)).Average();
            yield return $"| {_variant} | {s_models[m]} | {Pair(cross, python.GetProperty("best_cv_auroc"))} | " +
                $"{Pair(ours.Auroc.Value, test.GetProperty("auc"))} | {Pair(ours.Brier.Value, test.GetProperty("brier"))} | " +
                $"{Pair(ours.Calibration.Slope, test.GetProperty("calibration_slope"))} | {Pair(error, test.GetProperty("mean_abs_error_to_true_risk"))} |\n";
        }
        RiskEvaluation oracle = RiskEvaluation.Of(split.HeldOut.Outcomes, trueRisks, []);
        yield return $"| {_variant} | true risk | | {Text(oracle.Auroc.Value)} | {Text(oracle.Brier.Value)} | {Text(oracle.Calibration.Slope)} | 0 |\n";
    }

    /// <summary>The rows of the table of trials: how far the cross-validated AUROC of the 100 trials is from Python's, where it is defined exactly.</summary>
    internal IEnumerable<string> TrialRows()
    {
        if (_variant != "clean")
            yield break;
        JsonElement tight = _study.Json("synthetic/clean_trials_tight.json");
        foreach (string model in (string[])["lr", "svm"])
        {
            double[] ours = [.. Result.Splits[0].Searches[Array.IndexOf(s_models, model)].Trials.Select(trial => trial.Mean)];
            double[] loose = Numbers(_python.GetProperty("models").GetProperty(model).GetProperty("cv_auroc_of_trials"));
            double[] exact = Numbers(tight.GetProperty(model).GetProperty("cv_auroc_of_trials"));
            int[] settled = [.. Enumerable.Range(0, ours.Length).Where(i => model == "lr" || Math.Abs(loose[i] - exact[i]) <= 0.003)];
            double tolerance = model == "lr" ? 0.002 : 0.005;
            _bounds.AtMost($"{_variant} {model}, cross-validated AUROC of the settled trials, tight solver", Largest(settled.Select(i => ours[i] - exact[i])), tolerance);
            _bounds.AtMost($"{_variant} {model}, the same, as published", Largest(settled.Select(i => ours[i] - loose[i])), tolerance);
            yield return string.Create(CultureInfo.InvariantCulture,
                $"| {model} | {settled.Length} of {ours.Length} | {Largest(settled.Select(i => ours[i] - exact[i])):F4} | {Largest(settled.Select(i => ours[i] - loose[i])):F4} | {tolerance} |\n");
        }
    }

    /// <summary>The rows of the table of times: seconds of ours, processor seconds of Python's.</summary>
    internal IEnumerable<string> TimeRows()
    {
        foreach (StageTime stage in Result.Stages)
        {
            string model = stage.Name.Split(' ')[^1];
            double? python = stage.Name.StartsWith("search ", StringComparison.Ordinal)
                ? _python.GetProperty("models").GetProperty(model).GetProperty("search_cpu_seconds").GetDouble()
                : null;
            string ratio = python is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} | {seconds / stage.CpuSeconds:F1}") : " | ";
            yield return string.Create(CultureInfo.InvariantCulture, $"| {_variant} | {stage.Name} | {stage.WallSeconds:F2} | {stage.CpuSeconds:F2} | {ratio} |\n");
        }
    }

    private IEnumerable<string> Steps(string where, IReadOnlyList<FittedTransformer> steps, JsonElement expected, string mrmrKey)
    {
        yield return Row(where, "CCC at least 0.85", [Count(steps[1])], [expected.GetProperty("ccc_pass").GetInt32().ToString(CultureInfo.InvariantCulture)]);
        yield return Row(where, "rank-sum P below 0.1", [Count(steps[2])], [expected.GetProperty("wilcoxon_pass").GetInt32().ToString(CultureInfo.InvariantCulture)]);
        yield return Row(where, "mRMR, in order", Order(steps[3]), Texts(expected.GetProperty(mrmrKey)));
        if (steps.Count > 4)
            yield return Row(where, "clinical", Names(steps[^1].Output, ColumnSource.Clinical), Texts(expected.GetProperty("clinical")));
    }

    // Unlike the largest of a list, Math.Max hands NaN on.
    private static double Largest(IEnumerable<double> differences) => differences.Aggregate(0.0, (worst, difference) => Math.Max(worst, Math.Abs(difference)));

    private static string[] Order(FittedTransformer mrmr) => [.. ((FittedMrmr)mrmr).Ranking.Select(choice => mrmr.Input[choice.Column].Name)];

    private static string Count(FittedTransformer step) =>
        step.Output.Count(column => column.Source == ColumnSource.Radiomic).ToString(CultureInfo.InvariantCulture);

    private static string[] Names(IReadOnlyList<FeatureColumn> columns, ColumnSource source) =>
        [.. columns.Where(column => column.Source == source).Select(column => column.Name)];

    private string Row(string where, string step, string[] ours, string[] python)
    {
        _bounds.Equal($"{_variant}, {where}, {step}", string.Join(", ", ours), string.Join(", ", python));
        string shown = ours.Length == 1 ? ours[0] : $"{ours.Length} columns";
        string theirs = python.Length == 1 ? python[0] : $"{python.Length} columns";
        return $"| {where} | {step} | {shown} | {theirs} | {(ours.SequenceEqual(python) ? "yes" : "**no**")} |\n";
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static string Counts(int events, int controls) => $"{events} events, {controls} controls";

    private static string Pair(double ours, JsonElement python) => $"{Text(ours)} / {Text(python.GetDouble())}";

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
