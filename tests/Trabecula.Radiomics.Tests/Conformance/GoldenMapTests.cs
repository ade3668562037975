using System.Text.Json.Nodes;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests.Conformance;

/// <summary>Feature maps against those that PyRadiomics wrote: every map, every voxel, and the grid.</summary>
public sealed class GoldenMapTests
{
    [Fact]
    public void Maps_EveryReference_EqualPyRadiomics()
    {
        string? folder = RepositoryPaths.SharedGolden("voxel");
        Assert.SkipWhen(folder is null, "The reference maps are not there (../shared/golden/pyradiomics/voxel).");
        foreach (string reference in Directory.EnumerateDirectories(folder!))
        {
            JsonNode description = JsonNode.Parse(File.ReadAllText(Path.Combine(reference, "voxel.json")))!;
            // The file says "nan" as a text, where a parameter file has a number.
            string text = description["parameters"]!.ToJsonString().Replace("\"nan\"", "NaN", StringComparison.Ordinal);
            Check(reference, ParameterFile.Parse(text, "p.json"), [.. description["maps"]!.AsArray().Select(name => (string)name!)]);
        }
    }

    private static void Check(string reference, ExtractionParameters parameters, string[] names)
    {
        string name = Path.GetFileName(reference);
        Volume image = VolumeFile.Read(RepositoryPaths.Golden("images", $"{name}_image.nrrd"));
        var mask = new Mask(VolumeFile.Read(RepositoryPaths.Golden("images", $"{name}_mask.nrrd")));
        FeatureMap[] maps = [.. new FeatureExtractor(parameters).Load(image, mask).ExtractMaps(1).Maps];
        Assert.Equal(names, maps.Select(map => map.Name));
        foreach (FeatureMap map in maps)
        {
            var expected = (Volume<double>)VolumeFile.Read(Path.Combine(reference, map.Name + ".nrrd"));
            var actual = (Volume<double>)map.Image;
            Assert.Equal(expected.Geometry.Size, actual.Geometry.Size);
            Assert.Equal(expected.Geometry.SpacingMm, actual.Geometry.SpacingMm);
            for (int axis = 0; axis < 3; axis++)
                Assert.Equal(expected.Geometry.OriginMm[axis], actual.Geometry.OriginMm[axis], 1e-9);
            int wrong = 0, first = -1;
            for (int i = 0; i < expected.Voxels.Length; i++)
            {
                double e = expected.Voxels[i], a = actual.Voxels[i];
                if (double.IsNaN(e) ? !double.IsNaN(a) : !(Math.Abs(e - a) <= 1e-9 + 1e-6 * Math.Abs(e)))
                {
                    wrong++;
                    first = first < 0 ? i : first;
                }
            }
            Assert.True(wrong == 0, FormattableString.Invariant(
                $"{map.Name}: {wrong} of {expected.Voxels.Length} voxels differ, the first at {first}: {(first < 0 ? 0 : actual.Voxels[first]):R} instead of {(first < 0 ? 0 : expected.Voxels[first]):R}."));
        }
    }
}
