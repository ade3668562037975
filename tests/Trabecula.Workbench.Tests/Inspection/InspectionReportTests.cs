using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Tests;
using Trabecula.Imaging.Tests.Dicom;
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
        Assert.Contains("segmentation or structure set with 1 segment: GTV-1", report.Lines);
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
    public void Of_SlicerSegments_NamesThem()
    {
        InspectionReport report = InspectionReport.Of(SharedData.Require("data/slicer-seg-nrrd/Segmentation.seg.nrrd"), TestContext.Current.CancellationToken);

        Assert.Contains("  segment 1   ribs", report.Lines);
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
}
