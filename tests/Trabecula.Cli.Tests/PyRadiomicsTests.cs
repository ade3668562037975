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

    [Fact]
    public void Batch_CaseFileThatCannotBeWritten_IsLoggedAndTheOutputHasTheCase()
    {
        WriteCohort();
        Directory.CreateDirectory(Path.Combine(_trabecula.Folder, "cases", "features_1.csv"));
        TrabeculaProcess.Result result = _trabecula.Run("pyradiomics", "cohort.csv", "-p", Settings, "-od", "cases", "-o", "out.csv", "-f", "csv", "-j", "2");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Case 1: cases/features_1.csv cannot be written, the output has its features: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, _trabecula.Read("out.csv").TrimEnd('\n').Split('\n').Length);
        Assert.True(File.Exists(Path.Combine(_trabecula.Folder, "cases", "features_2.csv")));
    }

    [Fact]
    public void Batch_ColumnTwiceAndEmptyCells_AreReadAsPythonReadsThem()
    {
        string image = TrabeculaProcess.Image("v06_27voxels_image.nrrd"), mask = TrabeculaProcess.Image("v06_27voxels_mask.nrrd");
        _trabecula.Write("p.yaml", "featureClass: {firstorder: [Mean]}\nsetting: {additionalInfo: false}\n");
        _trabecula.Write("t.csv", $"ID,Image,Mask,Label,ID\nA,{image},{mask},1.0,B\nC,,{mask},1,D\nE,{image},{mask},one,F\n");
        TrabeculaProcess.Result result = _trabecula.Run("pyradiomics", "t.csv", "-p", "p.yaml", "-f", "csv", "--format-path", "basename");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches("^ID,Image,Mask,Label,original_firstorder_Mean\nB,v06_27voxels_image.nrrd,v06_27voxels_mask.nrrd,1.0,-408[0-9.]+\nF,[^\n]*,one,\n$", result.Output);
        Assert.Contains("Batch L3: Missing required Image or Mask, skipping this case...", result.Error, StringComparison.Ordinal);
        Assert.Contains("Case 2: Feature extraction failed! : Label 'one': expected a whole number.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void LogFile_InNoFolder_IsRefused()
    {
        TrabeculaProcess.Result result = _trabecula.Run("pyradiomics", "a.nrrd", "b.nrrd", "--log-file", "nowhere/x.log");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("--log-file nowhere/x.log: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_Interrupted_SaysSoAndLeavesNoPart()
    {
        string image = TrabeculaProcess.Image("v01_3mm_image.nrrd"), mask = TrabeculaProcess.Image("v01_3mm_mask.nrrd");
        _trabecula.Write("p.yaml", "imageType: {Original: {}, Wavelet: {}}\n");
        _trabecula.Write("t.csv", "Image,Mask\n" + string.Concat(Enumerable.Repeat($"{image},{mask}\n", 500)));
        using TrabeculaProcess.Running running = _trabecula.Start("pyradiomics", "t.csv", "-p", "p.yaml", "-od", "cases", "-o", "out.txt");
        string cases = Path.Combine(_trabecula.Folder, "cases");
        Assert.True(running.WaitUntil(() => File.Exists(Path.Combine(cases, "features_2.csv"))));
        running.Signal("INT");
        TrabeculaProcess.Result result = running.Finish();
        Assert.Equal((130, ""), (result.ExitCode, result.Output));
        Assert.Contains("Stopped. Finished cases are kept in cases: the same command continues.", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_trabecula.Folder, "out.txt")));
        Assert.All(Directory.EnumerateFiles(cases), file => Assert.Matches(@"/features_\d+\.csv$", file));
    }

    [Fact]
    public void Validate_SettingWithoutAParameterFile_IsChecked()
    {
        TrabeculaProcess.Result result = _trabecula.Run(
            "pyradiomics", TrabeculaProcess.Image("v06_27voxels_image.nrrd"), TrabeculaProcess.Image("v06_27voxels_mask.nrrd"), "--validate", "-s", "label:0");
        Assert.Contains("Parameter validation failed!", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Dicom_OverlappingSegments_AreFoundByNumber()
    {
        string dicom = Path.Combine(TrabeculaProcess.GoldenFolder, "..", "..", "..", "..", "shared", "data");
        string? mask = Directory.Exists(dicom) ? Directory.EnumerateFiles(dicom, "partial_overlaps.dcm", SearchOption.AllDirectories).FirstOrDefault() : null;
        Assert.SkipUnless(mask is not null, "The DICOM segmentation lies in ../shared.");
        _trabecula.Write("p.yaml", "featureClass: {firstorder: [Mean]}\nsetting: {additionalInfo: false, minimumROIDimensions: 1}\n");
        string image = mask!.Replace(".dcm", "-1.nrrd", StringComparison.Ordinal);
        // Segment 3 overlaps others, so it lies in a layer of its own.
        TrabeculaProcess.Result third = _trabecula.Run("pyradiomics", image, mask, "-p", "p.yaml", "-s", "label:3");
        Assert.Contains("Case-1_original_firstorder_Mean: 0.0088", third.Output, StringComparison.Ordinal);
        TrabeculaProcess.Result none = _trabecula.Run("pyradiomics", image, mask, "-p", "p.yaml", "-s", "label:9");
        Assert.Contains("there is no segment 9. Give one of its numbers: 1 (GREEN), ", none.Error, StringComparison.Ordinal);
    }

    private void WriteCohort()
    {
        string table = File.ReadAllText(Path.Combine(TrabeculaProcess.GoldenFolder, "cli", "cohort.csv"));
        string folder = Path.GetDirectoryName(TrabeculaProcess.Image("x"))!;
        _trabecula.Write("cohort.csv", table.Replace(",v0", $",{folder}/v0", StringComparison.Ordinal));
    }
}
