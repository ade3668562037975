using System.Diagnostics;
using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>The same input gives the same bytes, whatever instructions the processor or the C library has.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trabecula-determinism-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string EveryFilter =
        "imageType: {Original: {}, Wavelet: {wavelet: bior2.4, level: 2}, Square: {}, SquareRoot: {}, Logarithm: {}, Exponential: {}, " +
        "Gradient: {gradientUseSpacing: false}, LBP2D: {}, LBP3D: {}}\n" +
        "setting: {binWidth: 20, distances: [1, 2], weightingNorm: euclidean, resampledPixelSpacing: [2, 2, 2], interpolator: sitkGaussian}\n";

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", false)]
    [InlineData("DOTNET_EnableAVX2", "0", false)]
    [InlineData("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-AVX2", false)]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", true)]
    [InlineData("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-AVX2", true)]
    [InlineData("DOTNET_PROCESSOR_COUNT", "1", true)]
    public async Task Extraction_WithoutNewerInstructionsOrThreads_GivesTheSameBytes(string variable, string value, bool everyFilter)
    {
        string parameters = Path.Combine(FindRoot(), "docs/examples/paper.yaml");
        if (everyFilter)
        {
            parameters = Path.Combine(_folder, "every.yaml");
            await File.WriteAllTextAsync(parameters, EveryFilter, TestContext.Current.CancellationToken);
        }
        byte[] plain = await Extract("plain.csv", parameters, null, null);
        byte[] without = await Extract("without.csv", parameters, variable, value);

        Assert.Equal(plain, without);
    }

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", 1)]
    [InlineData("DOTNET_EnableAVX2", "0", 1)]
    [InlineData("DOTNET_PROCESSOR_COUNT", "1", 1)]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", 2)]
    public async Task Maps_WithoutNewerInstructionsOrThreads_GiveTheSameBytes(string variable, string value, int kernelRadius)
    {
        string parameters = Path.Combine(_folder, "maps.yaml");
        await File.WriteAllTextAsync(
            parameters, $"imageType: {{Original: {{}}, Square: {{}}}}\nsetting: {{binWidth: 9}}\nvoxelSetting: {{kernelRadius: {kernelRadius}}}\n" +
            "featureClass: {firstorder: [], glcm: [], glrlm: [], glszm: [], gldm: [], ngtdm: []}\n", TestContext.Current.CancellationToken);
        await Run("v06_27voxels", parameters, ["--voxel", Path.Combine(_folder, "plain")], null, null);
        await Run("v06_27voxels", parameters, ["--voxel", Path.Combine(_folder, "without")], variable, value);

        string[] plain = [.. Directory.EnumerateFiles(Path.Combine(_folder, "plain")).Order(StringComparer.Ordinal)];
        Assert.Equal(2 * 93, plain.Length);
        foreach (string map in plain)
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(map, TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(Path.Combine(_folder, "without", Path.GetFileName(map)), TestContext.Current.CancellationToken));
        }
    }

    private async Task<byte[]> Extract(string name, string parameters, string? variable, string? value)
    {
        string output = Path.Combine(_folder, name);
        await Run("v02_oblique", parameters, ["--out", output], variable, value);
        return await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken);
    }

    private static async Task Run(string image, string parameters, string[] outputs, string? variable, string? value)
    {
        string images = Path.Combine(FindRoot(), "tests/golden/pyradiomics/images"), program = Path.Combine(AppContext.BaseDirectory, "trabecula.dll");
        ProcessStartInfo start = new("dotnet",
            [program, "extract", Path.Combine(images, $"{image}_image.nrrd"), Path.Combine(images, $"{image}_mask.nrrd"), "--param", parameters, .. outputs])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (variable is not null)
            start.Environment[variable] = value;
        using Process process = Process.Start(start)!;
        Task<string> summary = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await summary;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
    }

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Trabecula.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
