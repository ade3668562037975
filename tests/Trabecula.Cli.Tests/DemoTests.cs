using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

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
        Assert.DoesNotContain('\r', result.Error);
        Assert.False(File.Exists(Path.Combine(_trabecula.Folder, "d", "report.html")));
    }

    [Fact]
    public void Demo_Help_SaysWhatIsFew() => Assert.Contains("paper's 100 configurations of each model in place of 20", string.Join(' ', _trabecula.Run("demo", "--help").Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
}
