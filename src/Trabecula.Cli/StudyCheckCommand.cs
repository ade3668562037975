using System.CommandLine;
using Trabecula.Workbench.Studies;

namespace Trabecula.Cli;

/// <summary><c>trabecula study check</c>: every problem of a plan and its tables, before hours of work.</summary>
internal static class StudyCheckCommand
{
    private static readonly Argument<string> Plan = new("study.yaml") { Description = "The plan" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("check", "Read a plan and its tables, and report every problem at once or what a run would do.") { Plan };
        command.SetAction(parsed => StudyErrors.Guard(() =>
        {
            StudyCheck check = StudyCheck.Of(parsed.GetValue(Plan)!);
            foreach (string fact in check.Facts)
                Console.Out.WriteLine(fact);
            foreach (string warning in check.Warnings)
                Console.Error.WriteLine($"Warning: {warning}");
            foreach (string problem in check.Problems)
                Console.Error.WriteLine($"Error: {problem}");
            return check.Problems.Count == 0 ? ExitCode.Success : ExitCode.Usage;
        }));
        return command;
    }
}
