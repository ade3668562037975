using System.Collections.Concurrent;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Search;

public sealed class ModelSearchTests
{
    private static readonly double[] Cs = [1e-3, 1e-2, 0.1, 1, 10];
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_AnyNumberOfJobs_GivesTheSameBits()
    {
        PreparedFold[] folds = Folds(80, 6);
        SearchResult one = new ModelSearch { Jobs = 1 }.Run([Logistic()], folds, new Seed(1), cancellationToken: Cancel)[0];
        SearchResult four = new ModelSearch { Jobs = 4 }.Run([Logistic()], folds, new Seed(1), cancellationToken: Cancel)[0];
        Assert.Equal(one.Chosen, four.Chosen);
        Assert.Equal(one.Trials.SelectMany(t => t.Scores), four.Trials.SelectMany(t => t.Scores));
    }

    [Fact]
    public void Run_Best_IsTheHighestMeanOfTheFoldsAurocs()
    {
        PreparedFold[] folds = Folds(80, 6);
        SearchResult result = new ModelSearch().Run([Logistic()], folds, new Seed(1), cancellationToken: Cancel)[0];
        double[] means = [.. Cs.Select(c => folds.Average(fold => Auroc.Of(
            fold.Validation.Outcomes, new LogisticRegression { C = c }.Fit(fold.Training, new Seed(0), Cancel).PredictRisk(fold.Validation)).Value))];
        for (int i = 0; i < means.Length; i++)
            Assert.Equal(means[i], result.Trials[i].Mean, 1e-12);
        Assert.Equal(Array.IndexOf(means, means.Max()), result.Chosen);
    }

    [Fact]
    public void Run_OneStandardErrorOfOneFold_IsRefused() => Assert.StartsWith(
        "One fold has no standard error", Assert.Throws<LearningException>(() =>
            new ModelSearch { Choice = Choice.OneStandardError }.Run([Logistic()], Folds(60, 8)[..1], new Seed(1), cancellationToken: Cancel)).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_OneStandardError_IsTheSimplestWithinItOfTheBest()
    {
        PreparedFold[] folds = Folds(60, 8);
        SearchResult best = new ModelSearch().Run([Logistic()], folds, new Seed(1), cancellationToken: Cancel)[0];
        SearchResult simple = new ModelSearch { Choice = Choice.OneStandardError }.Run([Logistic()], folds, new Seed(1), cancellationToken: Cancel)[0];
        double enough = best.ChosenTrial.Mean - best.ChosenTrial.StandardError;
        Assert.Equal(Enumerable.Range(0, Cs.Length).First(i => best.Trials[i].Mean >= enough), simple.Chosen);
    }

    [Fact]
    public void Run_LogOfAStoppedSearch_IsContinuedToTheSameResult()
    {
        PreparedFold[] folds = Folds(80, 6);
        SearchResult whole = new ModelSearch { Jobs = 1 }.Run([Logistic()], folds, new Seed(1), cancellationToken: Cancel)[0];
        using var stop = new CancellationTokenSource();
        var log = new MemoryLog();
        int seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => new ModelSearch { Jobs = 1 }.Run(
            [Logistic()], folds, new Seed(1), log, new Told<SearchProgress>(_ => { if (++seen == 7) stop.Cancel(); }), stop.Token));
        Assert.InRange(log.Scores.Count, 7, 24);
        int before = log.Scores.Count;
        SearchResult continued = new ModelSearch().Run([Logistic()], folds, new Seed(1), log, cancellationToken: Cancel)[0];
        Assert.Equal(25, log.Scores.Count);
        Assert.Equal(25 - before, log.Added - before);
        Assert.Equal(whole.Trials.SelectMany(t => t.Scores), continued.Trials.SelectMany(t => t.Scores));
    }

    [Fact]
    public void Run_ModelThatCannotBeFitted_IsMarkedFailedAndTheOthersGoOn()
    {
        var model = new CandidateModel("mixed", [new("bad", new Unfittable()), new("good", new LogisticRegression())]);
        SearchResult result = new ModelSearch().Run([model], Folds(60, 3), new Seed(1), cancellationToken: Cancel)[0];
        Assert.Equal(1, result.Chosen);
        Assert.Equal("It diverged. Lower the rate.", result.Trials[0].Failure);
        Assert.True(double.IsNaN(result.Trials[0].Mean));
        Assert.Null(result.Trials[1].Failure);
        Assert.Contains("none of 1 configurations", Assert.Throws<LearningException>(() => new ModelSearch().Run(
            [model with { Configurations = [model.Configurations[0]] }], Folds(60, 3), new Seed(1), cancellationToken: Cancel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FinalFit_OfOneModel_EqualsThePipelinesOwnFit()
    {
        FeatureTable table = Tables.Gaussian(new Seed(3), 60, 4);
        TrainingSet training = Tables.Train(table);
        var preparation = new PreparationSteps([new StandardScaler()]);
        FittedPipeline alone = new Pipeline(preparation, [], new LogisticRegression()).Fit(training, new Seed(9), Cancel);
        FinalFit together = FinalFit.Of(training, preparation, [], [new LogisticRegression { C = 5 }, new LogisticRegression()], new Seed(9), 2, null, Cancel);
        Assert.Equal(alone.PredictRisk(table), together.Pipelines[1].PredictRisk(table));
    }

    private static CandidateModel Logistic() =>
        new("lr", [.. Cs.Select(c => new Configuration(FormattableString.Invariant($"C={c}"), new LogisticRegression { C = c }))]);

    private static PreparedFold[] Folds(int rows, int columns)
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(77), rows, columns, effect: 1));
        return [.. Enumerable.Range(0, 5).Select(i => PreparedFold.Of(
            new StratifiedHoldOut().Split(training, new Seed((ulong)i))[0], new PreparationSteps([new StandardScaler()]), [], new Seed(5), Cancel))];
    }

    private sealed record Unfittable : Classifier
    {
        public override string Name => "Unfittable";

        protected override FittedClassifier FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken) =>
            throw new LearningException("It diverged.", "Lower the rate.");
    }

    private sealed class MemoryLog : ITrialLog
    {
        public ConcurrentDictionary<TrialKey, FoldScore> Scores { get; } = [];

        public int Added { get; private set; }

        public bool TryFind(TrialKey key, out FoldScore score) => Scores.TryGetValue(key, out score);

        public void Add(IReadOnlyList<(TrialKey Key, FoldScore Score)> results)
        {
            lock (Scores)
                Added += results.Count;
            foreach ((TrialKey key, FoldScore score) in results)
                Scores[key] = score;
        }
    }

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
