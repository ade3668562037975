using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tests.Cohorts;
using Trabecula.Workbench.Tests.Studies.Plans;
using Trabecula.XGBoost;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>A plan's <c>choice: oneStandardError</c>, with scores that are known beforehand in place of fits.</summary>
public sealed class OneStandardErrorTests
{
    // The first trial is the best, with a mean of 0.8 and a standard error of 0.0224; those of 0.79 are within it, 0.7 is not.
    private static readonly double[] s_best = [0.75, 0.85, 0.75, 0.85, 0.8], s_within = [0.79, 0.79, 0.79, 0.79, 0.79], s_beyond = [0.7, 0.7, 0.7, 0.7, 0.7];

    // Within the error are all but the last. Of these the one marked * is the simplest; one beside it is as simple, and drawn later.
    [Theory]
    [InlineData("logisticRegression", "{ C: 1 }, { penalty: null }, { C: 0.1, penalty: l2 }, { C: 0.1, penalty: elasticnet }, *{ C: 0.1, penalty: l1 }, { C: 0.1, penalty: l1, class_weight: balanced }, { C: 0.01 }")]
    [InlineData("svm", "{ C: 1, gamma: 0.1 }, { C: 0.1, gamma: 0.1 }, { C: 0.1, gamma: scale }, *{ C: 0.1, gamma: 0.001 }, { C: 0.1, gamma: 0.001, class_weight: balanced }, { C: 0.01 }")]
    [InlineData("svm", "{ C: 0.1 }, { C: 1, kernel: poly, degree: 3 }, *{ C: 10, kernel: poly, degree: 2 }, { C: 0.1, kernel: linear }")]
    [InlineData("svm", "{ C: 0.1 }, { C: 0.01, kernel: poly, degree: 2 }, *{ C: 10, kernel: linear }, { C: 1, kernel: linear }")]
    [InlineData("randomForest", "{ max_depth: null }, { max_depth: 3 }, { max_depth: 3, min_samples_leaf: 4, n_estimators: 500 }, *{ max_depth: 3, min_samples_leaf: 4, n_estimators: 100 }, { max_depth: 3, min_samples_leaf: 4, max_features: log2 }, { max_depth: 2 }")]
    [InlineData("extraTrees", "{ max_depth: 5 }, { max_depth: 3, min_samples_leaf: 2 }, *{ max_depth: 3, min_samples_leaf: 8 }, { max_depth: 3, min_samples_leaf: 8, max_features: log2 }, { max_depth: 1 }")]
    [InlineData("tabNet", "{ n_d: 16 }, { n_d: 8, n_steps: 5 }, { n_d: 8, n_steps: 3 }, *{ n_d: 8, n_steps: 3, lambda_sparse: 0.01 }, { n_d: 8, n_steps: 3, lambda_sparse: 0.01, lr: 0.01 }, { n_d: 4 }")]
    [InlineData("xgboost", "{ learning_rate: 0.1 }, { learning_rate: 0.1, max_depth: 2, n_estimators: 200 }, { learning_rate: 0.1, max_depth: 2 }, *{ learning_rate: 0.1, max_depth: 2, reg_lambda: 5 }, { learning_rate: 0.1, max_depth: 2, reg_lambda: 5, subsample: 0.5 }, { learning_rate: 0.01, max_depth: 2 }")]
    public void Plan_OneStandardError_TakesTheSimplestWithinIt_OfEqualsTheFirstDrawn(string family, string trials)
    {
        if (family == XGBoostFamily.Instance.Key)
            Assert.SkipUnless(XGBoostLibrary.IsAvailable, XGBoostLibrary.Problem ?? "");
        string[] texts = trials.Split("}, ");
        int expected = Array.FindIndex(texts, text => text.StartsWith('*'));
        StudyDesign design = DesignOf($"[{family}: {{ trials: [{trials.Replace("*", "", StringComparison.Ordinal)}] }}]");
        SearchResult result = Search(design, key => key.Trial == 0 ? s_best : key.Trial == texts.Length - 1 ? s_beyond : s_within);
        Assert.Equal(expected, result.Chosen);
    }

    /// <summary>Every model of a family's own grid says how simple it is, or the choice would fall back to the order of the draw.</summary>
    [Fact]
    public void Complexity_OfEveryFamilysGrid_TellsConfigurationsApart()
    {
        FeatureTable table = Table();
        Assert.All(StudyModels.Families, family =>
        {
            IReadOnlyList<double>[] numbers = [.. family.DefaultGrid.Draw(60, new Seed(1)).Select(set => family.Create(set).Complexity(table))];
            Assert.All(numbers, each => Assert.DoesNotContain(each, double.IsNaN));
            Assert.True(numbers.Select(each => string.Join(' ', each)).Distinct().Count() > 10, family.Key);
        });
    }

    [Fact]
    public void Plan_Best_TakesTheHighestMean() => Assert.Equal(
        1, Search(DesignOf("[logisticRegression: { trials: [{ C: 0.1 }, { C: 1 }] }]") with { Choice = Choice.Best }, key => key.Trial == 1 ? s_best : s_within).Chosen);

    private static StudyDesign DesignOf(string models)
    {
        PlanReadout readout = PlanText.Read(PlanText.With($"models: {models}", "search: { choice: oneStandardError }"));
        (var clinical, _, _) = CohortTables.Forty();
        StudyCohort cohort = StudyCohort.Build(new CohortDesign("id", new OutcomeColumn("y")) { Clinical = [new PredictorColumn("age")] }, clinical, []);
        return new DesignBuilder(new StudyInputs(readout, cohort, [])).Build();
    }

    private static SearchResult Search(StudyDesign design, Func<TrialKey, double[]> scores)
    {
        IReadOnlyList<Fold> folds = design.Folds.Split(((Splitter)new StratifiedHoldOut()).Split(Table(), new Seed(1))[0].Training, new Seed(2));
        PreparedFold[] prepared = [.. folds.Select(fold => PreparedFold.Of(fold, new PreparationSteps([new StandardScaler()]), [], new Seed(3)))];
        return new ModelSearch { Choice = design.Choice }.Run(
            design.Models, prepared, design.Seed, new Known(scores), cancellationToken: TestContext.Current.CancellationToken)[0];
    }

    private static FeatureTable Table()
    {
        RandomSequence random = new Seed(5).Open();
        return new FeatureTable(["a", "b", "c", "d"], [.. Enumerable.Range(0, 60).Select(i => $"S{i}")], [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0)],
            [.. Enumerable.Range(0, 240).Select(_ => random.NextGaussian())]);
    }

    private sealed class Known(Func<TrialKey, double[]> scores) : ITrialLog
    {
        public bool TryFind(TrialKey key, out FoldScore score)
        {
            score = new FoldScore(scores(key)[key.Fold]);
            return true;
        }

        public void Add(IReadOnlyList<(TrialKey Key, FoldScore Score)> results) => Assert.Fail("Nothing was to be fitted.");
    }
}
