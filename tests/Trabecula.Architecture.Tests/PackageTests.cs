using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Xunit;

namespace Trabecula.Architecture.Tests;

/// <summary>The packages for programs: what is in them.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trabecula-packages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Trabecula.Imaging", "SharpZipLib")]
    [InlineData("Trabecula.Radiomics", "SharpZipLib Trabecula.Imaging YamlDotNet")]
    public async Task Pack_Library_HasItsDocumentationAndReadme(string name, string dependencies)
    {
        await Pack(name);
        await using ZipArchive package = await ZipFile.OpenReadAsync(Directory.EnumerateFiles(_folder, $"{name}.*.nupkg").Single(), TestContext.Current.CancellationToken);
        foreach (string file in (string[])[$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md"])
            Assert.NotNull(package.GetEntry(file));
        await using Stream stream = await package.GetEntry($"{name}.nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        XDocument description = await XDocument.LoadAsync(stream, LoadOptions.None, TestContext.Current.CancellationToken);
        string[] elements = [.. description.Descendants().Select(element => element.Name.LocalName)];
        Assert.Contains("license", elements);
        Assert.Contains("readme", elements);
        Assert.Equal(
            dependencies.Split(' '),
            description.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal));
    }

    /// <summary>Packs what is built already, in the configuration of these tests.</summary>
    private async Task Pack(string name)
    {
        bool isRelease = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).EndsWith("release", StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = new("dotnet",
            ["pack", Path.Combine(RepositoryTree.Root, "src", name), "--no-build", "-c", isRelease ? "Release" : "Debug", "-o", _folder, "-nodeReuse:false", "-v", "quiet"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
    }
}
