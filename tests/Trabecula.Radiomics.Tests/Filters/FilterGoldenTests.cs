using Trabecula.Imaging;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests.Filters;

/// <summary>PyRadiomics' filtered images, from its own loaded image: nothing but the filter can differ.</summary>
public sealed class FilterGoldenTests
{
    public static TheoryData<string> Cases => ["v01_3mm", "v02_oblique"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void LaplacianOfGaussian_PyRadiomicsImage_IsEqualToTheBit(string name)
    {
        (WorkingImage image, VoxelBox box) = Load(name);
        foreach ((double sigma, string text) in new[] { (1.0, "1-0"), (3.0, "3-0"), (5.0, "5-0") })
            AssertEqual(Path.Combine(name, $"log-sigma-{text}-mm-3D.nrrd"), LaplacianOfGaussian.Apply(image, box, sigma));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void StationaryWavelet_PyRadiomicsImage_IsEqualToTheBit(string name)
    {
        (WorkingImage image, VoxelBox box) = Load(name);
        (string Letters, WorkingImage Image)[] subbands = [.. StationaryWavelet.Apply(image, box)];
        Assert.Equal(StationaryWavelet.Subbands, subbands.Select(s => s.Letters));
        foreach ((string letters, WorkingImage subband) in subbands) AssertEqual(Path.Combine(name, $"wavelet-{letters}.nrrd"), subband);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientMagnitude_PyRadiomicsImage_IsEqualToTheBit(string name)
    {
        (WorkingImage image, VoxelBox box) = Load(name);
        AssertEqual(Path.Combine(name, "gradient.nrrd"), GradientMagnitude.Apply(image, box));
    }

    internal static (WorkingImage Image, VoxelBox Box) Load(string name)
    {
        string folder = Path.Combine(Golden.Folder, "intermediates", name);
        int[] box = [.. Golden.Json(Path.Combine(folder, "intermediates.json")).GetProperty("boundingBox").EnumerateArray().Select(v => v.GetInt32())];
        WorkingImage loaded = GoldenVolume.ReadWorking(Path.Combine(folder, "loaded_image.nrrd"));
        // PyRadiomics had a spacing of exactly 1 mm in memory; the file's oblique direction vectors have lost its last bit.
        var geometry = new VolumeGeometry(loaded.Size, new(1, 1, 1), loaded.Geometry.OriginMm, loaded.Geometry.Direction);
        return (new WorkingImage(geometry, loaded.VoxelType, loaded.Voxels), VoxelBox.Between((box[0], box[2], box[4]), (box[1], box[3], box[5])));
    }

    internal static void AssertEqual(string golden, WorkingImage actual)
    {
        WorkingImage expected = GoldenVolume.ReadWorking(Path.Combine(Golden.Folder, "intermediates", golden));
        Assert.Equal(expected.Size, actual.Size);
        Assert.Equal(expected.VoxelType, actual.VoxelType);
        int different = expected.Voxels.Zip(actual.Voxels).Count(p => p.First != p.Second);
        double largest = expected.Voxels.Zip(actual.Voxels, (e, a) => (double)Math.Abs(e - a)).Aggregate(0.0, Math.Max);
        Assert.True(different == 0, FormattableString.Invariant($"{golden}: {different} of {expected.Voxels.Length} voxels differ, by {largest:R} at most."));
    }
}
