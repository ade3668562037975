using System.Globalization;
using System.Text.Json;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Search;
using Trabecula.Workbench.Studies;

namespace Trabecula.Benchmarks.Studies;

/// <summary>TabNet on a variant of the synthetic study: the search in two phases over the reference's lists, and fits of Python's choice.</summary>
/// <remarks>
/// Python fitted eight configurations on one split of 8 to 2 and chose among these; the cost of the whole search is extrapolated from them.
/// So the chosen models differ, and what can be compared is Python's choice fitted here, over seeds, with Python's one fit of it.
/// </remarks>
internal sealed class TabNetComparison
{
    private const int Seeds = 10, Folds = 5;

    private readonly ReferenceStudy _study;
    private readonly FeatureTable _table;
    private readonly string _variant;
    private readonly int _configurations;
    private readonly JsonElement _python;
    private readonly StudyResult _searched;
    private readonly double[] _choiceAurocs;

    /// <summary>Runs search and fits.</summary>
    /// <param name="study">The reference study.</param>
    /// <param name="table">Its cohort.</param>
    /// <param name="variant"><c>clean</c> or <c>paper</c>.</param>
    /// <param name="configurations">How many of each phase's hundred, from the first.</param>
    internal TabNetComparison(ReferenceStudy study, FeatureTable table, string variant, int configurations)
    {
        (_study, _table, _variant, _configurations) = (study, table, variant, configurations);
        _python = study.Json($"synthetic/python_{variant}.json").GetProperty("models").GetProperty("tabnet");
        _searched = Run(study.TabNet(configurations), new Seed(2026), $"{variant}, TabNet");
        CandidateModel choice = new("tabnet", [ReferenceStudy.TabNetOf(_python.GetProperty("best_params"))]);
        _choiceAurocs = [.. Enumerable.Range(0, Seeds).Select(i => TestAuroc(Run(choice, new Seed(2026).Derive("seed", i), $"{variant}, Python's choice {i + 1} of {Seeds}")))];
    }

    /// <summary>The row of the table of results.</summary>
    internal string Row()
    {
        SplitResult split = _searched.Splits[0];
        SearchResult search = split.Searches[0];
        IReadOnlyDictionary<string, double> truth = _study.TrueRisks();
        RiskEvaluation ours = RiskEvaluation.Of(split.HeldOut.Outcomes, split.HeldOut.Risks[0], []);
        double error = split.HeldOut.Subjects.Zip(split.HeldOut.Risks[0], (subject, risk) => Math.Abs(risk - truth[subject])).Average();
        Moments seeds = Of(_choiceAurocs);
        JsonElement test = _python.GetProperty("test");
        return string.Create(CultureInfo.InvariantCulture,
            $"| {_variant} | {search.Trials.Count} of {2 * ReferenceStudy.PhaseLength} | {search.ChosenTrial.Mean:F3} | {ours.Auroc.Value:F3} / {Number(test, "auc"):F3} | {ours.Brier.Value:F3} / {Number(test, "brier"):F3} | {error:F3} / {Number(test, "mean_abs_error_to_true_risk"):F3} | {seeds.Mean:F3} ({seeds.Deviation:F3}) / {Number(test, "auc"):F3} |\n");
    }

    /// <summary>The row of the table of times. Python's seconds are its seconds a fit times the fits made here.</summary>
    internal string TimeRow()
    {
        StageTime search = _searched.Stages.Single(stage => stage.Name.StartsWith("search", StringComparison.Ordinal));
        JsonElement perFit = _python.GetProperty("mean_cpu_seconds_per_fit");
        int trials = _searched.Splits[0].Searches[0].Trials.Count, second = trials - _configurations;
        double python = Folds * (_configurations * Number(perFit, "phase1") + second * Number(perFit, "phase2"));
        return string.Create(CultureInfo.InvariantCulture,
            $"| {_variant} | {trials * Folds} | {search.WallSeconds:F1} | {search.CpuSeconds:F1} | {search.CpuSeconds / trials / Folds:F3} | {python:F0} | {python / search.CpuSeconds:F1} |\n");
    }

    private StudyResult Run(CandidateModel model, Seed seed, string name)
    {
        StudyDesign design = _variant == "clean" ? StudyVariants.Clean(_study, _table, [model]) : StudyVariants.Paper(_study, _table, [model]);
        return StudyExecution.Run(_table, design with { Seed = seed, Interprets = false }, Environment.ProcessorCount, progress: new StageLines(name));
    }

    private static double TestAuroc(StudyResult result) => Auroc.ValueOf(result.Splits[0].HeldOut.Outcomes, result.Splits[0].HeldOut.Risks[0]);

    private static double Number(JsonElement block, string name) => block.GetProperty(name).GetDouble();

    /// <summary>Mean, and deviation with divisor n - 1.</summary>
    internal static Moments Of(double[] values)
    {
        double mean = values.Average();
        return new Moments(mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
    }

    /// <summary>Mean and deviation of several seeds.</summary>
    internal readonly record struct Moments(double Mean, double Deviation);
}
