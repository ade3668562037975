namespace Trabecula.Radiomics.Parameters;

/// <summary>What to compute: image types and feature classes in the order of the parameter file, and the settings.</summary>
public sealed record ExtractionParameters
{
    /// <summary>The general settings.</summary>
    public ExtractionSettings Settings { get; init; } = new();

    /// <summary>Image types in output order.</summary>
    public IReadOnlyList<ImageTypeSelection> ImageTypes { get; init; } = [new OriginalImageType(new ExtractionSettings())];

    /// <summary>Feature classes in output order, shape always first.</summary>
    public IReadOnlyList<FeatureClassSelection> FeatureClasses { get; init; } =
        [.. Enum.GetValues<FeatureClass>().Select(c => new FeatureClassSelection(c, null))];

    /// <summary>The settings as PyRadiomics writes them into <c>diagnostics_Configuration_Settings</c>.</summary>
    public DiagnosticValue SettingsDiagnostic { get; init; } = DiagnosticValue.Dictionary([]);

    /// <summary>The image types as PyRadiomics writes them into <c>diagnostics_Configuration_EnabledImageTypes</c>.</summary>
    public DiagnosticValue ImageTypesDiagnostic { get; init; } = DiagnosticValue.Dictionary([]);
}
