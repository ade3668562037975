using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Masks;

public sealed class ContourPlaneTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    [InlineData(0.5000001)]
    [InlineData(0.4999999)]
    public void Read_ContoursMidwayBetweenSlices_FillEachASlice(double shift)
    {
        var size = new VolumeSize(6, 5, 10);
        var voxels = new byte[size.Count];
        for (int z = 2; z < 8; z++)
        {
            for (int y = 1; y < 4; y++)
                voxels.AsSpan((z * size.Y + y) * size.X + 1, 4).Fill(1);
        }
        string path = _folder["half.rtstruct.dcm"];
        MaskFile.Write(path, MaskFile.Of(Volume.Create(Grid(0), voxels)), cancellationToken: TestContext.Current.CancellationToken);

        Segmentation read = MaskFile.Read(path, Grid(shift * 3), TestContext.Current.CancellationToken);

        Assert.Equal(6 * 3 * 4, VoxelSet.Of(read.Layers[0], 1).Count);
        Assert.Equal(6, VoxelSet.Of(read.Layers[0], 1).Box()!.Value.Size.Z);
        Assert.Contains(read.Notes, note => note.Contains("all contours lie midway between slices", StringComparison.Ordinal));
        Assert.DoesNotContain(read.Notes, note => note.Contains("left out", StringComparison.Ordinal));

        VolumeGeometry Grid(double z) => new(size, new(1, 1, 3), new(0, 0, z), Matrix3D.Identity);
    }
}
