using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Synthesis;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Demos;

/// <summary>
/// The whole way on data that it makes itself: images with their extraction, and a study of 856 patients in a sound order of work and in the published one,
/// set side by side and held against the truth that the outcomes were drawn from.
/// </summary>
public static class Demo
{
    internal const string ImagingFolder = "imaging", StudyFolderName = "study", SoundFolder = "sound", PaperFolder = "paper", ReportName = "report.html";

    /// <summary>Runs the demonstration.</summary>
    /// <exception cref="DemoException">The request is wrong, a file cannot be written, or a cohort cannot be split or fitted.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what is finished stays, and the same request continues.</exception>
    public static DemoSummary Run(DemoRequest request, IProgress<DemoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Validate() is { Count: > 0 } problems)
            throw new DemoException(string.Join(Environment.NewLine, problems));
        try
        {
            return RunChecked(request, progress, cancellationToken);
        }
        catch (Exception fault) when (fault is LearningException or ImagingException or ExtractionException or StudyException or TableException or PlanException)
        {
            throw new DemoException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DemoException($"{request.OutputFolder} cannot be written: {fault.Message} Choose another folder with --out.", fault);
        }
    }

    private static DemoSummary RunChecked(DemoRequest request, IProgress<DemoProgress>? progress, CancellationToken cancellationToken)
    {
        string output = request.OutputFolder, report = Path.Combine(output, ReportName);
        RequireOwnFolder(output);
        // A report of an earlier run must not stand beside other results, should this run be interrupted.
        if (Directory.Exists(output))
            File.Delete(report);
        progress?.Report(new DemoProgress(Work(request), 0, 0));
        ImagingSummary imaging = ImagingDemo.Run(request with { OutputFolder = Path.Combine(output, ImagingFolder) }, progress, cancellationToken);

        progress?.Report(new DemoProgress("Drawing the cohort of the study", 0, 1));
        string plans = Path.Combine(output, StudyFolderName);
        SyntheticStudy cohort = SyntheticStudy.Draw(CohortSeed(request.Seed));
        StudyExample.Write(plans, cohort, OptionsOf(request));
        progress?.Report(new DemoProgress("Drawing the cohort of the study", 1, 1));

        StudySummary sound = RunStudy(StudyExample.SoundPlan, SoundFolder, "Sound order");
        StudySummary paper = RunStudy(StudyExample.PaperPlan, PaperFolder, "Published order");
        StudyRun.Report(Path.Combine(output, SoundFolder), Path.Combine(output, PaperFolder), Under("Both orders side by side"));
        var summary = DemoSummary.Of(request, imaging, cohort, sound, paper, report);
        StudyFolder.WriteText(report, DemoOverview.Render(summary));
        return summary;

        Named? Under(string name) => progress is null ? null : new Named(progress, name);

        StudySummary RunStudy(string plan, string folder, string name) => StudyRun.Run(
            Path.Combine(plans, plan), Path.Combine(output, folder), request.Jobs, Under(name), cancellationToken);
    }

    private static string Work(DemoRequest request) => FormattableString.Invariant(
        $"To do: {request.Subjects} synthetic vertebrae as volumes, their extraction, and a study of 856 synthetic patients in two orders of work with {request.Configurations} configurations of each model. ") +
        (request.Full ? "With 2 processors that takes 15 to 25 minutes." : "With 2 processors that takes 3 to 5 minutes.");

    /// <summary>The shipped example's cohort, unless another seed is asked for.</summary>
    private static Seed CohortSeed(ulong seed) => seed == new DemoRequest { OutputFolder = "" }.Seed ? SyntheticStudy.DefaultSeed : new Seed(seed);

    private static ExampleOptions OptionsOf(DemoRequest request)
    {
        SyntheticSubject shown = SyntheticCohort.Draw(request.Subjects, ImagingDemo.CohortSeed(new Seed(request.Seed))).MaxBy(subject => subject.TrueRisk)!;
        string folder = $"../{ImagingFolder}/cohort";
        var options = new ExampleOptions
        {
            Seed = request.Seed,
            Configurations = request.Configurations,
            Image = $"{folder}/{CohortFiles.ImageName(shown)}",
            Mask = $"{folder}/{CohortFiles.MaskName(shown)}",
            Caption = "A synthetic vertebra of the imaging cohort; the features of this study are drawn, not extracted.",
        };
        return request.Models is { } models ? options with { Models = models } : options;
    }

    /// <summary>A folder with other files in it is not ours to write into; an earlier demo's is.</summary>
    private static void RequireOwnFolder(string folder)
    {
        if (Directory.Exists(folder) && !Directory.Exists(Path.Combine(folder, ImagingFolder, "cohort")) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new DemoException($"{folder} holds files that no earlier demo made. Choose a new or empty folder with --out.");
    }

    private sealed class Named(IProgress<DemoProgress> progress, string name) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => progress.Report(new DemoProgress(value.Total == 0 ? $"{name}: {value.Stage}" : $"{name}: {char.ToLowerInvariant(value.Stage[0])}{value.Stage[1..]}", value.Done, value.Total));
    }
}
