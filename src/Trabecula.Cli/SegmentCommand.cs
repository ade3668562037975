using System.CommandLine;
using Trabecula.Workbench;
using Trabecula.Workbench.Segmenting;

namespace Trabecula.Cli;

/// <summary><c>trabecula segment</c>: a first mask from density or a preset, for a human to correct.</summary>
internal static class SegmentCommand
{
    private static readonly Argument<string> Image = new("IMAGE") { Description = "Image (NIfTI, NRRD, DICOM) or folder of DICOM slices" };

    private static readonly Option<string> Output = new("--out", "-o")
    {
        Description = "Mask to write: .nii.gz, .nrrd, .seg.nrrd, .seg.dcm (DICOM SEG) or .rtstruct.dcm",
        HelpName = "MASK",
        Required = true,
    };

    private static readonly Option<string?> Preset = new("--preset") { Description = "vertebral-body: the body around the seed, without posterior elements and neighbours", HelpName = "PRESET" };

    private static readonly Option<string?> Range = new("--range") { Description = "Lowest and highest value to take, in HU for CT; without the second, all above", HelpName = "LOW,HIGH" };

    private static readonly Option<string?> Seed = new("--seed") { Description = "A voxel of the region, counted from 0; the part that holds it is kept", HelpName = "X,Y,Z" };

    private static readonly Option<string?> SeedMm = new("--seed-mm") { Description = "The seed in the patient instead: mm to the left, to the back and upwards (LPS)", HelpName = "X,Y,Z" };

    private static readonly Option<string?> Box = new("--box") { Description = "First and last voxel of where to look, counted from 0", HelpName = "X,Y,Z,X,Y,Z" };

    private static readonly Option<string> Steps = new("--steps")
    {
        Description = "What follows, in this order: close:MM and open:MM (gaps filled, spurs removed, up to twice MM), dilate:MM, erode:MM, smooth:MM (open, then close), "
            + "fill (holes in 3-D), fill-slices (holes in axial slices), grow (keep the seed's part), largest (keep the largest part), "
            + "shell:MM (add adjoining cortex, from 250 HU, up to MM outside)",
        HelpName = "STEPS",
        DefaultValueFactory = _ => "",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("segment",
            "Make a first mask from an image, by density or by a preset. It is a start for a human, who corrects it; never a result.")
        {
            Image, Output, Preset, Range, Seed, SeedMm, Box, Steps, Overwriting.Option,
        };
        command.SetAction(parsed => Run(command, parsed));
        return command;
    }

    private static int Run(Command command, ParseResult parsed)
    {
        IReadOnlyList<SegmentationStep> steps = SegmentationStep.Parse(parsed.GetValue(Steps)!, out string? problem);
        if (problem is not null)
            return CommandLine.Refuse(command, $"--steps: {problem}");
        if (parsed.GetValue(Preset) is not (null or "vertebral-body"))
            return CommandLine.Refuse(command, $"--preset {parsed.GetValue(Preset)}: the one preset is vertebral-body.");
        bool body = parsed.GetValue(Preset) is not null;
        if (body == parsed.GetValue(Range) is not null)
            return CommandLine.Refuse(command, "Give either --range or --preset.");
        if (body && parsed.GetValue(Box) is not null)
            return CommandLine.Refuse(command, "--box goes with --range: the preset finds its place by the seed.");
        if (parsed.GetValue(Seed) is not null && parsed.GetValue(SeedMm) is not null)
            return CommandLine.Refuse(command, "Give either --seed or --seed-mm.");
        (double, double, double)? seed = Point(Seed), seedMm = Point(SeedMm);
        if ((seed is null && parsed.GetValue(Seed) is not null) || (seedMm is null && parsed.GetValue(SeedMm) is not null))
            return CommandLine.Refuse(command, "A seed is three numbers with commas between them, as in 120,88,40.");
        ((int, int, int), (int, int, int))? box = parsed.GetValue(Box) is { } boxText ? SegmentationRequest.ParseBox(boxText) : null;
        if (box is null && parsed.GetValue(Box) is not null)
            return CommandLine.Refuse(command, "--box is six whole numbers: first and last voxel along x, y and z, as in 100,80,30,180,140,60.");
        (double, double)? range = parsed.GetValue(Range) is { } rangeText ? SegmentationRequest.ParseRange(rangeText) : null;
        if (range is null && !body)
            return CommandLine.Refuse(command, "--range is one number or two ascending ones, as in 150 or 150,3000.");
        using var progress = new SlowStages();
        string? refusal = ExistingOutput.FileRefusal(parsed.GetValue(Output)!, Overwriting.IsAllowed(parsed), parsed.GetValue(Image));
        return Overwriting.Guard([refusal], () => ExtractionErrors.Guard(cancellationToken =>
        {
            foreach (string line in SegmentationRun.Run(new SegmentationRequest
            {
                Image = parsed.GetValue(Image)!,
                Output = parsed.GetValue(Output)!,
                VertebralBody = body,
                Range = range,
                Seed = seed,
                SeedMm = seedMm,
                Box = box,
                Steps = steps,
            }, progress, cancellationToken))
                Console.Out.WriteLine(line);
            return ExitCode.Success;
        }));

        (double, double, double)? Point(Option<string?> option) => parsed.GetValue(option) is { } text ? SegmentationRequest.ParsePoint(text) : null;
    }
}
