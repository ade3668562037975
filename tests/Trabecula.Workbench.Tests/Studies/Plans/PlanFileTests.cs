using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Tables;
using Trabecula.Workbench.Tests.Cohorts;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Plans;

public sealed class PlanFileTests
{
    [Fact]
    public void Parse_LeastPlan_HasTheDefaults()
    {
        StudyPlan plan = PlanText.Plan(PlanText.Least);
        Assert.Equal(StudyProfile.Sound, plan.Profile);
        Assert.Equal(2026UL, plan.Seed);
        Assert.Equal(new CohortPlan { Table = "clinical.csv", Id = "id" }, plan.Cohort);
        Assert.Equal(["1"], plan.Outcome.Positive);
        Assert.Equal(new SplitPlan.StratifiedHoldOut(), plan.Split);
        Assert.Equal(new SearchPlan(), plan.Search);
        ModelPlan model = Assert.Single(plan.Models);
        Assert.Equal("Logistic regression", model.Name);
        Assert.Same(ModelFamilies.LogisticRegression.DefaultGrid, model.Configurations);
    }

    [Fact]
    public void Parse_ABraceIsMissing_NamesTheLine() => Assert.Contains(
        "line 3: search.configurations: Not readable as YAML: a comma, brace or bracket is missing after this line. Close what is open, or part it by commas.",
        PlanText.Problems("schemaVersion: 1\ntitle: T\nsearch: { folds: 5, configurations: 2\n# next\nmodels: [svm]\n"));

    [Theory]
    [InlineData("seed: 1\nsearch:\n  {x: 1}: 2\n", "line 3: Not readable as YAML after the key search: a list, a block in braces or an alias stands as a key. Write a word and a colon;")]
    [InlineData("seed: 1\nsearch:\n\tfolds: 3\n", "a tab stands where only spaces indent. Indent with spaces.")]
    [InlineData("seed: 1\ntitle: @home\n", "line 2: title: Not readable as YAML: a value begins with a sign that it must not begin with")]
    [InlineData("seed: 1\ntitle: 'open\nprofile: sound\n", "line 2: title: Not readable as YAML: a quote is opened and not closed.")]
    [InlineData("title: \"open\nprofile: sound\n", "line 1: title: Not readable as YAML: a quote is opened and not closed.")]
    [InlineData("title: \"C:\\data\"\n", "line 1: title: Not readable as YAML: a backslash in double quotes begins no known sign. Write the text in single quotes.")]
    [InlineData("title: Pain: later\n", "line 1: title: Not readable as YAML: a value has a colon in it, as only a key has. Put the value in quotes")]
    [InlineData("search:\n  folds: 3\n score: x\n", "line 3: Not readable as YAML after the key search.folds: expected a key, indented as those beside it")]
    [InlineData("search:\n  folds: 3\ntitle\nseed: 1\n", "line 3: Not readable as YAML after the key search.folds: expected a key")]
    [InlineData("models:\n  - svm\n  seed: 1\n", "line 3: Not readable as YAML after the key models: a line stands among the items of a list and is none.")]
    [InlineData("models: - svm\n", "line 1: models: Not readable as YAML: an item of a list stands beside a key.")]
    [InlineData("models: [svm\n  tabnet]\nseed: 1\nmodels: [{ a: 1 }\n { b: 2 }]\n", "line 5: Not readable as YAML after the key models[0].a: a list in brackets or a block in braces lacks a comma or its end.")]
    [InlineData("title: |x\n", "line 1: title: Not readable as YAML: a value begins with | or >")]
    [InlineData("title: ,x\n", "line 1: title: Not readable as YAML: expected a value, and found a comma")]
    [InlineData("title: !t! x\n", "line 1: title: Not readable as YAML: a value begins with !, which marks a type.")]
    [InlineData("%YAML 3.0\ntitle: x\n", "line 1: Not readable as YAML: expected keys, values and lists.")]
    public void Parse_NoYaml_SaysInOurWordsWhereWhatAndHow(string text, string expected)
    {
        string problem = Assert.Single(PlanText.Problems(text));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)scanning|parsing|scalar|mapping|token|Idx", problem);
    }

    /// <summary>A file that was cut off is a plan or a problem, wherever it ends.</summary>
    [Fact]
    public void Parse_TheExampleCutOffAnywhere_IsReadOrRefused()
    {
        string text = StudyExample.Sound();
        int refused = 0;
        for (int length = 0; length < text.Length; length += 3)
        {
            try
            {
                PlanText.Read(text[..length]);
            }
            catch (PlanException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, text.Length / 6, text.Length / 3);
    }

    [Fact]
    public void Parse_EveryPart_IsReadIntoItsRecord()
    {
        StudyPlan plan = PlanText.Plan("""
            schemaVersion: 1
            title: Back pain
            profile: paper
            seed: 18446744073709551615
            cohort: { table: c.xlsx, sheet: 2024, decimal: comma, delimiter: semicolon, missing: [NA, '-'], id: 1, centre: site, date: day }
            eligibility:
              - { include: Age 55 or older, column: age, atLeast: 55 }
              - { exclude: New fracture, column: fracture, equals: yes }
              - include: Severe pain
                all: [{ column: vas, atLeast: 6 }, { column: limitation, equals: 1 }]
            outcome: { name: Pain, scores: { 30: vas_d30, 3: vas_d3 }, atLeast: 4, onDays: [3, 30] }
            predictors:
              clinical: [age, { column: level, kind: categorical }]
              radiomic: { readers: [r1.csv, r2.csv], id: ID, columns: [original_*], exclude: "*_Energy" }
            split: { repeatedStratifiedKFold: { folds: 3, repeats: 4 } }
            stepsBeforeSplit: [standardScaling]
            steps:
              - standardScaling: { scope: radiomic }
            models:
              - logisticRegression: { name: LR, grid: [{ C: [0.1, 1] }, { C: 10 }] }
              - logisticRegression: { trials: [{ C: 3 }, { C: 2 }] }
            search: { method: exhaustive, configurations: 7, folds: 4, choice: oneStandardError, givenFolds: { columns: fold } }
            calibration: platt
            metrics: { thresholds: [0.1, 0.2], rationale: Ten treated for one spared. }
            """);
        Assert.Equal("Back pain", plan.Title);
        Assert.Equal(ulong.MaxValue, plan.Seed);
        // Names that look like numbers stay names.
        Assert.Equal(("2024", "1", "site", "day"), (plan.Cohort.Sheet, plan.Cohort.Id, plan.Cohort.Centre, plan.Cohort.Date));
        Assert.Equal((DecimalMark.Comma, Delimiter.Semicolon), (plan.Cohort.Decimal, plan.Cohort.Delimiter));
        Assert.Equal(["NA", "-"], plan.Cohort.Missing!);
        Assert.Equal(("Age 55 or older", 55.0), (plan.Eligibility[0].Include, plan.Eligibility[0].Conditions.Single().AtLeast));
        Assert.Equal(("New fracture", "yes"), (plan.Eligibility[1].Exclude, Assert.Single(plan.Eligibility[1].Conditions.Single().EqualTo)));
        Assert.Equal([("vas", 6.0), ("limitation", null)], plan.Eligibility[2].Conditions.Select(condition => (condition.Column, condition.AtLeast)));
        Assert.Equal([3, 30], plan.Outcome.Scores.Keys);
        Assert.Equal([new ClinicalPredictor("age"), new ClinicalPredictor("level", ColumnKind.Categorical)], plan.Predictors.Clinical);
        Assert.Equal(["*_Energy"], plan.Predictors.Radiomic!.Exclude);
        Assert.Equal(new SplitPlan.RepeatedStratifiedKFold { Folds = 3, Repeats = 4 }, plan.Split);
        Assert.Equal([new StandardScaler()], plan.StepsBeforeSplit);
        Assert.Equal([new StandardScaler { Scope = ColumnScope.Radiomic }], plan.Steps);
        Assert.Equal(["C=0.1", "C=1", "C=10"], plan.Models[0].Configurations.All().Select(set => set.ToString()));
        Assert.Equal(["C=3", "C=2"], plan.Models[1].Configurations.Draw(1, new Seed(1)).Select(set => set.ToString()));
        Assert.Equal((SearchMethod.Exhaustive, 7, 4, Choice.OneStandardError),
            (plan.Search.Method, plan.Search.Configurations, plan.Search.Folds, plan.Search.Choice));
        Assert.Equal(["fold"], plan.Search.GivenFolds!.Columns);
        Assert.Equal(Calibration.Platt, plan.Calibration);
        Assert.Equal([0.1, 0.2], plan.Metrics.Thresholds);
    }

    [Fact]
    public void Parse_Json_IsTheSamePlan()
    {
        StudyPlan plan = PlanText.Plan("""
            {"schemaVersion": 1, "seed": 5, "cohort": {"table": "c.csv", "id": "id"}, "outcome": {"column": "y"},
             "predictors": {"clinical": ["a"]}, "models": [{"logisticRegression": {"grid": {"C": [1e-05, 1.0]}}}]}
            """);
        Assert.Equal(["C=1e-05", "C=1.0"], plan.Models[0].Configurations.All().Select(set => set.ToString()));
    }

    [Fact]
    public void Parse_EmptyListsAndBlocks_KeepTheirDefaults()
    {
        StudyPlan plan = PlanText.Plan(PlanText.With("eligibility:", "steps:", "search:", "sampling: []"));
        Assert.Empty(plan.Eligibility);
        Assert.Equal(new SearchPlan(), plan.Search);
    }

    [Fact]
    public void Parse_LevelsAndTimeOfAPredictor_ReachTheCohort()
    {
        CohortDesign design = StudyInputs.DesignOf(PlanText.Plan(PlanText.With(
            "predictors: { clinical: [{ column: grade, levels: [low, mid, high] }, { column: leak, recordedAt: postoperative }] }")));
        Assert.Equal(["low", "mid", "high"], design.Clinical[0].Levels);
        Assert.Equal((RecordedAt.Preoperative, RecordedAt.Postoperative), (design.Clinical[0].RecordedAt, design.Clinical[1].RecordedAt));
        DataTable table = CohortTables.Table("id,grade,leak,rbp\nA,high,1,1\nB,low,0,0\nC,mid,1,1\nD,low,1,0");
        StudyCohort cohort = StudyCohort.Build(design with { Outcome = new OutcomeColumn("rbp"), LeastPerClass = 2 }, table, []);
        Assert.Equal([2.0, 0, 1, 0], cohort.Features!.Column(0));
        Finding leak = Assert.Single(cohort.Findings, finding => finding.Code == "recorded-after");
        Assert.Equal((Severity.Error, "leak"), (leak.Severity, leak.Column));
    }

    [Fact]
    public void Parse_Aliases_StandForTheirAnchor() => Assert.Equal(3, PlanText.Plan(PlanText.With(
        "models: [{ logisticRegression: { name: a, grid: { C: &c [1, 2, 3] } } }, { logisticRegression: { grid: { C: *c } } }]"))
        .Models[1].Configurations.Count);

    [Fact]
    public void Parse_TrialsOfJsonFile_AreInItsOrder()
    {
        string file = Path.Combine(AppContext.BaseDirectory, $"{nameof(Parse_TrialsOfJsonFile_AreInItsOrder)}.json");
        File.WriteAllText(file, """{"trials": {"lr": [{"C": 1.0}, {"C": 0.5, "penalty": "l2"}], "bad": [{"C": -1, "max_depth": 3}], "none": []}}""");
        Assert.Equal(["C=1.0", "C=0.5, penalty=l2"], PlanText.Plan(Trials("trials.lr")).Models[0].Configurations.All().Select(set => set.ToString()));
        Assert.Contains("max_depth", string.Join('\n', PlanText.Problems(Trials("trials.bad"))), StringComparison.Ordinal);
        Assert.Contains("holds no list of configurations at trials.none.", Assert.Single(PlanText.Problems(Trials("trials.none"))), StringComparison.Ordinal);
        Assert.Contains("holds no list of configurations at lr.", Assert.Single(PlanText.Problems(Trials("lr"))), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Single(PlanText.Problems(Trials("lr").Replace(".json", ".jsn", StringComparison.Ordinal))), StringComparison.Ordinal);

        static string Trials(string key) => PlanText.With(
            $"models: [{{ logisticRegression: {{ trials: {{ file: {nameof(Parse_TrialsOfJsonFile_AreInItsOrder)}.json, key: {key} }} }} }}]");
    }

    [Fact]
    public void Read_AbsentFileFolderOrDevice_SaysSo()
    {
        Assert.Equal("no.yaml: The plan does not exist. Check the path; 'trabecula study init TABLE' writes a plan.",
            Assert.Throws<PlanException>(() => PlanFile.Read("no.yaml")).Message);
        Assert.Contains("This is a folder", Assert.Throws<PlanException>(() => PlanFile.Read(AppContext.BaseDirectory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_File_KnowsPathsFromItsFolder()
    {
        string file = Path.Combine(AppContext.BaseDirectory, $"{nameof(Read_File_KnowsPathsFromItsFolder)}.yaml");
        File.WriteAllText(file, PlanText.Least);
        PlanReadout readout = PlanFile.Read(file);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(file)!, "clinical.csv"), readout.PathOf(readout.Plan.Cohort.Table));
    }
}
