using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Sampling;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Studies.Plans.Keys;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Trabecula.Workbench.Tests.Studies.Plans;
using Trabecula.XGBoost;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class MissingValueChecksTests : IDisposable
{
    private const string Imputation = "steps:\n  - imputation\n";

    private readonly TemporaryFolder _folder = new();

    public MissingValueChecksTests() => SmallRun.WriteTables(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CheckAndRun_MissingValuesBeforeAModelThatTakesNone_AreRefusedBeforeTheSearch()
    {
        Empty("cohort.csv", column: 3, rows: 3);
        const string expected = "steps: Logistic regression takes no missing values, and 1 predictor has some: bmd (3 of 160). " +
            "Write imputation among the steps before, or leave this predictor out.";
        Assert.Equal([expected], Check(SmallRun.Plan).Problems);
        Assert.Equal(expected, Assert.Throws<StudyException>(() => SmallRun.Run(_folder)).Message);
        Assert.False(Directory.Exists(_folder["run"]));
        string filled = SmallRun.Plan.Replace("steps:\n", Imputation, StringComparison.Ordinal);
        Assert.Empty(Check(filled).Problems);
        Assert.True(File.Exists(Path.Combine(SmallRun.Run(_folder, plan: filled), "report.html")));
        // Imputation of other columns does not help.
        Assert.Equal([expected], Check(filled.Replace("- imputation", "- imputation: { scope: radiomic }", StringComparison.Ordinal)).Problems);
    }

    [Fact]
    public void Check_MissingValuesThatASelectionMayDrop_AreAWarning()
    {
        Empty("reader1.csv", column: 1, rows: 1);
        StudyCheck check = Check(SmallRun.Plan);
        Assert.Empty(check.Problems);
        Assert.Contains(
            "steps: Logistic regression takes no missing values, and 1 predictor has some: texture_A (1 of 160). Write imputation among the steps before, or leave this predictor out. " +
            "The run stops there unless a step has dropped them.", check.Warnings);
    }

    [Fact]
    public void Check_MissingValuesBeforeAStepThatTakesNone_NameTheStep()
    {
        Empty("cohort.csv", column: 3, rows: 2);
        string plan = SmallRun.Plan.Replace("- adaptiveScaling", "- { mrmr: { count: 2, scope: radiomic } }\n  - standardScaling\n  - imputation", StringComparison.Ordinal);
        Assert.StartsWith("steps: Standard scaler takes no missing values, and 1 predictor has some: bmd (2 of 160).", Assert.Single(Check(plan).Problems), StringComparison.Ordinal);
        Assert.Empty(Check(plan.Replace("- standardScaling", "- { standardScaling: { scope: radiomic } }", StringComparison.Ordinal)).Problems);
        Assert.Empty(Check(plan.Replace("- standardScaling\n  - imputation", "- imputation\n  - standardScaling", StringComparison.Ordinal)).Problems);
    }

    /// <summary>All subjects are seen before the split; 12 of 40 are held out after it, and no step and no sampler is fitted on them.</summary>
    [Theory]
    [InlineData(1, true, false, true)]
    [InlineData(12, false, true, false)]
    [InlineData(13, false, true, true)]
    [InlineData(12, false, false, false)]
    [InlineData(13, false, false, true)]
    public void Of_ModelThatTakesMissingValues_StopsSurelyWhereATrainingSubjectLacksAValue(int missing, bool beforeSplit, bool inStep, bool isSure)
    {
        var scaling = new PreparationSteps(beforeSplit || inStep ? [new StandardScaler()] : []);
        var design = new StudyDesign
        {
            BeforeSplit = beforeSplit ? scaling : new PreparationSteps([]),
            Preparation = beforeSplit ? new PreparationSteps([]) : scaling,
            Samplers = inStep || beforeSplit ? [] : [new Smote()],
            Models = Trees,
        };
        FeatureTable features = Lacking(missing);
        Assert.Equal(12, design.Split.SizesOf(features, design.Seed.Derive("split")).SmallestHeldOut);
        var checks = MissingValueChecks.Of(features, design);
        string text = beforeSplit ? "stepsBeforeSplit: Standard scaler" : inStep ? "steps: Standard scaler" : "steps: SMOTE";
        Assert.StartsWith($"{text} takes no missing values, and 1 predictor has some: b ({missing} of 40).", Assert.Single(checks.Problems.Concat(checks.Warnings)), StringComparison.Ordinal);
        Assert.Equal(isSure, checks.Problems.Count == 1);
        if (checks.Warnings.Count == 1)
            Assert.EndsWith("or leave this predictor out. The run stops there unless they are missing of held-out subjects alone.", checks.Warnings[0], StringComparison.Ordinal);
    }

    /// <summary>A selection before the split may drop a column, but holds no subject out.</summary>
    [Fact]
    public void Of_SelectionBeforeTheSplit_SpeaksOfNoHeldOutSubjects()
    {
        var steps = new PreparationSteps([new VarianceFilter(), new StandardScaler()]);
        var before = MissingValueChecks.Of(Lacking(1), new StudyDesign { BeforeSplit = steps, Models = Trees });
        Assert.EndsWith("The run stops there unless a step has dropped them.", Assert.Single(before.Warnings), StringComparison.Ordinal);
        var after = MissingValueChecks.Of(Lacking(1), new StudyDesign { Preparation = steps, Models = Trees });
        Assert.EndsWith("The run stops there unless a step has dropped them or they are missing of held-out subjects alone.", Assert.Single(after.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ModelThatTakesMissingValuesAlone_SaysNothing()
    {
        var checks = MissingValueChecks.Of(Lacking(40), new StudyDesign { Models = Trees });
        Assert.Empty(checks.Problems.Concat(checks.Warnings));
    }

    /// <summary>What the checks say of each kind of step and model is what it does.</summary>
    [Fact]
    public void Refuses_EveryStepAndModel_IsWhatItDoes()
    {
        var seed = new Seed(5);
        RandomSequence random = seed.Open();
        double[] values = [.. Enumerable.Range(0, 240).Select(_ => random.NextGaussian())];
        bool[] outcomes = [.. Enumerable.Range(0, 80).Select(row => values[3 * row] > 0)];
        values[7] = double.NaN;
        var table = new FeatureTable([new("a"), new("b"), new("c")], [.. Enumerable.Range(0, 80).Select(row => $"S{row}")], outcomes, values, [values]);
        TrainingSet training = new StratifiedHoldOut().Split(table, seed)[0].Training;
        Assert.Equal(1, training.Table.Column(1).Count(double.IsNaN));
        foreach (string kind in StepKeys.Step.Names)
        {
            Transformer step = PlanText.Plan(PlanText.With($"steps: [{(kind == "columnChoice" ? "{ columnChoice: { names: [a, b, c] } }" : kind)}]")).Steps[0];
            Assert.Equal(MissingValueChecks.Refuses(step), IsRefused(() => step.Fit(training, seed, TestContext.Current.CancellationToken)));
        }
        foreach (Classifier model in StudyModels.Families.Where(family => family != XGBoostFamily.Instance || XGBoostLibrary.IsAvailable).Select(family => family.Create(family.DefaultGrid.All().First())))
            Assert.Equal(MissingValueChecks.Refuses(model), IsRefused(() => model.Fit(training, seed, TestContext.Current.CancellationToken)));

        static bool IsRefused(Action fit) => Record.Exception(fit) is { } fault
            && (Assert.IsType<LearningException>(fault).Message.Contains("missing", StringComparison.Ordinal) ? true : throw fault);
    }

    private static CandidateModel[] Trees => [new CandidateModel("trees", [new Configuration("fixed", new XGBoostClassifier())])];

    /// <summary>40 subjects, of whom the first some lack the second of two columns.</summary>
    private static FeatureTable Lacking(int missing) => new(
        [new("a"), new("b")], [.. Enumerable.Range(0, 40).Select(row => FormattableString.Invariant($"S{row}"))], [.. Enumerable.Range(0, 40).Select(row => row % 2 == 0)],
        [.. Enumerable.Range(0, 40).SelectMany(row => new[] { row, row < missing ? double.NaN : row })]);

    private void Empty(string file, int column, int rows)
    {
        string[] lines = File.ReadAllLines(_folder[file]);
        for (int row = 1; row <= rows; row++)
            lines[row] = string.Join(',', lines[row].Split(',').Select((cell, c) => c == column ? "" : cell));
        File.WriteAllLines(_folder[file], lines);
    }

    private StudyCheck Check(string plan) => StudyCheck.Of(_folder.Write("check.yaml", plan));
}
