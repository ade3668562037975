using Trabecula.Learning.Models;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>What training takes from memory: nothing in an epoch, and over a search no more than a fit at a time.</summary>
public sealed class TabNetMemoryTests
{
    // An epoch's entry of the training curve has 32 bytes and is copied once into the fitted model.
    private const int BytesOfAnEpochsEntry = 64;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MaskType.Sparsemax, 0)]
    [InlineData(MaskType.Entmax, 20)]
    public void Fit_MoreEpochs_AllocatesOnlyTheirEntriesInTheCurve(MaskType mask, int validationPercent)
    {
        FeatureTable numbers = Tables.Gaussian(new Seed(1), 61, 4);
        TrainingSet training = Tables.Train(new FeatureTable(
            [.. numbers.Schema.Take(3), new FeatureColumn("level", ColumnKind.Categorical) { Levels = ["a", "b"] }], numbers.Subjects, numbers.Outcomes,
            [.. numbers.Values.ToArray().Select((value, i) => i % 4 == 3 ? i % 3 % 2 : value)]));
        TabNet options = new()
        {
            NSteps = 2,
            BatchSize = 16,
            VirtualBatchSize = 5,
            MaskType = mask,
            ValidationPercent = validationPercent,
            Patience = 1000,
            Schedule = Schedule.Cosine,
            WeightDecay = 1e-3,
        };
        Allocated(5);
        long few = Allocated(20), many = Allocated(60);
        Assert.InRange(many - few, 40 * BytesOfAnEpochsEntry - 64, 40 * BytesOfAnEpochsEntry + 64);

        long Allocated(int epochs)
        {
            TabNet model = options with { MaxEpochs = epochs };
            return LeastAllocated(() => model.Fit(training, new Seed(2), Cancel));
        }
    }

    [Fact]
    public void Fit_MoreEpochsOfPretraining_AllocatesOnlyTheirLosses()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(1), 61, 4));
        Allocated(5);
        // An epoch's loss stands in two arrays of 64-bit numbers.
        Assert.InRange(Allocated(60) - Allocated(20), 40 * 16 - 64, 40 * 16 + 64);

        long Allocated(int epochs)
        {
            TabNet model = new() { NSteps = 2, BatchSize = 16, VirtualBatchSize = 5, MaxEpochs = 2, Pretraining = new Pretraining { Epochs = epochs } };
            return LeastAllocated(() => model.Fit(training, new Seed(2), Cancel));
        }
    }

    /// <summary>Of three times: what the runtime allocates for itself when it compiles a method again comes once.</summary>
    private static long LeastAllocated(Action fit) => Enumerable.Range(0, 3).Min(_ =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        fit();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    [Fact]
    public void Search_ManyLargeFits_LeavesNoMemoryBehind()
    {
        // A fit has six million parameters and takes more than 100 MB.
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(3), 40, 4));
        PreparedFold[] folds = [.. Enumerable.Range(0, 2).Select(i => PreparedFold.Of(
            new StratifiedHoldOut().Split(training, new Seed((ulong)i))[0], new PreparationSteps([]), [], new Seed(5), Cancel))];
        var large = new TabNet { ND = 256, NA = 256, NSteps = 4, MaxEpochs = 1 };
        Search(1);
        long before = Kept();
        Search(10);
        // Twenty fits that left their buffers would add more than 2 GB; what other tests hold at the same time is far less than the half.
        Assert.InRange(Kept() - before, long.MinValue, 1_000_000_000);

        // What the collector has not got to yet is no leak.
        static long Kept()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return Environment.WorkingSet;
        }

        void Search(int configurations) => new ModelSearch { Jobs = 2 }.Run(
            [new CandidateModel("TabNet", [.. Enumerable.Range(0, configurations).Select(i => new Configuration($"{i}", large with { Gamma = 1 + 0.1 * i }))])],
            folds, new Seed(4), cancellationToken: Cancel);
    }
}
