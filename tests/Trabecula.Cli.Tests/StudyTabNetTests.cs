using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>A study with a TabNet, searched in two phases, as a user runs it.</summary>
public sealed class StudyTabNetTests : IDisposable
{
    private const string Plan = """
        schemaVersion: 1
        title: A small study with a network
        cohort: { table: cohort.csv, id: id }
        outcome: { name: Pain, column: pain }
        predictors:
          clinical: [age, bmd, { column: cleft, kind: binary }]
          radiomic: { readers: [reader1.csv] }
        steps: [adaptiveScaling]
        models: [logisticRegression, tabNet]
        search: { configurations: 4, folds: 3 }
        """;

    private static readonly string[] Results =
    [
        "study.json", "report.html", "tables/trials.csv", "tables/predictions.csv", "tables/tabnet-training.csv", "tables/tabnet-importances.csv",
        "tables/tabnet-masks.csv", "tables/tabnet-explanations.csv", "models/tabnet.json",
    ];

    private readonly TrabeculaProcess _trabecula = new();

    public StudyTabNetTests()
    {
        _trabecula.Write("study.yaml", Plan);
        SmallStudy.WriteTables(_trabecula, subjects: 120);
    }

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Run_OneOrTwoJobsOrKilledInEitherPhase_GivesTheSameBytes()
    {
        TrabeculaProcess.Result one = _trabecula.Run("study", "run", "study.yaml", "--out", "one", "--jobs", "1");
        Assert.Equal(0, one.ExitCode);
        Assert.Contains("Searching TabNet, architecture: 12/12", one.Error, StringComparison.Ordinal);
        Assert.Contains("Searching TabNet, optimisation: 12/12", one.Error, StringComparison.Ordinal);
        Assert.Contains("Refitting TabNet with other seeds: 5/5", one.Error, StringComparison.Ordinal);
        string whole = _trabecula.Read("one/trials.jsonl"), journal = Path.Combine(_trabecula.Folder, "killed", "trials.jsonl");
        int kills = 0;
        foreach (int trial in (int[])[1, 5])
        {
            // The running program has its journal to itself; its length tells how far it is.
            int bytes = whole.IndexOf($"\"model\":\"TabNet\",\"trial\":{trial},", StringComparison.Ordinal);
            using TrabeculaProcess.Running running = _trabecula.Start("study", "run", "study.yaml", "--out", "killed", "--jobs", "2");
            if (running.WaitUntil(() => File.Exists(journal) && new FileInfo(journal).Length >= bytes))
            {
                running.Signal("KILL");
                kills += running.Finish().ExitCode == 0 ? 0 : 1;
            }
        }
        Assert.Equal(2, kills);
        Assert.Equal(0, _trabecula.Run("study", "run", "study.yaml", "--out", "killed", "--jobs", "2").ExitCode);
        foreach (string name in Results)
            Assert.Equal(_trabecula.Read($"one/{name}"), _trabecula.Read($"killed/{name}"));
        // The pictures come from the folder, without a fit. What follows them counts an answer that a model's file stood for.
        File.Delete(Path.Combine(_trabecula.Folder, "killed/report.html"));
        Directory.Delete(Path.Combine(_trabecula.Folder, "killed/models"), recursive: true);
        Assert.Equal(0, _trabecula.Run("study", "report", "killed").ExitCode);
        Assert.Equal(BeforeChecklists("one"), BeforeChecklists("killed"));

        string[] phases = [.. _trabecula.Read("one/tables/trials.csv").Split('\n').Where(line => line.StartsWith("1,TabNet,", StringComparison.Ordinal)).Select(line => line.Split(',')[2])];
        Assert.Equal([.. Enumerable.Repeat("architecture", 4), .. Enumerable.Repeat("optimisation", 4)], phases);
        CheckReport();
    }

    [Fact]
    public void Check_TwoPhases_CountsTheFitsOfBothAndOfHalving()
    {
        Assert.Contains("TabNet: 4 configurations of its architecture, then at most 4 that follow from them", _trabecula.Run("study", "check", "study.yaml").Output, StringComparison.Ordinal);
        _trabecula.Write("study.yaml", Plan.Replace("tabNet]", "{ tabNet: { halvingEpochs: 30 } }]", StringComparison.Ordinal));
        // Four for 30 epochs, two of them for 90, one for 100, then four settings.
        Assert.Contains("TabNet: 4 configurations of its architecture, then at most 7 that follow from them", _trabecula.Run("study", "check", "study.yaml").Output, StringComparison.Ordinal);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private string BeforeChecklists(string run)
    {
        string report = _trabecula.Read($"{run}/report.html");
        return report[..report.IndexOf("<h2 id=\"checklists\"", StringComparison.Ordinal)];
    }

    private void CheckReport()
    {
        JsonNode model = JsonNode.Parse(_trabecula.Read("one/study.json"))!["tabNets"]!.AsArray().Single()!;
        JsonNode masks = model["masks"]!;
        Assert.Equal(35, masks["subjects"]!.AsArray().Count);
        Assert.Equal(15, masks["columns"]!.AsArray().Count);
        Assert.Equal(5, model["refits"]!.AsArray().Count);
        Assert.Equal(1, masks["stepShares"]!.AsArray().Sum(share => share!.GetValue<double>()), 0.001);
        // The picture's first column is the one that these subjects owe most to.
        (string Subject, string Column, double Part, double Share)[] parts = [.. _trabecula.Read("one/tables/tabnet-explanations.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',')).Select(cells => (cells[1], cells[2], Number(cells[3]), Number(cells[4])))];
        Assert.All(parts.GroupBy(part => part.Subject), subject => Assert.Equal(1, subject.Sum(part => part.Share), 1e-12));
        Assert.Equal(masks["columns"]![0]!.GetValue<string>(), parts.GroupBy(part => part.Column).MaxBy(column => column.Sum(part => part.Part))!.Key);
        // Each row of the picture has that column's shares; the network sees no other columns.
        string[] columns = [.. masks["columns"]!.AsArray().Select(column => column!.GetValue<string>())];
        JsonArray rows = masks["explanations"]!.AsArray();
        Assert.Equal(columns.Length, rows.Count);
        foreach ((int i, JsonNode? subject) in masks["subjects"]!.AsArray().Index())
        {
            ILookup<string, double> shares = parts.Where(part => part.Subject == subject!.GetValue<string>()).ToLookup(part => part.Column, part => part.Share);
            Assert.All(columns.Index(), row => Assert.Equal(shares[row.Item].Sum(), rows[row.Index]![i]!.GetValue<double>(), 5.1e-5));
        }
        string report = _trabecula.Read("one/report.html");
        Assert.Contains("What TabNet looks at", report, StringComparison.Ordinal);
        int steps = masks["steps"]!.AsArray().Count;
        Assert.Equal(steps, Regex.Count(report, "% of the decisions<"));
        Assert.DoesNotContain("NaN", report[report.IndexOf("What TabNet", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }
}
