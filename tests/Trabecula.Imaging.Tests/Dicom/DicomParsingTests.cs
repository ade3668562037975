using System.Text;
using Trabecula.Imaging.Dicom.Encoding;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>Files of every encoding, and the damage that a reader must name instead of following it.</summary>
public sealed class DicomParsingTests
{
    private static readonly short[] Samples = [.. Enumerable.Range(0, 12).Select(i => (short)(100 * i - 300))];

    [Theory]
    [InlineData("1.2.840.10008.1.2", true, true)]
    [InlineData("1.2.840.10008.1.2.1", true, true)]
    [InlineData("1.2.840.10008.1.2.2", true, true)]
    [InlineData("1.2.840.10008.1.2.1.99", true, true)]
    [InlineData("1.2.840.10008.1.2.1", false, true)]
    [InlineData("1.2.840.10008.1.2.1.99", false, true)]
    [InlineData("1.2.840.10008.1.2", false, false)]
    [InlineData("1.2.840.10008.1.2.1", false, false)]
    [InlineData("1.2.840.10008.1.2.2", false, false)]
    public void Read_AnyEncoding_GivesTheSameSlice(string syntax, bool preamble, bool meta)
    {
        Volume volume = Read(DicomBytes.Header(1, "-10\\20.5\\30", 4, 3, syntax, meta, preamble).Pixels(Samples).File());

        Assert.Equal(new VolumeGeometry(new(4, 3, 1), new(0.5, 0.75, 5), new(-10, 20.5, 30), Matrix3D.Identity), volume.Geometry);
        Assert.Equal(Samples.Select(sample => sample - 1024.0), TwinVolumes.Values(volume));
    }

    [Fact]
    public void Read_NestedAndUnknownSequences_PassesThem()
    {
        DicomBytes inner = new DicomBytes { Syntax = "1.2.840.10008.1.2" }.Text(0x0009, 0x1001, "LO", "ABCD");
        byte[] implicitItem = inner.Item(undefinedLength: true);
        var outer = new DicomBytes();
        // Undefined length and UN: implicit inside (CP-246), or explicit as some write it.
        byte[] unknown = outer.UndefinedSequence(0x0009, 0x1002, "UN", implicitItem, inner.Item());
        byte[] explicitInside = outer.UndefinedSequence(0x0009, 0x1003, "UN", new DicomBytes().Text(0x0009, 0x1001, "LO", "ABCD").Item(true));
        byte[] nested = outer.UndefinedSequence(0x0009, 0x1004, "SQ",
            new DicomBytes().Bytes(0x0009, 0x1005, "SQ", new DicomBytes().Text(0x0009, 0x1001, "LO", "EFGH").Item()).Item(true));

        Volume volume = Read(DicomBytes.Slice(1, 30, Samples, 4).File([.. unknown, .. explicitInside, .. nested], beforeGroup: 0x0018));

        Assert.Equal(Samples.Select(sample => sample - 1024.0), TwinVolumes.Values(volume));
    }

    [Fact]
    public void Read_ImplicitElementInAnExplicitFile_IsRead()
    {
        // (0018,0050) of four bytes without letters; its length must not be taken for a representation.
        byte[] raw = [0x18, 0, 0x50, 0, 4, 0, 0, 0, .. "2.5 "u8];
        Volume volume = Read(DicomBytes.Slice(1, 30, Samples, 4).Without(0x0018, 0x0050).File(raw, beforeGroup: 0x0020));

        Assert.Equal(2.5, volume.Geometry.SpacingMm.Z);
    }

    [Theory]
    [InlineData(12, false, 0, 4095)]
    [InlineData(12, true, -2048, 2047)]
    [InlineData(16, true, short.MinValue, short.MaxValue)]
    public void Read_StoredBits_CutOffOverlaysAndCarryTheSign(int bits, bool signed, int least, int most)
    {
        // The upper four bits of 12-bit samples held overlays once.
        short[] stored = bits == 12 ? [unchecked((short)(0xF000 | (signed ? 0x800 : 0))), (short)(0x5000 | (signed ? 0x7FF : 0xFFF)), 0x3001] : [(short)least, (short)most, 1];
        DicomBytes file = DicomBytes.Slice(1, 0, stored, 3).UInt16(0x0028, 0x0101, (ushort)bits).UInt16(0x0028, 0x0102, (ushort)(bits - 1))
            .UInt16(0x0028, 0x0103, (ushort)(signed ? 1 : 0)).Without(0x0028, 0x1052).Without(0x0028, 0x1053);

        Assert.Equal([least, most, 1.0], TwinVolumes.Values(Read(file.File())));
    }

    [Fact]
    public void Read_SequencesWithoutEnd_StopAtTheBound()
    {
        byte[] deep = [.. Enumerable.Repeat((byte[])[9, 0, 2, 0x10, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF], 10_000)
            .SelectMany(bytes => bytes)];

        ImagingException refusal = Refusal(DicomBytes.Slice(1, 0, Samples, 4).File(deep, beforeGroup: 0x0018));

        Assert.Contains("more than 32 deep", refusal.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x7FFFFFF0u)]
    [InlineData(0xFFFFFFFEu)]
    public void Read_LengthBeyondTheFile_IsRefusedBeforeAnythingIsAllocated(uint length)
    {
        byte[] raw = [0x06, 0x30, 0x50, 0, (byte)'O', (byte)'W', 0, 0, .. BitConverter.GetBytes(length), 1, 2, 3, 4];
        byte[] file = DicomBytes.Slice(1, 0, Samples, 4).File(raw);
        long before = GC.GetAllocatedBytesForCurrentThread();

        ImagingException refusal = Refusal(file);

        Assert.Contains("Contour Data (3006,0050): its length is", refusal.Problem, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData("1", 65535, "the header promises 1 frame of 65535 x 4 samples (524280 bytes), but the pixel data end before")]
    [InlineData("2000000000", 3, "Number of Frames (0028,0008): it says 2000000000, but 1 frames are described")]
    public void Read_ForgedCounts_AreHeldAgainstThePixels(string frames, int rows, string fact)
    {
        DicomBytes file = DicomBytes.Slice(1, 0, Samples, 4).Text(0x0028, 0x0008, "IS", frames).UInt16(0x0028, 0x0010, (ushort)rows);
        if (frames != "1")
            file.Bytes(0x5200, 0x9230, "SQ", new DicomBytes().Item());

        ImagingException refusal = Refusal(file.File());

        Assert.Contains(fact, refusal.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0028, 0x0030, "DS", "0\\0.5", "Pixel Spacing (0028,0030)")]
    [InlineData(0x0028, 0x0030, "DS", "0.5", "Pixel Spacing (0028,0030): it holds 1 numbers, where 2 were expected")]
    [InlineData(0x0020, 0x0032, "DS", "1\\nan\\3", "Image Position (Patient) (0020,0032)")]
    [InlineData(0x0020, 0x0032, "DS", "1\\2\\x", "Image Position (Patient) (0020,0032): it is not a number")]
    [InlineData(0x0020, 0x0037, "DS", "1\\0\\0\\1\\0\\0", "right angle")]
    [InlineData(0x0028, 0x1053, "DS", "0", "Rescale Slope (0028,1053): it is 0")]
    [InlineData(0x0028, 0x0004, "CS", "RGB", "wrong photometric interpretation: the pixels are colours (RGB)")]
    [InlineData(0x0028, 0x0004, "CS", "MONOCHROME1", "wrong photometric interpretation")]
    public void Read_ContradictoryAttribute_IsNamed(int group, int element, string vr, string value, string fact)
    {
        ImagingException refusal = Refusal(DicomBytes.Slice(1, 0, Samples, 4).Text((ushort)group, (ushort)element, vr, value).File());

        Assert.Contains(fact, refusal.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.53", "Spectral Selection")]
    [InlineData("1.2.840.10008.1.2.4.55", "Full Progression")]
    [InlineData("1.2.840.10008.1.2.4.201", "High-Throughput")]
    [InlineData("1.2.9.9.9", "unknown transfer syntax (1.2.9.9.9)")]
    public void Read_CompressionThatIsNotKnown_IsRefusedByName(string syntax, string name)
    {
        var file = DicomBytes.Header(1, "0\\0\\0", 4, 3, syntax);
        byte[] pixels = file.UndefinedSequence(0x7FE0, 0x0010, "OB", [0xFE, 0xFF, 0, 0xE0, 0, 0, 0, 0], [0xFE, 0xFF, 0, 0xE0, 4, 0, 0, 0, 1, 2, 3, 4]);

        ImagingException refusal = Refusal(file.File(pixels));

        Assert.Contains(name, refusal.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Cure);
    }

    /// <summary>An index may name any file of the computer: it is refused by name, and in a folder it is passed over.</summary>
    [Fact]
    public void Read_DicomdirWithPathsOutOfItsFolder_FollowsNone()
    {
        byte[] index = new DicomBytes().Bytes(0x0004, 0x1220, "SQ", new DicomBytes().Text(0x0004, 0x1500, "CS", "..\\..\\OUTSIDE").Item()).File();
        using var folder = new TestFolder();
        folder.Write("OUTSIDE", DicomBytes.Slice(2, 0, Samples, 4).File());
        Directory.CreateDirectory(folder["a/b"]);
        File.WriteAllBytes(folder["a/b/DICOMDIR"], index);
        File.WriteAllBytes(folder["a/b/1.dcm"], DicomBytes.Slice(1, 0, Samples, 4).File());

        ImagingException refusal = folder.Refusal("a/b/DICOMDIR");
        Volume volume = folder.Read("a/b");

        Assert.Contains("Referenced File ID (0004,1500), are not followed", refusal.Problem, StringComparison.Ordinal);
        Assert.Contains("folder", refusal.Cure, StringComparison.Ordinal);
        Assert.Equal(new VolumeSize(4, 3, 1), volume.Geometry.Size);
    }

    [Theory]
    [InlineData(0x0009, 0x1002, "(0009,1002): the data end at byte")]
    [InlineData(0x3006, 0x0039, "ROI Contour Sequence (3006,0039)")]
    public void Read_SequenceOfUndefinedLengthWithoutItsEnd_IsRefused(int group, int element, string name)
    {
        byte[] open = new DicomBytes().UndefinedSequence((ushort)group, (ushort)element, "SQ", new DicomBytes().Text(0x0009, 0x1001, "LO", "ABCD").Item(true));
        byte[] whole = DicomBytes.Slice(1, 0, Samples, 4).Without(0x7FE0, 0x0010).File();

        ImagingException refusal = Refusal([.. whole, .. open[..^8]]);

        Assert.Contains(name, refusal.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Cure);
    }

    [Fact]
    public void Read_FragmentsWithoutTheirEnd_NameThePixels()
    {
        DicomBytes file = DicomBytes.Header(1, "0\\0\\0", 4, 3, "1.2.840.10008.1.2.4.70");
        byte[] open = file.UndefinedSequence(0x7FE0, 0x0010, "OB", new DicomBytes().Item(), new DicomBytes().Item());
        Assert.Contains("Pixel Data (7FE0,0010): the data end at byte", Refusal([.. file.File(), .. open[..^8]]).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeflatedTextThatFillsMemory_StopsAtTheBound()
    {
        DicomBytes file = DicomBytes.Slice(1, 0, Samples, 4, "1.2.840.10008.1.2.1.99").Bytes(0x0008, 0x0070, "UT", new byte[100 << 20]);
        Assert.Contains("Manufacturer (0008,0070): the attributes before the pixels take more than 67108864 bytes", Refusal(file.File()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnwantedAttributes_AreNotKept()
    {
        using var folder = new TestFolder();
        folder.Write("a.dcm", DicomBytes.Slice(1, 0, Samples, 4).Text(0x0010, 0x0010, "PN", "Doe^Jane").Text(0x0009, 0x1001, "LO", "Doe").File());

        DicomFile file = DicomFile.Read(folder["a.dcm"], TestContext.Current.CancellationToken);

        Assert.All(file.Dataset.Elements, element => Assert.DoesNotContain("Doe", Encoding.Latin1.GetString(element.Value), StringComparison.Ordinal));
        Assert.DoesNotContain(file.Dataset.Elements, element => element.Tag.Group is 0x0010 or 0x0009);
    }

    private static Volume Read(byte[] file)
    {
        using var folder = new TestFolder();
        folder.Write("a.dcm", file);
        return folder.Read("a.dcm");
    }

    private static ImagingException Refusal(byte[] file)
    {
        using var folder = new TestFolder();
        folder.Write("a.dcm", file);
        return folder.Refusal("a.dcm");
    }
}
