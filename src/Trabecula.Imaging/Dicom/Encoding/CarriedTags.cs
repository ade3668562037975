namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>
/// Attributes that Trabecula does not read, but carries over into de-identified files: technique, references and codes. Source: DICOM PS3.6;
/// none of them is acted on by PS3.15, table E.1-1, except identifiers, which are replaced.
/// </summary>
internal static class CarriedTags
{
    private static readonly Dictionary<DicomTag, string> Vrs = new (ushort Group, ushort Element, string Vr)[]
    {
        (0x0008, 0x0100, "SH"), (0x0008, 0x0102, "SH"), (0x0008, 0x0104, "LO"), (0x0008, 0x1115, "SQ"), (0x0008, 0x1140, "SQ"), (0x0008, 0x114A, "SQ"), (0x0008, 0x2112, "SQ"),
        (0x0008, 0x9124, "SQ"), (0x0008, 0x9215, "SQ"), (0x0018, 0x0015, "CS"), (0x0018, 0x0022, "CS"), (0x0018, 0x0090, "DS"), (0x0018, 0x1100, "DS"), (0x0018, 0x1110, "DS"),
        (0x0018, 0x1111, "DS"), (0x0018, 0x1120, "DS"), (0x0018, 0x1130, "DS"), (0x0018, 0x1140, "CS"), (0x0018, 0x1152, "IS"), (0x0018, 0x1170, "IS"), (0x0018, 0x1190, "DS"),
        (0x0018, 0x5100, "CS"), (0x0018, 0x9306, "FD"), (0x0018, 0x9307, "FD"), (0x0018, 0x9311, "FD"), (0x0018, 0x9345, "FD"), (0x0020, 0x0060, "CS"), (0x0020, 0x1041, "DS"), (0x0020, 0x9057, "UL"),
        (0x0020, 0x9157, "UL"), (0x0020, 0x9164, "UI"), (0x0020, 0x9165, "AT"), (0x0020, 0x9167, "AT"), (0x0020, 0x9221, "SQ"), (0x0020, 0x9222, "SQ"), (0x0028, 0x0006, "US"),
        (0x0028, 0x0301, "CS"), (0x0028, 0x1050, "DS"), (0x0028, 0x1051, "DS"), (0x0028, 0x2112, "DS"), (0x0028, 0x2114, "CS"), (0x0040, 0xA170, "SQ"), (0x0062, 0x0003, "SQ"),
        (0x0062, 0x0008, "CS"), (0x0062, 0x000F, "SQ"), (0x0062, 0x0010, "CS"), (0x0062, 0x0013, "CS"), (0x3006, 0x0010, "SQ"), (0x3006, 0x0012, "SQ"), (0x3006, 0x0014, "SQ"),
        (0x3006, 0x0016, "SQ"), (0x3006, 0x0036, "CS"), (0x3006, 0x0080, "SQ"), (0x3006, 0x0082, "IS"), (0x3006, 0x00A4, "CS"),
    }.ToDictionary(each => new DicomTag(each.Group, each.Element), each => each.Vr);

    /// <summary>Whether the attribute is carried over.</summary>
    public static bool Contains(DicomTag tag) => Vrs.ContainsKey(tag);

    /// <summary>Its value representation, or null.</summary>
    public static string? VrOf(DicomTag tag) => Vrs.GetValueOrDefault(tag);
}
