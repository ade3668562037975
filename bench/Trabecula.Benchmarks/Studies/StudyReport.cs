using System.Globalization;
using System.Text;

namespace Trabecula.Benchmarks.Studies;

/// <summary>Runs both variants of the reference study and the ten real tables, prints the comparison, and writes it into the documents.</summary>
internal static class StudyReport
{
    private static readonly string[] s_tables =
        ["Ahn2021", "Dai2023", "Deng2023", "Granata2021", "HCC-TACE-Seg", "HNSCC", "Hosny2018B", "LNDb", "Song2020", "WORC-Melanoma"];

    /// <summary>Measures and writes.</summary>
    /// <param name="shared">The folder of reference values and data.</param>
    /// <param name="conformance">The document whose block <c>study</c> is replaced.</param>
    /// <param name="performance">The document whose block <c>study</c> is replaced.</param>
    /// <returns>0 where every bound of the comparison holds, else 1; the documents are written in either case.</returns>
    internal static int Write(string shared, string conformance, string performance)
    {
        var bounds = new Bounds();
        var study = new ReferenceStudy(shared);
        Learning.FeatureTable table = study.ReadTable();
        StudyComparison[] variants = [new(study, table, "clean", bounds), new(study, table, "paper", bounds)];
        RealTable[] tables = [.. s_tables.Select(name => RealTable.Run(shared, study, name, RealTable.Usual, new Learning.Seed(2026)))];
        Replace(conformance, "study", Conformance(variants, tables, PlattDraws.Sentence(study, table), bounds));
        Replace(performance, "study", Times(variants));
        return bounds.Conclude();
    }

    private static string Conformance(StudyComparison[] variants, RealTable[] tables, string slopes, Bounds bounds)
    {
        var text = new StringBuilder("\nColumns kept, synthetic cohort, variant `clean`, then `paper`:\n\n| fitted on | step | Trabecula | Python | equal |\n|---|---|---|---|---|\n");
        text.AppendJoin("", variants.SelectMany(variant => variant.SelectionRows()));
        text.Append("\nCross-validated AUROC of the trials that are exactly defined, largest difference from Python's:\n\n" +
            "| model | trials | tight solver | as published | tolerance |\n|---|---|---|---|---|\n");
        text.AppendJoin("", variants.SelectMany(variant => variant.TrialRows()));
        text.Append("\nModels, Trabecula / Python; error: mean absolute difference of predicted and true risk on the 256 test subjects:\n\n" +
            "| variant | model | best CV AUROC | test AUROC | Brier | slope | error |\n|---|---|---|---|---|---|---|\n");
        text.AppendJoin("", variants.SelectMany(variant => variant.ModelRows()));
        text.Append(slopes);
        text.Append("\nReal tables: folds with equal columns in equal order of those where the rule decides; largest difference of out-of-fold scores on equal " +
            "columns and of the pooled AUROC of a repeat; mean AUROC, Trabecula / Python:\n\n" +
            "| table | folds equal | lr score | svm score | lr AUROC | svm AUROC | rf | xgb |\n|---|---|---|---|---|---|---|---|\n");
        foreach (RealTable real in tables)
        {
            (int equal, int defined) = real.Selections();
            Check(real, equal, defined, bounds);
            text.Append(CultureInfo.InvariantCulture,
                $"| {real.Name} | {equal} of {defined} | {real.WorstScoreDifference(0):F4} | {real.WorstScoreDifference(1):F4} | {real.WorstAurocDifference(0):F4} | {real.WorstAurocDifference(1):F4} | {Pair(real.MeanAuroc(2))} | {Pair(real.MeanAuroc(3))} |\n");
        }
        for (int model = 0; model < RealTable.Usual.Length; model++)
            bounds.Near($"mean of the tables, {RealTable.Usual[model]} AUROC", tables.Average(t => t.MeanAuroc(model).Ours), tables.Average(t => t.MeanAuroc(model).Python), 0.01);
        string Mean(int model) => Pair((tables.Average(t => t.MeanAuroc(model).Ours), tables.Average(t => t.MeanAuroc(model).Python)));
        text.Append(CultureInfo.InvariantCulture,
            $"| mean of the tables | {tables.Sum(t => t.Selections().Equal)} of {tables.Sum(t => t.Selections().Defined)} | | | {Mean(0)} | {Mean(1)} | {Mean(2)} | {Mean(3)} |\n\n");
        return text.ToString();
    }

    private static void Check(RealTable real, int equal, int defined, Bounds bounds)
    {
        bounds.Equal($"{real.Name}, folds with equal columns", Count(equal), Count(defined));
        for (int model = 0; model < RealTable.Usual.Length; model++)
        {
            string named = $"{real.Name} {RealTable.Usual[model]}";
            if (model < 2)
            {
                bounds.AtMost($"{named}, out-of-fold scores", real.WorstScoreDifference(model), 0.005);
                bounds.AtMost($"{named}, pooled AUROC of a repeat", real.WorstAurocDifference(model), 0.002);
            }
            else
            {
                (double ours, double python) = real.MeanAuroc(model);
                bounds.Near($"{named}, mean AUROC", ours, python, 0.02);
            }
        }

        static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
    }

    private static string Times(StudyComparison[] variants)
    {
        var text = new StringBuilder("\n| variant | stage | wall s | processor s | Python, processor s | ratio |\n|---|---|---|---|---|---|\n");
        text.AppendJoin("", variants.SelectMany(variant => variant.TimeRows()));
        return text.Append('\n').ToString();
    }

    private static string Pair((double Ours, double Python) pair) => string.Create(CultureInfo.InvariantCulture, $"{pair.Ours:F3} / {pair.Python:F3}");

    /// <summary>Prints a block, and writes it between its two marks in a document.</summary>
    internal static void Replace(string path, string name, string block)
    {
        Console.WriteLine(block);
        string document = File.ReadAllText(path);
        string begin = $"<!-- {name} -->\n", end = $"<!-- end of {name} -->";
        int first = document.IndexOf(begin, StringComparison.Ordinal), last = document.IndexOf(end, StringComparison.Ordinal);
        if (first < 0 || last < first)
            throw new InvalidDataException($"{path} has no block between '{begin.TrimEnd()}' and '{end}'.");
        File.WriteAllText(path, string.Concat(document.AsSpan(0, first + begin.Length), block, document.AsSpan(last)));
    }
}
