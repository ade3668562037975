using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Trabecula.Workbench.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

public sealed class CaseLoaderTests : IDisposable
{
    private const string Same = "Image and mask are the same file: is the path of the mask right?";

    private static readonly VolumeGeometry Grid = new(new VolumeSize(44, 44, 44), new(1, 1, 1), new(0, 0, 0), Matrix3D.Identity);

    private readonly TemporaryFolder _folder = new();

    public CaseLoaderTests() => Write("image.nrrd", i => i % 97);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_MaskWithNegativeNumbers_Warns()
    {
        Write("mask.nrrd", i => i < 3000 ? 1 : -5);
        Assert.Equal(["The mask looks like an image (2 labels, up to 4294967291): are image and mask swapped?"], Warnings("image.nrrd", "mask.nrrd"));
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    public void Load_MaskWithManyLabels_WarnsAboveAThousand(int labels, bool warns)
    {
        Write("mask.nrrd", i => i < 3000 ? 1 : 1 + i % labels);
        string[] expected = warns ? [$"The mask looks like an image ({labels} labels, up to {labels}): are image and mask swapped?"] : [];
        Assert.Equal(expected, Warnings("image.nrrd", "mask.nrrd"));
    }

    [Fact]
    public void Load_OneFileForBoth_Warns()
    {
        File.CreateSymbolicLink(_folder["link.nrrd"], "image.nrrd");
        Assert.Equal([Same], Warnings("image.nrrd", "image.nrrd"));
        Assert.Equal([Same], Warnings("image.nrrd", "link.nrrd"));
    }

    [Fact]
    public void Load_MoreLabelsThanCanBe_NamesTheMask()
    {
        Write("mask.nrrd", i => i);
        ImagingException fault = Assert.Throws<ImagingException>(() => Load("image.nrrd", "mask.nrrd"));
        Assert.Equal(_folder["mask.nrrd"], fault.Path);
        Assert.StartsWith(_folder["mask.nrrd"] + ": The mask holds more than 65536 labels", fault.Message, StringComparison.Ordinal);
    }

    // Regions of scattered voxels have features without values, which are warned of as well.
    private string[] Warnings(string image, string mask) =>
        [.. Load(image, mask).Extract(1, null, TestContext.Current.CancellationToken).Warnings.Where(warning => !warning.StartsWith("No value", StringComparison.Ordinal))];

    private ICaseFeatures Load(string image, string mask) =>
        new CaseLoader(ExtractionParameters.Default).Load(_folder[image], _folder[mask], TestContext.Current.CancellationToken);

    private void Write(string name, Func<int, int> voxel) =>
        VolumeFile.Write(_folder[name], Volume.Create(Grid, [.. Enumerable.Range(0, (int)Grid.Size.Count).Select(voxel)]), TestContext.Current.CancellationToken);
}
