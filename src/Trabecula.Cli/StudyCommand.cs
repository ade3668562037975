using System.CommandLine;

namespace Trabecula.Cli;

/// <summary><c>trabecula study</c>: from a cohort table to compared models.</summary>
internal static class StudyCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("study", "Compare models of a binary outcome without leakage: from a plan and its tables to a report.")
    {
        StudyInitCommand.Create(),
        StudyCheckCommand.Create(),
        StudyRunCommand.Create(),
        StudyReportCommand.Create(),
        StudyValidateCommand.Create(),
    };
}
