using Trabecula.Imaging;
using Trabecula.Imaging.Masks;
using Trabecula.Workbench.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

public sealed class SinglePrecisionGridTests : IDisposable
{
    private static readonly VolumeGeometry Image = new(new(4, 3, 2), new(0.7, 0.7, 1.3), new(-171.3, 88.9, -421.7), Matrix3D.Identity);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Put_MaskWrittenAsNifti_TakesTheImagesGrid()
    {
        VolumeFile.Write(_folder["mask.nii"], Volume.Create(Image, (byte[])[.. Enumerable.Range(0, 24).Select(i => (byte)i)]), TestContext.Current.CancellationToken);
        Segmentation read = MaskFile.Read(_folder["mask.nii"], Image, TestContext.Current.CancellationToken);
        Assert.NotEqual(Image, read.Layers[0].Geometry);

        Segmentation? put = SinglePrecisionGrid.Put(read, Image);

        Assert.Equal(Image, put?.Layers[0].Geometry);
        Assert.Equal(VoxelSet.Of(read.Layers[0], 17).Inside.ToArray(), VoxelSet.Of(put!.Layers[0], 17).Inside.ToArray());
    }

    [Theory]
    [InlineData(0.001, 0, 0)]
    [InlineData(0, 0.0001, 0)]
    [InlineData(0, 0, 1)]
    public void Put_MaskOfAnotherGrid_IsLeftAlone(double origin, double spacing, int slices)
    {
        var other = new VolumeGeometry(new(4, 3, 2 + slices), new(0.7 + spacing, 0.7, 1.3), new(-171.3 + origin, 88.9, -421.7), Matrix3D.Identity);
        Assert.Null(SinglePrecisionGrid.Put(MaskFile.Of(Volume.Create(other, new byte[other.Size.Count])), Image));
        Assert.Null(SinglePrecisionGrid.Put(MaskFile.Of(Volume.Create(Image, new byte[Image.Size.Count])), Image));
    }
}
