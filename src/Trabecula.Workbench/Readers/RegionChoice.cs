using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Masks;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Readers;

/// <summary>
/// A region to compare, by its number or by its name. Readers number segments in the order in which they draw them, so that where all masks
/// have names, names tell which segments belong together.
/// </summary>
/// <param name="Label">The number as text, or the name.</param>
/// <param name="Number">The number; null where the name is meant.</param>
/// <param name="IsAskedFor">Whether the user named it.</param>
internal sealed record RegionChoice(string Label, uint? Number, bool IsAskedFor)
{
    /// <summary>The regions of a case: those asked for by option or table, or all that occur.</summary>
    public static IReadOnlyList<RegionChoice> Of(LabelSelection? labels, CaseRow row, Segmentation[] masks, CancellationToken cancellationToken)
    {
        if (labels?.Names is { } names)
            return [.. names.Select(name => LabelSelection.TryParse(name, out uint number) ? Of(number, true) : new RegionChoice(name, null, true))];
        if (labels?.Labels is { } numbers)
            return [.. numbers.Select(number => Of(number, true))];
        if (labels is null && row.LabelName is { } one)
            return [new(one, null, true)];
        if (labels is null && row.Label is { } label)
            return [Of(label, true)];
        if (Array.TrueForAll(masks, mask => mask.Segments.Count > 0 && mask.Segments.All(segment => segment.Name.Length > 0)))
        {
            return [.. masks.SelectMany(mask => mask.Segments.Select(segment => segment.Name)).Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => new RegionChoice(name, null, false))];
        }
        return [.. masks.SelectMany(mask => mask.Regions(cancellationToken)).Select(region => region.Label).Distinct().Order().Select(number => Of(number, false))];
    }

    /// <summary>The region in a reader's mask; empty where the reader did not draw it.</summary>
    /// <exception cref="ImagingException">The name is asked for in a mask without names, or several segments have it.</exception>
    public VoxelSet In(Segmentation mask)
    {
        MaskSegment? region = mask.Segments.Count == 0 && Number is null ? mask.Require(Label) : Find(mask);
        return region is not null ? mask.Voxels(region) : VoxelSet.Of(mask.Layers[0].Geometry, new bool[mask.Layers[0].Geometry.Size.Count]);
    }

    /// <summary>Why the readers may not mean the same region; null where nothing speaks for it.</summary>
    public string? DoubtIn(Segmentation[] masks)
    {
        if (Number is null)
        {
            return Array.TrueForAll(masks, mask => Find(mask) is not null) ? null
                : $"only some readers have a segment '{Label}': where a name is spelled otherwise, rename it or give numbers with --label.";
        }
        string[] names = [.. masks.Select(mask => Find(mask)?.Name ?? "").Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        return names.Length < 2 ? null
            : $"number {Label} is {string.Join(" and ", names.Select(name => $"'{name}'"))} in the readers' masks: if these are not the same, give names with --label.";
    }

    private MaskSegment? Find(Segmentation mask) => Number is { } number ? mask.Find(number) : mask.Find(Label);

    private static RegionChoice Of(uint number, bool isAskedFor) => new(number.ToString(CultureInfo.InvariantCulture), number, isAskedFor);
}
