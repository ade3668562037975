using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests.Parameters;

public sealed class ParameterFileTests
{
    [Fact]
    public void Parse_PaperPreset_HasEverySetting()
    {
        ExtractionParameters paper = ExtractionParameters.Paper;
        Assert.Equal(
            new ExtractionSettings
            {
                BinWidth = 25,
                Normalize = true,
                NormalizeScale = 100,
                RemoveOutliers = 3,
                CorrectMask = true,
                ResampledPixelSpacingMm = new Vector3D(1, 1, 1),
            },
            paper.Settings);
        Assert.Equal(
            [typeof(OriginalImageType), typeof(LogImageType), typeof(WaveletImageType), typeof(GradientImageType)],
            paper.ImageTypes.Select(type => type.GetType()));
        Assert.Equal(
            [new LogSigma(1, "1.0"), new LogSigma(3, "3.0"), new LogSigma(5, "5.0")],
            Assert.IsType<LogImageType>(paper.ImageTypes[1]).Sigmas);
        Assert.Equal(
            [FeatureClass.Shape, FeatureClass.FirstOrder, FeatureClass.Glcm, FeatureClass.Glrlm, FeatureClass.Glszm, FeatureClass.Gldm, FeatureClass.Ngtdm],
            paper.FeatureClasses.Select(selection => selection.Class));
    }

    [Fact]
    public void Parse_NoImageTypeOrClass_IsOriginalWithAllClassesInPyRadiomicsOrder()
    {
        ExtractionParameters parameters = ParameterFile.Parse("setting: {binWidth: 10}", "p.yaml");
        Assert.Equal(10, Assert.IsType<OriginalImageType>(Assert.Single(parameters.ImageTypes)).Settings.BinWidth);
        // pkgutil lists the modules by name, and shape is computed first.
        Assert.Equal(
            [FeatureClass.Shape, FeatureClass.FirstOrder, FeatureClass.Glcm, FeatureClass.Gldm, FeatureClass.Glrlm, FeatureClass.Glszm, FeatureClass.Ngtdm],
            parameters.FeatureClasses.Select(selection => selection.Class));
        Assert.All(parameters.FeatureClasses, selection => Assert.Null(selection.Features));
    }

    [Fact]
    public void Parse_FeatureLists_NullAndEmptyMeanAll()
    {
        ExtractionParameters parameters = ParameterFile.Parse(
            "featureClass:\n  glcm: [Contrast, Id]\n  ngtdm: []\n  shape:\n  firstorder: ~\n", "p.yaml");
        Assert.Equal([FeatureClass.Shape, FeatureClass.Glcm, FeatureClass.Ngtdm, FeatureClass.FirstOrder], parameters.FeatureClasses.Select(c => c.Class));
        Assert.Equal(["Contrast", "Id"], parameters.FeatureClasses[1].Features!.Order(StringComparer.Ordinal));
        Assert.All([0, 2, 3], place => Assert.Null(parameters.FeatureClasses[place].Features));
    }

    [Fact]
    public void Parse_OptionsUnderImageType_OverrideTheGeneralOnes()
    {
        ExtractionParameters parameters = ParameterFile.Parse(
            "imageType:\n  Wavelet: {binWidth: 10}\n  Original: {}\n  LoG: {}\nsetting: {binWidth: 30, sigma: [2], normalize: yes}\n", "p.yaml");
        Assert.Equal([10.0, 30.0, 30.0], parameters.ImageTypes.Select(type => type.Settings.BinWidth));
        Assert.All(parameters.ImageTypes, type => Assert.True(type.Settings.Normalize));
        Assert.Equal("log-sigma-2-mm-3D", Assert.IsType<LogImageType>(parameters.ImageTypes[2]).Sigmas[0].ImageName);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1.0")]
    [InlineData("1.50", "1.5")]
    [InlineData("1.0e+1", "10.0")]
    [InlineData("+2", "2")]
    [InlineData(".5", "0.5")]
    public void Parse_Sigma_KeepsThePythonTextOfItsNumber(string source, string text)
    {
        ExtractionParameters parameters = ParameterFile.Parse($"imageType: {{LoG: {{sigma: [{source}]}}}}", "p.yaml");
        Assert.Equal(text, Assert.IsType<LogImageType>(parameters.ImageTypes[0]).Sigmas[0].Text);
    }

    [Fact]
    public void Parse_Json_IsReadByJsonsRules()
    {
        ExtractionParameters parameters = ParameterFile.Parse(
            "{\n\t\"setting\":{\"binWidth\":1e1,\"resampledPixelSpacing\":null,\"correctMask\":true},\n\t\"imageType\":{\"LoG\":{\"sigma\":[1,2.0]}}\n}", "p.json");
        Assert.Equal(10, parameters.Settings.BinWidth);
        Assert.True(parameters.Settings.CorrectMask);
        Assert.Equal(["1", "2.0"], Assert.IsType<LogImageType>(parameters.ImageTypes[0]).Sigmas.Select(sigma => sigma.Text));
    }

    [Fact]
    public void Parse_EveryDefaultWrittenOut_IsAccepted()
    {
        const string text = """
            setting:
              minimumROIDimensions: 2
              minimumROISize: null
              geometryTolerance: null
              correctMask: false
              additionalInfo: true
              label: 1
              label_channel: 0
              binWidth: 25
              binCount: ~
              normalize: false
              normalizeScale: 1
              removeOutliers:
              resampledPixelSpacing: null
              interpolator: sitkBSpline
              padDistance: 5
              distances: [1]
              force2D: false
              force2Ddimension: 0
              resegmentRange: null
              resegmentMode: absolute
              resegmentShape: false
              preCrop: off
              start_level: 0
              level: 1
              wavelet: coif1
              gradientUseSpacing: true
              lbp2DRadius: 1.0
              lbp2DSamples: 8
              lbp2DMethod: uniform
              lbp3DLevels: 2
              lbp3DIcosphereRadius: 1
              lbp3DIcosphereSubdivision: 1
              voxelArrayShift: 0
              symmetricalGLCM: true
              weightingNorm: null
              gldm_a: 0
            imageType: {}
            featureClass: {}
            voxelSetting: {}
            """;
        Assert.Equal(new ExtractionSettings(), ParameterFile.Parse(text, "p.yaml").Settings);
    }

    [Fact]
    public void Parse_Anchor_IsResolved()
    {
        ExtractionParameters parameters = ParameterFile.Parse("setting: {binWidth: &w 12}\nimageType: {Original: {binWidth: *w}}", "p.yaml");
        Assert.Equal(12, parameters.ImageTypes[0].Settings.BinWidth);
    }
}
