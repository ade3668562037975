using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Demo_SmallCohort_EndsWithThreeLinesAndAReport()
    {
        TrabeculaProcess.Result result = _trabecula.Run("demo", "--out", "d", "--seed", "7", "--subjects", "30");
        Assert.Equal(0, result.ExitCode);
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^30 synthetic subjects, 0 without features; 1225 columns; trained on \d+, held out \d+ \(\d+ events\)\.$", lines[0]);
        Assert.Matches(@"^AUROC on held-out subjects [01]\.\d{3}, 95 % interval [01]\.\d{3}-[01]\.\d{3}; the true risk reaches [01]\.\d{3}\.$", lines[1]);
        Assert.Equal($"Report: {Path.Combine("d", "report.html")}", lines[2]);
        Assert.Contains("trabecula demo --seed 7 --subjects 30", _trabecula.Read(Path.Combine("d", "report.html")), StringComparison.Ordinal);

        // Plain lines, since stderr is no terminal: ten for each of the two stages of subjects, two for the fit.
        string[] progress = result.Error.TrimEnd('\n').Split('\n');
        Assert.InRange(progress.Length, 6, 22);
        Assert.Equal(["Fitting the model: 0/1", "Fitting the model: 1/1"], progress[^2..]);
        Assert.Contains("Extracting features: 30/30", progress);
        Assert.DoesNotContain('\r', result.Error);
    }

    [Fact]
    public void Demo_SeveralWrongOptions_TellsAllAndWritesNothing()
    {
        TrabeculaProcess.Result result = _trabecula.Run("demo", "--subjects", "many", "--seed", "-1", "--jobs", "x");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            """
            --seed -1: expected a whole number from 0.
            --subjects many: expected a whole number.
            --jobs x: expected a whole number.
            Run 'trabecula demo --help' for the options.

            """, result.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_trabecula.Folder));
    }

    [Fact]
    public void Demo_TooFewSubjects_TellsTheRange()
    {
        TrabeculaProcess.Result result = _trabecula.Run("demo", "--subjects", "3");
        Assert.Equal((2, "--subjects 3: give 30 to 5000.\nRun 'trabecula demo --help' for the options.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void Demo_Interrupted_StopsWithoutAReport()
    {
        using TrabeculaProcess.Running running = _trabecula.Start("demo", "--out", "d", "--subjects", "400", "--jobs", "1");
        running.WaitForLines(1);
        running.Signal("INT");
        TrabeculaProcess.Result result = running.Finish();
        Assert.Equal(130, result.ExitCode);
        Assert.EndsWith("Stopped before the report. Run the same command again.\n", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_trabecula.Folder, "d", "report.html")));
    }
}
