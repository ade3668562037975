using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>Extractions from files to files.</summary>
public sealed class ExtractTests : IDisposable
{
    // Many enough that the program is not done before it is stopped.
    private const int Cases = 40;

    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Theory]
    [InlineData("features.csv")]
    [InlineData("features.json")]
    public void Extract_Cohort_IsLaidOutAsPyRadiomicsDoes(string output)
    {
        File.Copy(Path.Combine(TrabeculaProcess.GoldenFolder, "cli", "cohort.csv"), Path.Combine(_trabecula.Folder, "cohort.csv"));
        foreach (string image in Directory.EnumerateFiles(Path.Combine(TrabeculaProcess.GoldenFolder, "images")))
            File.CreateSymbolicLink(Path.Combine(_trabecula.Folder, Path.GetFileName(image)), image);
        string settings = Path.Combine(TrabeculaProcess.GoldenFolder, "settings", "default.yaml");
        TrabeculaProcess.Result result = _trabecula.Run("extract", "cohort.csv", "-p", settings, "-o", output);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal($"{output}: 3 of 4 rows have features.\nfailures.csv: 1 without features, and why.\n", result.Output);
        string expected = File.ReadAllText(Path.Combine(TrabeculaProcess.GoldenFolder, "cli", output));
        LayoutComparison.AssertSame(expected, _trabecula.Read(output), json: output.EndsWith(".json", StringComparison.Ordinal));
    }

    [Fact]
    public void Extract_Pair_IsLaidOutAsPyRadiomicsDoes()
    {
        string settings = Path.Combine(TrabeculaProcess.GoldenFolder, "settings", "default.yaml");
        string image = TrabeculaProcess.Image("v01_3mm_image.nrrd"), mask = TrabeculaProcess.Image("v01_3mm_mask.nrrd");
        TrabeculaProcess.Result result = _trabecula.Run("extract", image, mask, "-p", settings);
        Assert.Equal((0, "features.csv: 1 row of 1 case.\n", ""), (result.ExitCode, result.Output, result.Error));
        string written = _trabecula.Read("features.csv").Replace(Path.GetDirectoryName(image) + "/", "", StringComparison.Ordinal);
        LayoutComparison.AssertSame(File.ReadAllText(Path.Combine(TrabeculaProcess.GoldenFolder, "cli", "single.csv")), written, json: false);
    }

    [Fact]
    public void Extract_OneAndTwoJobs_GiveTheSameBytes()
    {
        WriteCohort();
        TrabeculaProcess.Result one = _trabecula.Run("extract", "cases.csv", "-o", "one.csv", "-j", "1");
        TrabeculaProcess.Result two = _trabecula.Run("extract", "cases.csv", "-o", "two.csv", "-j", "2");
        Assert.Equal((0, 0), (one.ExitCode, two.ExitCode));
        Assert.Equal(_trabecula.Read("one.csv"), _trabecula.Read("two.csv"));
        Assert.Equal(string.Concat(Enumerable.Range(1, Cases).Select(i => $"{i}/{Cases} cases, S{i}\n")), one.Error);
    }

    [Fact]
    public void Extract_CasesInAnotherOrder_GivesTheSameRows()
    {
        WriteCohort();
        string[] table = _trabecula.Read("cases.csv").TrimEnd('\n').Split('\n');
        _trabecula.Write("reversed.csv", string.Join('\n', (string[])[table[0], .. table.Skip(1).Reverse()]) + "\n");
        Assert.Equal(0, _trabecula.Run("extract", "cases.csv", "-o", "one.csv").ExitCode);
        Assert.Equal(0, _trabecula.Run("extract", "reversed.csv", "-o", "two.csv").ExitCode);
        Assert.Equal(Rows("one.csv"), Rows("two.csv"));

        IEnumerable<string> Rows(string name) => _trabecula.Read(name).TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("KILL", 1)]
    [InlineData("KILL", 4)]
    [InlineData("INT", 3)]
    [InlineData("TERM", 2)]
    public void Extract_StoppedAfterSomeCases_ContinuesToTheSameBytes(string signal, int finished)
    {
        WriteCohort();
        Assert.Equal(0, _trabecula.Run("extract", "cases.csv", "-p", Paper, "-o", "whole.csv").ExitCode);

        using (TrabeculaProcess.Running running = _trabecula.Start("extract", "cases.csv", "-p", Paper, "-j", "1"))
        {
            running.WaitForLines(finished);
            running.Signal(signal);
            TrabeculaProcess.Result stopped = running.Finish();
            if (signal != "KILL")
            {
                Assert.Equal(130, stopped.ExitCode);
                Assert.EndsWith(
                    "Stopped. Finished cases are kept in features.csv.partial: run the same command again to continue.\n", stopped.Error, StringComparison.Ordinal);
            }
        }
        Assert.False(File.Exists(Path.Combine(_trabecula.Folder, "features.csv")));

        TrabeculaProcess.Result continued = _trabecula.Run("extract", "cases.csv", "-p", Paper, "-j", "2");
        Assert.Equal((0, ""), (continued.ExitCode, continued.ExitCode == 0 ? "" : continued.Error));
        Assert.Matches($@"^Continuing: ([1-9]|[1-3][0-9]) of {Cases} cases are in features\.csv\.partial already\.\n", continued.Error);
        Assert.Equal(_trabecula.Read("whole.csv"), _trabecula.Read("features.csv"));
        Assert.Equal(["cases.csv", "features.csv", "images", "whole.csv"], Directory.EnumerateFileSystemEntries(_trabecula.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Extract_AllFail_LeavesAnEarlierResult()
    {
        _trabecula.Write("features.csv", "an earlier result");
        TrabeculaProcess.Result result = _trabecula.Run("extract", "none.nrrd", "none.nrrd", "--overwrite");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("No case gave features: features.csv was left as it was.\nfailures.csv: 1 without features, and why.\n", result.Output);
        Assert.Equal("an earlier result", _trabecula.Read("features.csv"));
    }

    [Fact]
    public void Extract_LabelAll_GivesARowForEachLabel()
    {
        TrabeculaProcess.Result result = _trabecula.Run(
            "extract", TrabeculaProcess.Image("v05_label3_float_image.nrrd"), TrabeculaProcess.Image("v05_label3_float_mask.nrrd"), "--label", "all");
        Assert.Equal((0, "features.csv: 2 rows of 1 case.\n"), (result.ExitCode, result.Output));
        Assert.Equal(["Label", "1", "3"], _trabecula.Read("features.csv").TrimEnd('\n').Split('\n').Select(line => line.Split(',')[2]));
    }

    private static string Paper => Path.Combine(TrabeculaProcess.GoldenFolder, "settings", "paper.yaml");

    private void WriteCohort()
    {
        // Copies: rows of the same files, under whatever names, would be one entry of what is kept.
        string images = Path.Combine(_trabecula.Folder, "images");
        Directory.CreateDirectory(images);
        var lines = new List<string> { "ID,Image,Mask" };
        for (int i = 1; i <= Cases; i++)
        {
            string source = i % 2 == 0 ? "v01_3mm" : "v10_two_parts_hole";
            File.Copy(TrabeculaProcess.Image($"{source}_image.nrrd"), Path.Combine(images, $"{i}_image.nrrd"));
            File.Copy(TrabeculaProcess.Image($"{source}_mask.nrrd"), Path.Combine(images, $"{i}_mask.nrrd"));
            lines.Add($"S{i},images/{i}_image.nrrd,images/{i}_mask.nrrd");
        }
        _trabecula.Write("cases.csv", string.Join('\n', lines) + "\n");
    }
}
