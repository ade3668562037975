using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class StudyValidateTests : IDisposable
{
    private const string Plan = """
        schemaVersion: 1
        syntheticData: true
        cohort: { table: cohort.csv, id: id }
        outcome: { name: Pain, column: pain }
        predictors: { clinical: [age, bmd, { column: cleft, kind: binary }] }
        steps: [adaptiveScaling]
        models: [{ logisticRegression: { trials: [{ C: 1 }] } }]
        interpretation: { extent: none }
        """;

    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Validate_FinishedStudy_SaysHowItsModelsDoAndWhereTheReportIs()
    {
        SmallStudy.WriteTables(_trabecula, 120);
        _trabecula.Write("plan.yaml", Plan);
        Assert.Equal(0, _trabecula.Run("study", "run", "plan.yaml", "--out", "run").ExitCode);
        // Other people with the same ids: said, not refused.
        _trabecula.Write("b.csv", string.Join('\n', _trabecula.Read("cohort.csv").Split('\n').Select((line, i) => i == 0 ? line : line.Replace(",-2.", ",-3.", StringComparison.Ordinal))));
        TrabeculaProcess.Result result = _trabecula.Run("study", "validate", "run", "--cohort", "b.csv");
        Assert.Equal(0, result.ExitCode);
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Matches(@"^Logistic regression: AUROC on new subjects 0\.\d{3}, 95 % interval 0\.\d{3}-[01]\.\d{3} \(DeLong[^)]*\); calibration in the large -?\d\.\d\d, slope -?\d\.\d\d$", lines[0]);
        Assert.Equal($"Report: {Path.Combine("run-on-b", "report.html")}", lines[^1]);
        Assert.Contains("an id that a subject of the study has too", result.Error, StringComparison.Ordinal);

        File.AppendAllText(Path.Combine(_trabecula.Folder, "run", "models", "logistic-regression.json"), " ");
        TrabeculaProcess.Result changed = _trabecula.Run("study", "validate", "run", "--cohort", "b.csv");
        Assert.Equal(2, changed.ExitCode);
        Assert.Contains("models/logistic-regression.json was changed: its SHA-256 is", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_WithoutATable_SaysWhatIsMissing()
    {
        TrabeculaProcess.Result result = _trabecula.Run("study", "validate", "run");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("Option '--cohort' is required.\n", result.Error, StringComparison.Ordinal);
    }
}
