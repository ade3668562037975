using Trabecula.Imaging.Tests;
using Trabecula.Workbench.Inspection;
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
}
