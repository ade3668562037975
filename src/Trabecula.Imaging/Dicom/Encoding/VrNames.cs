namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>The value representations of DICOM (PS3.5, section 6.2), and which have a length of four bytes.</summary>
internal static class VrNames
{
    private static readonly string[] Short =
        ["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US"];

    private static readonly string[] Long = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"];

    private static readonly Dictionary<int, string> ByLetters =
        Short.Concat(Long).ToDictionary(name => name[0] << 8 | name[1]);

    private static readonly HashSet<string> LongSet = new(Long, StringComparer.Ordinal);

    /// <summary>The representation of two letters, or null where they name none.</summary>
    public static string? Find(byte first, byte second) => ByLetters.GetValueOrDefault(first << 8 | second);

    /// <summary>Whether two unused bytes and a length of four bytes follow the letters.</summary>
    public static bool HasLongLength(string vr) => LongSet.Contains(vr);
}
