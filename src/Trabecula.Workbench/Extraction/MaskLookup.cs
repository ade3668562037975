using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Masks;

namespace Trabecula.Workbench.Extraction;

/// <summary>
/// Finds what <c>--label</c> and a column of labels ask for in a mask: a number, or a segment's name. A word of digits is a number where the mask has it, and else a name. In a label volume,
/// which has no segments, each number stands for itself.
/// </summary>
internal static class MaskLookup
{
    /// <summary>All regions of a mask: its segments, or the labels that occur.</summary>
    public static IReadOnlyList<MaskSegment> Regions(this Segmentation mask, CancellationToken cancellationToken) => mask.Segments.Count > 0 ? mask.Segments
        : [.. mask.Layers[0].FindRegions(cancellationToken).Regions.Select(region => Plain(region.Label))];

    /// <summary>The region of a number; null where the mask has segments, and none of it.</summary>
    public static MaskSegment? Find(this Segmentation mask, uint number) =>
        mask.Segments.Count == 0 ? Plain(number) : mask.Segments.FirstOrDefault(segment => segment.Label == number);

    /// <summary>The region of a number or name.</summary>
    /// <exception cref="ImagingException">There is none, or several have the name.</exception>
    public static MaskSegment Require(this Segmentation mask, string word, string path = "") =>
        (LabelSelection.TryParse(word, out uint number) ? mask.Find(number) : null) ?? mask.Find(word)
            ?? throw new ImagingException(path, $"the mask has no segment '{word}'.", mask.Segments.Count == 0
                ? "Its format has no names: give a label's number." : $"Choose one of its segments: {mask.Names()}.");

    /// <summary>The voxels of a region.</summary>
    public static VoxelSet Voxels(this Segmentation mask, MaskSegment region) => VoxelSet.Of(mask.Layers[region.Layer], region.Value);

    /// <summary>Numbers and names of the segments, for messages.</summary>
    public static string Names(this Segmentation mask) =>
        string.Join(", ", mask.Segments.Select(segment => string.Create(CultureInfo.InvariantCulture, $"{segment.Label} ({segment.Name})")));

    /// <summary>How a region is called: by its name, or else by its number as <c>label 3</c>.</summary>
    public static string Title(this MaskSegment region) => region.Name.Length > 0 ? region.Name : string.Create(CultureInfo.InvariantCulture, $"label {region.Label}");

    private static MaskSegment Plain(uint label) => new(label, "", 0, label);
}
