using Trabecula.Radiomics.Descriptions;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests;

/// <summary>Every feature is described once, and what is said of small and odd regions holds for all of them.</summary>
public sealed class FeatureCatalogueTests
{
    [Fact]
    public void Classes_EveryNameThatCanBeAskedFor_IsDescribedInItsOrder()
    {
        Assert.Equal(FeatureNames.Classes.Order(), FeatureCatalogue.Classes.Select(each => each.Name).Order());
        foreach (ClassDescription each in FeatureCatalogue.Classes)
        {
            string[] known = [.. FeatureNames.Of(each.Class), .. FeatureNames.DeprecatedOf(each.Class)];
            Assert.Equal(known, each.Features.Select(feature => feature.Name));
            Assert.All(each.Features, feature =>
            {
                Assert.NotEmpty(feature.Formula);
                Assert.EndsWith(".", feature.Definition, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void Features_IbsiCodes_AreFourCharactersAndDistinct()
    {
        string[] codes = [.. FeatureCatalogue.Features.Select(feature => feature.IbsiCode).OfType<string>()];
        Assert.All(codes, code => Assert.Matches("^[A-Z0-9]{4}$", code));
        Assert.Equal(codes.Length, codes.Distinct().Count());
    }

    [Theory]
    [InlineData("glcm_Contrast", "glcm_Contrast")]
    [InlineData("contrast", "glcm_Contrast ngtdm_Contrast")]
    [InlineData("wavelet-LLH_ngtdm_contrast", "ngtdm_Contrast")]
    [InlineData("original_shape_Compactness1", "shape_Compactness1")]
    [InlineData("glcm_Coarseness", "")]
    public void Find_NameOrColumn_GivesTheFeaturesOfThatName(string name, string found) =>
        Assert.Equal(found, string.Join(' ', FeatureCatalogue.Find(name).Select(feature => feature.FullName)));

    [Theory]
    [InlineData("Contrats", "Contrast")]
    [InlineData("glcm_Corelation", "glcm_Correlation")]
    [InlineData("Emphasis", "HighGrayLevelEmphasis")]
    public void Nearest_MisspeltName_IsTheMeantOne(string name, string meant) => Assert.Contains(meant, FeatureCatalogue.Nearest(name));

    [Fact]
    public void EdgeCases_EveryFeature_HaveAValueOrAReason()
    {
        foreach (FeatureDescription feature in FeatureCatalogue.Features)
        {
            bool hasColumn = FeatureNames.Computed(feature.Class).Contains(feature.Name);
            foreach (EdgeCase each in ExampleRegions.Of(feature))
            {
                // NaN always with the reason of its class, which then must be one.
                Assert.DoesNotContain("never", each.Outcome, StringComparison.Ordinal);
                Assert.True(hasColumn != (each.Outcome == "no column") || each.Outcome.StartsWith("none: ", StringComparison.Ordinal), $"{feature.FullName}, {each.Region}: {each.Outcome}");
                Assert.False(each.Outcome.Contains("Infinity", StringComparison.Ordinal), $"{feature.FullName}, {each.Region}: {each.Outcome}");
            }
        }
    }

    [Theory]
    [InlineData("glcm_MCC", "one grey level", "1")]
    [InlineData("ngtdm_Coarseness", "one grey level", "1000000")]
    [InlineData("shape_Flatness", "one slice", "0")]
    [InlineData("glcm_Contrast", "two voxels apart", "NaN: no two voxels of the region touch, so that there is no pair")]
    [InlineData("firstorder_Mean", "one voxel", "none: The region is a single voxel: features need more.")]
    public void EdgeCases_KnownOnes_AreSaid(string name, string region, string outcome) =>
        Assert.Equal(outcome, ExampleRegions.Of(Assert.Single(FeatureCatalogue.Find(name))).Single(each => each.Region == region).Outcome);
}
