using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests;

public sealed class FeatureExtractorTests
{
    private static readonly VolumeGeometry Grid = new(new(12, 10, 8), new(1, 1, 1), default, Matrix3D.Identity);

    [Fact]
    public void Extract_FeaturesByName_KeepsTheirOrder() => Assert.Equal(
        ["original_shape_Sphericity", "original_firstorder_Mean", "original_firstorder_Energy"],
        Extract("featureClass: {firstorder: [Mean, Energy, Mean], shape: [Sphericity]}", Ramp()).Features.Select(f => f.Name));

    [Fact]
    public void Extract_SigmaGivenTwice_HasItsColumnsOnce()
    {
        FeatureVector vector = Extract("{imageType: {LoG: {sigma: [1.0, 1.0, 1]}}, featureClass: {firstorder: [Mean]}}", Ramp());
        Assert.Equal(["log-sigma-1-0-mm-3D_firstorder_Mean", "log-sigma-1-mm-3D_firstorder_Mean"], vector.Features.Select(f => f.Name));
    }

    [Fact]
    public void Extract_ShapeAlone_NeedsNoGreyLevels() =>
        Assert.Equal(14, Extract("{setting: {binWidth: 1.0e-9}, featureClass: {shape: []}}", Ramp()).Features.Count);

    [Fact]
    public void Extract_ManyGreyLevels_OnlyTheCooccurrenceMatrixIsRefused()
    {
        var grid = new VolumeGeometry(new(20, 20, 20), new(1, 1, 1), default, Matrix3D.Identity);
        double[] voxels = [.. Enumerable.Range(0, 8000).Select(i => i * 1.0)];
        byte[] mask = [.. Enumerable.Range(0, 8000).Select(i => i == 7999 ? (byte)0 : (byte)1)];
        var labels = new Mask(Volume.Create(grid, mask));
        var others = new FeatureExtractor(ParameterFile.Parse("{setting: {binWidth: 1}, featureClass: {gldm: [], ngtdm: []}}", "p.yaml"));
        Assert.Equal(19, others.Extract(Volume.Create(grid, voxels), labels, 1, TestContext.Current.CancellationToken).Features.Count);
        var glcm = new FeatureExtractor(ParameterFile.Parse("{setting: {binWidth: 1}, featureClass: {glcm: []}}", "p.yaml"));
        RadiomicsException refused = Assert.Throws<RadiomicsException>(
            () => glcm.Extract(Volume.Create(grid, voxels), labels, 1, TestContext.Current.CancellationToken));
        Assert.Contains("7999 grey levels", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("binWidth", refused.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_NanOutsideTheRegion_ChangesNothing()
    {
        double[] voxels = Ramp();
        FeatureVector clean = Extract("{}", voxels);
        // A corner of the region's box that the region leaves out.
        voxels[Index(3, 3, 2)] = double.NaN;
        Assert.Equal(clean.Features, Extract("{}", voxels).Features);
    }

    [Fact]
    public void Extract_NanInsideTheRegion_IsNamedWithItsPlace()
    {
        double[] voxels = Ramp();
        voxels[Index(5, 5, 4)] = double.NaN;
        RadiomicsException refused = Assert.Throws<RadiomicsException>(() => Extract("{}", voxels));
        Assert.Contains("(5, 5, 4)", refused.Problem, StringComparison.Ordinal);
        Assert.Equal(ExtractionStage.Reading, refused.Stage);
    }

    [Fact]
    public void Extract_ConstantRegionOfATenth_HasNoMoments()
    {
        double[] voxels = [.. Enumerable.Repeat(0.1, 960)];
        Dictionary<string, double> features = Extract("featureClass: {firstorder: []}", voxels).Features.ToDictionary(f => f.Name, f => f.Value);
        Assert.Equal((0, 0, 0, 0.1), (features["original_firstorder_Skewness"], features["original_firstorder_Kurtosis"],
            features["original_firstorder_Variance"], features["original_firstorder_Mean"]));
    }

    [Fact]
    public void Extract_LargestPadDistance_KeepsTheWholeImage()
    {
        const string settings = "{setting: {resampledPixelSpacing: [1, 1, 1], padDistance: 2147483647}, featureClass: {firstorder: [Mean]}}";
        FeatureVector vector = Extract(settings, Ramp());
        Assert.Equal("(12, 10, 8)", PythonText.Of(vector.Diagnostics.Single(d => d.Name == "diagnostics_Image-interpolated_Size").Value));
    }

    [Fact]
    public void Extract_SeveralThreadsAtOnce_GivesTheSame()
    {
        LoadedCase loaded = new FeatureExtractor(ExtractionParameters.Paper).Load(Volume.Create(Grid, Ramp()), Region(), TestContext.Current.CancellationToken);
        FeatureVector alone = loaded.Extract(1, TestContext.Current.CancellationToken);
        var together = new FeatureVector[8];
        Parallel.For(0, together.Length, i => together[i] = loaded.Extract(1, TestContext.Current.CancellationToken));
        Assert.All(together, vector => Assert.Equal(alone.Features, vector.Features));
    }

    private static FeatureVector Extract(string parameters, double[] voxels) =>
        new FeatureExtractor(ParameterFile.Parse(parameters, "p.yaml")).Extract(Volume.Create(Grid, voxels), Region(), 1, TestContext.Current.CancellationToken);

    private static int Index(int x, int y, int z) => (z * 10 + y) * 12 + x;

    private static double[] Ramp() => [.. Enumerable.Range(0, 960).Select(i => (i * 7919 % 311) + 0.25)];

    /// <summary>Voxels 3 to 8, 3 to 7 and 2 to 5 without one corner.</summary>
    private static Mask Region()
    {
        var mask = new byte[960];
        for (int z = 2; z <= 5; z++)
        {
            for (int y = 3; y <= 7; y++)
                mask.AsSpan(Index(3, y, z), 6).Fill(1);
        }
        mask[Index(3, 3, 2)] = 0;
        return new Mask(Volume.Create(Grid, mask));
    }
}
