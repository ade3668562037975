using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Search;

public sealed class TabNetSearchTests
{
    private static readonly TabNetSearch s_small = new()
    {
        Architectures = Grid(("n_d", Whole(2, 4)), ("n_steps", Whole(1, 2))),
        Optimizations = Grid(("lr", Number(0.01, 0.02, 0.05)), ("batch_size", Whole(16, 256))),
        Configurations = 4,
        Fixed = Set(("max_epochs", new ParameterValue.Whole(9)), ("patience", new ParameterValue.Whole(3))),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_TwoPhases_TunesTheOptimisationOfTheBestArchitecture()
    {
        PreparedFold[] folds = Folds();
        SearchResult result = Run(s_small, folds);
        Trial[] architectures = [.. result.Trials.Take(4)], optimizations = [.. result.Trials.Skip(4)];
        var best = (TabNet)architectures.MaxBy(trial => trial.Mean)!.Configuration.Model;
        Assert.InRange(optimizations.Length, 3, 4);
        Assert.All(optimizations, trial =>
        {
            var model = (TabNet)trial.Configuration.Model;
            Assert.Equal((best.ND, best.NA, best.NSteps, 9, 3), (model.ND, model.NA, model.NSteps, model.MaxEpochs, model.Patience));
            Assert.NotEqual(best, model);
        });
        Assert.Equal(result.Trials.Max(trial => trial.Mean), result.ChosenTrial.Mean);
        Assert.All(architectures, trial => Assert.Equal("architecture", trial.Configuration.Phase));
        Assert.All(optimizations, trial => Assert.Equal("optimisation", trial.Configuration.Phase));
        Assert.All(architectures, trial => Assert.Equal(((TabNet)trial.Configuration.Model).ND, ((TabNet)trial.Configuration.Model).NA));
    }

    [Fact]
    public void Run_FinishedPhasesInTheLog_AreNotFittedAgain()
    {
        PreparedFold[] folds = Folds();
        var log = new MemoryLog();
        SearchResult first = Run(s_small, folds, log);
        int added = log.Scores.Count;
        Assert.Equal(first.Trials.Count * folds.Length, added);
        // Half of the second phase is lost.
        foreach (TrialKey key in log.Scores.Keys.Where(key => key.Trial >= 6).ToArray())
            log.Scores.Remove(key);
        SearchResult continued = Run(s_small, folds, log);
        Assert.Equal(added, log.Scores.Count);
        Assert.Equal(first.Trials.Select(trial => trial.Configuration.Text), continued.Trials.Select(trial => trial.Configuration.Text));
        Assert.Equal(first.Trials.SelectMany(trial => trial.Scores), continued.Trials.SelectMany(trial => trial.Scores));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    public void Run_CancelledInEitherPhase_ContinuesToTheSameResult(int results)
    {
        PreparedFold[] folds = Folds();
        SearchResult whole = Run(s_small, folds);
        var log = new MemoryLog();
        using var source = new CancellationTokenSource();
        log.OnAdd = () =>
        {
            if (log.Scores.Count >= results)
                source.Cancel();
        };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new ModelSearch { Jobs = 2 }.Run([s_small.Candidate("TabNet", new Seed(4))], folds, new Seed(5), log, cancellationToken: source.Token));
        int kept = log.Scores.Count;
        Assert.InRange(kept, results, whole.Trials.Count * folds.Length - 1);
        log.OnAdd = null;
        SearchResult continued = Run(s_small, folds, log);
        Assert.Equal(whole.Trials.Count * folds.Length, log.Scores.Count);
        Assert.Equal(whole.Trials.Select(trial => trial.Configuration.Text), continued.Trials.Select(trial => trial.Configuration.Text));
        Assert.Equal(whole.Trials.SelectMany(trial => trial.Scores), continued.Trials.SelectMany(trial => trial.Scores));
        Assert.Equal(whole.Chosen, continued.Chosen);
    }

    [Fact]
    public void Run_Halving_TrainsTheBetterThirdLonger()
    {
        SearchResult result = Run(s_small with { HalvingEpochs = 1 }, Folds());
        int[] epochs = [.. result.Trials.Select(trial => ((TabNet)trial.Configuration.Model).MaxEpochs)];
        // Four for one epoch, two of them for three, one of these for nine, then the second phase.
        Assert.Equal([1, 1, 1, 1, 3, 3, 9], epochs[..7]);
        Assert.InRange(epochs.Length, 10, 4 + (s_small with { HalvingEpochs = 1 }).Candidate("TabNet", new Seed(4)).MostLater);
        Assert.All(epochs[7..], count => Assert.Equal(9, count));
        Assert.Equal(result.Trials.Take(4).OrderByDescending(trial => trial.Mean).Take(2).Select(trial => ((TabNet)trial.Configuration.Model) with { MaxEpochs = 3 }),
            result.Trials.Skip(4).Take(2).Select(trial => (TabNet)trial.Configuration.Model));
    }

    [Fact]
    public void Run_RateThatDiverges_IsMarkedAndTheSearchGoesOn()
    {
        TabNetSearch search = s_small with
        {
            Optimizations = Grid(("lr", Number(1e30, 0.02)), ("weight_decay", Number(0.01))),
            Fixed = Set(("max_epochs", new ParameterValue.Whole(4)), ("clip_value", new ParameterValue.Whole(0))),
        };
        SearchResult result = Run(search, Folds());
        Trial failed = Assert.Single(result.Trials, trial => trial.Failure is not null);
        Assert.Contains("diverged", failed.Failure!, StringComparison.Ordinal);
        Assert.Equal(6, result.Trials.Count);
    }

    [Fact]
    public void Grids_OfTheStudy_HaveItsSizes()
    {
        Assert.Equal(5625, TabNetSearch.ArchitectureGrid.Count);
        Assert.Equal(180, TabNetSearch.OptimizationGrid.Count);
        Assert.Empty(new TabNetSearch().Validate());
        CandidateModel candidate = new TabNetSearch().Candidate("TabNet", new Seed(1));
        Assert.Equal(100, candidate.Configurations.Select(configuration => configuration.Text).Distinct().Count());
    }

    [Fact]
    public void Validate_WrongOptions_NamesThem()
    {
        string[] problems = [.. (s_small with
        {
            Configurations = 0, HalvingEpochs = 0, Fixed = Set(("max_epochs", new ParameterValue.Whole(0)), ("n_d", new ParameterValue.Whole(8))),
            Architectures = Grid(("n_d", Whole(0)), ("n_x", Whole(1))),
        }).Validate()];
        Assert.Equal(["Configurations", "HalvingEpochs", "n_d", "n_d", "TabNet", "max_epochs"], problems.Select(problem => problem.Split(' ')[0]));
    }

    private static SearchResult Run(TabNetSearch search, PreparedFold[] folds, ITrialLog? log = null) =>
        new ModelSearch { Jobs = 2 }.Run([search.Candidate("TabNet", new Seed(4))], folds, new Seed(5), log, cancellationToken: Cancel)[0];

    private static PreparedFold[] Folds()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(77), 70, 4, effect: 1));
        return [.. Enumerable.Range(0, 2).Select(i => PreparedFold.Of(
            new StratifiedHoldOut().Split(training, new Seed((ulong)i))[0], new PreparationSteps([new StandardScaler()]), [], new Seed(5), Cancel))];
    }

    private static ParameterGrid Grid(params (string Name, ParameterValue[] Values)[] axes) =>
        new([[.. axes.Select(axis => new ParameterAxis(axis.Name, axis.Values))]]);

    private static ParameterSet Set(params (string Name, ParameterValue Value)[] values) => new(values.Select(each => KeyValuePair.Create(each.Name, each.Value)));

    private static ParameterValue[] Whole(params int[] values) => [.. values.Select(value => new ParameterValue.Whole(value))];

    private static ParameterValue[] Number(params double[] values) => [.. values.Select(value => new ParameterValue.Number(value))];

    private sealed class MemoryLog : ITrialLog
    {
        public Dictionary<TrialKey, FoldScore> Scores { get; } = [];

        public Action? OnAdd { get; set; }

        public bool TryFind(TrialKey key, out FoldScore score)
        {
            lock (Scores)
                return Scores.TryGetValue(key, out score);
        }

        public void Add(IReadOnlyList<(TrialKey Key, FoldScore Score)> results)
        {
            lock (Scores)
            {
                foreach ((TrialKey key, FoldScore score) in results)
                    Scores.Add(key, score);
                OnAdd?.Invoke();
            }
        }
    }
}
