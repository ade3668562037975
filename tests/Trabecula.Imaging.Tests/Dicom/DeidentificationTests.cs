using System.Diagnostics;
using System.Text;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Dicom.Deidentification;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

public sealed class DeidentificationTests
{
    private const string Planted = "Musterfrau";

    private static readonly byte[] s_secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly short[] s_samples = [.. Enumerable.Range(0, 64).Select(i => (short)(i * 5))];

    [Theory]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2")]
    public void Write_IdentifiersInEveryKindOfElement_AreNotInTheBytes(string syntax)
    {
        using var folder = new TestFolder();
        string[] vrs = ["AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UN", "UR", "UT", "OB"];
        DicomBytes file = DicomBytes.Slice(1, 0, s_samples, 8, syntax);
        // Under standard numbers that are on no list, under a vendor's, as overlay, in texts that are known but free, and as numbers and words that are none.
        for (ushort i = 0; i < vrs.Length; i++)
            file.Text(0x0010, (ushort)(0x2000 + i), vrs[i], Planted).Text(0x0009, (ushort)(0x1000 + i), vrs[i], Planted).Text(0x0040, (ushort)(0x0200 + i), vrs[i], Planted);
        foreach ((ushort group, ushort element, string vr) in ((ushort, ushort, string)[])
            [(0x0008, 0x0020, "DA"), (0x0008, 0x0050, "SH"), (0x0008, 0x0080, "LO"), (0x0008, 0x0090, "PN"), (0x0008, 0x1030, "LO"), (0x0008, 0x103E, "LO"), (0x0010, 0x0010, "PN"),
             (0x0010, 0x0020, "LO"), (0x0018, 0x0010, "LO"), (0x0018, 0x0015, "CS"), (0x0018, 0x0060, "DS"), (0x0018, 0x1151, "IS"), (0x0018, 0x1000, "LO"), (0x0018, 0x1030, "LO"),
             (0x0020, 0x0010, "SH"), (0x0020, 0x0052, "UI"), (0x0020, 0x4000, "LT"), (0x0028, 0x4000, "LT"), (0x0062, 0x0005, "LO"), (0x3006, 0x0026, "LO"), (0x0028, 0x0121, "US"), (0x0020, 0x9128, "UL"), (0x0018, 0x9305, "FD"), (0x6000, 0x0022, "LO"), (0xFFFC, 0xFFFC, "OB")])
            file.Text(group, element, vr, Planted);
        byte[] nested = new DicomBytes { Syntax = syntax }.Text(0x0010, 0x0010, "PN", Planted).Text(0x0008, 0x0104, "LO", Planted).Text(0x0008, 0x0100, "SH", Planted)
            .Text(0x0008, 0x1155, "UI", "1.2.3.99").Text(0x0009, 0x1001, "UN", Planted).Item();
        file.Bytes(0x0008, 0x1140, "SQ", nested).Bytes(0x0008, 0x1115, "SQ", nested).Bytes(0x0040, 0x0275, "SQ", nested).Bytes(0x0009, 0x1050, "SQ", nested);

        string written = Write(folder, folder.Write("a.dcm", file.File()), "S1", s_secret);
        byte[] bytes = File.ReadAllBytes(written);

        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Planted)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("1.2.3."u8));
        Assert.NotEqual(-1, bytes.AsSpan().IndexOf("113100"u8));
        Assert.NotEqual(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(new IdentifierMap(s_secret).Uid("1.2.3.99"))));
        folder.Write("plain.dcm", DicomBytes.Slice(1, 0, s_samples, 8, syntax).File());
        SampleVolume.AssertSameVoxels(VolumeFile.Read(folder["plain.dcm"], TestContext.Current.CancellationToken), VolumeFile.Read(written, TestContext.Current.CancellationToken));
        Assert.Contains("YES", Dump(written, "0012,0062"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SeriesAndItsSegmentation_StillReferToEachOther()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["in"]);
        Directory.CreateDirectory(folder["out"]);
        for (int i = 0; i < 3; i++)
            folder.Write($"in/{i}.dcm", DicomBytes.Slice(i, i, s_samples, 8).Text(0x0020, 0x0052, "UI", "1.2.3.50").File());
        DicomImage image = DicomReader.Read(folder["in"], TestContext.Current.CancellationToken);
        var mask = VoxelSet.Of(image.Volume.Geometry, Enumerable.Range(0, 192).Select(i => i % 7 == 0).ToArray());
        MaskFile.Write(folder["m.rtstruct.dcm"], MaskFile.Of(mask.ToMask().Labels), image.Source, "Musterfrau", cancellationToken: TestContext.Current.CancellationToken);
        MaskFile.Write(folder["m.seg.dcm"], MaskFile.Of(mask.ToMask().Labels), image.Source, "Musterfrau", cancellationToken: TestContext.Current.CancellationToken);

        for (int i = 0; i < 3; i++)
            Write(folder, folder[$"in/{i}.dcm"], "S1", s_secret, "out");
        string written = Write(folder, folder["m.seg.dcm"], "S1", s_secret);

        DicomImage after = DicomReader.Read(folder["out"], TestContext.Current.CancellationToken);
        SampleVolume.AssertSameVoxels(image.Volume, after.Volume);
        Segmentation segmentation = MaskFile.Read(written, after.Volume.Geometry, TestContext.Current.CancellationToken);
        Assert.Equal(mask.Inside.ToArray(), VoxelSet.Of(segmentation.Layers[0]).Inside.ToArray());
        Segmentation contours = MaskFile.Read(Write(folder, folder["m.rtstruct.dcm"], "S1", s_secret), after.Volume.Geometry, TestContext.Current.CancellationToken);
        Assert.Equal(mask.Inside.ToArray(), VoxelSet.Of(contours.Layers[0]).Inside.ToArray());
        Assert.False(segmentation.ContradictsFrameOf(after.Source));
        byte[] bytes = File.ReadAllBytes(written);
        foreach (string uid in (string[])["1.2.3.0", "1.2.3.1", "1.2.3.2", "1.2.3.4"])
            Assert.NotEqual(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(new IdentifierMap(s_secret).Uid(uid))));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("Musterfrau"u8));
    }

    [Theory]
    [InlineData("dicom-syntaxes")]
    public void Write_CompressedSlices_KeepTheirVoxels(string data)
    {
        using var folder = new TestFolder();
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(SharedData.Require($"data/{data}"), "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Volume before;
            try
            {
                before = VolumeFile.Read(path, TestContext.Current.CancellationToken);
            }
            catch (ImagingException)
            {
                continue;
            }
            string target = $"out{count++}";
            Directory.CreateDirectory(folder[target]);
            try
            {
                SampleVolume.AssertSameVoxels(before, VolumeFile.Read(Write(folder, path, "S1", s_secret, target), TestContext.Current.CancellationToken));
            }
            catch (ImagingException exception)
            {
                Assert.Matches("is not rewritten|names no SOP class", exception.Message);
            }
        }
        Assert.True(count > 5);
    }

    [Theory]
    [InlineData("JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70", 0xFFFE)]
    [InlineData("JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50", 0xFFE1)]
    [InlineData("JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80", 0xFFFE)]
    [InlineData("JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90", 0xFF64)]
    public void Write_CommentOfACompressor_IsBlanked(string sample, int marker)
    {
        using var folder = new TestFolder();
        byte[] bytes = File.ReadAllBytes(SharedData.Require($"data/dicom-syntaxes/CTImage.dcm_{sample}.dcm"));
        // Behind the start of the stream, or in JPEG 2000 behind the size, which must come first; the item that holds the stream grows by as much.
        bool wavelets = marker == 0xFF64;
        int start = bytes.AsSpan().LastIndexOf(wavelets ? [0xFF, 0x4F, 0xFF, 0x51] : (ReadOnlySpan<byte>)[0xFF, 0xD8]), at = start + (wavelets ? 4 + (bytes[start + 4] << 8 | bytes[start + 5]) : 2);
        byte[] comment = [(byte)(marker >> 8), (byte)marker, 0, 2 + 2 + 10, 0, 1, .. Encoding.ASCII.GetBytes(Planted)];
        BitConverter.TryWriteBytes(bytes.AsSpan(start - 4), BitConverter.ToInt32(bytes, start - 4) + comment.Length);
        string planted = folder.Write("a.dcm", [.. bytes[..at], .. comment, .. bytes[at..]]);

        string written = Write(folder, planted, "S1", s_secret);

        Assert.Equal(-1, File.ReadAllBytes(written).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Planted)));
        SampleVolume.AssertSameVoxels(VolumeFile.Read(planted, TestContext.Current.CancellationToken), VolumeFile.Read(written, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Write_BytesBehindTheLastSample_AreLeftOut()
    {
        using var folder = new TestFolder();
        byte[] samples = [.. s_samples.SelectMany(BitConverter.GetBytes)];
        string planted = folder.Write("a.dcm", DicomBytes.Slice(1, 0, s_samples, 8).Bytes(0x7FE0, 0x0010, "OW", [.. samples, .. Encoding.ASCII.GetBytes(Planted)]).File());

        string written = Write(folder, planted, "S1", s_secret);

        Assert.Equal(-1, File.ReadAllBytes(written).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Planted)));
        SampleVolume.AssertSameVoxels(VolumeFile.Read(planted, TestContext.Current.CancellationToken), VolumeFile.Read(written, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Identifiers_AreTheSameForASecret_AndOthersForAnother()
    {
        IdentifierMap one = new(s_secret), other = new([.. s_secret.Reverse()]);
        Assert.Equal(one.Uid("1.2.3"), new IdentifierMap(s_secret).Uid("1.2.3"));
        Assert.NotEqual(one.Uid("1.2.3"), other.Uid("1.2.3"));
        Assert.NotEqual(one.Uid("1.2.3"), one.Uid("1.2.4"));
        Assert.True(one.Uid("1.2.3").Length <= 64);
        Assert.NotEqual(one.Subject("7"), other.Subject("7"));
    }

    [Fact]
    public void Write_BurnedInText_IsWarnedOf_AndAReportIsRefused()
    {
        using var folder = new TestFolder();
        folder.Write("a.dcm", DicomBytes.Slice(1, 0, s_samples, 8).Text(0x0028, 0x0301, "CS", "YES").File());
        folder.Write("b.dcm", DicomBytes.Header(2, "0\\0\\0", 8, 8).Text(0x0008, 0x0060, "CS", "SR").File());
        var deidentifier = new DicomDeidentifier(new IdentifierMap(s_secret));
        Assert.Contains("burned", deidentifier.Write(folder["a.dcm"], folder[""], "S1", TestContext.Current.CancellationToken).Warning, StringComparison.Ordinal);
        Assert.Contains("neither an image", Assert.Throws<ImagingException>(() => deidentifier.Write(folder["b.dcm"], folder[""], "S1", TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Contains("--subject", Assert.Throws<ImagingException>(() => deidentifier.Write(folder["a.dcm"], folder[""], null, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private static string Write(TestFolder folder, string path, string subject, byte[] secret, string target = "") =>
        new DicomDeidentifier(new IdentifierMap(secret)).Write(path, folder[target], subject, TestContext.Current.CancellationToken).Path;

    private static string Dump(string path, string tag)
    {
        try
        {
            using var dump = Process.Start(new ProcessStartInfo("dcmdump", ["+P", tag, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string text = dump.StandardOutput.ReadToEnd();
            Assert.Equal("", dump.StandardError.ReadToEnd());
            dump.WaitForExit();
            return text;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("dcmdump (dcmtk) is absent.");
            return "";
        }
    }
}
