using System.CommandLine;
using Trabecula.Workbench.Inspection;

namespace Trabecula.Cli;

/// <summary><c>trabecula inspect</c>: what an image, a mask or a DICOM folder is, before anything is computed from it.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> Input = new("PATH") { Description = "Image, mask (NIfTI, NRRD, DICOM) or folder of DICOM files" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("inspect",
            "Say what a file or DICOM folder is: geometry, protocol, segments and problems. Nothing of the patient is shown.") { Input };
        command.SetAction(parsed => Run(parsed.GetValue(Input)!));
        return command;
    }

    private static int Run(string path)
    {
        InspectionReport report = InspectionReport.Of(path);
        foreach (string line in report.Lines)
            Console.Out.WriteLine(line);
        if (report.Problem is null)
            return report.HasProblems ? ExitCode.SomeFailed : ExitCode.Success;
        Console.Error.WriteLine(report.Problem);
        return ExitCode.Usage;
    }
}
