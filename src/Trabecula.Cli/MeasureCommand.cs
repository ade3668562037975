using System.CommandLine;
using Trabecula.Workbench;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Measuring;

namespace Trabecula.Cli;

/// <summary><c>trabecula measure</c>: heights, angles, gas and density of vertebral bodies.</summary>
internal static class MeasureCommand
{
    private static readonly Argument<string> Image = new("IMAGE") { Description = "CT (NIfTI, NRRD, DICOM) or folder of DICOM slices" };

    private static readonly Argument<string> Mask = new("MASK") { Description = "Mask of vertebral bodies without posterior elements, a label or segment each" };

    private static readonly Option<string> Output = new("--out", "-o") { Description = "Table to write (.csv, .tsv, .xlsx, .parquet)", HelpName = "TABLE", Required = true };

    private static readonly Option<string> Id = new("--id") { Description = "The study's own id of the subject, for the table's column ID", HelpName = "ID", DefaultValueFactory = _ => "" };

    private static readonly Option<string?> Labels = new("--label", "-l") { Description = "Labels or names of segments to measure, as in 20,21; all others are neighbours only", HelpName = "LABELS" };

    private static readonly Option<string?> Pictures = new("--pictures") { Description = "Folder for a picture of each body", HelpName = "DIR" };

    private static readonly Option<double> Gas = new("--gas-below") { Description = "Values below this are gas", HelpName = "HU", DefaultValueFactory = _ => -200 };

    private static readonly Option<double> Core = new("--core") { Description = "How far within the mask the core begins", HelpName = "MM", DefaultValueFactory = _ => 4 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("measure", "Measure vertebral bodies: heights and their reduction, wedge and segmental Cobb angle, gas, density of the core.")
        {
            Image, Mask, Output, Id, Labels, Pictures, Gas, Core, Overwriting.Option,
        };
        command.SetAction(parsed => Run(command, parsed));
        return command;
    }

    private static int Run(Command command, ParseResult parsed)
    {
        (double gas, double core) = (parsed.GetValue(Gas), parsed.GetValue(Core));
        if (!double.IsFinite(gas))
            return CommandLine.Refuse(command, "--gas-below: expected a number of Hounsfield units, as in -200.");
        if (!(core >= 0) || core > 50)
            return CommandLine.Refuse(command, "--core: expected millimetres from 0 to 50.");
        bool overwrites = Overwriting.IsAllowed(parsed);
        string?[] refusals =
        [
            ExistingOutput.FileRefusal(parsed.GetValue(Output)!, overwrites, parsed.GetValue(Image), parsed.GetValue(Mask)),
            parsed.GetValue(Pictures) is { } folder ? ExistingOutput.FolderRefusal(folder, overwrites) : null,
        ];
        using var progress = new SlowStages();
        return Overwriting.Guard(refusals, () => ExtractionErrors.Guard(cancellationToken =>
        {
            foreach (string line in MeasurementRun.Run(new MeasurementRequest
            {
                Image = parsed.GetValue(Image)!,
                Mask = parsed.GetValue(Mask)!,
                Output = parsed.GetValue(Output)!,
                Subject = parsed.GetValue(Id)!,
                Pictures = parsed.GetValue(Pictures),
                Labels = parsed.GetValue(Labels) is { } labels ? LabelSelection.Parse(labels) : null,
                GasBelowHu = gas,
                CoreMm = core,
            }, progress, cancellationToken))
                Console.Out.WriteLine(line);
            return ExitCode.Success;
        }));
    }
}
