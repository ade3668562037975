using Trabecula.Imaging.Dicom;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>Real files: each is read right, or refused for the reason that its name tells.</summary>
public sealed class RealSeriesTests
{
    [Theory]
    [InlineData("dicom2nifti/gantrytilting/001", "gantry tilt", "14.0 degrees")]
    [InlineData("dicom2nifti/notavolume/001", "duplicate slices", "4 slices lie at 1 position")]
    [InlineData("dicom2nifti/sliceincrement/001", "uneven spacing", "missing slice: 1")]
    [InlineData("dicom2nifti/sliceincrement/002", "uneven spacing", "missing slice: 1")]
    [InlineData("dicom2nifti/sliceorientation/001", "mixed orientation", "2 of one orientation")]
    [InlineData("ge", "gantry tilt", "18.5 degrees")]
    [InlineData("ge", "uneven spacing", "4 mm (13 times), 7 mm (13 times), 1.08 mm (1 times)")]
    public void Read_SeriesThatIsNoVolume_IsRefusedWithTheFacts(string folder, string reason, string fact)
    {
        var refusal = Assert.Throws<ImagingException>(() => VolumeFile.Read(SharedData.Require($"data/dicom-geometry/{folder}"), Token));

        Assert.Contains(reason, refusal.Problem, StringComparison.Ordinal);
        Assert.Contains(fact, refusal.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoSagittalSlices_AreThoseOfTheNiftiTwin()
    {
        string folder = SharedData.Require("data/dicom-geometry/dicom2nifti/slicecount");

        Volume dicom = VolumeFile.Read(Path.Combine(folder, "001"), Token);
        Volume nifti = VolumeFile.Read(Path.Combine(folder, "001_ground_truth.nii.gz"), Token);

        TwinVolumes.AssertSameValuesInSpace(dicom, nifti, 1e-3);
    }

    [Fact]
    public void Read_CtPhantom_IsItsNiftiTwinVoxelForVoxel()
    {
        Volume dicom = VolumeFile.Read(SharedData.Require("data/ibsi1-ct-phantom/dicom/image"), Token);
        Volume nifti = VolumeFile.Read(SharedData.Require("data/ibsi1-ct-phantom/nifti/image/phantom.nii.gz"), Token);

        TwinVolumes.AssertSameValuesInSpace(dicom, nifti, 1e-3);
        Assert.Equal(nifti.Geometry.Size, dicom.Geometry.Size);
        Assert.Equal(new VolumeSize(204, 201, 60), dicom.Geometry.Size);
    }

    [Theory]
    [InlineData("23x38x3")]
    [InlineData("24x38x3")]
    public void Read_EnhancedMultiFrame_IsTheSeriesOfSingleFrames(string name)
    {
        string folder = SharedData.Require($"data/dicom-seg/dcmqi/{name}");

        Volume single = VolumeFile.Read(Path.Combine(folder, "image"), Token);
        DicomImage enhanced = DicomReader.Read(Path.Combine(folder, "multiframe/mf.dcm"), Token);

        Assert.Equal(single.Geometry, enhanced.Volume.Geometry);
        SampleVolume.AssertSameVoxels(single, enhanced.Volume);
    }

    [Fact]
    public void Read_CtWithPadding_TellsItsValue()
    {
        DicomImage image = DicomReader.Read(SharedData.Require("data/dicom-seg/dcmqi/ct-3slice"), Token);

        Assert.Equal(Enumerable.Repeat<PaddingRange?>(new(-3024, -3024), 3), image.Padding);
        Assert.Equal(-128.690002, image.Volume.Geometry.OriginMm.Z, 1e-9);
        Assert.Equal(1, image.Volume.Geometry.SpacingMm.Z, 1e-9);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
