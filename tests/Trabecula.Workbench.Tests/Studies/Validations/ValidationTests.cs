using System.Text.Json.Nodes;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Validations;
using Trabecula.Workbench.Tables;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Validations;

/// <summary>The frozen models of a small study on other subjects.</summary>
public sealed class ValidationTests : IDisposable
{
    private static readonly string s_planWithBaselines = SmallRun.Plan.Replace(
        "rationale: A made-up threshold.", "rationale: A made-up threshold., baselines: [{ name: clinical, source: clinical }, { name: texture alone, columns: [texture_B] }]", StringComparison.Ordinal);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_OnTheStudysOwnHeldOutSubjects_PredictsToTheLastBitWhatTheStudyDidAndSaysWhoTheyAre()
    {
        string run = SmallRun.Run(_folder);
        DataTable predictions = TableFile.Read(Path.Combine(run, "tables", "predictions.csv"));
        var risks = Enumerable.Range(0, predictions.RowCount).ToDictionary(row => predictions.Text(row, predictions.Find("subject")), row => predictions.Text(row, predictions.Columns.Count - 1));
        string[] lines = File.ReadAllLines(_folder["cohort.csv"]);
        _folder.Write("same.csv", string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Where(line => risks.ContainsKey(line.Split(',')[0])))));
        ValidationSummary summary = Validate(run, "same.csv", "reader1.csv");
        DataTable again = TableFile.Read(Path.Combine(_folder["out"], "tables", "predictions.csv"));
        Assert.Equal(risks.Count, again.RowCount);
        Assert.All(Enumerable.Range(0, again.RowCount), row => Assert.Equal(risks[again.Text(row, 0)], again.Text(row, again.Find("Logistic regression"))));
        Assert.Contains(summary.Warnings, warning => warning.Contains("the same values in all predictors as a subject of the study", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OnNewSubjects_WritesTheSameBytesTwiceWithEveryTableAndFigure()
    {
        string run = SmallRun.Run(_folder);
        SmallRun.WriteTables(_folder, "n", 11, 240);
        Validate(run, "cohortn.csv", "reader1n.csv");
        Dictionary<string, byte[]> before = Bytes();
        Assert.Empty(Validate(run, "cohortn.csv", "reader1n.csv").Warnings);
        Assert.Equal(before.Keys.Order(), Bytes().Keys.Order());
        Assert.All(Bytes(), file => Assert.True(file.Value.AsSpan().SequenceEqual(before[file.Key]), file.Key));
        Assert.All((string[])["measures", "classifications", "decision-curves", "recalibration", "centres", "pooled", "hosmer-lemeshow", "predictions", "table1"],
            table => Assert.True(File.Exists(Path.Combine(_folder["out"], "tables", table + ".csv")) && File.Exists(Path.Combine(_folder["out"], "tables", table + ".docx")), table));
        string page = File.ReadAllText(Path.Combine(_folder["out"], "report.html"));
        Assert.All((string[])["Flow of subjects", "Receiver operating characteristics on the new subjects", "Precision and recall", "Calibration of", "Decision curves", "Confusion matrix", "Centres, Logistic regression"],
            title => Assert.Contains($"<title>{title}", page, StringComparison.Ordinal));
        Assert.Contains("Centres, Logistic regression. ", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"tables/centres.csv\">Data</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ge et al.", page, StringComparison.Ordinal);
        Assert.Contains("SYNTHETIC DATA", page, StringComparison.Ordinal);
    }

    /// <summary>The difference is a matter of ranks, which the order of subjects leaves; its bootstrap is another one.</summary>
    [Fact]
    public void Run_StudyWithSmallModels_ComparesTheFrozenModelsWithThemAsTheStudyDid()
    {
        string run = SmallRun.Run(_folder, plan: s_planWithBaselines);
        DataTable predictions = TableFile.Read(Path.Combine(run, "tables", "predictions.csv"));
        var heldOut = Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Text(row, predictions.Find("subject"))).ToHashSet();
        string[] lines = File.ReadAllLines(_folder["cohort.csv"]);
        _folder.Write("same.csv", string.Join('\n', lines.Where((line, i) => i == 0 || heldOut.Contains(line.Split(',')[0]))));
        Validate(run, "same.csv", "reader1.csv");
        DataTable own = TableFile.Read(Path.Combine(run, "tables", "baselines.csv")), here = TableFile.Read(Path.Combine(_folder["out"], "tables", "baselines.csv"));
        Assert.Equal(own.Columns, here.Columns);
        Assert.Equal(["Logistic regression − clinical", "Logistic regression − texture alone"], Enumerable.Range(0, here.RowCount).Select(row => here.Text(row, 1)));
        foreach (string column in (string[])["difference in AUROC", "difference in AUROC lower", "P (DeLong)", "P (Holm)", "difference in Brier score", "difference in net benefit at 0.2", "P (McNemar, exact) at 0.2"])
            Assert.All(Enumerable.Range(0, 2), row => Assert.Equal(own.Number(row, own.Find(column), []), here.Number(row, here.Find(column), []), 1e-12));
        // What the tables are made of stands beside them.
        int[] rows = [.. Enumerable.Range(0, predictions.RowCount)];
        DataTable risksHere = TableFile.Read(Path.Combine(_folder["out"], "tables", "predictions.csv"));
        foreach ((int i, string name) in ((string[])["clinical", "texture alone"]).Index())
        {
            double area = Auroc.ValueOf(Outcomes(), [.. rows.Select(row => predictions.Number(row, predictions.Find(name), []))]);
            double model = Auroc.ValueOf(Outcomes(), [.. rows.Select(row => predictions.Number(row, predictions.Find("Logistic regression"), []))]);
            Assert.Equal(own.Number(i, own.Find("difference in AUROC"), []), model - area, 1e-12);
            Assert.Equal(rows.Select(row => predictions.Text(row, predictions.Find(name))).Order(), rows.Select(row => risksHere.Text(row, risksHere.Find(name))).Order());
        }
        Assert.Contains("Do the models beat small ones?", File.ReadAllText(Path.Combine(_folder["out"], "report.html")), StringComparison.Ordinal);

        bool[] Outcomes() => [.. rows.Select(row => predictions.Text(row, predictions.Find("outcome")) == "1")];
    }

    [Fact]
    public void Run_SmallModelThatIsChanged_IsNamed()
    {
        string run = SmallRun.Run(_folder, plan: s_planWithBaselines), path = Path.Combine(run, "provenance.json"), small = Path.Combine(run, "baselines", "texture-alone.json");
        File.AppendAllText(small, " ");
        Assert.Contains("baselines/texture-alone.json was changed", Assert.Throws<StudyException>(() => Validate(run, "cohort.csv", "reader1.csv")).Message, StringComparison.Ordinal);
    }

    /// <summary>A file that the provenance does not name has no hash, so that a changed one would be taken for what the study wrote.</summary>
    [Theory]
    [InlineData("study.json")]
    [InlineData("models/logistic-regression.json")]
    [InlineData("baselines/clinical.json", "baselines/texture-alone.json")]
    public void Run_FileThatTheProvenanceDoesNotName_IsRefused(params string[] files)
    {
        string run = SmallRun.Run(_folder, plan: s_planWithBaselines), path = Path.Combine(run, "provenance.json");
        JsonObject json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        json["results"] = new JsonArray([.. json["results"]!.AsArray().Where(file => !files.Contains((string)file!["name"]!)).Select(file => file!.DeepClone())]);
        File.WriteAllText(path, json.ToJsonString());
        Assert.Contains($"names no {string.Join(", ", files)}, ", Assert.Throws<StudyException>(() => Validate(run, "cohort.csv", "reader1.csv")).Message, StringComparison.Ordinal);
    }

    /// <summary>Facts that a file of version 1 lacks would be answered with no.</summary>
    [Fact]
    public void Report_OfAnEarlierVersionOrWithoutAFact_IsRefused()
    {
        string run = SmallRun.Run(_folder), path = Path.Combine(run, "study.json"), text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"schemaVersion\": 2", "\"schemaVersion\": 1", StringComparison.Ordinal));
        Assert.Contains("has version 1, expected 2. Run the study again", Assert.Throws<StudyException>(() => StudyRun.Report(run)).Message, StringComparison.Ordinal);
        foreach (string fact in (string[])["centresIn", "centresHeldOut", "correlation", "imputation", "plainBaselines", "clinicalBaselines", "searched", "weighted", "logisticRegression"])
        {
            Assert.Contains($"\"{fact}\":", text, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace($"\"{fact}\":", "\"other\":", StringComparison.Ordinal));
            Assert.Contains(fact, Assert.Throws<StudyException>(() => StudyRun.Report(run)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Report_OpenedInABrowser_ShowsEveryFigureFollowsEveryLinkAndPrints()
    {
        string run = SmallRun.Run(_folder);
        SmallRun.WriteTables(_folder, "n", 11, 240);
        Validate(run, "cohortn.csv", "reader1n.csv");
        Browser.Accepts(_folder, Path.Combine(_folder["out"], "report.html"));
    }

    [Fact]
    public void Run_ModelWithOneRiskForAll_SaysInWordsWhatIsNotEstimable()
    {
        string run = SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("{ C: 0.1 }, { C: 1 }", "{ penalty: l1, C: 0.0001 }", StringComparison.Ordinal));
        SmallRun.WriteTables(_folder, "n", 11, 240);
        Assert.Matches(
            @"^Logistic regression: AUROC on new subjects 0\.500, interval not estimable \(.*\); calibration in the large -?\d\.\d\d, slope not estimable$",
            Assert.Single(Validate(run, "cohortn.csv", "reader1n.csv").Lines()));
        SmallRun.SaysNowhereNaN(run);
        SmallRun.SaysNowhereNaN(_folder["out"]);
    }

    [Fact]
    public void Run_OnSubjectsOfHigherRisk_OffersTheShiftApartAndJudgesItCrossFitted()
    {
        string run = SmallRun.Run(_folder);
        SmallRun.WriteTables(_folder, "n", 12, 600, shift: -1.5);
        ValidatedModel model = Validate(run, "cohortn.csv", "reader1n.csv").Models[0];
        Assert.Equal([RecalibrationForm.Intercept, RecalibrationForm.InterceptAndSlope], model.Recalibrations.Select(form => form.Form));
        Recalibration shift = model.Recalibrations[0];
        Assert.InRange(shift.Intercept, 0.9, 2.1);
        Assert.Equal(1, shift.Slope);
        DataTable table = TableFile.Read(Path.Combine(_folder["out"], "tables", "recalibration.csv"));
        Assert.Equal(["as frozen", "intercept recalibrated", "intercept and slope recalibrated"], Enumerable.Range(0, 3).Select(row => table.Text(row, 1)));
        double[] large = [.. Enumerable.Range(0, 3).Select(row => table.Number(row, table.Find("calibration in the large"), []))];
        Assert.Equal(shift.Intercept, large[0], 1e-12);
        // Near nothing, but not nothing: the coefficients are other subjects'.
        Assert.All(large[1..], value => Assert.InRange(Math.Abs(value), 1e-9, 0.05));
    }

    [Fact]
    public void Run_ByCentre_PoolsThoseThatAreLargeEnoughAndShowsTheCountsOfTheOthers()
    {
        string run = SmallRun.Run(_folder);
        SmallRun.WriteTables(_folder, "n", 13, 400);
        // The last eight subjects are of a fourth centre, too small by the rule.
        string[] lines = File.ReadAllLines(_folder["cohortn.csv"]);
        for (int i = lines.Length - 8; i < lines.Length; i++)
            lines[i] = string.Join(',', lines[i].Split(',').Select((cell, c) => c == 1 ? "Small" : cell));
        File.WriteAllLines(_folder["cohortn.csv"], lines);
        ValidatedModel model = Validate(run, "cohortn.csv", "reader1n.csv").Models[0];
        Assert.Equal(["A", "B", "C", "Small"], model.Centres.Select(centre => centre.Name));
        Assert.Null(model.Centres[3].Measures);
        Assert.Equal(8, model.Centres[3].Count);
        Assert.Equal(4, model.Pooled.Count);
        PooledMeasure auroc = model.Pooled[0];
        Assert.Equal(3, auroc.Pooled.Places);
        Assert.InRange(auroc.Value, model.Centres.Take(3).Min(c => c.Measures!.Auroc.Value), model.Centres.Take(3).Max(c => c.Measures!.Auroc.Value));
        Assert.True(auroc.PredictionInterval().Lower < auroc.Interval().Lower && auroc.Interval().Upper < auroc.PredictionInterval().Upper);
        Assert.Contains("too few to be shown", File.ReadAllText(Path.Combine(_folder["out"], "report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models/logistic-regression.json", "0.", "1.")]
    [InlineData("plan.yaml", "folds: 3", "folds: 4")]
    [InlineData("schema.json", "bmd", "bmx")]
    [InlineData("study.json", "Pain", "Gain")]
    public void Run_ChangedFile_IsNamedWithBothHashes(string file, string from, string to)
    {
        string run = SmallRun.Run(_folder), path = Path.Combine(run, file), text = File.ReadAllText(path);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
        string message = Assert.Throws<StudyException>(() => Validate(run, "cohort.csv", "reader1.csv")).Message;
        Assert.Contains($"{file} was changed: its SHA-256 is", message, StringComparison.Ordinal);
        if (file == "study.json")
            Assert.Contains("study.json was changed", Assert.Throws<StudyException>(() => StudyRun.Report(run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FolderThatIsNone_OfAnotherVersionOrWithoutAModel_SaysSo()
    {
        Assert.Contains("no finished study", Assert.Throws<StudyException>(() => Validate(_folder["nothing"], "cohort.csv", null)).Message, StringComparison.Ordinal);
        string run = SmallRun.Run(_folder);
        File.Delete(Path.Combine(run, "models", "logistic-regression.json"));
        Assert.Contains("models/logistic-regression.json is not there", Assert.Throws<StudyException>(() => Validate(run, "cohort.csv", "reader1.csv")).Message, StringComparison.Ordinal);
        string path = Path.Combine(run, "provenance.json");
        JsonObject json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        json["schemaVersion"] = 99;
        File.WriteAllText(path, json.ToJsonString());
        Assert.Contains("its format has version 99, expected 1", Assert.Throws<StudyException>(() => Validate(run, "cohort.csv", "reader1.csv")).Message, StringComparison.Ordinal);
    }

    /// <summary>The file of trials lies beside the plan, not in the study's folder, and no frozen model needs it.</summary>
    [Fact]
    public void Run_StudyWithTrialsInAFile_NeedsTheFileNoMore()
    {
        string trials = _folder.Write("trials.json", """[{ "C": 0.1 }, { "C": 1 }]""");
        string run = SmallRun.Run(_folder, plan: SmallRun.Plan.Replace("trials: [{ C: 0.1 }, { C: 1 }]", "trials: { file: trials.json }", StringComparison.Ordinal));
        File.Delete(trials);
        SmallRun.WriteTables(_folder, "n", 11, 120);
        Assert.Equal(120, Validate(run, "cohortn.csv", "reader1n.csv").Models[0].Risks.Count);
    }

    [Fact]
    public void Run_StudyOfSeveralSplits_HasNoFrozenModel()
    {
        string run = SmallRun.Run(_folder, "folds", SmallRun.Plan + "\nsplit: { stratifiedKFold: { folds: 3 } }\n");
        Assert.Contains("the study has 3 splits", Assert.Throws<StudyException>(() => Validate(run, "cohort.csv", "reader1.csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SubjectsThatDoNotFit_AreRefusedWithTheirPlace()
    {
        string run = SmallRun.Run(_folder);
        SmallRun.WriteTables(_folder, "n", 14, 60);
        string cohort = File.ReadAllText(_folder["cohortn.csv"]);
        Assert.Contains("give their table with --features", Fault("cohortn.csv", null), StringComparison.Ordinal);
        _folder.Write("noBmd.csv", cohort.Replace("bmd", "density", StringComparison.Ordinal));
        Assert.Contains("column bmd: there is no such column", Fault("noBmd.csv", "reader1n.csv"), StringComparison.Ordinal);
        _folder.Write("words.csv", string.Join('\n', cohort.Split('\n').Select((line, i) => i == 2 ? string.Join(',', line.Split(',').Select((cell, c) => c == 4 ? "yes" : cell)) : line)));
        Assert.Contains("words.csv, row 3, column cleft: 'yes' is none of the values 0, 1", Fault("words.csv", "reader1n.csv"), StringComparison.Ordinal);
        _folder.Write("oneClass.csv", string.Join('\n', cohort.Split('\n').Where((line, i) => i == 0 || line.EndsWith(",0", StringComparison.Ordinal))));
        Assert.Contains("0 of", Fault("oneClass.csv", "reader1n.csv"), StringComparison.Ordinal);
        _folder.Write("lacking.csv", File.ReadAllText(_folder["reader1n.csv"]).Replace("texture_B", "texture_X", StringComparison.Ordinal));
        Assert.Contains("1 of the study's 3 features are lacking: texture_B", Fault("cohortn.csv", "lacking.csv"), StringComparison.Ordinal);

        string Fault(string table, string? features) => Assert.Throws<StudyException>(() => Validate(run, table, features)).Message;
    }

    [Fact]
    public void Run_OtherOrderOfColumnsAndDelimiter_GivesTheSameRisks()
    {
        string run = SmallRun.Run(_folder);
        SmallRun.WriteTables(_folder, "n", 15, 120);
        IReadOnlyList<double> risks = Validate(run, "cohortn.csv", "reader1n.csv").Models[0].Risks;
        _folder.Write("turned.csv", string.Join('\n', File.ReadAllLines(_folder["reader1n.csv"]).Select(line => string.Join(';', line.Split(',').Reverse()))));
        Assert.Equal(risks, Validate(run, "cohortn.csv", "turned.csv").Models[0].Risks);
    }

    private ValidationSummary Validate(string run, string cohort, string? features) => ValidationRun.Run(
        new ValidationRequest(run, _folder[cohort]) { Features = features is null ? null : _folder[features], Output = _folder["out"] });

    private Dictionary<string, byte[]> Bytes() => Directory.EnumerateFiles(_folder["out"], "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
}
