using Trabecula.Imaging;
using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>Images that an extraction writes: feature maps and what features are computed on.</summary>
public sealed class ExtractImagesTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void SaveImages_Pair_WritesThemBesideTheFeatures()
    {
        _trabecula.Write("p.yaml", "imageType: {Original: {}, Gradient: {}}\nfeatureClass: {firstorder: [Mean]}\n");
        TrabeculaProcess.Result result = Extract("--save-images", "stages");
        Assert.Equal((0, "features.csv: 1 row of 1 case.\nstages: 4 images.\n", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(
            ["label-1_gradient.nrrd", "label-1_image.nrrd", "label-1_mask.nrrd", "label-1_original.nrrd"],
            Directory.EnumerateFiles(Path.Combine(_trabecula.Folder, "stages")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Voxel_AsNifti_HasTheValuesAndTheGridOfNrrd()
    {
        _trabecula.Write("p.yaml", "featureClass: {glcm: [Contrast, MCC]}\nvoxelSetting: {initValue: -1}\n");
        Assert.Equal((0, "maps: 2 maps.\n"), Outcome(Extract("--voxel", "maps")));
        Assert.Equal((0, "nifti: 2 maps.\n"), Outcome(Extract("--voxel", "nifti", "--image-format", "nifti")));
        foreach (string name in (string[])["label-1_original_glcm_Contrast", "label-1_original_glcm_MCC"])
        {
            Volume<double> expected = Read("maps", name + ".nrrd");
            Volume<double> actual = Read("nifti", name + ".nii.gz");
            Assert.Equal(expected.Voxels.ToArray(), actual.Voxels.ToArray());
            Assert.Equal(expected.Geometry.Size, actual.Geometry.Size);
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.Equal(expected.Geometry.OriginMm[axis], actual.Geometry.OriginMm[axis], 1e-4);
                Assert.Equal(expected.Geometry.SpacingMm[axis], actual.Geometry.SpacingMm[axis], 1e-6);
            }
        }
    }

    [Fact]
    public void SaveImages_TableWithAFailedCase_WritesTheOthersAndSaysWhich()
    {
        string image = TrabeculaProcess.Image("v06_27voxels_image.nrrd"), mask = TrabeculaProcess.Image("v06_27voxels_mask.nrrd");
        _trabecula.Write("p.yaml", "featureClass: {firstorder: [Mean]}\n");
        _trabecula.Write("cases.csv", $"ID,Image,Mask,Label\nA,{image},{mask},1\nB,{image},{mask},9\nC,none.nrrd,{mask},1\n");
        TrabeculaProcess.Result result = _trabecula.Run("extract", "cases.csv", "-p", "p.yaml", "--save-images", "stages");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("features.csv: 1 of 3 rows have features.\nstages: 3 images.\nfailures.csv: 2 without features, and why.\n", result.Output);
        Assert.Contains("B, label 9: Label 9", result.Error, StringComparison.Ordinal);
        Assert.Contains("3/3 cases, B failed\n", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_trabecula.Folder, "stages", "A_label-1_original.nrrd")));
    }

    private Volume<double> Read(string folder, string name) => (Volume<double>)VolumeFile.Read(Path.Combine(_trabecula.Folder, folder, name));

    private TrabeculaProcess.Result Extract(params string[] options) => _trabecula.Run(
        ["extract", TrabeculaProcess.Image("v06_27voxels_image.nrrd"), TrabeculaProcess.Image("v06_27voxels_mask.nrrd"), "-p", "p.yaml", .. options]);

    private static (int, string) Outcome(TrabeculaProcess.Result result) => (result.ExitCode, result.Output);
}
