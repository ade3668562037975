using Trabecula.Imaging;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class SegmentTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Segment_RangeAndSeed_WritesThePartOfTheSeedAndSaysThatItIsAStart()
    {
        SpineBlocks.Write(_trabecula.Folder);
        TrabeculaProcess.Result result = _trabecula.Run("segment", "ct.nii.gz", "--range", "150,3000", "--seed", "30,25,17", "--out", "m.nii.gz");

        Assert.Equal((0, ""), (result.ExitCode, result.Complaints));
        Assert.StartsWith("m.nii.gz: 39424 voxels, 39.4 cm3, from voxel 8,9,3 to 51,40,30\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("a start for a human, not a result", result.Output, StringComparison.Ordinal);
        var mask = (Volume<byte>)VolumeFile.Read(Path.Combine(_trabecula.Folder, "m.nii.gz"), TestContext.Current.CancellationToken);
        Assert.Equal(44 * 32 * 28, mask.Voxels.ToArray().Count(voxel => voxel == 1));
    }

    [Theory]
    [InlineData("m.seg.nrrd")]
    [InlineData("m.seg.dcm")]
    [InlineData("m.rtstruct.dcm")]
    public void Segment_OtherFormats_HoldTheSameVoxels(string name)
    {
        SpineBlocks.Write(_trabecula.Folder);
        Assert.Equal(0, _trabecula.Run("segment", "ct.nii.gz", "--range", "150", "--seed-mm", "30,25,17", "--out", name).ExitCode);
        VolumeGeometry grid = VolumeFile.Read(Path.Combine(_trabecula.Folder, "ct.nii.gz"), TestContext.Current.CancellationToken).Geometry;
        Segmentation mask = MaskFile.Read(Path.Combine(_trabecula.Folder, name), grid, TestContext.Current.CancellationToken);
        Assert.Equal(44 * 32 * 28, VoxelSet.Of(mask.Layers[0], mask.Segments[0].Value).Count);
    }

    [Theory]
    [InlineData("ct.nii.gz --range 150 --seed 1,1,1", "the seed, voxel (1, 1, 1), has the value 40, outside of the range from 150 on.")]
    [InlineData("ct.nii.gz --range 150 --seed 30,25,17 --box 0,0,20,50,40,30", "has the value 250, but lies outside of the box")]
    [InlineData("ct.nii.gz --range 150 --seed 99,1,1", "outside of the image, which has")]
    [InlineData("ct.nii.gz --range 900,1000", "no voxel is left in the range from 900 to 1000")]
    [InlineData("ct.nii.gz --preset vertebral-body", "the preset needs a seed")]
    [InlineData("ct.nii.gz --preset skull --seed 1,1,1", "the one preset is vertebral-body")]
    [InlineData("ct.nii.gz --range 3,1", "--range is one number or two ascending ones")]
    [InlineData("ct.nii.gz --range 150 --steps melt:2", "'melt:2' is not a step")]
    [InlineData("ct.nii.gz --range 150 --seed a,b,c", "A seed is three numbers")]
    [InlineData("ct.nii.gz", "either --range or --preset")]
    [InlineData("none.nii.gz --range 150", "no such file")]
    public void Segment_BadInput_SaysWhatIsWrongAndWritesNothing(string arguments, string expected)
    {
        SpineBlocks.Write(_trabecula.Folder, 1);
        TrabeculaProcess.Result result = _trabecula.Run(["segment", .. arguments.Split(' '), "--out", "m.nii.gz"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(["bodies.nrrd", "ct.nii.gz"], Names());
    }

    [Fact]
    public void Segment_CtrlC_LeavesNoMask()
    {
        SpineBlocks.Write(_trabecula.Folder, 12);
        using TrabeculaProcess.Running running = _trabecula.Start("segment", "ct.nii.gz", "--range", "150", "--out", "m.nii.gz",
            "--steps", string.Join(',', Enumerable.Repeat("close:9,open:3", 400)));
        running.WaitForLines(1);
        running.Signal("INT");
        TrabeculaProcess.Result result = running.Finish();
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("Stopped.", result.Error, StringComparison.Ordinal);
        Assert.Equal(["bodies.nrrd", "ct.nii.gz"], Names());
    }

    private IEnumerable<string?> Names() => Directory.EnumerateFiles(_trabecula.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
