using Spectre.Console;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Cli;

/// <summary>Progress as a bar, for terminals. Kept apart so that nothing else loads the console library.</summary>
internal static class ProgressBar
{
    /// <summary>Runs an extraction under a bar on stderr; its notices are printed above the bar.</summary>
    public static ExtractionReport Run(FeatureExtraction extraction, CancellationToken cancellationToken)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        extraction.Notice += console.WriteLine;
        ExtractionReport? report = null;
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => report = extraction.Run(new Bar(context.AddTask("Reading")), cancellationToken));
        return report!;
    }

    /// <summary>Gives the terminal back its cursor where the bar cannot do it any more.</summary>
    public static void ShowCursor() => Console.Error.Write("\u001b[?25h");

    private sealed class Bar(ProgressTask task) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value)
        {
            task.MaxValue = value.Total;
            task.Value = value.Done;
            task.Description = Markup.Escape($"{value.Done}/{value.Total} cases, {value.Subject}{(value.Failed ? " failed" : "")}");
        }
    }
}
