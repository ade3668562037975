using Trabecula.Imaging.Dicom;

namespace Trabecula.Imaging.Masks;

/// <summary>
/// What a mask file holds: one label volume, or several where segments overlap, and the segments' names where the format has names.
/// </summary>
public sealed class Segmentation
{
    internal Segmentation(IReadOnlyList<Mask> layers, IReadOnlyList<MaskSegment> segments, IReadOnlyList<string> notes) =>
        (Layers, Segments, Notes) = (layers, segments, notes);

    /// <summary>Label volumes, all of one geometry.</summary>
    public IReadOnlyList<Mask> Layers { get; }

    /// <summary>The named segments; none where the format has no names, so that the labels are what the only layer holds.</summary>
    public IReadOnlyList<MaskSegment> Segments { get; }

    /// <summary>What was noticed while reading, such as contours that lie between the image's slices.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The coordinate system that a DICOM mask names; empty for none.</summary>
    internal string FrameOfReferenceUid { get; init; } = "";

    /// <summary>Whether mask and image both name their coordinate system, and not the same: the mask was drawn on another scan.</summary>
    public bool ContradictsFrameOf(DicomSource image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return FrameOfReferenceUid.Length > 0 && image.FrameOfReferenceUid.Length > 0 && FrameOfReferenceUid != image.FrameOfReferenceUid;
    }

    /// <summary>The segment of a name; upper and lower case do not matter where that leaves no doubt. Null where there is none.</summary>
    /// <exception cref="ImagingException">Several segments have the name.</exception>
    public MaskSegment? Find(string name)
    {
        MaskSegment[] found = [.. Segments.Where(segment => segment.Name.Equals(name, StringComparison.Ordinal))];
        if (found.Length == 0)
            found = [.. Segments.Where(segment => segment.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return found.Length <= 1 ? found.FirstOrDefault() : throw new ImagingException("",
            $"{found.Length} segments have the name '{name}'.", $"Give one of their numbers: {string.Join(", ", found.Select(segment => segment.Label))}.");
    }
}

/// <summary>A segment of a mask file.</summary>
/// <param name="Label">The number by which it is asked for; above 0, unique in the file.</param>
/// <param name="Name">Its name in the file.</param>
/// <param name="Layer">Which of the label volumes holds it.</param>
/// <param name="Value">The label of its voxels there.</param>
public sealed record MaskSegment(uint Label, string Name, int Layer, uint Value);
