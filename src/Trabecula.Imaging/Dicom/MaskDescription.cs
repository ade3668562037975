namespace Trabecula.Imaging.Dicom;

/// <summary>What a DICOM segmentation or structure set holds.</summary>
/// <param name="SegmentationType">BINARY, FRACTIONAL, LABELMAP or <c>unknown</c>; null of a structure set.</param>
/// <param name="Names">Names of its segments or regions.</param>
public sealed record MaskDescription(string? SegmentationType, IReadOnlyList<string> Names);
