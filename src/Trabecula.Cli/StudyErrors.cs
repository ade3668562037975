using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tables;

namespace Trabecula.Cli;

/// <summary>Runs a part of <c>trabecula study</c>: faults of plan, tables and study become their messages.</summary>
internal static class StudyErrors
{
    internal static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is PlanException or TableException)
        {
            Console.Error.WriteLine(fault.Message);
            return ExitCode.Usage;
        }
        catch (ExtractionException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return fault.IsInputFault ? ExitCode.Usage : ExitCode.NotWritten;
        }
        catch (StudyException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return fault.InnerException is IOException or UnauthorizedAccessException ? ExitCode.NotWritten : ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped. The trials that are finished are kept; the same command continues.");
            return ExitCode.Interrupted;
        }
    }
}
