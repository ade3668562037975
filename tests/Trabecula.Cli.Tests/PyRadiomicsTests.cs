using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>The arguments of PyRadiomics' command, and what it writes with them.</summary>
public sealed class PyRadiomicsTests : IDisposable
{
    private static readonly string Settings = Path.Combine(TrabeculaProcess.GoldenFolder, "settings", "default.yaml");

    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Theory]
    [InlineData("csv", 1)]
    [InlineData("json", 2)]
    [InlineData("txt", 1)]
    public void Batch_EveryFormat_IsPyRadiomicsFileButForVersions(string format, int jobs)
    {
        WriteCohort();
        TrabeculaProcess.Result result = _trabecula.Run(
            "pyradiomics", "cohort.csv", "--param", Settings, "-o", "out", "-f", format, "--format-path", "basename", "-j", jobs.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Matches(@"^\[[0-9: -]+\] E: radiomics.script: Case 4: Feature extraction failed! : [^\n]+\n$", result.Error);
        string shared = Path.Combine(TrabeculaProcess.GoldenFolder, "..", "..", "..", "..", "shared", "golden", "pyradiomics", "cli", $"features.{format}");
        string golden = File.Exists(shared) ? shared : Path.Combine(TrabeculaProcess.GoldenFolder, "cli", $"features.{format}");
        Assert.SkipUnless(File.Exists(golden), "No reference file of this format in the repository; it lies in ../shared.");
        LayoutComparison.AssertSame(File.ReadAllText(golden), _trabecula.Read("out"), json: format != "csv");
    }

    [Fact]
    public void Single_NoOutput_AppendsToStandardOutput()
    {
        TrabeculaProcess.Result result = _trabecula.Run(
            "pyradiomics", TrabeculaProcess.Image("v01_3mm_image.nrrd"), TrabeculaProcess.Image("v01_3mm_mask.nrrd"), "-p", Settings, "-f", "csv", "--format-path", "basename");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        LayoutComparison.AssertSame(File.ReadAllText(Path.Combine(TrabeculaProcess.GoldenFolder, "cli", "single.csv")), result.Output, json: false);
    }

    [Fact]
    public void Single_SettingsAndLabel_OverrideTheFile()
    {
        string[] files = [TrabeculaProcess.Image("v05_label3_float_image.nrrd"), TrabeculaProcess.Image("v05_label3_float_mask.nrrd")];
        _trabecula.Write("p.yaml", "featureClass: {firstorder: [Entropy]}\nsetting: {binWidth: 25, additionalInfo: false}\n");
        TrabeculaProcess.Result wide = _trabecula.Run(["pyradiomics", .. files, "-p", "p.yaml", "-s", "label:3"]);
        TrabeculaProcess.Result narrow = _trabecula.Run(["pyradiomics", .. files, "-p", "p.yaml", "-l", "3", "--setting", "binWidth:5", "--setting", "binwidth:1", "-s", "padDistance:x"]);
        string[] lines = wide.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("Case-1_Image: /", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Case-1_original_firstorder_Entropy: ", lines[2], StringComparison.Ordinal);
        Assert.NotEqual(wide.Output, narrow.Output);
        Assert.Contains("Did not recognize override \"binwidth\", skipping...", narrow.Error, StringComparison.Ordinal);
        Assert.Contains("Could not parse value \"x\" for setting \"padDistance\", skipping...", narrow.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_OutDir_KeepsAFileOfEachCaseAndReadsItAgain()
    {
        WriteCohort();
        TrabeculaProcess.Result first = _trabecula.Run("pyradiomics", "cohort.csv", "-od", "cases", "-o", "first.csv", "-f", "csv", "--verbosity", "1");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal(["features_1.csv", "features_2.csv", "features_3.csv", "features_4.csv"],
            Directory.EnumerateFiles(Path.Combine(_trabecula.Folder, "cases")).Select(Path.GetFileName).Order());
        TrabeculaProcess.Result second = _trabecula.Run("pyradiomics", "cohort.csv", "-od", "cases", "-o", "second.csv", "-f", "csv", "-v", "--log-file", "log", "--logging-level", "INFO");
        Assert.Equal(_trabecula.Read("first.csv"), _trabecula.Read("second.csv"));
        Assert.Equal(4, second.Error.Split("already processed").Length - 1);
        Assert.Equal(second.Error, _trabecula.Read("log"));
    }

    [Fact]
    public void Voxel_Case_WritesMapsBesideItsRow()
    {
        _trabecula.Write("p.yaml", "featureClass: {firstorder: [Mean], glcm: [Contrast]}\nsetting: {additionalInfo: false}\nvoxelSetting: {initValue: .nan}\n");
        TrabeculaProcess.Result result = _trabecula.Run(
            "pyradiomics", TrabeculaProcess.Image("v06_27voxels_image.nrrd"), TrabeculaProcess.Image("v06_27voxels_mask.nrrd"), "-p", "p.yaml", "-m", "voxel", "-od", "maps");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.EndsWith(
            "Case-1_original_firstorder_Mean: maps/Case-1_original_firstorder_Mean.nrrd\nCase-1_original_glcm_Contrast: maps/Case-1_original_glcm_Contrast.nrrd\n",
            result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_trabecula.Folder, "maps", "Case-1_original_glcm_Contrast.nrrd")));
    }

    [Fact]
    public void Extract_Voxel_WritesAMapOfEachFeature()
    {
        _trabecula.Write("p.yaml", "featureClass: {firstorder: [Mean], shape: []}\n");
        TrabeculaProcess.Result result = _trabecula.Run(
            "extract", TrabeculaProcess.Image("v06_27voxels_image.nrrd"), TrabeculaProcess.Image("v06_27voxels_mask.nrrd"), "-p", "p.yaml", "--voxel", "maps");
        Assert.Equal((0, "maps: 1 map.\n", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(["label-1_original_firstorder_Mean.nrrd"], Directory.EnumerateFiles(Path.Combine(_trabecula.Folder, "maps")).Select(Path.GetFileName));
    }

    [Fact]
    public void Validate_MissingFiles_AreNamedAndNothingIsWritten()
    {
        _trabecula.Write("cohort.csv", "Image,Mask\na.nrrd,b.nrrd\n");
        TrabeculaProcess.Result result = _trabecula.Run("pyradiomics", "cohort.csv", "--validate", "-v", "4", "-o", "out");
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains("Image path for case (1/1) does not exist!", result.Error, StringComparison.Ordinal);
        Assert.Contains("Validation complete, errors found in 1 case(s)", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_trabecula.Folder, "out")));
    }

    [Theory]
    [InlineData("image.nrrd", 1, "no mask specified")]
    [InlineData("none.csv", 3, "none.csv")]
    [InlineData("nomask.csv", 1, "Required column \"Mask\" not present in input")]
    public void Input_Unusable_HasPyRadiomicsExitCode(string input, int code, string message)
    {
        _trabecula.Write("nomask.csv", "Image\na.nrrd\n");
        TrabeculaProcess.Result result = _trabecula.Run("pyradiomics", input);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private void WriteCohort()
    {
        string table = File.ReadAllText(Path.Combine(TrabeculaProcess.GoldenFolder, "cli", "cohort.csv"));
        string folder = Path.GetDirectoryName(TrabeculaProcess.Image("x"))!;
        _trabecula.Write("cohort.csv", table.Replace(",v0", $",{folder}/v0", StringComparison.Ordinal));
    }
}
