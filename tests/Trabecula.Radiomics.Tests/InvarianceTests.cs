using CsCheck;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests;

/// <summary>What must not change features, and what feature maps have in common with them.</summary>
public sealed class InvarianceTests
{
    private const string AllTextures = "featureClass: {firstorder: [], glcm: [], glrlm: [], glszm: [], gldm: [], ngtdm: []}";

    private static readonly Gen<(VolumeSize Size, int[] Voxels, bool[] Inside)> Cases =
        from nx in Gen.Int[2, 7]
        from ny in Gen.Int[2, 6]
        from nz in Gen.Int[1, 5]
        from voxels in Gen.Int[-60, 240].Array[nx * ny * nz]
        from inside in Gen.Bool.Array[nx * ny * nz]
        select (new VolumeSize(nx, ny, nz), voxels, Tight(inside));

    [Fact]
    public void Extract_ShiftedByWholeBins_LeavesTexturesAsTheyAre() => Gen.Select(Cases, Gen.Int[-40, 40]).Sample(
        (@case, bins) =>
        {
            ExtractionParameters parameters = Parse("setting: {binWidth: 12}\n" + AllTextures);
            Dictionary<string, double> here = Extract(parameters, @case.Size, @case.Voxels, @case.Inside, 1);
            Dictionary<string, double> there = Extract(parameters, @case.Size, [.. @case.Voxels.Select(v => v + 12 * bins)], @case.Inside, 1);
            foreach ((string name, double value) in here.Where(f => !f.Key.Contains("firstorder", StringComparison.Ordinal)))
                Assert.Equal(value, there[name]);
            Assert.Equal(here["original_firstorder_Mean"] + 12 * bins, there["original_firstorder_Mean"], 1e-9);
            Assert.Equal(here["original_firstorder_Entropy"], there["original_firstorder_Entropy"]);
        },
        iter: 60);

    [Fact]
    public void Extract_PaddedAndRelabelled_GivesTheSameBits() => Gen.Select(Cases, Gen.UInt[1, 4_000_000_000]).Sample(
        (@case, label) =>
        {
            ExtractionParameters parameters = Parse("setting: {binWidth: 12}\nfeatureClass: {shape: [], firstorder: [], glcm: [], glrlm: [], glszm: [], gldm: [], ngtdm: []}");
            VolumeSize size = @case.Size, larger = new(size.X + 3, size.Y + 2, size.Z + 4);
            var voxels = new int[larger.Count];
            var inside = new bool[larger.Count];
            for (int i = 0; i < @case.Voxels.Length; i++)
            {
                int x = i % size.X + 1, y = i / size.X % size.Y + 2, z = i / size.X / size.Y + 3, at = (z * larger.Y + y) * larger.X + x;
                (voxels[at], inside[at]) = (@case.Voxels[i], @case.Inside[i]);
            }
            Assert.Equal(Extract(parameters, size, @case.Voxels, @case.Inside, 1), Extract(parameters, larger, voxels, inside, label));
        },
        iter: 60);

    [Fact]
    public void Extract_FlippedOrTurned_GivesTheSameFeatures() => Gen.Select(Cases, Gen.Int[0, 3]).Sample(
        (@case, change) =>
        {
            ExtractionParameters parameters = Parse("setting: {binWidth: 12}\nfeatureClass: {shape: [], firstorder: [], glcm: [], glrlm: [], glszm: [], gldm: [], ngtdm: []}");
            (VolumeSize size, int[] voxels, bool[] inside) = Changed(@case.Size, @case.Voxels, @case.Inside, change);
            Dictionary<string, double> here = Extract(parameters, @case.Size, @case.Voxels, @case.Inside, 1), there = Extract(parameters, size, voxels, inside, 1);
            foreach ((string name, double value) in here)
            {
                // See BlockTextureTests for Imc2. PyRadiomics' mesh closes ragged masks in one of two ways, by where they stand; turned
                // millimetres are another region.
                if (name.EndsWith("_Imc2", StringComparison.Ordinal) || name.Contains("_shape_", StringComparison.Ordinal) && (change == Turn || OfMesh.Any(name.Contains)))
                    continue;
                double tolerance = name.EndsWith("_MCC", StringComparison.Ordinal) ? 1e-6 : 1e-7;
                Assert.True(double.IsNaN(value) ? double.IsNaN(there[name]) : Math.Abs(there[name] - value) <= tolerance + 1e-9 * Math.Abs(value),
                    FormattableString.Invariant($"{name}: {there[name]:R} instead of {value:R}"));
            }
        },
        iter: 60);

    [Fact]
    public void ExtractMaps_FlippedOrTurned_AreTheMapsFlippedOrTurned() => Gen.Select(Cases, Gen.Int[0, 3]).Sample(
        (@case, change) =>
        {
            ExtractionParameters parameters = Parse("setting: {binWidth: 12}\nvoxelSetting: {initValue: -5}\n" + AllTextures);
            (VolumeSize size, int[] voxels, bool[] inside) = Changed(@case.Size, @case.Voxels, @case.Inside, change);
            FeatureMap[] here = [.. Load(parameters, @case.Size, @case.Voxels, @case.Inside, 1).ExtractMaps(1).Maps];
            FeatureMap[] there = [.. Load(parameters, size, voxels, inside, 1).ExtractMaps(1).Maps];
            foreach ((FeatureMap first, FeatureMap second) in here.Zip(there).Where(pair => !pair.First.Name.EndsWith("_Imc2", StringComparison.Ordinal)))
            {
                double[] expected = Moved(@case.Size, ((Volume<double>)first.Image).Voxels.ToArray(), change);
                double tolerance = first.Name.EndsWith("_MCC", StringComparison.Ordinal) ? 1e-6 : 1e-7;
                foreach ((double e, double a) in expected.Zip(((Volume<double>)second.Image).Voxels.ToArray()))
                    Assert.True(double.IsNaN(e) ? double.IsNaN(a) : Math.Abs(e - a) <= tolerance + 1e-9 * Math.Abs(e), FormattableString.Invariant($"{first.Name}: {a:R} instead of {e:R}"));
            }
        },
        iter: 25);

    [Fact]
    public void ExtractMaps_KernelsThatHoldTheRegion_EqualItsFeaturesInEveryVoxel() => Cases.Sample(
        @case =>
        {
            ExtractionParameters parameters = Parse("setting: {binWidth: 12}\nvoxelSetting: {kernelRadius: 7, initValue: -5}\n" + AllTextures);
            Dictionary<string, double> features = Extract(parameters, @case.Size, @case.Voxels, @case.Inside, 1);
            FeatureMap[] maps = [.. Load(parameters, @case.Size, @case.Voxels, @case.Inside, 1).ExtractMaps(1).Maps];
            Assert.Equal(features.Keys, maps.Select(map => map.Name));
            foreach (FeatureMap map in maps)
            {
                double expected = features[map.Name];
                // The fast way of a region and the plain one of kernels may differ in roots of nearly nothing; for Imc2 see BlockTextureTests.
                double tolerance = map.Name.EndsWith("_MCC", StringComparison.Ordinal) ? 1e-6 : 1e-9;
                ReadOnlySpan<double> voxels = ((Volume<double>)map.Image).Voxels;
                for (int i = 0; i < voxels.Length; i++)
                {
                    double value = voxels[i];
                    bool same = !@case.Inside[i] ? value == -5
                        : map.Name.EndsWith("_Imc2", StringComparison.Ordinal) || double.IsNaN(expected) == double.IsNaN(value) && double.IsNaN(value) ? true
                        : Math.Abs(value - expected) <= tolerance + 1e-8 * Math.Abs(expected);
                    Assert.True(same, FormattableString.Invariant($"{map.Name}, voxel {i}: {value:R} instead of {expected:R}"));
                }
            }
        },
        iter: 25);

    private static readonly string[] OfMesh = ["MeshVolume", "Surface", "Sphericity"];

    // 0 to 2 flip x, y or z; 3 is a quarter turn about z.
    private const int Turn = 3;

    private static (VolumeSize Size, int[] Voxels, bool[] Inside) Changed(VolumeSize size, int[] voxels, bool[] inside, int change) =>
        (change == Turn ? new(size.Y, size.X, size.Z) : size, Moved(size, voxels, change), Moved(size, inside, change));

    private static T[] Moved<T>(VolumeSize size, T[] voxels, int change)
    {
        var moved = new T[voxels.Length];
        for (int i = 0; i < voxels.Length; i++)
        {
            int x = i % size.X, y = i / size.X % size.Y, z = i / size.X / size.Y;
            int target = change == Turn
                ? (z * size.X + x) * size.Y + size.Y - 1 - y
                : ((change == 2 ? size.Z - 1 - z : z) * size.Y + (change == 1 ? size.Y - 1 - y : y)) * size.X + (change == 0 ? size.X - 1 - x : x);
            moved[target] = voxels[i];
        }
        return moved;
    }

    private static ExtractionParameters Parse(string text) => ParameterFile.Parse(text, "p.yaml");

    private static Dictionary<string, double> Extract(ExtractionParameters parameters, VolumeSize size, int[] voxels, bool[] inside, uint label) =>
        Load(parameters, size, voxels, inside, label).Extract(label).Features.ToDictionary(f => f.Name, f => f.Value);

    private static LoadedCase Load(ExtractionParameters parameters, VolumeSize size, int[] voxels, bool[] inside, uint label)
    {
        var grid = new VolumeGeometry(size, new(0.75, 0.5, 2), new(-3, 7, 11), Matrix3D.Identity);
        return new FeatureExtractor(parameters).Load(
            Volume.Create(grid, voxels), new Mask(Volume.Create(grid, inside.Select(isInside => isInside ? label : 0u).ToArray())));
    }

    /// <summary>Both corners belong to the region, so that its box is the image, and one voxel does not, so that there is a background.</summary>
    private static bool[] Tight(bool[] inside)
    {
        (inside[0], inside[^1], inside[1]) = (true, true, false);
        return inside;
    }
}
