using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;
using Trabecula.Imaging.Tests;
using Trabecula.Imaging.Tests.Dicom;
using Trabecula.Workbench.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

/// <summary>Cases as a hospital exports them: a folder of slices, a structure set, named segments.</summary>
public sealed class DicomCaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Extract_CtPhantomFromDicom_GivesTheFeaturesOfItsNiftiTwin()
    {
        string phantom = SharedData.Require("data/ibsi1-ct-phantom");
        ICaseFeatures dicom = Load(Path.Combine(phantom, "dicom/image"), Path.Combine(phantom, "dicom/mask"));
        ICaseFeatures nifti = Load(Path.Combine(phantom, "nifti/image/phantom.nii.gz"), Path.Combine(phantom, "nifti/mask/mask.nii.gz"));

        FeatureVector fromDicom = dicom.Extract(dicom.Resolve("GTV-1"), null, Token), fromNifti = nifti.Extract(1, null, Token);

        Assert.Equal(fromNifti.Features.Select(feature => feature.Name), fromDicom.Features.Select(feature => feature.Name));
        foreach ((FeatureValue expected, FeatureValue actual) in fromNifti.Features.Zip(fromDicom.Features))
        {
            // Slice positions are decimals in DICOM, spacing and origin 32-bit floats in NIfTI: they differ in the thirteenth digit.
            double allowed = 1e-8 * Math.Max(1e-3, Math.Abs(expected.Value));
            Assert.True(Math.Abs(expected.Value - actual.Value) <= allowed, $"{expected.Name}: {expected.Value:R} and {actual.Value:R}");
        }
    }

    [Fact]
    public void Extract_OneFolderForSlicesAndContours_TakesBothWithoutAWarning()
    {
        string folder = SharedData.Require("data/ibsi1-ct-phantom/dicom");
        ICaseFeatures loaded = Load(folder, folder);

        Assert.Equal([1u], loaded.Labels);
        Assert.Empty(loaded.Extract(1, null, Token).Warnings);
    }

    [Fact]
    public void Extract_SegmentsByName_TakesOverlappingOnesToo()
    {
        string slicer = SharedData.Require("data/slicer-seg-nrrd");
        ICaseFeatures loaded = Load(Path.Combine(slicer, "CTChest4.nrrd"), Path.Combine(slicer, "SegmentationOverlapping.seg.nrrd"));

        Assert.Equal([1u, 2, 3, 4, 5, 6, 7, 8], loaded.Labels);
        Assert.Equal(8u, loaded.Resolve("Overlapping Sphere"));
        Assert.Equal(3u, loaded.Resolve("3"));
        ImagingException refusal = Assert.Throws<ImagingException>(() => loaded.Resolve("heart"));
        Assert.Contains("8 (overlapping sphere)", refusal.Cure, StringComparison.Ordinal);
        Assert.Throws<RadiomicsException>(() => loaded.Extract(9, null, Token));
        Assert.Equal(19139.0 * 3.04687595367432 * 3.04687595367432 * 10, VoxelVolume(loaded.Extract(8, null, Token)), 1);
        Assert.Equal(8487.0 * 3.04687595367432 * 3.04687595367432 * 10, VoxelVolume(loaded.Extract(1, null, Token)), 1);
    }

    [Fact]
    public void Run_LabelsByName_ComputesEachAndNamesWhatIsMissing()
    {
        string slicer = SharedData.Require("data/slicer-seg-nrrd");
        var request = new ExtractionRequest
        {
            Input = new ExtractionInput.Pair(Path.Combine(slicer, "CTChest4.nrrd"), Path.Combine(slicer, "Segmentation.seg.nrrd")),
            ParameterFile = _folder.Write("p.yaml", "imageType:\n  Original: {}\nfeatureClass:\n  shape: [VoxelVolume]\n"),
            Output = _folder["out.csv"],
            Labels = LabelSelection.Parse("ribs, heart, 3"),
        };

        ExtractionReport report = new FeatureExtraction(request).Run(null, Token);

        Assert.Equal((1, 3), (report.Cases, report.Rows));
        CaseFailure failure = Assert.Single(report.Failures);
        Assert.Contains("no segment 'heart'", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TableWithNamesAsLabels_KeepsThem()
    {
        CaseTable table = CaseTable.Read(_folder.Write("c.csv", "Image,Mask,Label\na,a,left lung\nb,b,3\n"), readLabels: true);

        Assert.Equal(["left lung", null], table.Rows.Select(row => row.LabelName));
        Assert.Equal([null, 3u], table.Rows.Select(row => row.Label));
    }

    [Theory]
    [InlineData(100, 103, 12)]
    [InlineData(103, 100, 12)]
    [InlineData(100, null, 3)]
    public void Extract_PaddingWithinTheRegion_IsCountedSliceBySlice(int value, int? limit, int padded)
    {
        Directory.CreateDirectory(_folder["ct"]);
        for (int i = 0; i < 3; i++)
        {
            // Each slice has a rescale of its own, so that padding means another value in each.
            DicomBytes slice = DicomBytes.Slice(i, i, [.. Enumerable.Range(0, 144).Select(k => (short)k)], 12).Text(0x0028, 0x1052, "DS", $"{-1024 + 20 * i}")
                .Bytes(0x0028, 0x0120, "SS", [(byte)value, 0]);
            File.WriteAllBytes(_folder[$"ct/{i}.dcm"], (limit is { } other ? slice.Bytes(0x0028, 0x0121, "SS", [(byte)other, 0]) : slice).File());
        }
        VolumeGeometry grid = VolumeFile.Read(_folder["ct"], Token).Geometry;
        VolumeFile.Write(_folder["mask.nrrd"], Volume.Create(grid, [.. Enumerable.Range(0, 432).Select(k => (byte)(k == 0 ? 0 : 1))]), Token);

        string warning = Assert.Single(Load(_folder["ct"], _folder["mask.nrrd"]).Extract(1, null, Token).Warnings);
        Assert.StartsWith($"{padded} voxels of the region have padding values ", warning, StringComparison.Ordinal);
    }

    private static double VoxelVolume(FeatureVector features) =>
        features.Features.Single(feature => feature.Name == "original_shape_VoxelVolume").Value;

    private static ICaseFeatures Load(string image, string mask) => new CaseLoader(ExtractionParameters.Default).Load(image, mask, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
