using Trabecula.Examples;
using Xunit;

namespace Trabecula.Radiomics.Tests;

/// <summary>The examples run, and the packages' READMEs quote nothing but them.</summary>
public sealed class ExampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trabecula-examples-").FullName;
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Features_OfAFile_AreAllWritten()
    {
        Extraction.Features(Image, Mask, _output);
        Assert.Equal(107 + 1, _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Sphericity: 0.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLabel_OfAFile_HasItsValueOrReason()
    {
        Extraction.EveryLabel(Image, Mask, _output);
        Assert.StartsWith("label 1: ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_OfAFile_AreWritten()
    {
        Extraction.Maps(Image, Mask, _folder, _output);
        Assert.Equal(
            ["image.nii.gz", "mask.nii.gz", "original.nii.gz", "original_glcm_JointEntropy.nrrd"],
            Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Images_AreDescribedAndWritten()
    {
        Images.Describe(Image, _output);
        Assert.Contains(" voxels of ", _output.ToString(), StringComparison.Ordinal);
        Images.MakeAndWrite(Path.Combine(_folder, "image.nii.gz"), _output);
        Assert.Contains("label 20: 2 voxels", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Index_UnknownFeature_NamesTheNearest()
    {
        var vector = new FeatureVector([], [new FeatureValue("original_shape_Sphericity", 0.5)], []);
        Assert.Equal(0.5, vector["original_shape_Sphericity"]);
        Assert.Contains("Did you mean original_shape_Sphericity?", Assert.Throws<KeyNotFoundException>(() => vector["original_shape_Sphericty"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Trabecula.Imaging")]
    [InlineData("Trabecula.Radiomics")]
    public void Readme_OfAPackage_QuotesTheExamples(string package)
    {
        string[] code = [.. Directory.EnumerateFiles(Path.Combine(Golden.Root, "examples", "Trabecula.Examples"), "*.cs").SelectMany(File.ReadLines).Select(line => line.Trim())];
        bool quotes = false;
        int quoted = 0;
        foreach (string line in File.ReadLines(Path.Combine(Golden.Root, "src", package, "README.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                quotes = line == "```csharp";
            else if (quotes)
            {
                Assert.Contains(line.Trim(), code);
                quoted++;
            }
        }
        Assert.True(quoted > 3);
    }

    private static string Image => Path.Combine(Golden.Folder, "images", "v06_27voxels_image.nrrd");

    private static string Mask => Path.Combine(Golden.Folder, "images", "v06_27voxels_mask.nrrd");
}
