using System.CommandLine;
using Trabecula.Workbench;
using Trabecula.Workbench.Resampling;

namespace Trabecula.Cli;

/// <summary><c>trabecula resample</c>: an image at right angles from slices that are tilted or unevenly spaced.</summary>
internal static class ResampleCommand
{
    private static readonly Argument<string> Input = new("DICOM") { Description = "Folder or file of one series that is refused for tilt, shifted slices or uneven spacing" };

    private static readonly Option<string> Output = new("--out", "-o") { Description = "Image to write (.nii.gz, .nii, .nrrd); beside it a .json that says what was done", HelpName = "IMAGE", Required = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("resample", "Put slices that are tilted, shifted or unevenly spaced onto a regular grid, with a record of it: the grid that other commands ask for.") { Input, Output, Overwriting.Option };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string output = parsed.GetValue(Output)!;
        bool overwrites = Overwriting.IsAllowed(parsed);
        return Overwriting.Guard([ExistingOutput.FileRefusal(output, overwrites, parsed.GetValue(Input)), ExistingOutput.FileRefusal(ResamplingRun.RecordOf(output), overwrites)], () =>
        {
            using var progress = new SlowStages();
            return ExtractionErrors.Guard(cancellationToken =>
            {
                foreach (string line in ResamplingRun.Run(parsed.GetValue(Input)!, output, progress, cancellationToken))
                    Console.Out.WriteLine(line);
                return ExitCode.Success;
            });
        });
    }
}
