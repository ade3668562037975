using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests.Parameters;

/// <summary>What is refused, and in which words.</summary>
public sealed class ParameterProblemTests
{
    /// <summary>Nine levels of ten aliases each would be a billion values.</summary>
    [Fact]
    public void Parse_AliasesOfAliases_AreRefusedBeforeTheyMultiply()
    {
        string levels = string.Concat(Enumerable.Range(1, 9).Select(i => $"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        ParameterException exception = Assert.Throws<ParameterException>(() => ParameterFile.Parse($"setting:\n  a0: &a0 [1]\n{levels}", "p.yaml"));
        Assert.Contains("more than 10000 keys and values", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Message.Length < 10_000);
    }

    [Theory]
    [InlineData("[", "p.yaml")]
    [InlineData("- ", "p.yaml")]
    [InlineData("{\"a\":", "p.json")]
    public void Parse_EndlessNesting_IsRefused(string level, string name)
    {
        string text = string.Concat(Enumerable.Repeat(level, 100_000));
        ParameterException exception = Assert.Throws<ParameterException>(() => ParameterFile.Parse(text, name));
        Assert.Contains("nested more than 64 deep", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileWithoutEndOrTooLarge_IsRefused()
    {
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.OpenWrite(path))
                file.SetLength((1 << 20) + 1);
            Assert.Contains("has 1048577 bytes", Assert.Throws<ParameterException>(() => ParameterFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
        if (!OperatingSystem.IsWindows())
            Assert.Contains("a pipe or a device", Assert.Throws<ParameterException>(() => ParameterFile.Read("/dev/zero")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ManyProblems_ReportsAllInTheOrderOfTheFile()
    {
        const string text = """
            setting:
              binwidht: 25
              normalize: maybe
              force2D: 1
              padDistance: 1.5
              resampledPixelSpacing: [1, 1]
              normalizeScale: 1e3
              distances: [0, 2]
              label: 0
            imageType:
              Orginal: {}
              Square: {binWdith: 3}
              LoG: {sigma: 1.0}
              Wavelet: {wavelet: mexh, normalize: true}
              Gradient:
            featureClass:
              glmc: []
              shape2d: []
              firstorder: [Mean, Entropie, StandardDeviation]
              glcm: Contrast
            voxelSetting: {kernelRadius: 0}
            settings: {}
            """;
        ParameterException exception = Assert.Throws<ParameterException>(() => ParameterFile.Parse(text, "p.yaml"));
        Assert.Equal(
            """
            p.yaml: 20 problems.
              line 2: setting.binwidht: Not a setting. Did you mean binWidth?
              line 3: setting.normalize = maybe: Expected true or false. Correct the value.
              line 4: setting.force2D = 1: Expected true or false. Correct the value.
              line 5: setting.padDistance = 1.5: Expected a whole number from 0 to 2147483647. Correct the value.
              line 6: setting.resampledPixelSpacing = [1, 1]: Expected a list of 3 values, each a number from 0. Correct the value.
              line 7: setting.normalizeScale = 1e3: Expected a number above 0. YAML reads this as a text: write 1.0e+3.
              line 8: setting.distances = [0, 2]: Expected a list of 1 to 100 values, each a whole number from 1 to 100. Correct the value.
              line 9: setting.label = 0: Expected a whole number from 1 to 4294967295. Correct the value.
              line 11: imageType.Orginal: Not an image type. Did you mean Original?
              line 12: imageType.Square.binWdith: Not a setting. Did you mean binWidth?
              line 13: imageType.LoG.sigma = 1.0: Expected a list of values, each a number above 0. Write [1.0].
              line 14: imageType.Wavelet.wavelet = mexh: Expected WAVELETS. Correct the value.
              line 14: imageType.Wavelet.normalize = true: PyRadiomics reads this key only from the setting block; here it would do nothing. Move it to setting, or delete it.
              line 15: imageType.Gradient = : Expected a block of keys and values. Write Gradient: {} where there is nothing to set.
              line 17: featureClass.glmc: Not a feature class. Did you mean glcm?
              line 18: featureClass.shape2d: Not a feature class. Did you mean shape2D?
              line 19: featureClass.firstorder.Entropie: Not a feature of firstorder. Did you mean Entropy?
              line 20: featureClass.glcm = Contrast: Expected a list of features. Write [] for all features, or a list as in [Mean, Entropy].
              line 21: voxelSetting.kernelRadius = 0: Expected a whole number from 1 to 100. Correct the value.
              line 22: settings: Not a section of a parameter file. Did you mean setting?
            """.ReplaceLineEndings("\n"),
            exception.Message.Replace($"one of {string.Join(", ", WaveletFilters.Names)}", "WAVELETS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("binCount: 32", "BinCount = 32")]
    [InlineData("interpolator: sitkLinear", "Interpolator = Linear")]
    [InlineData("interpolator: 10", "Interpolator = BlackmanWindowedSinc")]
    [InlineData("preCrop: true", "PreCrop = True")]
    [InlineData("resegmentMode: sigma", "ResegmentMode = Sigma")]
    [InlineData("weightingNorm: no_weighting", "WeightingNorm = NoWeighting")]
    [InlineData("label_channel: 1", "LabelChannel = 1")]
    [InlineData("voxelArrayShift: 1000", "VoxelArrayShift = 1000")]
    [InlineData("symmetricalGLCM: false", "SymmetricalGlcm = False")]
    [InlineData("gldm_a: 1", "GldmA = 1")]
    public void Parse_Setting_IsTakenOver(string setting, string shown) =>
        Assert.Contains(shown, ParameterFile.Parse($"setting: {{{setting}}}", "p.yaml").Settings.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Parse_OptionsOfImageTypes_AreTakenOver()
    {
        ExtractionParameters parameters = ParameterFile.Parse(
            "imageType: {Wavelet: {wavelet: db2, level: 2, start_level: 1}, Gradient: {gradientUseSpacing: false}, LBP2D: {lbp2DRadius: 2, lbp2DMethod: var}, Exponential: {}}", "p.yaml");
        Assert.Equal(("db2", 1, 2), parameters.ImageTypes[0] is WaveletImageType w ? (w.Wavelet, w.StartLevel, w.Levels) : default);
        Assert.False(Assert.IsType<GradientImageType>(parameters.ImageTypes[1]).UseSpacing);
        Assert.Equal((2.0, 8, "var"), parameters.ImageTypes[2] is Lbp2DImageType l ? (l.Radius, l.Samples, l.Method) : default);
        Assert.Equal(PointwiseFunction.Exponential, Assert.IsType<PointwiseImageType>(parameters.ImageTypes[3]).Function);
    }

    [Fact]
    public void Parse_Contradictions_AreNamedTogetherAndAccepted()
    {
        ExtractionParameters parameters = ParameterFile.Parse(
            "setting: {binWidth: 5, binCount: 32, resegmentMode: sigma, removeOutliers: 3}\nfeatureClass: {shape2D: [], firstorder: []}", "p.yaml");
        Assert.Equal(4, parameters.Notices.Count);
        Assert.Contains("binWidth and binCount", parameters.Notices[0], StringComparison.Ordinal);
        Assert.Contains("shape2D is given without force2D", parameters.Notices[3], StringComparison.Ordinal);
        Assert.Empty(ExtractionParameters.Paper.Notices);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("[1, 2]")]
    [InlineData("setting: {binWidth: 1")]
    [InlineData("setting:\n\tbinWidth: 1")]
    [InlineData("setting: {}\n---\nsetting: {}")]
    [InlineData("setting: {binWidth: *w}")]
    [InlineData("? [a, b]\n: 1\n")]
    public void Parse_NoBlockOrNoYaml_IsRefused(string text)
    {
        ParameterException exception = Assert.Throws<ParameterException>(() => ParameterFile.Parse(text, "p.yaml"));
        Assert.StartsWith("p.yaml: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p.yaml", "setting:\n  binWidth: 25\n  {x: 1}: 2\n", "line 3: Not readable as YAML after the key setting.binWidth: a list, a block in braces or an alias stands as a key. Write a word and a colon; a text with braces, brackets or * in it goes in quotes.")]
    [InlineData("p.yaml", "setting: { binWidth: 25\nfeatureClass: { glcm: [] }\nimageType: {}\n", "line 1: setting.binWidth: Not readable as YAML: a comma, brace or bracket is missing after this line. Close what is open, or part it by commas.")]
    [InlineData("p.json", "{ \"setting\": { \"binWidth\": ] } }", "line 1: setting.binWidth: Not readable as JSON: expected a value, and found a comma or the end of a list. Write the value; a text of such signs goes in quotes.")]
    public void Parse_NoYaml_SaysInOurWordsWhereWhatAndHow(string name, string text, string problem) =>
        Assert.Equal($"{name}: {problem}", Assert.Throws<ParameterException>(() => ParameterFile.Parse(text, name)).Message);

    [Fact]
    public void Parse_KeyTwice_NamesBothLines()
    {
        ParameterException exception = Assert.Throws<ParameterException>(() => ParameterFile.Parse("setting:\n  binWidth: 1\n  binWidth: 2\n", "p.yaml"));
        Assert.Equal("p.yaml: line 3: setting.binWidth: The key stands twice; first in line 2. Delete one of the two.", exception.Message);
    }

    [Fact]
    public void Parse_LogWithoutSigma_IsRefused()
    {
        ParameterException exception = Assert.Throws<ParameterException>(() => ParameterFile.Parse("imageType:\n  LoG: {}\n", "p.yaml"));
        Assert.Equal(
            "p.yaml: line 2: imageType.LoG: LoG without sigma computes nothing. Give the scales in millimetres, as in sigma: [1.0, 3.0, 5.0].",
            exception.Message);
    }

    [Fact]
    public void Read_MissingFile_NamesIt()
    {
        ParameterException exception = Assert.Throws<ParameterException>(() => ParameterFile.Read("none/p.yaml"));
        Assert.Equal("none/p.yaml: The parameter file does not exist. Check the path and the file's permissions.", exception.Message);
    }

    [Theory]
    [InlineData("binWidth", "binwidth", 0)]
    [InlineData("binWidth", "binWdith", 1)]
    [InlineData("sigma", "sgma", 1)]
    [InlineData("glcm", "xyz", 4)]
    public void Distance_SwapsInsertionsAndDeletions_CountOnce(string a, string b, int edits) =>
        Assert.Equal(edits, NearestName.Distance(a.ToUpperInvariant(), b.ToUpperInvariant()));
}
