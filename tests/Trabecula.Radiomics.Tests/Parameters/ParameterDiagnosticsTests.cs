using System.Text.Json;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests.Parameters;

/// <summary>The configuration columns against those that PyRadiomics wrote.</summary>
public sealed class ParameterDiagnosticsTests
{
    [Theory]
    [InlineData("default", "v01_3mm")]
    [InlineData("default", "v05_label3_float")]
    [InlineData("paper", "v01_3mm")]
    [InlineData("paper", "v05_label3_float")]
    public void Diagnostics_GoldenSettings_AreTextForTextPyRadiomics(string settings, string image)
    {
        ExtractionParameters parameters = ParameterFile.Read(Path.Combine(Golden.Folder, "settings", $"{settings}.yaml"));
        JsonElement golden = Golden.Json(Path.Combine(Golden.Folder, "synthetic", $"{image}__{settings}.json"));
        JsonElement diagnostics = golden.GetProperty("diagnostics");
        uint label = golden.GetProperty("label").GetUInt32();

        Assert.Equal(diagnostics.GetProperty("diagnostics_Configuration_Settings").GetString(), PythonText.Of(parameters.SettingsDiagnosticFor(label)));
        Assert.Equal(diagnostics.GetProperty("diagnostics_Configuration_EnabledImageTypes").GetString(), PythonText.Of(parameters.ImageTypesDiagnostic));
    }

    [Fact]
    public void Diagnostics_PaperPreset_AreTextForTextPyRadiomics()
    {
        Assert.Equal(
            "{'minimumROIDimensions': 2, 'minimumROISize': None, 'normalize': True, 'normalizeScale': 100, 'removeOutliers': 3, " +
            "'resampledPixelSpacing': [1, 1, 1], 'interpolator': 'sitkBSpline', 'preCrop': False, 'padDistance': 5, 'distances': [1], " +
            "'force2D': False, 'force2Ddimension': 0, 'resegmentRange': None, 'label': 20, 'additionalInfo': True, 'binWidth': 25, 'correctMask': True}",
            PythonText.Of(ExtractionParameters.Paper.SettingsDiagnosticFor(20)));
        Assert.Equal(
            "{'Original': {}, 'LoG': {'sigma': [1.0, 3.0, 5.0]}, 'Wavelet': {}, 'Gradient': {}}",
            PythonText.Of(ExtractionParameters.Paper.ImageTypesDiagnostic));
    }

    [Fact]
    public void Diagnostics_Default_AreTextForTextPyRadiomics()
    {
        Assert.Equal(
            "{'minimumROIDimensions': 2, 'minimumROISize': None, 'normalize': False, 'normalizeScale': 1, 'removeOutliers': None, " +
            "'resampledPixelSpacing': None, 'interpolator': 'sitkBSpline', 'preCrop': False, 'padDistance': 5, 'distances': [1], " +
            "'force2D': False, 'force2Ddimension': 0, 'resegmentRange': None, 'label': 1, 'additionalInfo': True}",
            PythonText.Of(ExtractionParameters.Default.SettingsDiagnostic));
        Assert.Equal("{'Original': {}}", PythonText.Of(ExtractionParameters.Default.ImageTypesDiagnostic));
    }

    [Fact]
    public void Diagnostics_NumbersOfBothTypes_KeepTheirPythonType()
    {
        ExtractionParameters parameters = ParameterFile.Parse("setting: {binWidth: 1.50, removeOutliers: 1.0e+3, geometryTolerance: 1.e-6}", "p.yaml");
        Assert.EndsWith("'additionalInfo': True, 'binWidth': 1.5, 'geometryTolerance': 1e-06}", PythonText.Of(parameters.SettingsDiagnostic), StringComparison.Ordinal);
        Assert.Contains("'removeOutliers': 1000.0,", PythonText.Of(parameters.SettingsDiagnostic), StringComparison.Ordinal);
    }
}
