using SystemEncoding = System.Text.Encoding;

namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>The single character sets of DICOM (PS3.3, C.12.1.1.2); texts that switch between several are read as far as they are ASCII.</summary>
internal static class CharacterSet
{
    /// <summary>The text of bytes under a value of Specific Character Set, or under DICOM's default where it is null.</summary>
    public static string Decode(string? code, ReadOnlySpan<byte> bytes) => Of(code).GetString(bytes);

    private static SystemEncoding Of(string? code) => code switch
    {
        "ISO_IR 192" => SystemEncoding.UTF8,
        "ISO_IR 100" => SystemEncoding.Latin1,
        "ISO_IR 101" => CodePage(28592),
        "ISO_IR 109" => CodePage(28593),
        "ISO_IR 110" => CodePage(28594),
        "ISO_IR 144" => CodePage(28595),
        "ISO_IR 127" => CodePage(28596),
        "ISO_IR 126" => CodePage(28597),
        "ISO_IR 138" => CodePage(28598),
        "ISO_IR 148" => CodePage(28599),
        "ISO_IR 166" => CodePage(874),
        "ISO_IR 13" => CodePage(932),
        "GB18030" or "GBK" => CodePage(54936),
        _ => SystemEncoding.ASCII,
    };

    private static SystemEncoding CodePage(int number) =>
        System.Text.CodePagesEncodingProvider.Instance.GetEncoding(number) ?? SystemEncoding.ASCII;
}
