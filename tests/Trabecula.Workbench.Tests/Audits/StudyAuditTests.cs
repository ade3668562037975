using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Trabecula.Learning;
using Trabecula.Workbench.Audits;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Audits;

/// <summary>A study that ran, and one violation planted for each class of leakage.</summary>
public sealed class StudyAuditTests : IDisposable
{
    private const string Sound = """
        schemaVersion: 1
        cohort: { table: cohort.csv, id: id, date: day }
        outcome: { name: Pain, column: pain }
        predictors:
          clinical: [age, bmd]
          radiomic: { readers: [reader1.csv] }
        steps: [standardScaling, { screening: { scope: radiomic, fallback: { fewerThan: 3, keep: 5 } } }]
        sampling: [adasyn]
        models: [{ logisticRegression: { grid: { C: [0.1, 1] } } }]
        search: { folds: 3 }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("trabecula-").FullName;

    public StudyAuditTests()
    {
        // 120 subjects of noise, apart from one column.
        RandomSequence random = new Seed(7).Open();
        var cohort = new StringBuilder("id,pain,age,bmd,day\n");
        var reader = new StringBuilder("id," + string.Join(',', Enumerable.Range(0, 12).Select(i => $"original_firstorder_F{i}")) + "\n");
        for (int i = 0; i < 120; i++)
        {
            int pain = i % 4 == 0 ? 1 : 0;
            cohort.Append(CultureInfo.InvariantCulture, $"P{i},{pain},{60 + random.NextInt(30)},{-2.5 - random.NextDouble() - 0.3 * pain},{new DateOnly(2020, 1, 1).AddDays(i * 7):yyyy-MM-dd}\n");
            reader.Append(CultureInfo.InvariantCulture, $"P{i},{string.Join(',', Enumerable.Range(0, 12).Select(f => (random.NextGaussian() + (f == 0 ? pain : 0)).ToString(CultureInfo.InvariantCulture)))}\n");
        }
        File.WriteAllText(Path.Combine(_folder, "cohort.csv"), cohort.ToString());
        File.WriteAllText(Path.Combine(_folder, "reader1.csv"), reader.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_ASoundStudy_ProvesEveryClassButTime()
    {
        IReadOnlyList<AuditFinding> findings = StudyAudit.Of(Run(Sound));
        Assert.Equal(
            ["files", "record", "L1.1 test set", "L1.2 preparation", "L1.3 selection", "models", "L1.4 duplicates", "L2 predictors", "L3.1 time", "L3.2 dependence", "L3.3 sampling"],
            findings.Select(finding => finding.Place));
        Assert.All(findings, finding => Assert.Equal(finding.Place == "L3.1 time" ? AuditVerdict.Notable : AuditVerdict.Fits, finding.Verdict));
        // Scaling: one final fit, three in folds, and in each of the ablation's seven refits.
        Assert.StartsWith("11 fits;", findings.Single(finding => finding.Place == "L1.2 preparation").Arithmetic, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AStudyThatSplitsInTime_HasTheTestInTheFuture() =>
        Assert.All(StudyAudit.Of(Run(Sound + "\nsplit: temporal")), finding => Assert.Equal(AuditVerdict.Fits, finding.Verdict));

    /// <summary>The published order is not planted but run: the audit sees what it does.</summary>
    [Fact]
    public void Of_StepsBeforeTheSplit_FindsPreparationAndSelection()
    {
        string folder = Run(Sound.Replace("steps: [standardScaling, ", "profile: paper\nstepsBeforeSplit: [standardScaling, ", StringComparison.Ordinal));
        IReadOnlyList<AuditFinding> findings = StudyAudit.Of(folder);
        Assert.Equal(["L1.2 preparation", "L1.3 selection"], Misfits(findings));
        Assert.Contains("before split 1: saw 36 of 36 held-out subjects", findings.Single(finding => finding.Place == "L1.3 selection").Arithmetic, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FoldsAfterSampling_FindsModelsThatSawTheirValidation()
    {
        IReadOnlyList<AuditFinding> findings = StudyAudit.Of(Run("profile: paper\n" + Sound.Replace("folds: 3", "folds: 3, foldsAfterSampling: true", StringComparison.Ordinal)));
        Assert.Equal(["models"], Misfits(findings));
        Assert.Contains("validation subjects", findings.Single(finding => finding.Place == "models").Arithmetic, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AViolationOfEachClass_IsFoundAndNothingElse()
    {
        string folder = Run(Sound);
        StudyProvenance sound = StudyFolder.ReadProvenance(folder);
        SplitRecord split = sound.Splits[0];
        int all = sound.Sets.Count;
        StudyProvenance withAll = sound with { Sets = [.. sound.Sets, [.. Enumerable.Range(0, sound.Subjects.Count)], []] };
        int held = sound.Sets[split.HeldOut][0], trained = sound.Sets[split.Training][0];

        Expect("L1.1 test set", sound with { Splits = [] });
        Expect("L1.2 preparation", WithFits(withAll, fit => fit.Kind == FitKind.Preparation ? fit with { Saw = all } : fit));
        Expect("L1.3 selection", WithFits(withAll, fit => fit.Kind == FitKind.Selection ? fit with { Saw = all } : fit));
        Expect("models", WithFits(withAll, fit => fit.Kind == FitKind.Model ? fit with { Saw = all } : fit));
        // Records that say nothing prove nothing.
        Expect("models", sound with { Splits = [split with { Fits = [], Folds = [] }] });
        Assert.Equal(["L1.2 preparation", "L1.3 selection", "models"], Misfits(StudyAudit.Of(WithFits(withAll, fit => fit with { Saw = all + 1 }))));
        int third = sound.Sets[split.Training][^1];
        StudyProvenance shorter = sound with { Sets = [.. sound.Sets, [.. sound.Sets[split.Training].Where(subject => subject != third)]] };
        Assert.Equal(["L1.2 preparation", "L1.3 selection", "models"], Misfits(StudyAudit.Of(shorter with { Splits = [split with { Training = all }] })));
        Expect("L1.4 duplicates", sound with { Subjects = [.. sound.Subjects.Select((subject, i) => i == held ? subject with { Values = sound.Subjects[trained].Values } : subject)] });
        Expect("L2 predictors", sound with { Predictors = [.. sound.Predictors, new PredictorRecord("cement_leak", "clinical", "postoperative")] });
        Expect("L3.1 time", sound with { SplitInTime = true });
        Expect("L3.3 sampling", withAll with { Splits = [split with { Evaluated = all + 1 }] });
        // A subject on both sides was seen by every fit, too.
        Assert.Contains("L3.2 dependence", Misfits(StudyAudit.Of(withAll with { Splits = [split with { Training = all }] })));

        static void Expect(string place, StudyProvenance planted) => Assert.Equal([place], Misfits(StudyAudit.Of(planted)));
        static StudyProvenance WithFits(StudyProvenance provenance, Func<FitRecord, FitRecord> plant) =>
            provenance with { Splits = [.. provenance.Splits.Select(each => each with { Fits = [.. each.Fits.Select(plant)] })] };
    }

    [Fact]
    public void Of_AChangedOrLostFile_NamesIt()
    {
        string folder = Run(Sound);
        File.AppendAllText(Path.Combine(folder, "tables", "predictions.csv"), "P999,1,0.9\n");
        File.Delete(Path.Combine(folder, "models", "logistic-regression.json"));
        AuditFinding finding = StudyAudit.Of(folder)[0];
        Assert.Equal(AuditVerdict.DoesNotFit, finding.Verdict);
        Assert.Matches("^tables/predictions.csv was changed: its SHA-256 is [0-9a-f]{16}…, and the study wrote [0-9a-f]{16}…; models/logistic-regression.json is not there$", finding.Arithmetic);
    }

    /// <summary>A record that a person made to look clean, or that was copied from another run, contradicts the results.</summary>
    [Fact]
    public void Of_ARecordThatIsNotAboutTheResults_NamesWhatDiffers()
    {
        string folder = Run(Sound);
        StudyProvenance sound = StudyFolder.ReadProvenance(folder);
        SplitRecord split = sound.Splits[0];
        int all = sound.Sets.Count;
        IReadOnlyList<int> held = sound.Sets[split.HeldOut];

        StudyProvenance fewer = sound with { Sets = [.. sound.Sets, [.. held.Skip(1)]], Splits = [split with { HeldOut = all, Evaluated = all }] };
        Expect($"split 1: 35 held-out subjects are recorded, and tables/splits.csv has 36; they differ in {sound.Subjects[held[0]].Id}", "record", fewer);
        Expect("split 1: 0 folds are recorded, and tables/trials.csv has 3", "record", sound with { Splits = [split with { Folds = [] }] });
        Expect("no fit of Standard scaler is recorded", "record", sound with { Splits = [split with { Fits = [.. split.Fits.Where(fit => fit.Kind != FitKind.Preparation)] }] });
        Expect("no fit of Logistic regression is recorded", "record", sound with { Splits = [split with { Fits = [.. split.Fits.Where(fit => fit.Name != "Logistic regression")] }] });
        Expect("the validation subjects are none", "record", sound with { Splits = [split with { Folds = [.. split.Folds.Select(fold => fold with { Validation = split.HeldOut })] }] });
        Expect("2 splits are recorded, and predictions are of 1", "record", sound with { Splits = [split, split] });
        Expect("age, preoperative by schema.json, is not so in the record", "record", sound with { Predictors = [.. sound.Predictors.Skip(1)] });
        Expect("plan.yaml is not the plan", "record", sound with { Inputs = [.. sound.Inputs.Skip(1)] });
        Expect("tables/predictions.csv is not named in provenance.json", "files", sound with { Results = [.. sound.Results.Where(file => file.Name != "tables/predictions.csv")] });
        Expect("study.json is not named in provenance.json", "files", sound with { Results = [] });

        void Expect(string arithmetic, string place, StudyProvenance planted)
        {
            StudyFolder.WriteProvenance(folder, planted);
            AuditFinding finding = Assert.Single(StudyAudit.Of(folder), finding => finding.Place == place);
            Assert.Equal(AuditVerdict.DoesNotFit, finding.Verdict);
            Assert.Contains(arithmetic, finding.Arithmetic, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_AChangedPageFigureOrChecklist_NamesItUntilTheReportIsMadeAgain()
    {
        string folder = Run(Sound), provenance = Path.Combine(folder, "provenance.json"), record = File.ReadAllText(provenance);
        string[] names = ["report.html", "figures/figure-01.svg", "checklists/clear.csv"];
        Assert.All(names, name => File.AppendAllText(Path.Combine(folder, name), " "));
        Assert.All(names, name => Assert.Contains($"{name} was changed", StudyAudit.Of(folder)[0].Arithmetic, StringComparison.Ordinal));
        StudyRun.Report(folder);
        Assert.Equal(AuditVerdict.Fits, StudyAudit.Of(folder)[0].Verdict);
        Assert.Equal(record, File.ReadAllText(provenance));
    }

    [Fact]
    public void Of_AFileBesideThoseOfTheStudy_NamesItButNotWhatProgramsLeave()
    {
        string folder = Run(Sound);
        File.WriteAllText(Path.Combine(folder, "tables", "~$table1.docx"), "");
        File.WriteAllText(Path.Combine(folder, "figures", ".DS_Store"), "");
        Assert.Equal(AuditVerdict.Fits, StudyAudit.Of(folder)[0].Verdict);
        File.WriteAllText(Path.Combine(folder, "models", "better.json"), "{}");
        Assert.Equal("models/better.json is not named in provenance.json", StudyAudit.Of(folder)[0].Arithmetic);
    }

    [Fact]
    public void Of_DatesThatCannotBeRead_ProveNothingOfTime()
    {
        string table = Path.Combine(_folder, "cohort.csv");
        File.WriteAllText(table, Regex.Replace(File.ReadAllText(table), @"(\d{4})-(\d\d)-(\d\d)", "$3.$2.$1"));
        AuditFinding time = StudyAudit.Of(Run(Sound)).Single(finding => finding.Place == "L3.1 time");
        Assert.Equal(AuditVerdict.NotChecked, time.Verdict);
        Assert.Equal("120 of 120 subjects, as P0 with '01.01.2020'", time.Arithmetic);
    }

    [Fact]
    public void Of_ADamagedRecord_SaysSo()
    {
        string folder = Run(Sound), path = Path.Combine(folder, "provenance.json"), text = File.ReadAllText(path);
        foreach ((string whole, string damaged) in (IEnumerable<(string, string)>)
        [
            ("\"sets\":[", "\"sets\":[null,"), ("\"sets\":[", "\"sets\":[[1,1],"), ("\"subjects\":[", "\"subjects\":[null,"), ("\"fits\":[", "\"fits\":[null,"),
            ("\"folds\":[", "\"folds\":[null,"), ("\"results\":[", "\"results\":null,\"others\":["), ("\"id\":\"P1\"", "\"id\":\"P0\""), ("\"id\":\"P1\"", "\"id\":null"),
        ])
        {
            Assert.Contains(whole, text, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace(whole, damaged, StringComparison.Ordinal));
            Assert.Contains("provenance.json is damaged", Assert.Throws<StudyException>(() => StudyAudit.Of(folder)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_NoStudyAnotherVersionOrDamage_SaysSo()
    {
        Assert.Contains("holds no finished study", Assert.Throws<StudyException>(() => StudyAudit.Of(_folder)).Message, StringComparison.Ordinal);
        string folder = Run(Sound), path = Path.Combine(folder, "provenance.json"), text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"schemaVersion\":1", "\"schemaVersion\":9", StringComparison.Ordinal));
        Assert.Contains("its format has version 9, expected 1", Assert.Throws<StudyException>(() => StudyAudit.Of(folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace("\"heldOut\":", "\"heldOut\":77", StringComparison.Ordinal));
        Assert.Contains("damaged", Assert.Throws<StudyException>(() => StudyAudit.Of(folder)).Message, StringComparison.Ordinal);
    }

    private static string[] Misfits(IReadOnlyList<AuditFinding> findings) =>
        [.. findings.Where(finding => finding.Verdict == AuditVerdict.DoesNotFit).Select(finding => finding.Place)];

    private string Run(string plan)
    {
        string path = Path.Combine(_folder, "study.yaml"), folder = Path.Combine(_folder, "run");
        File.WriteAllText(path, plan);
        StudyRun.Run(path, folder, jobs: 1);
        return folder;
    }
}
