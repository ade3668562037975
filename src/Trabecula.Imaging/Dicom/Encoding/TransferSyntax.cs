namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>How the frames of pixel data are compressed.</summary>
internal enum PixelCompression
{
    None,
    RunLength,
    LosslessJpeg,
    Jpeg,
    JpegLs,
    Jpeg2000,
    Other,
}

/// <summary>How a DICOM file is encoded. Source: DICOM PS3.5, section 10 and annex A.</summary>
/// <param name="Uid">The identifier.</param>
/// <param name="Name">What people call it.</param>
/// <param name="ExplicitVr">Whether each element names its value representation.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
/// <param name="Deflated">Whether the data set is compressed as a whole.</param>
/// <param name="Compression">How frames are compressed.</param>
/// <param name="MayLose">Whether the compression may have changed the values.</param>
internal sealed record TransferSyntax(
    string Uid, string Name, bool ExplicitVr = true, bool BigEndian = false, bool Deflated = false,
    PixelCompression Compression = PixelCompression.None, bool MayLose = false)
{
    private const string Base = "1.2.840.10008.1.2";

    private static readonly Dictionary<string, TransferSyntax> Known = new TransferSyntax[]
    {
        new(Base, "Implicit VR Little Endian", ExplicitVr: false),
        new(Base + ".1", "Explicit VR Little Endian"),
        new(Base + ".1.99", "Deflated Explicit VR Little Endian", Deflated: true),
        new(Base + ".2", "Explicit VR Big Endian", BigEndian: true),
        new(Base + ".5", "RLE Lossless", Compression: PixelCompression.RunLength),
        new(Base + ".4.50", "JPEG Baseline (Process 1)", Compression: PixelCompression.Jpeg, MayLose: true),
        new(Base + ".4.51", "JPEG Extended (Process 2 and 4)", Compression: PixelCompression.Jpeg, MayLose: true),
        new(Base + ".4.53", "JPEG Spectral Selection (Process 6 and 8, retired)", Compression: PixelCompression.Other, MayLose: true),
        new(Base + ".4.55", "JPEG Full Progression (Process 10 and 12, retired)", Compression: PixelCompression.Other, MayLose: true),
        new(Base + ".4.57", "JPEG Lossless (Process 14)", Compression: PixelCompression.LosslessJpeg),
        new(Base + ".4.70", "JPEG Lossless (Process 14, Selection Value 1)", Compression: PixelCompression.LosslessJpeg),
        new(Base + ".4.80", "JPEG-LS Lossless", Compression: PixelCompression.JpegLs),
        new(Base + ".4.81", "JPEG-LS Near-Lossless", Compression: PixelCompression.JpegLs, MayLose: true),
        new(Base + ".4.90", "JPEG 2000 Lossless", Compression: PixelCompression.Jpeg2000),
        new(Base + ".4.91", "JPEG 2000", Compression: PixelCompression.Jpeg2000, MayLose: true),
        new(Base + ".4.201", "High-Throughput JPEG 2000 Lossless", Compression: PixelCompression.Other),
        new(Base + ".4.202", "High-Throughput JPEG 2000 Lossless, RPCL", Compression: PixelCompression.Other),
        new(Base + ".4.203", "High-Throughput JPEG 2000", Compression: PixelCompression.Other, MayLose: true),
    }.ToDictionary(syntax => syntax.Uid, StringComparer.Ordinal);

    /// <summary>The default of DICOM.</summary>
    public static TransferSyntax ImplicitLittleEndian => Known[Base];

    /// <summary>The plainest one; what Trabecula writes.</summary>
    public static TransferSyntax ExplicitLittleEndian => Known[Base + ".1"];

    /// <summary>Big endian, retired.</summary>
    public static TransferSyntax ExplicitBigEndian => Known[Base + ".2"];

    /// <summary>Whether frames lie in fragments.</summary>
    public bool Encapsulated => Compression != PixelCompression.None;

    /// <summary>The syntax of an identifier; all others that exist are encoded as explicit little endian with compressed frames.</summary>
    public static TransferSyntax Of(string uid) => Known.TryGetValue(uid, out TransferSyntax? syntax)
        ? syntax : new(uid, "an unknown transfer syntax", Compression: PixelCompression.Other);

    /// <summary>As in <c>JPEG 2000 Lossless (1.2.840.10008.1.2.4.90)</c>; of an unknown one only what has the form of an identifier.</summary>
    public override string ToString() =>
        Uid.Length <= 64 && Uid.All(c => char.IsAsciiDigit(c) || c == '.') ? $"{Name} ({Uid})" : Name;
}
