using Trabecula.Learning;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Tests;
using Trabecula.XGBoost.Native;
using Xunit;

namespace Trabecula.XGBoost.Tests;

/// <summary>Boosters are counted by the process, so nothing else may make any meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    internal const string Name = "Alone in the process";
}

/// <summary>The library's memory is freed when a fit or a prediction ends, not when the collector comes by.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class BoosterLifetimeTests
{
    public BoosterLifetimeTests()
    {
        NativeLibraryPresence.Require();
        // What tests before these left to the collector, if anything.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(0, BoosterHandle.Live);
    }

    [Fact]
    public void Search_ManyConfigurations_HoldsNoMoreBoostersThanItHasThreads()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(1), 90, 5));
        IReadOnlyList<PreparedFold> folds = PreparedFold.Of(
            new StratifiedKFold { NSplits = 3 }.Split(training, new Seed(2)), new PreparationSteps([]), [], new Seed(3), 1, cancellationToken: TestContext.Current.CancellationToken);
        Configuration[] configurations = [.. Enumerable.Range(1, 12).Select(depth => new Configuration($"{depth}", new XGBoostClassifier { NEstimators = 3, MaxDepth = depth }))];
        var live = new List<int>();
        new ModelSearch { Jobs = 2 }.Run([new CandidateModel("xgb", configurations)], folds, new Seed(4), progress: new Watch(() =>
        {
            lock (live)
                live.Add(BoosterHandle.Live);
        }), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(36, live.Count);
        // The one that reports has freed its own.
        Assert.All(live, count => Assert.InRange(count, 0, 1));
        Assert.Equal(0, BoosterHandle.Live);
    }

    [Fact]
    public void Fit_CalibratedScoredExplainedAndReread_LeavesNoBooster()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(5), 80, 4));
        FittedPipeline fitted = new Pipeline(new PreparationSteps([]), [], new XGBoostClassifier { NEstimators = 4 }) { Calibration = new CrossFittedCalibration { NSplits = 3 } }
            .Fit(training, new Seed(6), TestContext.Current.CancellationToken);
        Assert.Equal(0, BoosterHandle.Live);
        fitted.PredictRisk(training.Table);
        var alone = (FittedXGBoost)new XGBoostClassifier { NEstimators = 4 }.Fit(training, new Seed(6), TestContext.Current.CancellationToken);
        ((Learning.Interpretation.ITreeModel)alone).Ensemble();
        FittedState.Default.WithXGBoost().ReadClassifier(alone.ToJson()).Score(training.Table);
        Assert.Equal(0, BoosterHandle.Live);
    }

    [Fact]
    public void Fit_StoppedOrRefused_LeavesNoBooster()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(7), 80, 4));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new XGBoostClassifier().Fit(training, new Seed(8), stopped.Token));
        Assert.Throws<LearningException>(() => BoosterHandle.OfBytes([1, 2, 3]));
        Assert.Equal(0, BoosterHandle.Live);
    }

    private sealed class Watch(Action onReport) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => onReport();
    }
}
