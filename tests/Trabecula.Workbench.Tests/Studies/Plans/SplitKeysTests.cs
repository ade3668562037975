using System.Text.Json.Nodes;
using Trabecula.Learning.SampleSizes;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Studies.Plans.Keys;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Plans;

/// <summary>Every way to split, to calibrate and to count subjects can be written in a plan.</summary>
public sealed class SplitKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Splitters_OfTheLibrary_AreAllReachedFromAPlan()
    {
        JsonObject kinds = PlanKeys.Plan.Schema()["properties"]!["split"]!["anyOf"]![0]!["properties"]!.AsObject();
        string[] names = [.. typeof(Splitter).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Splitter)) && !type.IsAbstract).Select(type => type.Name)];
        // A plan says temporal, bootstrap and given, and leaves the word split out.
        Assert.Equal(names.Select(name => name.Replace("Split", "", StringComparison.Ordinal).ToLowerInvariant()).Order(StringComparer.Ordinal), kinds.Select(kind => kind.Key.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Designs_OfTheLibrary_AreAllReachedFromAPlan()
    {
        JsonObject kinds = PlanKeys.Plan.Schema()["properties"]!["sampleSize"]!["anyOf"]![0]!["items"]!["anyOf"]![0]!["properties"]!.AsObject();
        Assert.Equal(typeof(SampleSizeDesign).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(SampleSizeDesign)) && !type.IsAbstract), kinds.Count);
        Assert.Equal(new LogisticPredictor(0.2, 1.5) { OtherPredictorsR2 = 0.1, Power = 0.8 }, PlanText.Plan(PlanText.With("sampleSize: { logisticPredictor: { prevalence: 0.2, oddsRatio: 1.5, otherPredictorsR2: 0.1, power: 0.8 } }")).SampleSize[0]);
    }

    [Theory]
    [InlineData("kFold: { folds: 4, repeats: 2 }", 8)]
    [InlineData("stratifiedGroupKFold: { groups: centre, folds: 3 }", 3)]
    [InlineData("stratifiedGroupKFold: { groups: centre, folds: 3, repeats: 2 }", 6)]
    public void Run_FoldsOfSubjectsOrGroups_HoldEachOutOnceARepeat(string split, int splits)
    {
        StudySummary summary = Run($"split: {{ {split} }}");
        Assert.Equal(splits, summary.Splits.Count);
        string[] heldOut = [.. Sides().Where(row => row[2] == "held out").Select(row => row[1])];
        int repeats = splits is 8 or 6 ? 2 : 1;
        Assert.Equal(summary.Flow[^1].Remaining, heldOut.Distinct().Count());
        Assert.All(heldOut.GroupBy(subject => subject), subject => Assert.Equal(repeats, subject.Count()));
        if (split.StartsWith("stratifiedGroup", StringComparison.Ordinal))
        {
            // Centres go round with the subjects' numbers.
            foreach (IGrouping<string, string[]> side in Sides().GroupBy(row => $"{row[0]} {row[2]}"))
                Assert.Equal(side.Key.EndsWith("held out", StringComparison.Ordinal) ? 1 : 2, side.Select(row => int.Parse(row[1].AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) % 3).Distinct().Count());
        }
    }

    [Fact]
    public void Calibration_WithFolds_IsReadAndUsed()
    {
        StudyPlan plan = PlanText.Plan(PlanText.With("calibration: { method: platt, folds: 3 }"));
        Assert.Equal((Calibration.Platt, 3), (plan.Calibration, plan.CalibrationFolds));
        Assert.Equal((Calibration.Isotonic, 5), (PlanText.Plan(PlanText.With("calibration: isotonic")).Calibration, 5));
        Assert.Contains(Run("calibration: { method: logistic, folds: 3 }").Account!.Methods, text => text.Contains("N splits 3", StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(PlanText.Problems(PlanText.With("calibration: { folds: 3 }")));
        Assert.NotEmpty(PlanText.Problems(PlanText.With("calibration: plat")));
    }

    [Fact]
    public void GroupFolds_WithoutTheirColumn_AreRefused() =>
        Assert.Contains("groups", Assert.Single(PlanText.Problems(PlanText.With("split: { stratifiedGroupKFold: { folds: 3 } }"))), StringComparison.Ordinal);

    private StudySummary Run(string lines)
    {
        SmallRun.WriteTables(_folder);
        StudyRun.Run(_folder.Write("study.yaml", SmallRun.Plan + "\n" + lines), _folder["run"], 1, cancellationToken: TestContext.Current.CancellationToken);
        return StudyFolder.Read(Path.Combine(_folder["run"], StudyFolder.SummaryName));
    }

    private string[][] Sides() => [.. File.ReadLines(Path.Combine(_folder["run"], "tables", "splits.csv")).Skip(1).Select(line => line.Split(','))];
}
