using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class StudyInitTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Init_Table_PrintsWhatWasGuessedAndReplacesNothingUnasked()
    {
        _trabecula.Write("t.csv", "id,age,outcome\na,50,0\nb,61,1\nc,58,0\nd,49,1\n");
        TrabeculaProcess.Result result = _trabecula.Run("study", "init", "t.csv");
        Assert.Equal(
            (0, $"""
            Table: t.csv, 4 rows, 3 columns
            Id: id
            Outcome: outcome, 1 being the event
            Predictors: age (continuous)
            Readers' features: no table beside it has any
            Plan: {Path.Combine(_trabecula.Folder, "study.yaml")}. All of it is guessed: read it, then run trabecula study check study.yaml

            """, ""), (result.ExitCode, result.Output, result.Error));
        string plan = _trabecula.Read("study.yaml");
        _trabecula.Write("study.yaml", "mine");
        result = _trabecula.Run("study", "init", "t.csv");
        Assert.Equal((2, "study.yaml exists. Name another file, or add --overwrite to replace it.\n"),
            (result.ExitCode, result.Error));
        Assert.Equal("mine", _trabecula.Read("study.yaml"));
        Assert.Equal(0, _trabecula.Run("study", "init", "t.csv", "--overwrite").ExitCode);
        Assert.Equal(plan, _trabecula.Read("study.yaml"));
    }

    [Fact]
    public void Init_Example_WritesIntoAnEmptyFolderOnly()
    {
        TrabeculaProcess.Result result = _trabecula.Run("study", "init", "--example", "e");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("no line of it is from a person", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("# yaml-language-server: $schema=study-1.json\n# SYNTHETIC DATA", _trabecula.Read(Path.Combine("e", "study-paper.yaml")), StringComparison.Ordinal);
        Assert.StartsWith("e is not empty. Name another folder, or add --overwrite ", _trabecula.Run("study", "init", "--example", "e").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("t.csv", "--example", "e")]
    public void Init_NeitherOrBoth_IsRefused(params string[] arguments)
    {
        TrabeculaProcess.Result result = _trabecula.Run(["study", "init", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("Give either a TABLE or --example DIR.", result.Error, StringComparison.Ordinal);
    }
}
