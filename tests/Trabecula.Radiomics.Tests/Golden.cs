using System.Globalization;
using System.Text.Json;
using Trabecula.Radiomics.Parameters;
using Xunit;

namespace Trabecula.Radiomics.Tests;

/// <summary>The reference values in the repository and, where it lies beside it, the shared data.</summary>
internal static class Golden
{
    public static string Root { get; } = FindRoot();

    public static string Folder => Path.Combine(Root, "tests", "golden", "pyradiomics");

    /// <summary>The settings of the paper whose features are reproduced.</summary>
    public static ExtractionSettings Paper { get; } = new()
    {
        Normalize = true,
        NormalizeScale = 100,
        RemoveOutliers = 3,
        ResampledPixelSpacingMm = new(1, 1, 1),
        CorrectMask = true,
    };

    /// <summary>A folder beside the repository that not every machine has; the test is skipped without it.</summary>
    public static string Shared(params string[] parts)
    {
        string path = Path.Combine([Root, "..", "shared", .. parts]);
        Assert.SkipUnless(Directory.Exists(path) || File.Exists(path), $"No {string.Join('/', parts)} in ../shared.");
        return path;
    }

    public static JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    /// <summary>Python's text of a tuple or number as numbers.</summary>
    public static double[] Numbers(string text) =>
        [.. text.Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Trabecula.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
