using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Tests;
using Trabecula.Imaging.Tests.Dicom;
using Trabecula.Workbench.Conformance;
using Trabecula.Workbench.Inspection;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Inspection;

public sealed class InspectionReportTests
{
    [Fact]
    public void Of_CtPhantom_TellsItsGeometryAndEncoding()
    {
        InspectionReport report = InspectionReport.Of(SharedData.Require("data/ibsi1-ct-phantom/dicom"), TestContext.Current.CancellationToken);

        Assert.False(report.HasProblems);
        Assert.Null(report.Problem);
        Assert.Contains("61 DICOM files, 1 image series, 1 other object", report.Lines[0], StringComparison.Ordinal);
        Assert.Contains("  size        204 x 201 x 60 voxels", report.Lines);
        Assert.Contains("structure set with 1 region: GTV-1", report.Lines);
    }

    [Fact]
    public void Of_TiltedSeries_TellsTheProblemsAndTheProtocol()
    {
        InspectionReport report = InspectionReport.Of(SharedData.Require("data/dicom-geometry/ge"), TestContext.Current.CancellationToken);

        Assert.True(report.HasProblems);
        Assert.Contains(report.Lines, line => line.StartsWith("  PROBLEM     gantry tilt", StringComparison.Ordinal));
        Assert.Contains(report.Lines, line => line.StartsWith("  PROBLEM     uneven spacing", StringComparison.Ordinal));
        Assert.Contains(report.Lines, line => line.StartsWith("  voltage     ", StringComparison.Ordinal) && line.EndsWith(" kV", StringComparison.Ordinal));
        Assert.Contains(report.Lines, line => line.StartsWith("  scanner     GE MEDICAL SYSTEMS", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_PixelsThatCannotBeRead_TellsItAsAProblem()
    {
        using var folder = new TemporaryFolder();
        DicomBytes retired = DicomBytes.Header(1, "0\\0\\0", 8, 8, "1.2.840.10008.1.2.4.53");
        File.WriteAllBytes(folder["retired.dcm"], retired.File(retired.UndefinedSequence(0x7FE0, 0x0010, "OB", new DicomBytes().Item(), new DicomBytes().Item())));
        File.WriteAllBytes(folder["short.dcm"], DicomBytes.Header(1, "0\\0\\0", 8, 8).Pixels(new short[50]).File());

        InspectionReport report = InspectionReport.Of(folder["retired.dcm"], TestContext.Current.CancellationToken);
        Assert.True(report.HasProblems);
        Assert.Contains("  PROBLEM     retired.dcm: the pixels are compressed with JPEG Spectral Selection (Process 6 and 8, retired) (1.2.840.10008.1.2.4.53), which cannot be read", report.Lines);
        Assert.Contains("  PROBLEM     short.dcm: the header promises 1 frame of 8 x 8 samples (128 bytes), but the pixel data end before",
            InspectionReport.Of(folder["short.dcm"], TestContext.Current.CancellationToken).Lines);
    }

    [Fact]
    public void Of_SlicerSegments_NamesThem()
    {
        InspectionReport report = InspectionReport.Of(SharedData.Require("data/slicer-seg-nrrd/Segmentation.seg.nrrd"), TestContext.Current.CancellationToken);

        Assert.Contains("  segment 1   ribs", report.Lines);
    }

    [Theory]
    [InlineData(typeof(byte), "m.nii.gz")]
    [InlineData(typeof(float), "m.nrrd")]
    public void Of_LabelMap_ListsItsLabels(Type type, string name)
    {
        using var folder = new TemporaryFolder();
        var grid = new VolumeGeometry(new(4, 3, 2), new(0.5, 2, 3), default, Matrix3D.Identity);
        byte[] labels = new byte[24];
        labels.AsSpan(3, 2).Fill(7);
        labels.AsSpan(10, 4).Fill(20);
        labels[23] = 7;
        labels[0] = 1;
        VolumeFile.Write(folder[name], type == typeof(byte) ? Volume.Create(grid, labels) : Volume.Create(grid, Array.ConvertAll(labels, label => (float)label)), TestContext.Current.CancellationToken);

        Assert.Equal(["  label 1     1 voxel, 3 mm3", "  label 7     3 voxels, 9 mm3", "  label 20    4 voxels, 12 mm3"], LabelsOf(folder[name]));
    }

    [Fact]
    public void Of_VolumeThatIsNoLabelMap_ListsNone()
    {
        using var folder = new TemporaryFolder();
        var grid = new VolumeGeometry(new(32, 32, 1), new(1, 1, 1), default, Matrix3D.Identity);
        int voxels = (int)grid.Size.Count;
        Write("negative", Array.ConvertAll(new short[voxels], _ => (short)-1024));
        Write("fractions", Array.ConvertAll(new float[voxels], _ => 0.5f));
        Write("nan", Array.ConvertAll(new float[voxels], _ => float.NaN));
        Write("large", Array.ConvertAll(new uint[voxels], _ => uint.MaxValue));
        Write("many", [.. Enumerable.Range(0, voxels).Select(i => (ushort)Math.Min(i / 3, 257))]);
        Write("bytes", [.. Enumerable.Range(0, voxels).Select(i => (byte)(i * 7919 % 251))]);
        foreach (string name in (string[])["negative", "fractions", "nan", "large", "many", "bytes"])
            Assert.Empty(LabelsOf(folder[name + ".nrrd"]));

        Write("most", [.. Enumerable.Range(0, voxels).Select(i => (ushort)Math.Min(i / 3, 256))]);
        Assert.Equal(256, LabelsOf(folder["most.nrrd"]).Length);
        Write("full", [.. Enumerable.Range(0, voxels).Select(i => (ushort)(Math.Min(i / 3, 255) + 1))]);
        Assert.Equal(256, LabelsOf(folder["full.nrrd"]).Length);
        Write("empty", new byte[voxels]);
        Assert.Equal(["  label       none: every voxel is 0"], LabelsOf(folder["empty.nrrd"]));

        void Write<T>(string name, T[] values) where T : unmanaged, System.Numerics.INumber<T> =>
            VolumeFile.Write(folder[name + ".nrrd"], Volume.Create(grid, values), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Of_DicomSegmentation_TellsItsKindAndGrid()
    {
        InspectionReport report = InspectionReport.Of(SharedData.Require("data/dicom-seg/dcmqi/liver.dcm"), TestContext.Current.CancellationToken);
        Assert.Contains("binary segmentation with 1 segment: Liver", report.Lines);
        Assert.Contains("  size        512 x 512 x 3 voxels", report.Lines);

        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(SharedData.Require("data/dicom-seg/dcmqi/liver.dcm"));
        "BINATY"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("BINARY"u8)));
        File.WriteAllBytes(folder["bad.dcm"], bytes);
        report = InspectionReport.Of(folder["bad.dcm"], TestContext.Current.CancellationToken);
        Assert.True(report.HasProblems);
        Assert.Contains(report.Lines, line => line.StartsWith("  PROBLEM     Segmentation Type (0062,0001)", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_NoFile_SaysWhy()
    {
        InspectionReport report = InspectionReport.Of("nowhere.nii", TestContext.Current.CancellationToken);

        Assert.Contains("no such file", report.Problem, StringComparison.Ordinal);
        Assert.Empty(report.Lines);
    }

    [Fact]
    public void Of_FolderWithoutDicom_SaysWhatElseItHolds()
    {
        using var folder = new TemporaryFolder();
        InspectionReport empty = InspectionReport.Of(folder[""], TestContext.Current.CancellationToken);
        folder.Write("a.nrrd", "");
        folder.Write("b.nii.gz", "");
        InspectionReport other = InspectionReport.Of(folder[""], TestContext.Current.CancellationToken);

        Assert.Contains("holds no DICOM file, and no NIfTI or NRRD file", empty.Problem, StringComparison.Ordinal);
        Assert.Contains("2 NIfTI or NRRD files (a.nrrd, b.nii.gz)", other.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Series_TellsWhatItsReaderWouldWarnOf()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 3; i++)
            File.WriteAllBytes(folder[$"{i}.dcm"], DicomBytes.Slice(i, i, new short[64], 8).Without(0x0028, 0x1053).Without(0x0028, 0x1052).Text(0x0028, 0x2110, "CS", "01").File());

        string[] notes = [.. InspectionReport.Of(folder[""], TestContext.Current.CancellationToken).Lines.Where(line => line.StartsWith("  note", StringComparison.Ordinal))];
        Assert.Contains(notes, note => note.Contains("no rescale slope", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("compressed with loss", StringComparison.Ordinal));
        Assert.Equal(DicomReader.Read(folder[""], TestContext.Current.CancellationToken).Warnings, notes.Select(note => note[14..]));
    }

    [Fact]
    public void Of_NamesWithControlCharacters_ShowsNoneOfThem()
    {
        const string evil = "A\u001b[31m\nsegment 9   forged\u009b\u202e";
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["seg.dcm"], DicomBytes.Header(1, "0\\0\\0", 8, 8).Text(0x0008, 0x0005, "CS", "ISO_IR 192").Text(0x0008, 0x0060, "CS", "SEG")
            .Bytes(0x0062, 0x0002, "SQ", new DicomBytes().UInt16(0x0062, 0x0004, 1).Text(0x0062, 0x0005, "LO", evil).Item()).File());
        File.WriteAllBytes(folder["ct.dcm"], DicomBytes.Slice(2, 0, new short[64], 8).Text(0x0008, 0x0070, "LO", evil).Text(0x0018, 0x1210, "SH", evil).File());
        folder.Write("m.seg.nrrd", $"NRRD0004\ntype: uint8\ndimension: 3\nspace: left-posterior-superior\nsizes: 2 2 2\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (-0.0001,0,0)\nencoding: raw\n"
            + $"Segment0_LabelValue:=1\nSegment0_Name:=A\u001b[31m\nSegment0_Layer:=0\n\n{new string('\u0001', 8)}");

        foreach (string name in (string[])["", "m.seg.nrrd"])
        {
            InspectionReport report = InspectionReport.Of(folder[name], TestContext.Current.CancellationToken);
            Assert.Contains(report.Lines, line => line.Contains("A\uFFFD[31m", StringComparison.Ordinal));
            Assert.DoesNotContain(report.Lines, line => line.Any(char.IsControl) || line.Contains('\u202e', StringComparison.Ordinal) || line.StartsWith("segment 9", StringComparison.Ordinal) || line.Contains("-0,", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Of_EnhancedCt_TellsTheProtocolOfItsFunctionalGroups()
    {
        using var folder = new TemporaryFolder();
        byte[] shared = new DicomBytes()
            .Bytes(0x0018, 0x9304, "SQ", new DicomBytes().Bytes(0x0018, 0x9305, "FD", BitConverter.GetBytes(0.5)).Item())
            .Bytes(0x0018, 0x9314, "SQ", new DicomBytes().Text(0x0018, 0x1210, "SH", "B30f").Item())
            .Bytes(0x0018, 0x9325, "SQ", new DicomBytes().Text(0x0018, 0x0060, "DS", "120").Item())
            .Bytes(0x0020, 0x9116, "SQ", new DicomBytes().Text(0x0020, 0x0037, "DS", "1\\0\\0\\0\\1\\0").Item())
            .Bytes(0x0028, 0x9110, "SQ", new DicomBytes().Text(0x0018, 0x0050, "DS", "2").Text(0x0028, 0x0030, "DS", "1\\1").Item())
            .Bytes(0x0028, 0x9145, "SQ", new DicomBytes().Text(0x0028, 0x1052, "DS", "-1024").Text(0x0028, 0x1053, "DS", "1").Item()).Item();
        byte[][] frames = [.. Enumerable.Range(0, 3).Select(i => new DicomBytes()
            .Bytes(0x0018, 0x9321, "SQ", new DicomBytes().Bytes(0x0018, 0x9330, "FD", BitConverter.GetBytes(200.0 + 10 * i)).Text(0x0018, 0x9323, "CS", "XYZ_EC").Item())
            .Bytes(0x0020, 0x9113, "SQ", new DicomBytes().Text(0x0020, 0x0032, "DS", $"0\\0\\{2 * i}").Item()).Item())];
        File.WriteAllBytes(folder["ct.dcm"], DicomBytes.Header(1, "0\\0\\0", 8, 8).Without(0x0020, 0x0032).Without(0x0020, 0x0037).Without(0x0028, 0x0030).Without(0x0028, 0x1052).Without(0x0028, 0x1053)
            .Bytes(0x0018, 0x0012, "SQ", new DicomBytes().Text(0x0008, 0x0100, "SH", "C-B0322").Item())
            .Text(0x0028, 0x0008, "IS", "3").Bytes(0x5200, 0x9229, "SQ", shared).Bytes(0x5200, 0x9230, "SQ", [.. frames.SelectMany(frame => frame)]).Pixels(new short[192]).File());

        IReadOnlyList<string> lines = InspectionReport.Of(folder["ct.dcm"], TestContext.Current.CancellationToken).Lines;
        Assert.Contains("  size        8 x 8 x 3 voxels", lines);
        Assert.Contains("  voltage     120 kV", lines);
        Assert.Contains("  current     200 to 220 mA, modulation XYZ_EC", lines);
        Assert.Contains("  kernel      B30f", lines);
        Assert.Contains("  rotation    0.5 s", lines);
        Assert.Contains("  contrast    an agent is named", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("  note", StringComparison.Ordinal));

        string protocol = folder.Write("protocol.yaml", "require:\n  voltageKv: [120, 130]\n  tubeCurrentMa: [200, 220]\n  tubeCurrentModulation: true\n  kernel: B30f\n  rotationSeconds: [0.5, 0.75]\n  contrast: true\n");
        ConformanceCheck.Run(folder.Write("cases.csv", "ID,Image,Mask\nS-1,ct.dcm,none\n"), protocol, folder["out.csv"], TestContext.Current.CancellationToken);
        string[] verdicts = File.ReadAllLines(folder["out.csv"])[1].Split(',')[1..];
        Assert.Equal(7, verdicts.Length);
        Assert.All(verdicts, verdict => Assert.StartsWith("met", verdict, StringComparison.Ordinal));
    }

    private static string[] LabelsOf(string path) =>
        [.. InspectionReport.Of(path, TestContext.Current.CancellationToken).Lines.Where(line => line.StartsWith("  label ", StringComparison.Ordinal))];
}
