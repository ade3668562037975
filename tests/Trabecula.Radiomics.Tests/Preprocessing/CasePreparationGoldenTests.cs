using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests.Preprocessing;

public sealed class CasePreparationGoldenTests
{
    public static TheoryData<string> Intermediates => ["v01_3mm", "v02_oblique"];

    public static TheoryData<string> Synthetic =>
    [
        "v01_3mm", "v02_oblique", "v03_1mm", "v04_cropped_mask", "v05_label3_float", "v06_27voxels", "v07_single_slice", "v08_constant",
        "v09_at_border", "v10_two_parts_hole", "v11_noise_mask",
    ];

    public static TheoryData<string> Real =>
    [
        "brain1", "breast1", "clinic", "ibsi1ct", "ibsi1digital", "spineBodyInterior", "spineL3", "spineT12",
        "sts001", "sts002", "sts003", "sts004", "sts005", "sts006", "sts008", "sts010",
    ];

    [Theory]
    [MemberData(nameof(Intermediates))]
    public void Prepare_PaperSettings_GivesPyRadiomicsMaskAndImage(string name)
    {
        PreparedCase prepared = Prepare(Golden.Paper, Path.Combine(Golden.Folder, "images"), name, 1);
        string folder = Path.Combine(Golden.Folder, "intermediates", name);
        WorkingImage image = GoldenVolume.ReadWorking(Path.Combine(folder, "loaded_image.nrrd")), mask = GoldenVolume.ReadWorking(Path.Combine(folder, "loaded_mask.nrrd"));
        Assert.Equal(mask.Size, prepared.ExtentGeometry.Size);
        int different = 0, at = 0;
        VoxelBox box = prepared.Box;
        for (int z = 0; z < mask.Size.Z; z++)
        {
            for (int y = 0; y < mask.Size.Y; y++)
            {
                for (int x = 0; x < mask.Size.X; x++, at++)
                {
                    bool within = x >= box.X && x <= box.Last(0) && y >= box.Y && y <= box.Last(1) && z >= box.Z && z <= box.Last(2);
                    int inside = within ? prepared.Mask[((z - box.Z) * box.Size.Y + y - box.Y) * box.Size.X + x - box.X] : 0;
                    if (mask.Voxels[at] != inside) different++;
                }
            }
        }
        Assert.True(different == 0, $"{different} of {mask.Voxels.Length} voxels of the mask differ.");
        Assert.Equal(image.Voxels, prepared.Extent.Voxels);
    }

    [Theory]
    [MemberData(nameof(Synthetic))]
    public void Prepare_SyntheticCase_GivesPyRadiomicsGridRegionAndIntensities(string name)
    {
        string synthetic = Path.Combine(Golden.Folder, "synthetic");
        JsonElement golden = Golden.Json(Path.Combine(synthetic, $"{name}__paper.json"));
        AssertDiagnostics(golden.GetProperty("diagnostics"), Prepare(Golden.Paper, Path.Combine(Golden.Folder, "images"), name, Label(golden)));
    }

    [Theory]
    [MemberData(nameof(Real))]
    public void Prepare_RealCase_GivesPyRadiomicsGridRegionAndIntensities(string name)
    {
        JsonElement golden = Golden.Json(Path.Combine(Golden.Shared("golden", "pyradiomics", "real"), $"{name}__paper.json"));
        (string image, string mask) = RealFiles(name);
        Volume volume = GoldenVolume.Read(image);
        var labels = new Mask(GoldenVolume.Read(mask));
        AssertDiagnostics(golden.GetProperty("diagnostics"), Prepare(Golden.Paper, volume, labels, Label(golden)));
    }

    private static (string Image, string Mask) RealFiles(string name)
    {
        string Data(params string[] parts) => Golden.Shared(["data", .. parts]);
        return name switch
        {
            "brain1" or "breast1" => (Data("pyradiomics", $"{name}_image.nrrd"), Data("pyradiomics", $"{name}_label.nrrd")),
            "clinic" => (Golden.Shared("bench", "clinic_image.nii.gz"), Golden.Shared("bench", "clinic_mask.nii.gz")),
            "ibsi1ct" => (Data("ibsi1-ct-phantom", "nifti", "image", "phantom.nii.gz"), Data("ibsi1-ct-phantom", "nifti", "mask", "mask.nii.gz")),
            "ibsi1digital" => (Data("ibsi1-digital-phantom", "image", "phantom.nii.gz"), Data("ibsi1-digital-phantom", "mask", "mask.nii.gz")),
            "spineL3" => (Data("spine-tptbox", "sub-ct_label-22_ct.nii.gz"), Data("spine-tptbox", "sub-ct_seg-vert_label-22_msk.nii.gz")),
            "spineBodyInterior" => (Data("spine-tptbox", "sub-ct_label-22_ct.nii.gz"), Data("spine-tptbox", "sub-ct_seg-subreg_label-22_msk.nii.gz")),
            "spineT12" => (Data("spine-totalsegmentator", "t12", "ct_cropped.nii.gz"), Data("spine-totalsegmentator", "t12", "vertebrae_T12.nii.gz")),
            _ => (Data("ct-sts", $"STS_{name[3..]}_CT_image.nii.gz"), Data("ct-sts", $"STS_{name[3..]}_CT_mask.nii.gz")),
        };
    }

    private static uint Label(JsonElement golden) => golden.GetProperty("label").GetUInt32();

    internal static PreparedCase Prepare(ExtractionSettings settings, string folder, string name, uint label) => Prepare(
        settings, GoldenVolume.Read(Path.Combine(folder, $"{name}_image.nrrd")), new Mask(GoldenVolume.Read(Path.Combine(folder, $"{name}_mask.nrrd"))), label);

    internal static PreparedCase Prepare(ExtractionSettings settings, Volume image, Mask mask, uint label) =>
        new CasePreparation(settings, image, mask, IntensityStatistics.Of(image), mask.FindRegions(TestContext.Current.CancellationToken)).Prepare(label);

    private static void AssertDiagnostics(JsonElement golden, PreparedCase prepared)
    {
        string kind = golden.TryGetProperty("diagnostics_Image-interpolated_Size", out _) ? "interpolated" : "original";
        double[] Values(string name) => Golden.Numbers(golden.GetProperty($"diagnostics_{name}").GetString()!);
        VolumeGeometry g = prepared.ExtentGeometry;
        VoxelBox b = prepared.Box;
        IntensityStatistics image = IntensityStatistics.Of(prepared.Extent.Voxels);
        IntensityStatistics region = IntensityStatistics.Of(
            [.. prepared.Extent.Crop(b).Voxels.Where((_, i) => prepared.Mask[i] == 1)]);
        Assert.Equal(kind == "interpolated", prepared.Interpolated);
        Assert.Equal<double[]>(Values($"Image-{kind}_Size"), [g.Size.X, g.Size.Y, g.Size.Z]);
        Assert.Equal<double[]>(Values($"Image-{kind}_Spacing"), [g.SpacingMm.X, g.SpacingMm.Y, g.SpacingMm.Z]);
        Assert.Equal<double[]>(Values($"Mask-{kind}_BoundingBox"), [b.X, b.Y, b.Z, b.Size.X, b.Size.Y, b.Size.Z]);
        Assert.Equal<double[]>(Values($"Mask-{kind}_VoxelNum"), [prepared.VoxelCount]);
        AssertNear(Values($"Image-{kind}_Mean"), image.Mean);
        AssertNear(Values($"Image-{kind}_Minimum"), image.Minimum);
        AssertNear(Values($"Image-{kind}_Maximum"), image.Maximum);
        AssertNear(Values($"Mask-{kind}_Mean"), region.Mean);
        AssertNear(Values($"Mask-{kind}_Minimum"), region.Minimum);
        AssertNear(Values($"Mask-{kind}_Maximum"), region.Maximum);
    }

    private static void AssertNear(double[] expected, double actual) => Assert.Equal(expected.Single(), actual, Math.Max(1e-9, 1e-10 * Math.Abs(expected.Single())));
}
