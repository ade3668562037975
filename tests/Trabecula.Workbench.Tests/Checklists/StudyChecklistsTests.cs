using System.Text.RegularExpressions;
using Trabecula.Workbench.Checklists;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Trabecula.Workbench.Tables;
using Xunit;

namespace Trabecula.Workbench.Tests.Checklists;

public sealed class StudyChecklistsTests : IDisposable
{
    private static readonly string[] s_names = ["clear", "metrics", "tripod-ai", "ibsi"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Items_OfEachStandard_HaveItsNumbers()
    {
        Assert.Equal(Enumerable.Range(1, 58).Select(i => $"{i}"), ClearChecklist.Items.Select(item => item.Number));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"{i}"), MetricsChecklist.Items.Select(item => item.Number));
        Assert.Equal(
            "1 2 3a 3b 3c 4 5a 5b 6a 6b 6c 7 8a 8b 8c 9a 9b 9c 10 11 12a 12b 12c 12d 12e 12f 12g 13 14 15 16 17 18a 18b 18c 18d 18e 18f 19 20a 20b 20c 21 22 23a 23b 24 25 26 27a 27b 27c",
            string.Join(' ', TripodChecklist.Items.Select(item => item.Number)));
        // Of 1 to 76 without those of PET and SPECT (3, 16, 32 to 34, 38, 43), of MRI (17 to 27, 35, 36, 39, 44, 45) and of dynamic scans (9b, 9c).
        Assert.Equal(
            "1 2a 2b 2c 4a 4b 4c 4d 4e 5 6 7 8 9a 10 11 12 13 14 15 28 29 30 31a 31b 31c 37 40 41 42 46 47 48a 48b 48c 48d 49 50a 50b 50c 50d 51 52 53 54 55 56a 56b 56c " +
            string.Join(' ', Enumerable.Range(57, 20)),
            string.Join(' ', IbsiChecklist.Items.Select(item => item.Number)));
    }

    /// <summary>Table 1 of Kocak et al. 2024.</summary>
    [Fact]
    public void Weights_OfMetrics_AreThePublishedOnes() => Assert.Equal(
        [
            0.0368, 0.0735, 0.0919, 0.0438, 0.0292, 0.0438, 0.0292, 0.0337, 0.0225, 0.0112, 0.0622, 0.0311, 0.0415, 0.0200, 0.0200,
            0.0300, 0.0200, 0.0599, 0.0300, 0.0352, 0.0234, 0.0176, 0.0117, 0.0293, 0.0176, 0.0375, 0.0749, 0.0075, 0.0075, 0.0075,
        ], MetricsChecklist.Weights);

    [Theory]
    [InlineData("", "", 100.0, "excellent")]
    [InlineData("9 17", "4 27", 87.6, "excellent")]
    [InlineData("9 17", "1 2 3 4 5 6 7 8 10 11 12 13 14 15 16 18 19 20 21 22 23 24 25 26 27 28 29 30", 0.0, "very low")]
    public void Score_OfThePublishedChecks_IsTheirs(string notApplicable, string no, double score, string band)
    {
        ItemStatus[] answers = [.. Enumerable.Range(1, 30).Select(i => notApplicable.Split(' ').Contains($"{i}") ? ItemStatus.NotApplicable : no.Split(' ').Contains($"{i}") ? ItemStatus.No : ItemStatus.Yes)];
        Assert.Equal(score, MetricsChecklist.Score(answers));
        Assert.Equal(band, MetricsChecklist.Band(score));
    }

    [Theory]
    [InlineData(19.9, "very low")]
    [InlineData(20.0, "low")]
    [InlineData(40.0, "moderate")]
    [InlineData(60.0, "good")]
    [InlineData(79.9, "good")]
    [InlineData(80.0, "excellent")]
    public void Band_AtItsEdges_IsThePublishedOne(double score, string band) => Assert.Equal(band, MetricsChecklist.Band(score));

    [Fact]
    public void Run_Study_GivesNoYesWithoutAnArtefactThatIsThere()
    {
        string run = SmallRun.Run(_folder), report = File.ReadAllText(Path.Combine(run, "report.html"));
        int yes = 0;
        foreach (string name in s_names)
        {
            DataTable table = TableFile.Read(Path.Combine(run, "checklists", name + ".csv"));
            int answer = table.Find("answer"), evidence = table.Find("evidence"), item = table.Find("item");
            for (int row = 0; row < table.RowCount; row++)
            {
                string text = table.Text(row, evidence);
                if (table.Text(row, answer) == "yes")
                {
                    yes++;
                    Assert.True(text.Length > 0, $"{name} {table.Text(row, item)} says yes without evidence.");
                }
                if (text.Length == 0)
                    continue;
                string[] parts = text.Split('#');
                Assert.True(File.Exists(Path.Combine(run, parts[0])), $"{name} {table.Text(row, item)}: {text} is not there.");
                if (parts.Length == 2)
                    Assert.Contains($"id=\"{parts[1]}\"", report, StringComparison.Ordinal);
            }
            Assert.All(Regex.Matches(File.ReadAllText(Path.Combine(run, "checklists", name + ".html")), "href=\"\\.\\./([^#\"]+)").Select(match => match.Groups[1].Value), path =>
                Assert.True(File.Exists(Path.Combine(run, path)), path));
            Assert.True(File.Exists(Path.Combine(run, "checklists", name + ".docx")));
        }
        Assert.InRange(yes, 40, 90);
    }

    /// <summary>Every yes of every list, one by one: without its file, or its place in the report, it must fall.</summary>
    [Fact]
    public void Fill_WithoutAnArtefact_FallsFromYes()
    {
        string run = SmallRun.Run(_folder), page = File.ReadAllText(Path.Combine(run, "report.html"));
        StudySummary summary = StudyFolder.Read(Path.Combine(run, "study.json"));
        FilledItem[] before = Items(page);
        string[] evidence = [.. before.Where(item => item.Answer.Status == ItemStatus.Yes).Select(item => item.Answer.Evidence).Distinct()];
        Assert.True(evidence.Length > 8 && evidence.Any(each => each.Contains('#', StringComparison.Ordinal)));
        foreach (string each in evidence)
        {
            int[] resting = [.. before.Index().Where(item => item.Item.Answer.Status == ItemStatus.Yes && item.Item.Answer.Evidence == each).Select(item => item.Index)];
            FilledItem[] after;
            if (each.StartsWith("report.html#", StringComparison.Ordinal))
                after = Items(page.Replace($"id=\"{each[12..]}\"", "id=\"elsewhere\"", StringComparison.Ordinal));
            else
            {
                string path = Path.Combine(run, each);
                byte[] kept = File.ReadAllBytes(path);
                // A table of names alone shows as little as none.
                bool isTable = each.StartsWith("tables/", StringComparison.Ordinal);
                if (isTable)
                    File.WriteAllLines(path, File.ReadLines(path).Take(1).ToArray());
                else
                    File.Delete(path);
                after = Items(page);
                File.WriteAllBytes(path, kept);
            }
            Assert.All(resting, i => Assert.False(after[i].Answer.Status == ItemStatus.Yes && after[i].Answer.Evidence == each, $"{after[i].Number} {after[i].Asks} still rests on {each}."));
        }

        FilledItem[] Items(string text) => [.. StudyChecklists.Fill(new StudyEvidence(run, summary, text)).SelectMany(list => list.Items)];
    }

    [Fact]
    public void Run_ThatLeaks_IsNotSaidToSplitProperly()
    {
        string plan = SmallRun.Plan.Replace("steps:", "profile: paper\nstepsBeforeSplit:", StringComparison.Ordinal);
        Assert.Equal(["18", "26", "27"], Metrics("no", SmallRun.Run(_folder, "paper", plan)).Intersect(["18", "26", "27"]));
        Assert.Equal(["18", "26"], Metrics("yes", SmallRun.Run(_folder)).Intersect(["18", "26", "27"]));
    }

    /// <summary>What no program knows stays open, beside the part that the folder shows: who assessed the outcome, why these predictors and these measures.</summary>
    [Fact]
    public void Run_OneModel_AnswersWithWhatTheItemAsksFor() => Assert.Equal(
        [
            "clear 29 yes report.html#figure-01", "clear 31 yes report.html#methods", "clear 37 yes report.html#methods", "clear 39 open report.html#methods", "clear 40 yes tables/measures.csv", "clear 46 open ",
            "metrics 15 no ", "metrics 16 no ", "metrics 20 yes tables/classifications.csv", "metrics 22 yes tables/measures.csv", "metrics 25 open ",
            "tripod-ai 7 open report.html#methods", "tripod-ai 8a open report.html#methods", "tripod-ai 9a open tables/steps.csv", "tripod-ai 12g yes models/logistic-regression.json",
            "tripod-ai 13 not applicable ", "tripod-ai 21 yes report.html#figure-01", "ibsi 57 open tables/features.csv", "ibsi 74 open ",
        ], Answers(SmallRun.Run(_folder), "clear 29 31 37 39 40 46", "metrics 15 16 20 22 25", "tripod-ai 7 8a 9a 12g 13 21", "ibsi 57 74"));

    /// <summary>None of several models is named as the final one; METRICS asks for a test between them. What was filled never left.</summary>
    [Fact]
    public void Run_TwoModelsOnResampledRows_AnswersWithWhatTheItemAsksFor()
    {
        SmallRun.WriteTables(_folder);
        foreach (string reader in (string[])[_folder["reader1.csv"], _folder["reader2.csv"]])
            File.WriteAllText(reader, File.ReadAllText(reader).Replace("shape_C", "original_shape_MeshVolume", StringComparison.Ordinal));
        Assert.Equal([
            "clear 29 yes tables/table1.csv", "clear 37 open report.html#methods", "clear 42 yes tables/ablation.csv", "clear 48 yes tables/ablation.csv", "metrics 15 yes tables/steps.csv", "metrics 24 yes tables/baselines.csv", "metrics 25 yes tables/comparison.csv",
            "tripod-ai 13 open report.html#methods", "ibsi 74 yes tables/mrmr.csv",
        ], Answers(
            SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("steps:", "sampling: [smote]\nsteps:\n  - imputation\n  - { mrmr: { scope: radiomic, count: 2 } }", StringComparison.Ordinal)
                .Replace("models: [", "models: [randomForest, ", StringComparison.Ordinal).Replace("metrics: {", "metrics: { baselines: [{ name: size, columns: original_shape_MeshVolume }],", StringComparison.Ordinal)),
            "clear 29 37 42 48", "metrics 15 24 25", "tripod-ai 13", "ibsi 74"));
    }

    /// <summary>With one configuration there is no search to show; a small model of clinical columns stands against both together. What a plan calls a model says nothing of its kind.</summary>
    [Fact]
    public void Run_WithoutSearch_SaysWhatWasDoneInItsPlace()
    {
        string run = SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("[{ C: 0.1 }, { C: 1 }]", "[{ C: 1 }]", StringComparison.Ordinal)
            .Replace("metrics: {", "metrics: { baselines: [{ name: clinical, source: clinical }],", StringComparison.Ordinal));
        Assert.Equal(
            ["clear 35 yes tables/tableS2.csv", "clear 37 yes report.html#methods", "clear 42 yes tables/baselines.csv", "clear 48 yes tables/baselines.csv", "tripod-ai 12c yes report.html#methods"],
            Answers(run, "clear 35 37 42 48", "tripod-ai 12c"));
        foreach ((string name, string number, string remark) in new[] { ("clear", "35", "without a search"), ("clear", "37", "nothing to choose"), ("tripod-ai", "12c", "without a search") })
        {
            DataTable table = TableFile.Read(Path.Combine(run, "checklists", name + ".csv"));
            Assert.Contains(remark, table.Text(Enumerable.Range(0, table.RowCount).Single(row => table.Text(row, table.Find("item")) == number), table.Find("remark")), StringComparison.Ordinal);
        }
        Assert.Contains("nothing was searched", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }

    /// <summary>A volume is measured on the images too: alone it leaves open what clinical columns and both together give.</summary>
    [Fact]
    public void Run_BesideSizeAlone_IsComparedInPart()
    {
        SmallRun.WriteTables(_folder);
        foreach (string reader in (string[])[_folder["reader1.csv"], _folder["reader2.csv"]])
            File.WriteAllText(reader, File.ReadAllText(reader).Replace("shape_C", "original_shape_MeshVolume", StringComparison.Ordinal));
        Assert.Equal(["clear 42 open tables/baselines.csv", "clear 48 open tables/baselines.csv", "metrics 24 yes tables/baselines.csv"], Answers(
            SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("metrics: {", "metrics: { baselines: [{ name: size, columns: original_shape_MeshVolume }],", StringComparison.Ordinal) + "\ninterpretation: { extent: none }"),
            "clear 42 48", "metrics 24"));
    }

    [Theory]
    [InlineData("{ logisticRegression: { name: linear, trials: [{ C: 1 }] } }", "metrics 25 yes tables/comparison.csv")]
    [InlineData("{ extraTrees: { name: not logistic, trials: [{ n_estimators: 20 }] } }", "metrics 25 open ")]
    public void Run_BesideASimpleModel_KnowsItByItsKindAndNotByItsName(string simple, string answer) => Assert.Equal([answer], Answers(
        SmallRun.Run(_folder, plan: Regex.Replace(SmallRun.Plan, "models: .*", $"models: [{{ randomForest: {{ name: forest, trials: [{{ n_estimators: 20 }}] }} }}, {simple}]")), "metrics 25"));

    /// <summary>Several splits leave no model. A baseline of texture or shape is no comparison with what is not radiomic, and columns tested one by one may repeat each other.</summary>
    [Fact]
    public void Run_OfSeveralSplits_AnswersWithWhatTheItemAsksFor() => Assert.Equal(
        [
            "metrics 15 open tables/steps.csv", "metrics 24 open ", "metrics 25 yes tables/baselines.csv", "metrics 26 yes tables/predictions.csv", "metrics 27 no ", "metrics 30 open ",
            "tripod-ai 12g open ", "tripod-ai 13 open tables/tableS2.csv", "tripod-ai 21 yes tables/evaluation.csv", "tripod-ai 22 open ",
        ], Answers(
            SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("steps:", "split: { stratifiedKFold: { folds: 2 } }\nsteps:\n  - { screening: { p: 0.9 } }", StringComparison.Ordinal)
                .Replace("[{ C: 0.1 }, { C: 1 }]", "[{ C: 1, class_weight: balanced }]", StringComparison.Ordinal)
                .Replace("metrics: {", "metrics: { baselines: [{ name: look, columns: [texture_A, shape_C] }],", StringComparison.Ordinal)),
            "metrics 15 24 25 26 27 30", "tripod-ai 12g 13 21 22"));

    /// <summary>Ten events for a column are a rule of thumb, and nothing to say yes by.</summary>
    [Fact]
    public void Run_OfOneColumn_IsNotSaidToHaveEnoughSubjects() => Assert.Equal(["metrics 16 open tables/steps.csv"], Answers(
        SmallRun.Run(_folder, plan: Regex.Replace(
            SmallRun.Plan.Replace("clinical: [age, bmd, { column: cleft, kind: binary }]", "clinical: [bmd]", StringComparison.Ordinal), @"\n  radiomic: .*|\n  - \{ reproducibility.*", "")),
        "metrics 16"));

    /// <summary>Held-out centres are another source than those of the training. Without a threshold there is no confusion matrix.</summary>
    [Fact]
    public void Run_OfCentresHeldOut_IsNoInternalTest() => Assert.Equal(
        ["metrics 20 open ", "metrics 26 no ", "metrics 27 open tables/predictions.csv", "ibsi 74 open "], Answers(
            SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("steps:", "split: leaveOneCentreOut\nsteps:\n  - { lasso: { scope: radiomic } }", StringComparison.Ordinal)
                .Replace("metrics: { thresholds: [0.2], rationale: A made-up threshold. }", "", StringComparison.Ordinal)),
            "metrics 20 26 27", "ibsi 74"));

    /// <summary>Subgroups of age say nothing about centres.</summary>
    [Theory]
    [InlineData("subgroups: [{ column: age, cuts: [70] }]", "")]
    [InlineData("subgroups: [{ column: centre }]", "tables/subgroups.csv")]
    public void Run_WithSubgroups_ShowsClustersOnlyWhereTheyAreCentres(string subgroups, string evidence)
    {
        string run = SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("metrics: {", $"metrics: {{ {subgroups},", StringComparison.Ordinal));
        DataTable table = TableFile.Read(Path.Combine(run, "checklists", "tripod-ai.csv"));
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => table.Text(row, table.Find("item")) is "12d" or "23b")];
        Assert.Equal([evidence, evidence], rows.Select(row => table.Text(row, table.Find("evidence"))));
        Assert.All(rows, row => Assert.Equal(evidence.Length == 0 ? "open" : "yes", table.Text(row, table.Find("answer"))));
    }

    [Fact]
    public void Run_WithoutImages_LeavesTheirItemsOut()
    {
        string plan = Regex.Replace(SmallRun.Plan, @"\n  radiomic: .*|\n  - \{ reproducibility.*", "");
        string run = SmallRun.Run(_folder, "clinical", plan);
        Assert.Equal(["11", "12", "13", "14", "15", "17"], Metrics("not applicable", run).Intersect(["11", "12", "13", "14", "15", "17"]));
        Assert.False(File.Exists(Path.Combine(run, "tables", "features.csv")));
    }

    /// <summary>List, item, answer and evidence of items, given as a list's name and numbers.</summary>
    private static string[] Answers(string run, params string[] asked) =>
    [
        .. asked.Select(text => text.Split(' ')).SelectMany(parts =>
        {
            DataTable table = TableFile.Read(Path.Combine(run, "checklists", parts[0] + ".csv"));
            return parts.Skip(1).Select(number => Enumerable.Range(0, table.RowCount).Single(row => table.Text(row, table.Find("item")) == number))
                .Select(row => $"{parts[0]} {table.Text(row, table.Find("item"))} {table.Text(row, table.Find("answer"))} {table.Text(row, table.Find("evidence"))}");
        }),
    ];

    private static string[] Metrics(string answer, string run)
    {
        DataTable table = TableFile.Read(Path.Combine(run, "checklists", "metrics.csv"));
        return [.. Enumerable.Range(0, table.RowCount).Where(row => table.Text(row, table.Find("answer")) == answer).Select(row => table.Text(row, table.Find("item")))];
    }
}
