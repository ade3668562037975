using System.CommandLine;
using Trabecula.Workbench.Studies;

namespace Trabecula.Cli;

/// <summary><c>trabecula study report</c>: the report of a finished study again.</summary>
internal static class StudyReportCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "Folder of a finished study" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("report", "Make the report of a finished study again.") { Folder };
        command.SetAction(parsed => StudyErrors.Guard(() =>
        {
            Console.Out.WriteLine($"Report: {StudyRun.Report(parsed.GetValue(Folder)!)}");
            return ExitCode.Success;
        }));
        return command;
    }
}
