using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests;

/// <summary>The table of small and odd regions in docs/guide/pyradiomics.md: a value or a reason for each, and NaN only where it says so.</summary>
public sealed class SmallRegionTests
{
    private const string All = "featureClass: {shape: [], firstorder: [], glcm: [], glrlm: [], glszm: [], gldm: [], ngtdm: []}";

    private static readonly VolumeGeometry Grid = new(new(9, 8, 7), new(1, 1, 1), default, Matrix3D.Identity);

    [Fact]
    public void OneVoxel_IsRefused()
    {
        RadiomicsException refused = Assert.Throws<RadiomicsException>(() => Extract(All, (x, y, z) => (x, y, z) == (4, 4, 4)));
        Assert.Contains("single voxel", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_IsRefusedUnlessOneDimensionIsEnough()
    {
        static bool Line(int x, int y, int z) => y == 4 && z == 3 && x is >= 2 and <= 6;
        Assert.Contains("extends along 1 of 3 axes", Assert.Throws<RadiomicsException>(() => Extract(All, Line)).Problem, StringComparison.Ordinal);
        Dictionary<string, double> features = Extract("setting: {minimumROIDimensions: 1}\n" + All, Line);
        AssertNoNan(features);
        foreach (string zero in (string[])["shape_LeastAxisLength", "shape_Flatness", "shape_Elongation", "shape_MinorAxisLength"])
            Assert.Equal(0, features["original_" + zero]);
    }

    [Fact]
    public void Plane_HasAFlatShapeAndTexturesWithinIt()
    {
        Dictionary<string, double> features = Extract(All, (x, y, z) => z == 3 && x is >= 2 and <= 6 && y is >= 2 and <= 5);
        AssertNoNan(features);
        Assert.Equal((0, 0), (features["original_shape_LeastAxisLength"], features["original_shape_Flatness"]));
    }

    [Fact]
    public void OneGreyLevel_HasTheValuesOfTheTable()
    {
        Dictionary<string, double> features = Extract("setting: {binWidth: 1000}\n" + All, Block);
        AssertNoNan(features);
        Assert.Equal((1, 1, 0, 0), (features["original_glcm_Correlation"], features["original_glcm_MCC"], features["original_glcm_Imc1"], features["original_glcm_Imc2"]));
        Assert.Equal((1e6, 0, 0, 0), (features["original_ngtdm_Coarseness"], features["original_ngtdm_Busyness"], features["original_ngtdm_Contrast"], features["original_ngtdm_Strength"]));
        Assert.Equal(0, features["original_firstorder_Entropy"], 1e-9);
    }

    [Fact]
    public void NoTwoVoxelsTouch_PairsAndRunsHaveNoValueAndAReason()
    {
        FeatureVector vector = ExtractVector(All, (x, y, z) => (x, y, z) is (2, 2, 2) or (6, 5, 2));
        Dictionary<string, double> features = vector.Features.ToDictionary(f => f.Name, f => f.Value);
        Assert.Equal(
            [
                "No value (NaN) of original_firstorder_RobustMeanAbsoluteDeviation: no voxel lies between the 10th and the 90th percentile, as in a region of two voxels.",
                "No value (NaN) of 24 glcm features: no two voxels of the region touch, so that there is no pair.",
                "No value (NaN) of 16 glrlm features: no line along any direction holds two voxels of the region.",
            ], vector.Warnings.Where(warning => warning.StartsWith("No value", StringComparison.Ordinal)));
        // Of two voxels none lies between P10 and P90.
        Assert.All(features, f => Assert.Equal(f.Key.Contains("_glcm_", StringComparison.Ordinal) || f.Key.Contains("_glrlm_", StringComparison.Ordinal)
            || f.Key == "original_firstorder_RobustMeanAbsoluteDeviation", double.IsNaN(f.Value)));
    }

    [Theory]
    [InlineData("parts")]
    [InlineData("hole")]
    [InlineData("border")]
    public void PartsHoleAndBorder_AreComputed(string shape)
    {
        Func<int, int, int, bool> inside = shape switch
        {
            "parts" => (x, y, z) => Block(x, y, z) && x != 4,
            "hole" => (x, y, z) => Block(x, y, z) && (x, y, z) != (4, 4, 3),
            _ => (x, y, z) => x <= 3 && y <= 3 && z <= 3,
        };
        FeatureVector vector = ExtractVector("imageType: {Original: {}, LoG: {sigma: [1]}, Wavelet: {}, Gradient: {}, LBP2D: {}, Square: {}}\n" + All, inside);
        AssertNoNan(vector.Features.ToDictionary(f => f.Name, f => f.Value));
        Assert.Equal(shape == "parts" ? "2" : "1", PythonText.Of(vector.Diagnostics.Single(d => d.Name == "diagnostics_Mask-original_VolumeNum").Value));
    }

    [Theory]
    [InlineData("setting: {binWidth: 1.0e-5}", "more than a million grey levels")]
    [InlineData("setting: {binCount: 1000001}", "more than a million grey levels")]
    public void MoreThanAMillionBins_AreRefusedWithTheCause(string setting, string problem)
    {
        RadiomicsException refused = Assert.Throws<RadiomicsException>(() => Extract($"{setting}\nfeatureClass: {{firstorder: []}}", Block));
        Assert.Contains(problem, refused.Problem, StringComparison.Ordinal);
        Assert.Contains("Choose", refused.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoGreyLevels_AreWarnedOf()
    {
        string warning = Assert.Single(ExtractVector("setting: {binWidth: 200}\nfeatureClass: {firstorder: [Mean]}", Block).Warnings);
        Assert.Contains("grey levels of binWidth 200", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void OneGreyLevel_IsOneLevel()
    {
        string warning = Assert.Single(ExtractVector("setting: {binWidth: 1000}\nfeatureClass: {firstorder: [Mean]}", Block).Warnings);
        Assert.Contains("fall into 1 grey level of binWidth 1000", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void MapsWithVoxelsThatHaveNoValue_AreWarnedOfOncePerClassAndReason()
    {
        // A pair along x, and four voxels that touch no other.
        static bool Scattered(int x, int y, int z) => (x, y, z) is (1, 1, 1) or (2, 1, 1) or (5, 1, 1) or (1, 5, 1) or (5, 5, 5) or (7, 3, 3);
        FeatureMaps maps = Maps("featureClass: {firstorder: [Mean], glcm: [Contrast, Id, Idm, Idn, JointAverage], glszm: [ZoneEntropy]}\nvoxelSetting: {initValue: .nan}", Scattered);
        Assert.Equal(7, maps.Maps.Count());
        Assert.Equal(
        [
            "No value (NaN) in the map of original_glcm_Contrast in 4 of 6 voxels, original_glcm_Id in 4 of 6 voxels, original_glcm_Idm in 4 of 6 voxels and of 1 more glcm map: " +
            "within their kernel no two voxels of the region touch, so that there is no pair.",
            "No value (NaN) in the map of original_glcm_JointAverage in 4 of 6 voxels: " +
            "their kernel holds no pair along a direction in which others do; PyRadiomics averages these with the rest.",
        ], maps.Warnings);
    }

    [Fact]
    public void MapsWithAValueInEveryVoxel_AreNotWarnedOf()
    {
        FeatureMaps maps = Maps("featureClass: {firstorder: [Mean], glcm: [Contrast]}\nvoxelSetting: {initValue: .nan}", Block);
        Assert.Equal(2, maps.Maps.Count());
        Assert.Empty(maps.Warnings);
    }

    [Theory]
    [InlineData("resegmentRange: [5000]", "leaves 0 of the region's 60 voxels")]
    [InlineData("resegmentRange: [-4, 4], resegmentMode: sigma, minimumROISize: 60", "'minimumROISize' asks for more than 60")]
    public void Resegmentation_ThatLeavesTooLittle_IsRefused(string setting, string problem) => Assert.Contains(
        problem, Assert.Throws<RadiomicsException>(() => Extract($"setting: {{{setting}}}", Block)).Problem, StringComparison.Ordinal);

    private static bool Block(int x, int y, int z) => x is >= 2 and <= 6 && y is >= 3 and <= 5 && z is >= 2 and <= 5;

    private static void AssertNoNan(Dictionary<string, double> features) => Assert.DoesNotContain(features, f => double.IsNaN(f.Value));

    private static Dictionary<string, double> Extract(string parameters, Func<int, int, int, bool> inside) =>
        ExtractVector(parameters, inside).Features.ToDictionary(f => f.Name, f => f.Value);

    private static FeatureVector ExtractVector(string parameters, Func<int, int, int, bool> inside) => Load(parameters, inside).Extract(1);

    private static FeatureMaps Maps(string parameters, Func<int, int, int, bool> inside) => Load(parameters, inside).ExtractMaps(1);

    private static LoadedCase Load(string parameters, Func<int, int, int, bool> inside)
    {
        double[] voxels = [.. Enumerable.Range(0, 504).Select(i => (double)(i * 7919 % 311))];
        byte[] mask = [.. Enumerable.Range(0, 504).Select(i => inside(i % 9, i / 9 % 8, i / 72) ? (byte)1 : (byte)0)];
        return new FeatureExtractor(ParameterFile.Parse(parameters, "p.yaml")).Load(Volume.Create(Grid, voxels), new Mask(Volume.Create(Grid, mask)));
    }
}
