using System.Numerics;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Masks;

/// <summary>Segmentations and structure sets made by other programs, against their twins in other formats.</summary>
public sealed class RealMaskTests
{
    [Theory]
    [InlineData("liver.dcm", 1, "liver_seg.nrrd", 1)]
    [InlineData("partial_overlaps.dcm", 1, "partial_overlaps-1.nrrd", 1)]
    [InlineData("partial_overlaps.dcm", 2, "partial_overlaps-2.nrrd", 2)]
    [InlineData("partial_overlaps.dcm", 3, "partial_overlaps-3.nrrd", 3)]
    [InlineData("partial_overlaps.dcm", 4, "partial_overlaps-1.nrrd", 4)]
    [InlineData("partial_overlaps.dcm", 5, "partial_overlaps-1.nrrd", 5)]
    [InlineData("sparse-labelmap-noppv.dcm", 1, "sparse_labelmap_noppv_seg.nrrd", 1)]
    [InlineData("sparse-labelmap-ppv5.dcm", 1, "sparse_labelmap_ppv5_seg.nrrd", 1)]
    [InlineData("23x38x3/seg/label.seg", 1, "23x38x3/nrrd/label.nrrd", 1)]
    [InlineData("24x38x3/seg/label.seg", 1, "24x38x3/nrrd/label.nrrd", 1)]
    public void Read_DicomSegment_IsItsNrrdTwin(string seg, uint label, string nrrd, uint twinLabel)
    {
        string folder = SharedData.Require("data/dicom-seg/dcmqi");
        Volume twin = VolumeFile.Read(Path.Combine(folder, nrrd), Token);

        // With and without the image's grid: the twins have all of its slices, the segmentation has not.
        Segmentation onImage = MaskFile.Read(Path.Combine(folder, seg), twin.Geometry, Token);
        Segmentation alone = MaskFile.Read(Path.Combine(folder, seg), null, Token);

        bool[] expected = Inside(twin, twinLabel);
        Assert.Equal(expected, InsideOf(onImage, label));
        Assert.Equal(twin.Geometry, onImage.Layers[0].Geometry);
        Assert.Equal(expected.Count(voxel => voxel), InsideOf(alone, label).Count(voxel => voxel));
    }

    [Fact]
    public void Read_OverlappingSegments_HaveNamesAndLayers()
    {
        Segmentation mask = MaskFile.Read(SharedData.Require("data/dicom-seg/dcmqi/partial_overlaps.dcm"), null, Token);

        Assert.Equal(["GREEN", "ORANGE", "PURPLE", "LIGHT_BLUE", "DARK_BLUE"], mask.Segments.Select(segment => segment.Name));
        Assert.True(mask.Layers.Count > 1);
        Assert.Equal(3u, mask.Find("purple")!.Label);
        Assert.Null(mask.Find("red"));
    }

    [Theory]
    [InlineData("seg_image_ct_binary.dcm", 3)]
    [InlineData("seg_image_ct_binary_fractional.dcm", 3)]
    [InlineData("seg_image_ct_true_fractional.dcm", 3)]
    [InlineData("seg_image_ct_binary_overlap.dcm", 165)]
    [InlineData("seg_image_ct_binary_single_frame.dcm", 1)]
    public void Read_HighdicomSegment_TakesTheVoxelsOfItsFrames(string file, int slices)
    {
        Segmentation mask = MaskFile.Read(SharedData.Require($"data/dicom-seg/highdicom/{file}"), null, Token);

        // Frame sums as pydicom's pixel_array gives them, with the threshold of one half for fractions.
        long[] expected = file switch
        {
            "seg_image_ct_binary_single_frame.dcm" => [HighdicomSums.Single],
            "seg_image_ct_binary_overlap.dcm" => HighdicomSums.Overlap,
            "seg_image_ct_true_fractional.dcm" => [HighdicomSums.TrueFractional],
            _ => [HighdicomSums.Binary],
        };
        Assert.Equal(expected, mask.Segments.Select(segment => InsideOf(mask, segment.Label).LongCount(voxel => voxel)));
        Assert.Equal(slices, mask.Layers[0].Geometry.Size.Z);
        Assert.Equal(file.Contains("fractional", StringComparison.Ordinal), mask.Notes.Any(note => note.Contains("fractional", StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_StructureSetOfCtPhantom_IsItsNiftiTwinVoxelForVoxel()
    {
        Volume image = VolumeFile.Read(SharedData.Require("data/ibsi1-ct-phantom/dicom/image"), Token);
        Segmentation contours = MaskFile.Read(SharedData.Require("data/ibsi1-ct-phantom/dicom/mask"), image.Geometry, Token);
        Volume nifti = VolumeFile.Read(SharedData.Require("data/ibsi1-ct-phantom/nifti/mask/mask.nii.gz"), Token);

        MaskSegment region = Assert.Single(contours.Segments);
        Assert.Equal("GTV-1", region.Name);
        Assert.Empty(contours.Notes);
        Assert.Equal(125_256, InsideOf(contours, region.Label).Count(voxel => voxel));
        Dicom.TwinVolumes.AssertSameValuesInSpace(contours.Layers[0].Labels, nifti, 1e-3);
    }

    [Theory]
    [InlineData("Segmentation", 1, "ribs", 8487)]
    [InlineData("Segmentation", 7, "tissue", 154589)]
    [InlineData("SegmentationOverlapping", 1, "ribs", 8487)]
    [InlineData("SegmentationOverlapping", 8, "overlapping sphere", 19139)]
    public void Read_SlicerSegments_HaveNamesAndTheirOwnVoxels(string file, uint label, string name, int voxels)
    {
        Volume image = VolumeFile.Read(SharedData.Require("data/slicer-seg-nrrd/CTChest4.nrrd"), Token);
        Segmentation mask = MaskFile.Read(SharedData.Require($"data/slicer-seg-nrrd/{file}.seg.nrrd"), image.Geometry, Token);

        Assert.Equal(label, mask.Find(name)!.Label);
        Assert.Equal(voxels, InsideOf(mask, label).Count(voxel => voxel));
        Assert.Equal(image.Geometry, mask.Layers[0].Geometry);
    }

    internal static bool[] InsideOf(Segmentation mask, uint label)
    {
        MaskSegment segment = mask.Segments.Single(each => each.Label == label);
        return Inside(mask.Layers[segment.Layer].Labels, segment.Value);
    }

    internal static bool[] Inside(Volume labels, uint value) => labels.Accept(new Equal(value));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly struct Equal(uint value) : IVolumeOperation<bool[]>
    {
        public bool[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            var inside = new bool[volume.Voxels.Length];
            for (int i = 0; i < inside.Length; i++)
                inside[i] = Mask.LabelOf(volume.Voxels[i]) == value;
            return inside;
        }
    }
}
