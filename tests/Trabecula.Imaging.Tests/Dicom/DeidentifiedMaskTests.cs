using System.Text;
using Trabecula.Imaging.Dicom.Deidentification;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>Segmentations and structure sets that name the patient in every text they have, as planning systems write them, are written anew without a word of it.</summary>
public sealed class DeidentifiedMaskTests
{
    private const string Planted = "PLANTED^NAME";

    private static readonly VolumeGeometry Grid = new(new(8, 8, 2), new(1, 1, 2), default, Matrix3D.Identity);

    [Theory]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2")]
    public void Write_SegOfANamedPatient_KeepsItsVoxelsAndNoWord(string syntax)
    {
        byte[] segment = New(syntax).UInt16(0x0062, 0x0004, 1).Text(0x0062, 0x0005, "LO", Planted).Text(0x0062, 0x0006, "ST", Planted).Text(0x0062, 0x0008, "CS", "MANUAL").Text(0x0062, 0x0009, "LO", Planted)
            .Text(0x0062, 0x0020, "UT", Planted).Bytes(0x0062, 0x000F, "SQ", New(syntax).Text(0x0008, 0x0100, "SH", Planted).Text(0x0008, 0x0102, "SH", "99LOCAL").Text(0x0008, 0x0104, "LO", Planted).Item()).Item();
        byte[] shared = New(syntax)
            .Bytes(0x0020, 0x9116, "SQ", New(syntax).Text(0x0020, 0x0037, "DS", "1\\0\\0\\0\\1\\0").Item())
            .Bytes(0x0028, 0x9110, "SQ", New(syntax).Text(0x0018, 0x0050, "DS", "2").Text(0x0028, 0x0030, "DS", "1\\1").Item())
            .Bytes(0x0062, 0x000A, "SQ", New(syntax).UInt16(0x0062, 0x000B, 1).Item()).Text(0x0020, 0x9158, "LT", Planted).Item();
        byte[][] frames = [.. Enumerable.Range(0, 2).Select(z => New(syntax).Bytes(0x0020, 0x9113, "SQ", New(syntax).Text(0x0020, 0x0032, "DS", $"0\\0\\{2 * z}").Item())
            .Bytes(0x0020, 0x9111, "SQ", New(syntax).Text(0x0020, 0x9158, "LT", Planted).Text(0x0020, 0x9453, "LO", Planted).Item()).Item())];
        byte[] bits = [0xFF, 0, 0, 0, 0, 0, 0, 0x81, 0, 0x7E, 0, 0, 0, 0, 0, 0x01];
        DicomBytes file = Common(DicomBytes.Header(9, "0\\0\\0", 8, 8, syntax), "SEG", "1.2.840.10008.5.1.4.1.1.66.4").Without(0x0020, 0x0032).Without(0x0020, 0x0037).Without(0x0028, 0x0030)
            .Without(0x0028, 0x1052).Without(0x0028, 0x1053).UInt16(0x0028, 0x0100, 1).UInt16(0x0028, 0x0101, 1).UInt16(0x0028, 0x0102, 0).UInt16(0x0028, 0x0103, 0).Text(0x0028, 0x0008, "IS", "2")
            .Text(0x0062, 0x0001, "CS", "BINARY").Bytes(0x0062, 0x0002, "SQ", segment).Bytes(0x5200, 0x9229, "SQ", shared).Bytes(0x5200, 0x9230, "SQ", [.. frames[0], .. frames[1]])
            .Bytes(0x7FE0, 0x0010, "OB", bits);

        Segmentation mask = Written(file, out byte[] _);
        Assert.Equal("Segment 1", Assert.Single(mask.Segments).Name);
        Assert.Equal(Enumerable.Range(0, 128).Where(i => (bits[i / 8] >> i % 8 & 1) == 1), Indices(mask));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2")]
    public void Write_StructureSetOfANamedPatient_KeepsItsContoursAndNoWord(string syntax)
    {
        byte[] contour = New(syntax).Text(0x3006, 0x0042, "CS", "CLOSED_PLANAR").Text(0x3006, 0x0046, "IS", "4").Text(0x3006, 0x0050, "DS", "1.5\\1.5\\2\\5.5\\1.5\\2\\5.5\\4.5\\2\\1.5\\4.5\\2").Item();
        DicomBytes file = Common(New(syntax).Text(0x0008, 0x0018, "UI", "1.2.3.9").Text(0x0020, 0x000D, "UI", "1.2.3").Text(0x0020, 0x000E, "UI", "1.2.3.5"), "RTSTRUCT", "1.2.840.10008.5.1.4.1.1.481.3")
            .Text(0x3006, 0x0002, "SH", Planted).Text(0x3006, 0x0004, "LO", Planted).Text(0x3006, 0x0006, "ST", Planted)
            .Bytes(0x3006, 0x0020, "SQ", New(syntax).Text(0x3006, 0x0022, "IS", "1").Text(0x3006, 0x0024, "UI", "1.2.3.50").Text(0x3006, 0x0026, "LO", Planted).Text(0x3006, 0x0028, "ST", Planted).Text(0x3006, 0x0038, "LO", Planted).Item())
            .Bytes(0x3006, 0x0039, "SQ", New(syntax).Bytes(0x3006, 0x0040, "SQ", contour).Text(0x3006, 0x0084, "IS", "1").Item())
            .Bytes(0x3006, 0x0080, "SQ", New(syntax).Text(0x3006, 0x0082, "IS", "1").Text(0x3006, 0x0084, "IS", "1").Text(0x3006, 0x0085, "SH", Planted).Text(0x3006, 0x0088, "ST", Planted).Text(0x3006, 0x00A4, "CS", "ORGAN").Text(0x3006, 0x00A6, "PN", Planted).Item());

        Segmentation mask = Written(file, out byte[] bytes);
        Assert.Equal("ROI 1", Assert.Single(mask.Segments).Name);
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => 64 + (2 + i / 4) * 8 + 2 + i % 4)], Indices(mask));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("1.2.3."u8));
    }

    private static DicomBytes New(string syntax) => new() { Syntax = syntax };

    private static DicomBytes Common(DicomBytes file, string modality, string sopClass)
    {
        foreach ((ushort group, ushort element, string vr) in ((ushort, ushort, string)[])
            [(0x0008, 0x0050, "SH"), (0x0008, 0x0080, "LO"), (0x0008, 0x0090, "PN"), (0x0008, 0x1010, "SH"), (0x0008, 0x1030, "LO"), (0x0008, 0x103E, "LO"), (0x0008, 0x1070, "PN"), (0x0008, 0x1090, "ST"),
             (0x0009, 0x1001, "LT"), (0x0010, 0x0010, "PN"), (0x0010, 0x0020, "LO"), (0x0010, 0x4000, "LT"), (0x0018, 0x1000, "LO"), (0x0020, 0x0010, "SH"), (0x0020, 0x4000, "LT"),
             (0x0070, 0x0080, "CS"), (0x0070, 0x0081, "LO"), (0x0070, 0x0084, "PN"), (0x300E, 0x0008, "PN"), (0x4008, 0x0114, "PN")])
            file.Text(group, element, vr, Planted);
        return file.Text(0x0008, 0x0016, "UI", sopClass).Text(0x0008, 0x0060, "CS", modality).Text(0x0008, 0x1090, "LO", "Scanner")
            .Bytes(0x0008, 0x1115, "SQ", New(file.Syntax).Text(0x0020, 0x000E, "UI", "1.2.3.4").Text(0x0008, 0x103E, "LO", Planted).Item());
    }

    private static Segmentation Written(DicomBytes file, out byte[] bytes)
    {
        using var folder = new TestFolder();
        folder.Write("in.dcm", file.File());
        CancellationToken token = TestContext.Current.CancellationToken;
        (string written, string? warning) = new DicomDeidentifier(new IdentifierMap(new byte[32]), shiftDates: true).Write(folder["in.dcm"], folder[""], null, token);
        Assert.Contains("names of segments and regions", warning, StringComparison.Ordinal);
        bytes = File.ReadAllBytes(written);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("PLANTED"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("NAME")));
        Assert.NotEqual(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(new IdentifierMap(new byte[32]).Subject(Planted))));
        return MaskFile.Read(written, Grid, token);
    }

    private static IEnumerable<int> Indices(Segmentation mask)
    {
        bool[] inside = VoxelSet.Of(mask.Layers[0], mask.Segments[0].Value).Inside.ToArray();
        return Enumerable.Range(0, inside.Length).Where(i => inside[i]);
    }
}
