using System.CommandLine;
using Trabecula.Workbench.Studies.Validations;

namespace Trabecula.Cli;

/// <summary><c>trabecula study validate</c>: the frozen models of a finished study on other subjects.</summary>
internal static class StudyValidateCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "Folder of a finished study" };

    private static readonly Option<string> Cohort = new("--cohort")
    {
        Description = "Table of the new subjects, with the columns that the study's plan names",
        HelpName = "TABLE",
        Required = true,
    };

    private static readonly Option<string?> Features = new("--features")
    {
        Description = "Table of their features of images, extracted with the study's parameters",
        HelpName = "TABLE",
    };

    private static readonly Option<string?> Centre = new("--centre")
    {
        Description = "Column with each subject's centre, by default the plan's: results by centre and pooled",
        HelpName = "COLUMN",
    };

    private static readonly Option<string?> Output = new("--out", "-o")
    {
        Description = "Folder to write; by default beside the study's, named by study and table",
        HelpName = "DIR",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("validate", "Judge the frozen models of a finished study on new subjects: nothing is fitted but the recalibration that is offered apart.")
        {
            Folder, Cohort, Features, Centre, Output,
        };
        command.SetAction(parsed => StudyErrors.Guard(() =>
        {
            var request = new ValidationRequest(parsed.GetValue(Folder)!, parsed.GetValue(Cohort)!)
            {
                Features = parsed.GetValue(Features),
                Centre = parsed.GetValue(Centre),
                Output = parsed.GetValue(Output),
            };
            ValidationSummary summary = ValidationRun.Run(request, new StageLines());
            foreach (string warning in summary.Warnings)
                Console.Error.WriteLine($"Warning: {warning}");
            foreach (string line in summary.Lines())
                Console.Out.WriteLine(line);
            if (summary.SyntheticData)
                Console.Out.WriteLine("The study's data is synthetic: no patient stands behind these numbers.");
            Console.Out.WriteLine($"Report: {Path.Combine(request.OutputFolder, "report.html")}");
            return ExitCode.Success;
        }));
        return command;
    }
}
