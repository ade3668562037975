using System.Globalization;
using System.Runtime.InteropServices;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Cli;

/// <summary>Runs an extraction in a terminal: progress, Ctrl-C, the closing lines.</summary>
internal static class ExtractionRun
{
    // A step of a case can take this long to notice that it shall stop; all that is finished is on the disk by then.
    private const int PatienceMilliseconds = 2000;

    // A cohort can fail as a whole; failures.csv has them all.
    private const int LinesShown = 10;

    /// <summary>Runs it and says what came of it.</summary>
    public static int Execute(FeatureExtraction extraction, bool showsProgress, ExtractionRequest request)
    {
        bool showsBar = showsProgress && !Console.IsErrorRedirected;
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        try
        {
            return Close(showsBar ? ProgressBar.Run(extraction, stop.Token) : RunPlain(extraction, showsProgress, stop.Token), request);
        }
        catch (OperationCanceledException)
        {
            return SayStopped(extraction);
        }

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
            Thread.Sleep(PatienceMilliseconds);
            if (showsBar)
                ProgressBar.ShowCursor();
            Environment.Exit(SayStopped(extraction));
        }
    }

    private static ExtractionReport RunPlain(FeatureExtraction extraction, bool showsProgress, CancellationToken cancellationToken)
    {
        extraction.Notice += Console.Error.WriteLine;
        return extraction.Run(showsProgress ? new ProgressLines() : null, cancellationToken);
    }

    private static int SayStopped(FeatureExtraction extraction)
    {
        Console.Error.WriteLine(extraction.HasKeptCases
            ? $"Stopped. Finished cases are kept in {extraction.JournalFolder}: run the same command again to continue."
            : "Stopped. No case was finished.");
        return ExitCode.Interrupted;
    }

    private static int Close(ExtractionReport report, ExtractionRequest request)
    {
        foreach (CaseFailure failure in report.Failures.Take(LinesShown))
        {
            // A message about a file begins with the file's name, which is the subject where there are no IDs.
            string label = failure.Label is { } value ? string.Create(CultureInfo.InvariantCulture, $", label {value}") : "";
            string subject = failure.Reason.StartsWith(failure.Subject + ":", StringComparison.Ordinal) ? "" : $"{failure.Subject}{label}: ";
            Console.Error.WriteLine($"{subject}{failure.Reason} {failure.Cure}");
        }
        if (report.Failures.Count > LinesShown)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"... and {report.Failures.Count - LinesShown} more failures."));
        foreach (CaseWarning warning in report.Warnings.Take(LinesShown))
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{warning.Subject}, label {warning.Label}: {warning.Text}"));
        if (report.Warnings.Count > LinesShown)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"... and {report.Warnings.Count - LinesShown} more warnings."));

        Console.Out.WriteLine(Closing(report, request.Output));
        bool lacksSome = SayBeside(report.Beside, request);
        if (report.FailureFile is null)
            return lacksSome ? ExitCode.SomeFailed : ExitCode.Success;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.FailureFile}: {report.Failures.Count} without features, and why."));
        return ExitCode.SomeFailed;
    }

    /// <summary>Says what was written beside features or maps.</summary>
    /// <returns>Whether some cases lack their overlay.</returns>
    public static bool SayBeside(CompanionCounts beside, ExtractionRequest request)
    {
        if (beside.Images is int images)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.ImagesFolder}: {images} {(images == 1 ? "image" : "images")}."));
        if (beside.Overlays is not var (pictures, without))
            return false;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Path.Combine(request.OverlaysFolder!, FeatureExtraction.ContactSheetName)}: {pictures} {(pictures == 1 ? "picture" : "pictures")}{(without > 0 ? $", {without} without, and why" : "")}."));
        return without > 0;
    }

    private static string Closing(ExtractionReport report, string output)
    {
        string rows = report.Rows == 1 ? "row" : "rows", cases = report.Cases == 1 ? "case" : "cases";
        int failed = report.Failures.Count;
        return !report.IsWritten ? $"No case gave features: {output} was {(File.Exists(output) ? "left as it was" : "not written")}."
            : failed == 0 ? string.Create(CultureInfo.InvariantCulture, $"{output}: {report.Rows} {rows} of {report.Cases} {cases}.")
            : string.Create(CultureInfo.InvariantCulture, $"{output}: {report.Rows - failed} of {report.Rows} {rows} {(report.Rows == 1 ? "has" : "have")} features.");
    }
}
