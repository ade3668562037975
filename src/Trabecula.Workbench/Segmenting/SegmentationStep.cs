using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Segmenting;

namespace Trabecula.Workbench.Segmenting;

/// <summary>One step after the threshold, as <c>close:2</c> or <c>fill</c>.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Millimetres">The radius or thickness; 0 for steps without one.</param>
public sealed record SegmentationStep(string Name, double Millimetres = 0)
{
    private static readonly string[] WithRadius = ["close", "open", "dilate", "erode", "smooth", "shell"];

    private static readonly string[] Plain = ["fill", "fill-slices", "largest", "grow"];

    // Cortex with partial volume; trabecular bone seldom reaches it.
    private const double Cortex = 250;

    /// <summary>The names of all steps; those with a colon take millimetres.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. WithRadius.Select(name => name + ":MM"), .. Plain];

    /// <summary>Reads steps with commas between them.</summary>
    /// <param name="text">As in <c>grow,close:2,fill,smooth:1</c>.</param>
    /// <param name="problem">What is wrong, or null.</param>
    public static IReadOnlyList<SegmentationStep> Parse(string text, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var steps = new List<SegmentationStep>();
        problem = null;
        foreach (string word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = word.Split(':');
            if (parts is [var plain] && Plain.Contains(plain))
                steps.Add(new SegmentationStep(plain));
            else if (parts is [var name, var radius] && WithRadius.Contains(name)
                && double.TryParse(radius, NumberStyles.Float, CultureInfo.InvariantCulture, out double mm) && mm is >= 0 and <= 1000)
                steps.Add(new SegmentationStep(name, mm));
            else
                problem ??= $"'{word}' is not a step. Give some of {string.Join(", ", Names)}, MM being millimetres from 0 to 1000.";
        }
        return steps;
    }

    internal VoxelSet Apply(VoxelSet set, Volume image, (int X, int Y, int Z)? seed, CancellationToken cancellationToken) => Name switch
    {
        "close" => Morphology.Close(set, Millimetres, cancellationToken),
        "open" => Morphology.Open(set, Millimetres, cancellationToken),
        "dilate" => Morphology.Dilate(set, Millimetres, cancellationToken),
        "erode" => Morphology.Erode(set, Millimetres, cancellationToken),
        "smooth" => Morphology.Smooth(set, Millimetres, cancellationToken),
        "shell" => Morphology.AddShell(set, DensityThreshold.Between(image, Cortex), Millimetres, cancellationToken),
        "fill" => Holes.Fill(set),
        "fill-slices" => Holes.FillSlices(set, SliceAxis(image.Geometry)),
        "largest" => ConnectedParts.Largest(set),
        "grow" => ConnectedParts.Containing(set, seed ?? throw new ImagingException("", "the step 'grow' needs a seed.", "Give --seed or --seed-mm.")),
        _ => throw new ImagingException("", $"'{Name}' is not a step.", $"Give one of {string.Join(", ", Names)}."),
    };

    /// <summary>The voxel axis that runs most along the body: axial slices lie across it however the voxels are stored.</summary>
    internal static int SliceAxis(VolumeGeometry geometry)
    {
        Matrix3D d = geometry.Direction;
        return Math.Abs(d.M22) >= Math.Abs(d.M21) && Math.Abs(d.M22) >= Math.Abs(d.M20) ? 2 : Math.Abs(d.M21) >= Math.Abs(d.M20) ? 1 : 0;
    }
}
