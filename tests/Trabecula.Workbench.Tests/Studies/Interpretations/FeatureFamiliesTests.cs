using Trabecula.Learning;
using Trabecula.Radiomics.Parameters;
using Trabecula.Workbench.Studies.Interpretations;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Interpretations;

public sealed class FeatureFamiliesTests
{
    [Fact]
    public void Families_OfThePapersColumns_HaveTheirCounts()
    {
        FeatureColumn[] columns = [.. FeatureColumns.Of(ExtractionParameters.Paper).Select(name => new FeatureColumn(name))];
        Dictionary<string, int> images = columns.CountBy(FeatureFamilies.OfImage).ToDictionary(), measures = columns.CountBy(FeatureFamilies.OfMeasure).ToDictionary();
        // 93 features of each image, 18 of them first-order; shapes are of the mask.
        Assert.Equal(new() { ["shape"] = 14, ["original image"] = 93, ["LoG"] = 279, ["wavelet"] = 744, ["gradient"] = 93 }, images);
        Assert.Equal(new() { ["shape"] = 14, ["first-order"] = 13 * 18, ["texture"] = 13 * 75 }, measures);
    }

    [Theory]
    [InlineData("ivc", ColumnSource.Clinical, "clinical", "clinical")]
    [InlineData("original_glcm_Idn", ColumnSource.Clinical, "clinical", "clinical")]
    [InlineData("f12", ColumnSource.Radiomic, "other radiomic", "other radiomic")]
    [InlineData("deep_feature_12", ColumnSource.Radiomic, "other radiomic", "other radiomic")]
    [InlineData("squareroot_ngtdm_Busyness", ColumnSource.Radiomic, "square root", "texture")]
    [InlineData("wavelet2-LLH_glcm_Idn", ColumnSource.Radiomic, "wavelet", "texture")]
    [InlineData("square_firstorder_Mean", ColumnSource.Radiomic, "square", "first-order")]
    [InlineData("lbp-3D-m1_glrlm_RunEntropy", ColumnSource.Radiomic, "local binary pattern", "texture")]
    [InlineData("original_shape2D_Sphericity", ColumnSource.Radiomic, "shape", "shape")]
    public void Families_OfAName_AreThose(string name, ColumnSource source, string image, string measure)
    {
        var column = new FeatureColumn(name, ColumnKind.Continuous, source);
        Assert.Equal((image, measure), (FeatureFamilies.OfImage(column), FeatureFamilies.OfMeasure(column)));
    }
}
