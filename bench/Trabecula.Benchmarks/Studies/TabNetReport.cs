using System.Globalization;
using System.Text;
using System.Text.Json;
using Trabecula.Learning;

namespace Trabecula.Benchmarks.Studies;

/// <summary>Compares TabNet with Python's on the reference study and on four real tables, and writes the comparison into the documents.</summary>
internal static class TabNetReport
{
    /// <summary>Fits over seeds, as many as the reference's.</summary>
    private const int Seeds = 5;

    /// <summary>Configurations of each phase that a run without <c>--full</c> tries.</summary>
    internal const int Some = 10;

    private const double TableTolerance = 0.12, MeanTolerance = 0.06;

    private static readonly string[] s_tables = ["Ahn2021", "Dai2023", "Granata2021", "WORC-Melanoma"];

    /// <summary>Measures and writes.</summary>
    /// <param name="shared">The folder of reference values and data.</param>
    /// <param name="conformance">The document whose block <c>tabnet</c> is replaced.</param>
    /// <param name="performance">The document whose block <c>tabnet</c> is replaced.</param>
    /// <param name="configurations">Configurations of each phase.</param>
    /// <returns>0 where every bound of the comparison holds, else 1; the documents are written in either case.</returns>
    internal static int Write(string shared, string conformance, string performance, int configurations)
    {
        var bounds = new Bounds();
        var study = new ReferenceStudy(shared);
        string tables = RealTables(shared, study, bounds);
        FeatureTable table = study.ReadTable();
        TabNetComparison[] variants = [new(study, table, "clean", configurations), new(study, table, "paper", configurations)];
        var text = new StringBuilder(
            "\nSynthetic cohort. Search: configurations tried here in both phases, their best AUROC over five folds, and what the chosen one gives on the " +
            "256 test subjects, beside Python's best of eight on one split. Last column: the configuration that Python chose, fitted here with ten seeds, mean (sd), beside Python's one fit:\n\n" +
            "| variant | tried | best CV AUROC | test AUROC | Brier | error | test AUROC of Python's choice |\n|---|---|---|---|---|---|---|\n");
        text.AppendJoin("", variants.Select(variant => variant.Row()));
        StudyReport.Replace(conformance, "tabnet", text.Append(tables).ToString());
        StudyReport.Replace(performance, "tabnet",
            "\n| variant | fits | wall s | processor s | a fit | Python, processor s, extrapolated | ratio |\n|---|---|---|---|---|---|---|\n" +
            string.Concat(variants.Select(variant => variant.TimeRow())) +
            "\nSuccessive halving on variant `clean`, over drawn architectures; trials, processor seconds, best AUROC over five folds and AUROC on the 256 test subjects:\n\n" +
            "| search | trials | processor s | best CV AUROC | test AUROC |\n|---|---|---|---|---|\n" +
            string.Concat(HalvingComparison.Rows(study, table, configurations)) + "\n");
        return bounds.Conclude();
    }

    private static string RealTables(string shared, ReferenceStudy study, Bounds bounds)
    {
        var text = new StringBuilder(
            "\nReal tables, fixed settings, mean over three repeats of the pooled out-of-fold AUROC; then the first repeat with five seeds, mean (sd):\n\n" +
            "| table | Trabecula | Python | difference | tolerance | five seeds, Trabecula | five seeds, Python |\n|---|---|---|---|---|---|---|\n");
        double ours = 0, theirs = 0;
        foreach (string name in s_tables)
        {
            RealTable[] runs = [.. Enumerable.Range(0, Seeds).Select(i => RealTable.Run(shared, study, name, ["tabnet"], new Seed(2026).Derive("seed", i)))];
            (double mean, double python) = runs[0].MeanAuroc(0);
            TabNetComparison.Moments seeds = TabNetComparison.Of([.. runs.Select(run => run.PooledAuroc(0, 0))]);
            JsonElement spread = study.Json("seed_spread.json").GetProperty("tables").GetProperty(name).GetProperty("tabnet");
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {mean:F3} | {python:F3} | {mean - python:+0.000;-0.000} | {TableTolerance} | {seeds.Mean:F3} ({seeds.Deviation:F3}) | {spread.GetProperty("mean").GetDouble():F3} ({spread.GetProperty("sd").GetDouble():F3}) |\n");
            bounds.Near($"{name} tabnet, mean AUROC", mean, python, TableTolerance);
            ours += mean / s_tables.Length;
            theirs += python / s_tables.Length;
        }
        bounds.Near("mean of the tables, tabnet AUROC", ours, theirs, MeanTolerance);
        return text.Append(CultureInfo.InvariantCulture, $"| mean of the tables | {ours:F3} | {theirs:F3} | {ours - theirs:+0.000;-0.000} | {MeanTolerance} | | |\n\n").ToString();
    }
}
