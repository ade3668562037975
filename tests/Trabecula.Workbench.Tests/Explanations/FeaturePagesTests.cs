using Trabecula.Workbench.Explanations;
using Xunit;

namespace Trabecula.Workbench.Tests.Explanations;

/// <summary>The pages in the repository are those that the program writes.</summary>
public sealed class FeaturePagesTests
{
    [Fact]
    public void All_PagesInTheRepository_AreThoseThatTheProgramWrites()
    {
        string folder = Path.Combine(Root(), "docs", "features");
        IReadOnlyDictionary<string, string> pages = FeaturePages.All();
        Assert.Equal(pages.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach ((string name, string text) in pages)
            Assert.True(File.ReadAllText(Path.Combine(folder, name)) == text, $"docs/features/{name} is not up to date: run ./trabecula explain --pages docs/features --overwrite");
    }

    [Fact]
    public void Of_FeatureOfTwoClasses_ExplainsBoth()
    {
        string text = FeatureExplanation.Of("contrast")!;
        Assert.Contains("glcm_Contrast (Grey-level co-occurrence matrix)\n", text, StringComparison.Ordinal);
        Assert.Contains("ngtdm_Contrast (Neighbouring grey-tone difference matrix)\n", text, StringComparison.Ordinal);
        Assert.Contains("  Formula   Σ (i − j)² p(i,j)\n", text, StringComparison.Ordinal);
        Assert.Contains("    one grey level                    0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ClassAndUnknownName_ListsFeaturesOrNothing()
    {
        Assert.Contains("Busyness, Coarseness, Complexity, Contrast, Strength", FeatureExplanation.Of("NGTDM"), StringComparison.Ordinal);
        Assert.Null(FeatureExplanation.Of("Contrats"));
        Assert.StartsWith("'Contrats' is not a feature. The nearest names: Contrast, ", FeatureExplanation.Unknown("Contrats"), StringComparison.Ordinal);
    }

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Trabecula.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
