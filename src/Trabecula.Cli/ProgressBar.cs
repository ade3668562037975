using Spectre.Console;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Cli;

/// <summary>Progress as a bar, for terminals. Kept apart so that nothing else loads the console library.</summary>
internal static class ProgressBar
{
    /// <summary>Runs work under a bar on stderr.</summary>
    public static ExtractionReport Run(Func<IProgress<ExtractionProgress>, ExtractionReport> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        ExtractionReport? report = null;
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => report = work(new Bar(context.AddTask("Reading"))));
        return report!;
    }

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
