namespace Trabecula.Radiomics.Parameters;

/// <summary>What to compute: image types and feature classes in the order of the parameter file, and the settings.</summary>
public sealed record ExtractionParameters
{
    private static ExtractionParameters? s_default;
    private static ExtractionParameters? s_paper;

    /// <summary>PyRadiomics' defaults: all feature classes of the original image, bins of 25.</summary>
    public static ExtractionParameters Default => s_default ??= ParameterFile.Defaults();

    /// <summary>
    /// The study this project started from: normalised to a standard deviation of 100 (clipped at 3), resampled to 1 mm, original image,
    /// LoG (1, 3, 5 mm), wavelet and gradient: 1,223 features.
    /// </summary>
    /// <remarks>Source: Ge et al. 2025; the embedded <c>paper.yaml</c> is its configuration as a PyRadiomics file.</remarks>
    public static ExtractionParameters Paper => s_paper ??= ParameterFile.Embedded("paper.yaml");

    /// <summary>The general settings.</summary>
    public required ExtractionSettings Settings { get; init; }

    /// <summary>Image types in output order.</summary>
    public required IReadOnlyList<ImageTypeSelection> ImageTypes { get; init; }

    /// <summary>Feature classes in output order, shape always first.</summary>
    public required IReadOnlyList<FeatureClassSelection> FeatureClasses { get; init; }

    /// <summary>The settings as PyRadiomics writes them into <c>diagnostics_Configuration_Settings</c>.</summary>
    public required DiagnosticValue SettingsDiagnostic { get; init; }

    /// <summary>The image types as PyRadiomics writes them into <c>diagnostics_Configuration_EnabledImageTypes</c>.</summary>
    public required DiagnosticValue ImageTypesDiagnostic { get; init; }

    /// <summary>Options that do not go together, and which of them counts: one sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary><see cref="SettingsDiagnostic"/> for the extraction of one label, which PyRadiomics writes into it.</summary>
    public DiagnosticValue SettingsDiagnosticFor(uint label)
    {
        var items = ((DiagnosticValue.DictionaryValue)SettingsDiagnostic).Items.ToList();
        var item = KeyValuePair.Create("label", DiagnosticValue.Integer(label));
        int place = items.FindIndex(known => known.Key == "label");
        if (place < 0)
            items.Add(item);
        else
            items[place] = item;
        return DiagnosticValue.Dictionary(items);
    }
}
