using System.Collections.Concurrent;
using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Tests.Conformance;

/// <summary>One reference extraction: input, settings, and PyRadiomics' features or its error.</summary>
internal sealed record GoldenCase(
    string Name,
    string Settings,
    string ImagePath,
    string MaskPath,
    uint Label,
    IReadOnlyDictionary<string, double> Features,
    IReadOnlyDictionary<string, string> Diagnostics,
    string? Error)
{
    private static readonly string SyntheticFolder = RepositoryPaths.SharedGolden("synthetic") ?? RepositoryPaths.Golden("synthetic");
    private static readonly string SettingsFolder = RepositoryPaths.SharedGolden("settings") ?? RepositoryPaths.Golden("settings");

    /// <summary>All synthetic cases under all settings that have a reference: all of PyRadiomics' options where the shared references are there,
    /// else the two settings that this repository holds.</summary>
    public static IEnumerable<(string Name, string Settings)> Synthetic() => CasesIn(SyntheticFolder);

    /// <summary>All cases of open data under all settings that have a reference; empty where the data is absent.</summary>
    public static IEnumerable<(string Name, string Settings)> Real() => RepositoryPaths.RealGolden is string folder ? CasesIn(folder) : [];

    public static GoldenCase ReadSynthetic(string name, string settings)
    {
        string images = RepositoryPaths.Golden("images");
        return Read(Path.Combine(SyntheticFolder, $"{name}__{settings}.json"),
            Path.Combine(images, $"{name}_image.nrrd"), Path.Combine(images, $"{name}_mask.nrrd"));
    }

    public static GoldenCase ReadReal(string name, string settings)
    {
        string data = RepositoryPaths.SharedData!;
        string In(params string[] parts) => Path.Combine([data, .. parts]);
        (string image, string mask) = name switch
        {
            "ibsi1ct" => (In("ibsi1-ct-phantom", "nifti", "image", "phantom.nii.gz"), In("ibsi1-ct-phantom", "nifti", "mask", "mask.nii.gz")),
            "ibsi1digital" => (In("ibsi1-digital-phantom", "image", "phantom.nii.gz"), In("ibsi1-digital-phantom", "mask", "mask.nii.gz")),
            "brain1" or "breast1" => (In("pyradiomics", $"{name}_image.nrrd"), In("pyradiomics", $"{name}_label.nrrd")),
            "spineL3" => (In("spine-tptbox", "sub-ct_label-22_ct.nii.gz"), In("spine-tptbox", "sub-ct_seg-vert_label-22_msk.nii.gz")),
            "spineBodyInterior" => (In("spine-tptbox", "sub-ct_label-22_ct.nii.gz"), In("spine-tptbox", "sub-ct_seg-subreg_label-22_msk.nii.gz")),
            "spineT12" => (In("spine-totalsegmentator", "t12", "ct_cropped.nii.gz"), In("spine-totalsegmentator", "t12", "vertebrae_T12.nii.gz")),
            "clinic" => (In("..", "bench", "clinic_image.nii.gz"), In("..", "bench", "clinic_mask.nii.gz")),
            _ => (In("ct-sts", $"STS_{name[3..]}_CT_image.nii.gz"), In("ct-sts", $"STS_{name[3..]}_CT_mask.nii.gz")),
        };
        return Read(Path.Combine(RepositoryPaths.RealGolden!, $"{name}__{settings}.json"), image, mask);
    }

    /// <summary>Runs Trabecula on the case.</summary>
    public FeatureVector Extract()
    {
        ExtractionParameters parameters = ParameterFile.Read(Path.Combine(SettingsFolder, $"{Settings}.yaml"));
        return new FeatureExtractor(parameters).Extract(VolumeFile.Read(ImagePath), new Mask(VolumeFile.Read(MaskPath)), Label);
    }

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, double>>> Extracted = new(StringComparer.Ordinal);

    /// <summary>Trabecula's features of the case, by name in their order; extracted once for all tests.</summary>
    public IReadOnlyDictionary<string, double> ExtractFeatures() => Extracted.GetOrAdd(
        $"{Name}__{Settings}", _ => new(() => Extract().Features.ToDictionary(f => f.Name, f => f.Value))).Value;

    private static IEnumerable<(string, string)> CasesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*__*.json").Select(f => Path.GetFileNameWithoutExtension(f).Split("__")).Select(parts => (parts[0], parts[1]))
            .OrderBy(pair => pair.Item1, StringComparer.Ordinal).ThenBy(pair => pair.Item2, StringComparer.Ordinal);

    private static GoldenCase Read(string json, string imagePath, string maskPath)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(json));
        JsonElement root = document.RootElement;
        return new GoldenCase(
            root.GetProperty("case").GetString()!,
            root.GetProperty("settings").GetString()!,
            imagePath,
            maskPath,
            root.GetProperty("label").GetUInt32(),
            root.TryGetProperty("features", out JsonElement features)
                ? features.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetDouble()) : new Dictionary<string, double>(),
            root.TryGetProperty("diagnostics", out JsonElement diagnostics)
                ? diagnostics.EnumerateObject().ToDictionary(d => d.Name, d => d.Value.GetString()!) : new Dictionary<string, string>(),
            root.TryGetProperty("error", out JsonElement error) ? error.GetString() : null);
    }
}
