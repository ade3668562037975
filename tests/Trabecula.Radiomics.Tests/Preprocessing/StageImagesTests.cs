using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests.Preprocessing;

/// <summary>The images of an extraction against those that PyRadiomics holds between its steps, and on their grid.</summary>
public sealed class StageImagesTests
{
    [Theory]
    [InlineData("v01_3mm")]
    [InlineData("v02_oblique")]
    public void ExtractImages_EveryStage_EqualsPyRadiomics(string name)
    {
        ExtractionParameters paper = ParameterFile.Read(Path.Combine(Golden.Root, "docs/examples/paper.yaml"));
        CaseImage[] images = Stages(paper, Read(Image(name, "image")), Read(Image(name, "mask")), 1);

        string folder = Path.Combine(Golden.Folder, "intermediates", name);
        string[] references = [.. Directory.EnumerateFiles(folder, "*.nrrd").Select(path => Path.GetFileNameWithoutExtension(path).Replace("loaded_", "", StringComparison.Ordinal))];
        Assert.Equal(references.Order(StringComparer.Ordinal), images.Select(image => image.Name).Order(StringComparer.Ordinal));
        foreach (CaseImage image in images)
            AssertSame(Read(Path.Combine(folder, (image.Name is "image" or "mask" ? "loaded_" : "") + image.Name + ".nrrd")), image);
    }

    [Fact]
    public void ExtractImages_WithoutResampling_ShowsTheSurroundingsOfTheRegion()
    {
        VolumeGeometry grid = new(new(20, 16, 5), new(0.5, 0.75, 2), new(-3, 7, 11), Matrix3D.Identity);
        short[] voxels = [.. Enumerable.Range(0, 1600).Select(i => (short)(i * 7919 % 311))];
        byte[] mask = [.. Enumerable.Range(0, 1600).Select(i => i % 20 is >= 8 and <= 11 && i / 20 % 16 is >= 3 and <= 9 && i / 320 is 1 or 2 ? (byte)7 : (byte)0)];
        ExtractionParameters parameters = ParameterFile.Parse("setting: {padDistance: 2}\nimageType: {Original: {}, Square: {}}\n", "p.yaml");
        CaseImage[] images = Stages(parameters, Volume.Create(grid, voxels), Volume.Create(grid, mask), 7);

        Assert.Equal(["image", "mask", "original", "square"], images.Select(image => image.Name));
        Assert.All(images.Take(2), image => Assert.Equal((new VolumeSize(8, 11, 5), new Vector3D(0, 7.75, 11)), (image.Image.Geometry.Size, image.Image.Geometry.OriginMm)));
        var shown = (Volume<short>)images[0].Image;
        Assert.Equal(voxels.Where((_, i) => i % 20 is >= 6 and <= 13 && i / 20 % 16 is >= 1 and <= 11), shown.Voxels.ToArray());
        Assert.Equal(mask.Count(label => label == 7), ((Volume<byte>)images[1].Image).Voxels.ToArray().Count(inside => inside == 1));
        Assert.All(images.Skip(2), image => Assert.Equal(images[2].Image.Geometry, image.Image.Geometry));
    }

    private static CaseImage[] Stages(ExtractionParameters parameters, Volume image, Volume mask, uint label) =>
        [.. new FeatureExtractor(parameters).Load(image, new Mask(mask)).ExtractImages(label).Images];

    private static Volume Read(string path) => VolumeFile.Read(path);

    private static string Image(string name, string part) => Path.Combine(Golden.Folder, "images", $"{name}_{part}.nrrd");

    private static void AssertSame(Volume expected, CaseImage actual)
    {
        Assert.Equal(expected.Geometry.Size, actual.Image.Geometry.Size);
        for (int axis = 0; axis < 3; axis++)
        {
            Assert.Equal(expected.Geometry.SpacingMm[axis], actual.Image.Geometry.SpacingMm[axis], 1e-9);
            Assert.Equal(expected.Geometry.OriginMm[axis], actual.Image.Geometry.OriginMm[axis], 1e-6);
        }
        double[] e = Values(expected), a = Values(actual.Image);
        double scale = e.Max(Math.Abs);
        // LoG and gradient are 32-bit in ITK: a difference in the last bit of the resampled image is one of theirs.
        int wrong = e.Zip(a).Count(pair => Math.Abs(pair.First - pair.Second) > 1e-6 * scale);
        Assert.True(wrong == 0, $"{actual.Name}: {wrong} of {e.Length} voxels differ.");
    }

    private static double[] Values(Volume volume) => volume.Accept(new Doubles());

    private readonly struct Doubles : IVolumeOperation<double[]>
    {
        public double[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T> => Array.ConvertAll(volume.Voxels.ToArray(), double.CreateChecked);
    }
}
