using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tables;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class StudyDraftTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trabecula-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_TableWithReaders_GuessesAPlanThatChecksWithoutProblem()
    {
        string[] levels = ["L1", "L2", "T12"];
        Save("subjects.csv", "Patient_ID,age,sex: m/f,level,died,visit,vas_day30,note,constant", i => string.Create(CultureInfo.InvariantCulture,
            $"P{i},{(i == 7 ? "" : 50 + i % 17)},{"mf"[i % 2]},{levels[i % 3]},{(i % 5 == 0 ? 1 : 0)},2024-01-{1 + i % 28:00},{i % 10},text {i},1"));
        foreach (string reader in (string[])["a.csv", "b.csv"])
            Save(reader, "patient_id," + string.Join(',', Enumerable.Range(0, 12).Select(c => $"original_f{c}")), i =>
                $"P{i}," + string.Join(',', Enumerable.Range(0, 12).Select(c => (i * 7919 * (c + 1) % 1009 + i * i % (c + 11)).ToString(CultureInfo.InvariantCulture))));
        Save("other.csv", "x,y", i => $"{i},{i}");
        File.WriteAllText(Path.Combine(_folder.FullName, "broken.csv"), "");
        string file = Path.Combine(_folder.FullName, "study.yaml");

        StudyDraft draft = StudyDraft.Write(Path.Combine(_folder.FullName, "subjects.csv"), file);

        StudyPlan plan = PlanFile.Read(file).Plan;
        Assert.Equal(("subjects.csv", "Patient_ID", "died"), (plan.Cohort.Table, plan.Cohort.Id, plan.Outcome.Column));
        Assert.Equal(
            [new ClinicalPredictor("age", ColumnKind.Continuous), new("sex: m/f", ColumnKind.Binary), new("level", ColumnKind.Categorical)],
            plan.Predictors.Clinical);
        Assert.Equal(["a.csv", "b.csv"], plan.Predictors.Radiomic!.Readers);
        Assert.Equal("patient_id", plan.Predictors.Radiomic.Id);
        Assert.Contains("Left out: visit, dates", draft.Guesses);
        Assert.Contains("Left out: vas_day30, its name says that it is recorded later", draft.Guesses);
        Assert.Contains("Left out: note, text of 60 different values", draft.Guesses);
        Assert.Contains("Left out: constant, the same value in all rows", draft.Guesses);
        Assert.Equal(UnseenCategory.AllZero, Assert.Single(plan.Steps.OfType<OneHotEncoder>()).Unseen);
        Assert.Empty(StudyCheck.Of(file).Problems);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "study-1.json")));
    }

    /// <summary>As an extraction gives it, which carries the other columns of its table of cases along.</summary>
    [Fact]
    public void Write_TableThatHoldsTheFeaturesItself_NamesItAsTheReadersTable()
    {
        string[] features = [.. Enumerable.Range(0, 20).Select(c => c % 2 == 0 ? $"original_firstorder_F{c}" : $"ADC_wavelet-LLH_glcm_F{c}")];
        Save("merged.csv", $"ID,Image,Mask,Label,age,relapse,ADC_general_info_VoxelNum,diagnostics_Mask-original_VoxelNum,{string.Join(',', features)}", i =>
            $"P{i},ct{i % 50}.nrrd,mask.nrrd,1,{50 + i % 17},{(i % 5 == 0 ? 1 : 0)},{900 + i},{1000 + i}," +
                string.Join(',', features.Select((_, c) => (i * 7919 * (c + 1) % 1009 + i * i % (c + 11)).ToString(CultureInfo.InvariantCulture))));
        string file = Path.Combine(_folder.FullName, "study.yaml");
        StudyDraft draft = StudyDraft.Write(Path.Combine(_folder.FullName, "merged.csv"), file);
        StudyPlan plan = PlanFile.Read(file).Plan;
        Assert.Equal([new ClinicalPredictor("age", ColumnKind.Continuous)], plan.Predictors.Clinical);
        Assert.Equal(["merged.csv"], plan.Predictors.Radiomic!.Readers);
        Assert.Contains("Readers' features: 20 columns of the table itself", draft.Guesses);
        Assert.Contains("Left out: Image, Mask, Label, ADC_general_info_VoxelNum, diagnostics_Mask-original_VoxelNum, written by the extraction", draft.Guesses);
        Assert.Empty(StudyCheck.Of(file).Problems);
        Assert.Contains("mrmr", draft.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ReadersTableThatCallsTheIdOtherwise_IsFoundByTheIds()
    {
        Save("subjects.csv", "patient_id,age,relapse", i => $"P{i},{50 + i % 17},{(i % 5 == 0 ? 1 : 0)}");
        Save("features.csv", "ID," + string.Join(',', Enumerable.Range(0, 12).Select(c => $"original_f{c}")), i =>
            $"P{i}," + string.Join(',', Enumerable.Range(0, 12).Select(c => (i * 7919 * (c + 1) % 1009).ToString(CultureInfo.InvariantCulture))));
        string file = Path.Combine(_folder.FullName, "study.yaml");
        StudyDraft.Write(Path.Combine(_folder.FullName, "subjects.csv"), file);
        RadiomicPredictors radiomic = PlanFile.Read(file).Plan.Predictors.Radiomic!;
        Assert.Equal(("features.csv", "ID"), (Assert.Single(radiomic.Readers), radiomic.Id));
        Assert.Empty(StudyCheck.Of(file).Problems);
    }

    /// <summary>One column called like a feature is none, and readers may have several rows of a subject.</summary>
    [Fact]
    public void Write_ColumnThatIsOnlyCalledLikeAFeature_StaysClinicalBesideATableOfSeveralLabels()
    {
        Save("subjects.csv", "id,original_height,prior_diagnostics_done,relapse", i => $"P{i},{150 + i % 17},{(i % 3 == 0 ? 1 : 0)},{(i % 5 == 0 ? 1 : 0)}");
        File.WriteAllLines(Path.Combine(_folder.FullName, "features.csv"), ["ID,Label," + string.Join(',', Enumerable.Range(0, 12).Select(c => $"original_glcm_F{c}")),
            .. Enumerable.Range(0, 180).Select(i => $"P{i / 3},{1 + i % 3}," + string.Join(',', Enumerable.Range(0, 12).Select(c => (i * 7919 * (c + 1) % 1009).ToString(CultureInfo.InvariantCulture))))]);
        string file = Path.Combine(_folder.FullName, "study.yaml");
        StudyDraft.Write(Path.Combine(_folder.FullName, "subjects.csv"), file);
        StudyPlan plan = PlanFile.Read(file).Plan;
        Assert.Equal(["original_height", "prior_diagnostics_done"], plan.Predictors.Clinical.Select(predictor => predictor.Column));
        Assert.Equal("features.csv", Assert.Single(plan.Predictors.Radiomic!.Readers));
    }

    [Fact]
    public void Of_WordsBetweenNumbers_KeepTheColumnAndNameTheCells()
    {
        Save("t.csv", "id,age,grade,y", i => string.Create(CultureInfo.InvariantCulture, $"S{i},{(i == 12 ? "ca. 70" : i + 20)},{(i % 2 == 0 ? "1" : i % 4 == 1 ? "2" : "x")},{i % 2}"));
        StudyDraft draft = StudyDraft.Of(Path.Combine(_folder.FullName, "t.csv"), _folder.FullName);
        Assert.Contains("Predictors: age (continuous), grade (categorical)", draft.Guesses);
        Assert.Contains("To correct: t.csv, row 14, column age: 'ca. 70' is no number. Correct it, leave the cell empty, or name this word among the missing markers (the key missing of the table in a plan).", draft.Guesses);
        Assert.Contains("- imputation: { scope: clinical", draft.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Smoker,Relapse", "no", "Yes", "no", "Yes", "Relapse", "Yes")]
    [InlineData("dead,smoker", "0", "1", "no", "yes", "dead", "1")]
    [InlineData("relapse outcome,dead", "FALSE", "TRUE", "0", "1", "relapse outcome", "TRUE")]
    public void Of_OutcomeInWords_IsFoundWithTheWordOfTheEvent(string names, string no1, string yes1, string no2, string yes2, string outcome, string positive)
    {
        Save("t.csv", $"id,age,{names}", i => $"S{i},{i % 30 + 40},{(i % 3 == 0 ? yes1 : no1)},{(i % 4 == 0 ? yes2 : no2)}");
        StudyPlan plan = PlanFile.Parse(StudyDraft.Of(Path.Combine(_folder.FullName, "t.csv"), _folder.FullName).Text, "study.yaml", _folder.FullName).Plan;
        Assert.Equal((outcome, positive), (plan.Outcome.Column, Assert.Single(plan.Outcome.Positive)));
    }

    [Theory]
    [InlineData("a,b", "no column has a different value")]
    [InlineData("id,b", "no column holds 0 and 1, or yes and no,")]
    public void Of_NoIdOrOutcome_SaysWhatIsMissing(string header, string expected)
    {
        Save("t.csv", header, i => $"{i / 2},{i % 3}");
        Assert.Contains(expected, Assert.Throws<TableException>(() => StudyDraft.Of(Path.Combine(_folder.FullName, "t.csv"), _folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("age")]
    [InlineData("T-score at L1")]
    [InlineData("a: b")]
    [InlineData("# of levels")]
    [InlineData("12")]
    [InlineData("yes")]
    [InlineData("- x")]
    [InlineData("\"quoted\"")]
    [InlineData("größe, [cm]")]
    public void Quote_AnyName_IsReadAsItself(string name) => Assert.Equal(
        name, PlanFile.Parse($$"""
            schemaVersion: 1
            cohort: { table: c.csv, id: id }
            outcome: { column: rbp }
            predictors: { clinical: [{ column: {{PlanWriter.Quote(name)}} }] }
            models: [logisticRegression]
            """, "study.yaml", "").Plan.Predictors.Clinical[0].Column);

    [Fact]
    public void Schema_OfTheDocumentation_IsThatOfTheReader()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Trabecula.slnx")))
            root = root.Parent;
        string file = Path.Combine(root!.FullName, "docs", "schema", PlanWriter.SchemaFile);
        // TRABECULA_WRITE_SCHEMA=1 writes the file anew after a change of the keys.
        if (Environment.GetEnvironmentVariable("TRABECULA_WRITE_SCHEMA") == "1")
            File.WriteAllText(file, PlanWriter.Schema());
        Assert.Equal(PlanWriter.Schema(), File.ReadAllText(file));
    }

    private void Save(string name, string header, Func<int, string> row) =>
        File.WriteAllLines(Path.Combine(_folder.FullName, name), [header, .. Enumerable.Range(0, 60).Select(row)]);
}
