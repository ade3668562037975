using Trabecula.Workbench.Extraction;

namespace Trabecula.Cli;

/// <summary>Runs a command on images: faults of its files become their messages.</summary>
internal static class ExtractionErrors
{
    internal static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (ExtractionException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return fault.IsInputFault ? ExitCode.Usage : ExitCode.NotWritten;
        }
    }

    /// <summary>The same for work that can be stopped, of which whatever file it has written is whole.</summary>
    internal static int Guard(Func<CancellationToken, int> work)
    {
        using var interruption = new Interruption();
        try
        {
            return Guard(() => work(interruption.Token));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped. What is written is whole; the rest is not there.");
            return ExitCode.Interrupted;
        }
    }
}
