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

    [Fact]
    public async Task Examples_BuiltAgainstThePackages_Run()
    {
        await Pack("Trabecula.Imaging");
        await Pack("Trabecula.Radiomics");
        string project = Path.Combine(_folder, "program", "Trabecula.Examples.csproj"), installed =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        foreach (string source in Directory.EnumerateFiles(Path.Combine(RepositoryTree.Root, "examples", "Trabecula.Examples"), "*.cs"))
            File.Copy(source, Path.Combine(_folder, "program", Path.GetFileName(source)));
        // A program of somebody else: no setting of this repository reaches it, and packages that ours depend on come from where the build has put them.
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreSources>{_folder}</RestoreSources>
                <RestorePackagesPath>{_folder}/packages</RestorePackagesPath>
                <RestoreFallbackFolders>{installed}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Trabecula.Radiomics" Version="*-*" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await Run("build", project, "-c", "Release", "-o", Path.Combine(_folder, "built"), "-nodeReuse:false", "-v", "quiet");
        string images = Path.Combine(RepositoryTree.Root, "tests", "golden", "pyradiomics", "images");
        string said = await Run(Path.Combine(_folder, "built", "Trabecula.Examples.dll"), Path.Combine(images, "v06_27voxels_image.nrrd"), Path.Combine(images, "v06_27voxels_mask.nrrd"));
        Assert.Contains("original_shape_Sphericity", said, StringComparison.Ordinal);
    }

    /// <summary>Packs what is built already, in the configuration of these tests.</summary>
    private Task<string> Pack(string name)
    {
        bool isRelease = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).EndsWith("release", StringComparison.OrdinalIgnoreCase);
        return Run("pack", Path.Combine(RepositoryTree.Root, "src", name), "--no-build", "-c", isRelease ? "Release" : "Debug", "-o", _folder, "-nodeReuse:false", "-v", "quiet");
    }

    private async Task<string> Run(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = _folder;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
        return output;
    }
}
