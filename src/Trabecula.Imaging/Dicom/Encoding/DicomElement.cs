namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>An attribute with its value: bytes as they stand in the file, or the items of a sequence.</summary>
/// <param name="Tag">Which attribute.</param>
/// <param name="Vr">The value representation, two letters.</param>
/// <param name="Value">The bytes; empty for a sequence.</param>
/// <param name="Items">The items of a sequence; null for anything else.</param>
internal sealed record DicomElement(DicomTag Tag, string Vr, byte[] Value, IReadOnlyList<DicomDataset>? Items = null);

/// <summary>Where the pixel data of a file lie.</summary>
/// <param name="Offset">First byte of native pixels; 0 for encapsulated ones.</param>
/// <param name="Length">Bytes of native pixels; 0 for encapsulated ones.</param>
/// <param name="OffsetTable">Offsets of the frames from the first fragment's item, where the file gives them.</param>
/// <param name="Fragments">Offset and length of each fragment; null for native pixels.</param>
internal sealed record PixelDataLocation(
    long Offset, long Length, IReadOnlyList<uint> OffsetTable, IReadOnlyList<(long Offset, int Length)>? Fragments);
