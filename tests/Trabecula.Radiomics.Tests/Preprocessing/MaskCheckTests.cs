using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests.Preprocessing;

public sealed class MaskCheckTests
{
    private static readonly ExtractionSettings Default = new();

    [Theory]
    [MemberData(nameof(CasePreparationGoldenTests.Synthetic), MemberType = typeof(CasePreparationGoldenTests))]
    public void Prepare_DefaultSettings_AcceptsAndRefusesAsPyRadiomics(string name)
    {
        JsonElement golden = Golden.Json(Path.Combine(Golden.Folder, "synthetic", $"{name}__default.json"));
        uint label = name == "v05_label3_float" ? 3u : 1u;
        PreparedCase Prepare() => CasePreparationGoldenTests.Prepare(Default, Path.Combine(Golden.Folder, "images"), name, label);
        if (golden.TryGetProperty("error", out _))
        {
            Assert.Equal(ExtractionStage.MaskCheck, Assert.Throws<RadiomicsException>(Prepare).Stage);
            return;
        }
        PreparedCase prepared = Prepare();
        double[] Values(string key) => Golden.Numbers(golden.GetProperty("diagnostics").GetProperty($"diagnostics_Mask-original_{key}").GetString()!);
        VoxelBox b = prepared.Box;
        Assert.Equal<double[]>(Values("BoundingBox"), [b.X, b.Y, b.Z, b.Size.X, b.Size.Y, b.Size.Z]);
        Assert.Equal<double[]>(Values("VoxelNum"), [prepared.VoxelCount]);
        Assert.False(prepared.Interpolated || prepared.Corrected);
    }

    [Fact]
    public void Prepare_CroppedMaskWithCorrectMask_PutsTheRegionOnTheImage()
    {
        string folder = Path.Combine(Golden.Folder, "images");
        PreparedCase corrected = CasePreparationGoldenTests.Prepare(Default with { CorrectMask = true }, folder, "v04_cropped_mask", 1);
        MaskRegion drawn = new Mask(GoldenVolume.Read(Path.Combine(folder, "v04_cropped_mask_mask.nrrd"))).FindRegions(TestContext.Current.CancellationToken).Find(1)!;
        Assert.True(corrected.Corrected);
        Assert.Equal(drawn.VoxelCount, corrected.VoxelCount);
        // The mask starts at voxel (15, 20, 4) of the image.
        Assert.Equal((drawn.Box.X + 15, drawn.Box.Y + 20, drawn.Box.Z + 4, drawn.Box.Size), (corrected.Box.X, corrected.Box.Y, corrected.Box.Z, corrected.Box.Size));
    }

    [Fact]
    public void Prepare_LabelThatIsAbsent_NamesTheLabelsThereAre() =>
        AssertRefused(Default, Box(8, (1, 1, 1), (3, 3, 3)), 2, "Label 2 is not in this mask. Choose one of its labels: 1.");

    [Fact]
    public void Prepare_AbsentLabelAmongMany_NamesTwentyAndCountsTheOthers()
    {
        byte[] labels = [.. Enumerable.Range(0, 512).Select(i => (byte)(i % 100))];
        AssertRefused(Default, labels, 200, "Choose one of its 99 labels: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, and 79 more.");
    }

    [Fact]
    public void Prepare_EmptyMask_IsRefused() => AssertRefused(Default, new byte[512], 1, "No labels found in this mask: every voxel is 0, or below 1, which counts as 0.");

    [Fact]
    public void Prepare_MaskOfTheLabelAlone_IsRefusedAsByPyRadiomics() =>
        AssertRefused(Default, [.. Enumerable.Repeat((byte)1, 512)], 1, "No labels found in this mask: every voxel is 1");

    [Fact]
    public void Prepare_SingleVoxel_IsRefused() =>
        AssertRefused(Default with { MinimumRoiDimensions = 1 }, Box(8, (4, 4, 4), (4, 4, 4)), 1, "The region is a single voxel");

    [Fact]
    public void Prepare_LineWhereAPlaneIsAskedFor_IsRefused() =>
        AssertRefused(Default, Box(8, (1, 4, 4), (6, 4, 4)), 1, "'minimumROIDimensions'");

    [Fact]
    public void Prepare_AsManyVoxelsAsTheMinimum_IsRefused()
    {
        byte[] cube = Box(8, (1, 1, 1), (4, 4, 4));
        AssertRefused(Default with { MinimumRoiSize = 64 }, cube, 1, "The region has 64 voxels; 'minimumROISize' asks for more than 64.");
        Assert.Equal(64, Prepare(Default with { MinimumRoiSize = 63 }, cube, 1).VoxelCount);
    }

    [Fact]
    public void Prepare_MaskMovedBeyondTheTolerance_IsRefusedUnlessTheToleranceIsWidened()
    {
        byte[] cube = Box(8, (2, 2, 2), (5, 5, 5));
        var moved = new VolumeGeometry(new(8, 8, 8), new(2, 1, 1), new(1e-5, 0, 0), Matrix3D.Identity);
        AssertRefused(Default, cube, 1, "the mask's origin is (1E-05, 0, 0) mm", moved);
        Assert.Equal(64, Prepare(Default with { GeometryTolerance = 1e-5 }, cube, 1, moved).VoxelCount);
    }

    [Fact]
    public void Prepare_RegionBeyondTheImage_IsRefusedWithItsRange()
    {
        var moved = new VolumeGeometry(new(8, 8, 8), new(2, 1, 1), new(0, 0, 4), Matrix3D.Identity);
        AssertRefused(Default with { CorrectMask = true }, Box(8, (2, 2, 2), (5, 5, 5)), 1, "along voxel axis z it spans 5.5 to 9.5, the image -0.5 to 7.5", moved);
    }

    [Fact]
    public void Prepare_ConstantImageToNormalise_IsRefused()
    {
        Volume image = Volume.Create(Grid, Enumerable.Repeat((short)7, 512).ToArray());
        var mask = new Mask(Volume.Create(Grid, Box(8, (1, 1, 1), (3, 3, 3))));
        RadiomicsException refusal = Assert.Throws<RadiomicsException>(() => CasePreparationGoldenTests.Prepare(Golden.Paper, image, mask, 1));
        Assert.Equal((ExtractionStage.Normalization, "The image cannot be normalised: its voxels do not vary (all are 7)."), (refusal.Stage, refusal.Problem));
    }

    [Fact]
    public void Prepare_NonFiniteVoxel_IsRefusedOnlyWhereItIsUsed()
    {
        var mask = new Mask(Volume.Create(Grid, Box(8, (1, 1, 1), (3, 3, 3))));
        float[] voxels = [.. Enumerable.Range(0, 512).Select(i => (float)i)];
        voxels[^1] = float.NaN;
        Volume image = Volume.Create(Grid, voxels);
        Assert.Equal(27, CasePreparationGoldenTests.Prepare(Default, image, mask, 1).Region(FilterReach.Neighbours).Box.Count);
        RadiomicsException refusal = Assert.Throws<RadiomicsException>(() => CasePreparationGoldenTests.Prepare(Golden.Paper, image, mask, 1));
        Assert.Contains("index (7, 7, 7)", refusal.Message, StringComparison.Ordinal);
    }

    private static VolumeGeometry Grid { get; } = new(new(8, 8, 8), new(2, 1, 1), default, Matrix3D.Identity);

    private static void AssertRefused(ExtractionSettings settings, byte[] mask, uint label, string text, VolumeGeometry? maskGrid = null)
    {
        RadiomicsException refusal = Assert.Throws<RadiomicsException>(() => Prepare(settings, mask, label, maskGrid));
        Assert.Equal(ExtractionStage.MaskCheck, refusal.Stage);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Cure);
    }

    private static PreparedCase Prepare(ExtractionSettings settings, byte[] mask, uint label, VolumeGeometry? maskGrid = null) => CasePreparationGoldenTests.Prepare(
        settings, Volume.Create(Grid, Enumerable.Range(0, 512).Select(i => (short)i).ToArray()), new Mask(Volume.Create(maskGrid ?? Grid, mask)), label);

    private static byte[] Box(int size, (int X, int Y, int Z) first, (int X, int Y, int Z) last)
    {
        var mask = new byte[size * size * size];
        for (int z = first.Z; z <= last.Z; z++)
        {
            for (int y = first.Y; y <= last.Y; y++)
            {
                for (int x = first.X; x <= last.X; x++) mask[(z * size + y) * size + x] = 1;
            }
        }
        return mask;
    }
}
