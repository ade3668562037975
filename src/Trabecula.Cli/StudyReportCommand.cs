using System.CommandLine;
using Trabecula.Workbench.Studies;

namespace Trabecula.Cli;

/// <summary><c>trabecula study report</c>: the report of a finished study again.</summary>
internal static class StudyReportCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "Folder of a finished study" };

    private static readonly Option<string?> Beside = new("--beside")
    {
        Description = "Folder of another finished study of the same models, to be compared in a table",
        HelpName = "DIR",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("report", "Make the report of a finished study again: page, pictures and tables.") { Folder, Beside };
        command.SetAction(parsed => StudyErrors.Guard(() =>
        {
            Console.Out.WriteLine($"Report: {StudyRun.Report(parsed.GetValue(Folder)!, parsed.GetValue(Beside), new StageLines())}");
            return ExitCode.Success;
        }));
        return command;
    }
}
