using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Splitting;

namespace Trabecula.Workbench.Studies;

/// <summary>What the tables of a run take in memory at its largest, from their sizes alone.</summary>
/// <param name="Subjects">Rows of the cohort.</param>
/// <param name="Columns">Predictors.</param>
/// <param name="Readings">Readers, each of whom has a value in every cell.</param>
/// <param name="Rows">Rows held at the same time, whatever split or fold they are in.</param>
internal sealed record WorkingSet(int Subjects, int Columns, int Readings, long Rows)
{
    // Freed arrays leave gaps. With 1,000 subjects and 6,001 predictors the smallest heaps that a run finished with (DOTNET_GCHeapHardLimit) were
    // 400 MiB with a selecting step and one job, 425 MiB with two jobs, 1,096 MiB with two jobs and no selection; this says 411, 494 and 1,120 MiB.
    private const double Slack = 1.3;

    // What a fit takes beside its rows: columns in the model's order, a basis of the rows, its work.
    private const int CopiesOfAFit = 5;

    // A text table of 57 MB, its cells of nine letters, was read with 420 MiB: its bytes, its text while the buffer grows, and the places of cells.
    private const int BytesOfTextByte = 8;

    /// <summary>Bytes of memory that the program may take: those of the machine, or of its limit.</summary>
    internal static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Bytes of one copy of the cohort's values.</summary>
    internal double CopyBytes => (double)Subjects * Columns * Readings * sizeof(double);

    /// <summary>Bytes of all rows, with what lies idle between them.</summary>
    internal double Bytes => (double)Rows * Columns * Readings * sizeof(double) * Slack;

    /// <summary>The working set of a design: the cohort; every split, all of which are made at once; the folds of the largest training set; in each fold
    /// that is being prepared a step's input and output; and, where no step selects columns, the prepared folds and the fits on them.</summary>
    internal static WorkingSet Of(FeatureTable features, StudyDesign design, SplitSizes splits, int folds, int jobs)
    {
        bool searches = design.Models.Any(model => model.Configurations.Count > 1 || model.Rounds.Count > 0);
        bool selects = design.BeforeSplit.Steps.Concat(design.Preparation.Steps).Any(step => step.GetType().Namespace == "Trabecula.Learning.Selection");
        long training = splits.LargestTraining, inFolds = searches ? training * folds : 0;
        return new WorkingSet(
            features.RowCount, features.ColumnCount, features.ReadingCount,
            features.RowCount + splits.Rows + inFolds + 2 * training * Math.Min(jobs, Math.Max(folds, 1)) +
            (selects ? 0 : inFolds + CopiesOfAFit * training * jobs));
    }

    /// <summary>What is wrong where the memory does not suffice, with the cure; else null.</summary>
    internal string? Problem(long available, int splits, int folds, int jobs) => Bytes <= available ? null : string.Create(CultureInfo.InvariantCulture,
        $"The study needs about {Text(Bytes)} of memory, and {Text(available)} are available: {Subjects} subjects with {Columns} predictors by {Readings} reader{(Readings == 1 ? "" : "s")} are {Text(CopyBytes)}, and a run with {splits} split{(splits == 1 ? "" : "s")}, {folds} folds and {jobs} job{(jobs == 1 ? "" : "s")} holds them {(double)Rows / Subjects:F1} times. Leave features out (predictors.radiomic.columns or exclude){(splits > 1 ? ", take fewer splits" : "")}{(jobs > 1 ? ", run with --jobs 1" : "")}, or use a machine with more memory.");

    /// <summary>What is wrong with a table that is too large to be read; else null.</summary>
    internal static string? ProblemOfFile(long length, long available) => (double)length * BytesOfTextByte <= available ? null :
        $"its {Text(length)} need about {Text((double)length * BytesOfTextByte)} of memory to be read, and {Text(available)} are available.";

    private static string Text(double bytes) => bytes >= 1 << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 30):F1} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):F1} MiB");
}
