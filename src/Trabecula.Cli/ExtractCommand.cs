using System.CommandLine;
using System.Globalization;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Cli;

/// <summary><c>trabecula extract</c>: features of one case or of a table of cases.</summary>
/// <remarks>Exit codes: see <see cref="ExitCode"/>.</remarks>
internal static class ExtractCommand
{
    private static readonly Argument<string> Input = new("IMAGE|CASES.csv")
    {
        Description = "Image (NIfTI, NRRD, a DICOM file or a folder of DICOM slices), or a table with the columns Image and Mask, where wanted ID and Label",
    };

    private static readonly Argument<string?> Mask = new("MASK")
    {
        Description = "Mask of the image (NIfTI, NRRD, .seg.nrrd, DICOM SEG or RT structure set); not with a table",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Parameters = new("--param", "-p")
    {
        Description = "PyRadiomics parameter file (.yaml or .json); PyRadiomics' defaults without",
        HelpName = "FILE",
    };

    private static readonly Option<string> Output = new("--out", "-o")
    {
        Description = "File to write: .csv, .json or .parquet",
        HelpName = "FILE",
        DefaultValueFactory = _ => "features.csv",
    };

    private static readonly Option<string?> Labels = new("--label", "-l")
    {
        Description = "Labels or names of segments to extract, as in 20,21,22, or all; overrides table and parameter file",
        HelpName = "LABELS",
    };

    private static readonly Option<string?> Jobs = new("--jobs", "-j")
    {
        Description = "Cases worked on at the same time, by default one per processor; memory grows with it, results stay the same",
        HelpName = "N",
    };

    private static readonly Option<string?> Voxel = new("--voxel")
    {
        Description = "Write feature maps, one image a feature, into this folder instead of a table",
        HelpName = "DIR",
    };

    private static readonly Option<string?> SaveImages = new("--save-images")
    {
        Description = "Also write what features are computed on into this folder: image and mask after preparation, and every filtered image",
        HelpName = "DIR",
    };

    private static readonly Option<string> Format = new("--image-format")
    {
        Description = "Format of the images of --voxel and --save-images: nrrd or nifti",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "nrrd",
    };

    private static readonly Option<string?> Overlays = new("--overlays")
    {
        Description = "Also paint each mask on its image, a PNG a case and one contact sheet, into this folder",
        HelpName = "DIR",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("extract",
            "Extract radiomic features of one case or of a table of cases. A run that was stopped continues when it is started again.")
        {
            Input, Mask, Parameters, Output, Labels, Jobs, Voxel, SaveImages, Format, Overlays, Overwriting.Option,
        };
        command.SetAction(parsed => Run(command, parsed));
        return command;
    }

    private static int Run(Command command, ParseResult parsed)
    {
        string input = parsed.GetValue(Input)!;
        string? mask = parsed.GetValue(Mask);
        int jobs = Environment.ProcessorCount;
        if (parsed.GetValue(Jobs) is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out jobs) || jobs < 1))
            return CommandLine.Refuse(command, $"--jobs {text}: expected a whole number from 1.");
        if (mask is null && !IsTable(input))
            return CommandLine.Refuse(command, $"'{input}' is not a table (.csv, .tsv): a MASK must follow it.");
        if (mask is not null && IsTable(input))
            return CommandLine.Refuse(command, $"'{mask}' follows a table, but a table names its masks itself.");

        ImageFormat? format = parsed.GetValue(Format)!.ToUpperInvariant() switch { "NRRD" => ImageFormat.Nrrd, "NIFTI" => ImageFormat.Nifti, _ => null };
        if (format is null)
            return CommandLine.Refuse(command, $"--image-format {parsed.GetValue(Format)}: expected nrrd or nifti.");

        return ExtractionErrors.Guard(() =>
        {
            var request = new ExtractionRequest
            {
                Input = mask is null ? new ExtractionInput.Table(input) : new ExtractionInput.Pair(input, mask),
                ParameterFile = parsed.GetValue(Parameters),
                Output = parsed.GetValue(Output)!,
                Labels = parsed.GetValue(Labels) is { } labels ? LabelSelection.Parse(labels) : null,
                Jobs = jobs,
                Overwrites = Overwriting.IsAllowed(parsed),
                ImagesFolder = parsed.GetValue(SaveImages),
                ImageFormat = format.Value,
                OverlaysFolder = parsed.GetValue(Overlays),
            };
            return parsed.GetValue(Voxel) is string maps
                ? WriteMaps(new MapExtraction(request with { Output = maps }), request with { Output = maps })
                : ExtractionRun.Execute(new FeatureExtraction(request), showsProgress: mask is null, request);
        });
    }

    private static int WriteMaps(MapExtraction extraction, ExtractionRequest request)
    {
        extraction.Notice += Console.Error.WriteLine;
        MapReport report = extraction.Run();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{request.Output}: {report.Maps} {(report.Maps == 1 ? "map" : "maps")}{(report.Failures > 0 ? $", {report.Failures} without" : "")}."));
        return ExtractionRun.SayBeside(report.Beside, request) || report.Failures > 0 ? ExitCode.SomeFailed : ExitCode.Success;
    }

    private static bool IsTable(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".TSV";
}
