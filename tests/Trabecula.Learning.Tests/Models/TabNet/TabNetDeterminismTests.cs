using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>The same seed gives the same model to the last bit, whatever instructions the processor or the C library has.</summary>
public sealed class TabNetDeterminismTests
{
    private const string Expected = "TRABECULA_EXPECTED_TABNET";

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-AVX2")]
    public async Task Fit_WithoutNewerInstructions_GivesTheSameModel(string variable, string value)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        ProcessStartInfo start = new("dotnet",
            [typeof(TabNetDeterminismTests).Assembly.Location, "-noColor", "-noLogo", "-method", $"*.{nameof(TabNetDeterminismTests)}.{nameof(Fit_Again_GivesTheSameModel)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable] = value;
        start.Environment[Expected] = Fingerprint();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(stop);
        string output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        Assert.True(process.ExitCode == 0 && output.Contains("Total: 1,", StringComparison.Ordinal), output + await errors);
    }

    /// <summary>Compares with the model of another process where one started this.</summary>
    [Fact]
    public void Fit_Again_GivesTheSameModel() => Assert.Equal(Environment.GetEnvironmentVariable(Expected) ?? Fingerprint(), Fingerprint());

    [Fact]
    public void Fit_BesideOtherFits_GivesTheSameModel()
    {
        string alone = Fingerprint();
        var found = new string[4];
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, i => found[i] = Fingerprint());
        Assert.All(found, fingerprint => Assert.Equal(alone, fingerprint));
    }

    private static string Fingerprint()
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 61, 5);
        TrainingSet training = Tables.Train(new FeatureTable(
            [.. table.Schema.Take(4), new FeatureColumn("level", ColumnKind.Categorical) { Levels = ["a", "b", "c"] }], table.Subjects, table.Outcomes,
            [.. table.Values.ToArray().Select((value, i) => i % 5 == 4 ? i % 3 : value)]));
        var text = new StringBuilder();
        foreach (MaskType mask in Enum.GetValues<MaskType>())
        {
            TabNet options = new() { ND = 5, NA = 11, NSteps = 2, BatchSize = 20, VirtualBatchSize = 7, MaxEpochs = 4, MaskType = mask, Schedule = Schedule.Cosine, WeightDecay = 1e-3, Pretraining = mask == MaskType.Entmax ? new Pretraining { Epochs = 3 } : null };
            FittedClassifier model = options.Fit(training, new Seed(6), TestContext.Current.CancellationToken);
            text.Append(model.ToJson().ToJsonString());
            foreach (double risk in model.PredictRisk(training.Table))
                text.Append(BitConverter.DoubleToInt64Bits(risk)).Append(' ');
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
