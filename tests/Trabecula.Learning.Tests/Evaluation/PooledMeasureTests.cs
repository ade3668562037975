using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

public sealed class PooledMeasureTests
{
    private const int Centre = 200;

    [Fact]
    public void Of_Places_IsTheRandomEffectsOfTheirOwnScale()
    {
        IReadOnlyList<SubgroupEvaluation> places = Places(4, seed: 1);
        PooledMeasure area = PooledMeasure.Of(PoolableMeasure.Auroc, places)!, ratio = PooledMeasure.Of(PoolableMeasure.ObservedOverExpected, places)!;
        double[] a = [.. places.Select(p => p.Measures!.Auroc.Value)];
        var byHand = RandomEffects.Of([.. a.Select(x => Math.Log(x / (1 - x)))], [.. places.Select((p, i) => p.Measures!.Auroc.Variance / Math.Pow(a[i] * (1 - a[i]), 2))]);
        Assert.Equal(1 / (1 + Math.Exp(-byHand.Mean)), area.Value, 12);
        Assert.Equal(1 / (1 + Math.Exp(-byHand.PredictionInterval().Upper)), area.PredictionInterval().Upper, 12);
        // Observed over expected by its parts: ln O - ln E with variance (1 - O/N)/O.
        double[] observed = [.. places.Select(p => (double)p.Events)], expected = [.. places.Select(p => p.Measures!.MeanRisk * p.Count)];
        var logs = RandomEffects.Of([.. observed.Zip(expected, (o, e) => Math.Log(o / e))], [.. observed.Select((o, i) => (1 - o / places[i].Count) / o)]);
        Assert.Equal(Math.Exp(logs.Mean), ratio.Value, 12);
    }

    [Fact]
    public void Of_SmallPlaces_AreNotPooled()
    {
        IReadOnlyList<SubgroupEvaluation> places = Places(3, seed: 2);
        Assert.Equal(2, PooledMeasure.Of(PoolableMeasure.Slope, [places[0], places[1], new SubgroupEvaluation("small", 5, 1, null)])!.Pooled.Places);
        Assert.Null(PooledMeasure.Of(PoolableMeasure.Slope, [places[0], new SubgroupEvaluation("small", 5, 1, null)]));
    }

    /// <summary>By simulation: places whose true values scatter by 0, 0.3 or 0.6 beside standard errors of 0.14 to 0.32.</summary>
    [Theory]
    [InlineData(3, 0.3)]
    [InlineData(6, 0)]
    [InlineData(6, 0.3)]
    [InlineData(6, 0.6)]
    [InlineData(30, 0.3)]
    public void Intervals_OverManyMetaAnalyses_CoverAsTheySay(int places, double scatter)
    {
        const int studies = 600;
        RandomSequence random = new Seed(77).Open();
        int mean = 0, further = 0, higgins = 0;
        for (int study = 0; study < studies; study++)
        {
            double[] v = [.. Enumerable.Range(0, places).Select(_ => 0.02 + 0.08 * random.NextDouble())];
            var pooled = RandomEffects.Of([.. v.Select(each => 1.2 + scatter * random.NextGaussian() + Math.Sqrt(each) * random.NextGaussian())], v);
            mean += pooled.Interval().Contains(1.2) ? 1 : 0;
            double next = 1.2 + scatter * random.NextGaussian();
            further += pooled.PredictionInterval().Contains(next) ? 1 : 0;
            higgins += pooled.HigginsInterval().Contains(next) ? 1 : 0;
        }
        TestContext.Current.SendDiagnosticMessage("{0} places, scatter {1}: mean {2:0.000}, further place {3:0.000}, Higgins {4:0.000}",
            places, scatter, (double)mean / studies, (double)further / studies, (double)higgins / studies);
        // Three Monte-Carlo errors of 0.9 %. Neither interval may assume that places agree: where they do, or are few, both are wide.
        Assert.InRange((double)mean / studies, 0.923, places == 3 || scatter == 0 ? 1 : 0.985);
        Assert.InRange((double)further / studies, 0.923, places == 3 || scatter == 0 ? 1 : 0.977);
    }

    private static IReadOnlyList<SubgroupEvaluation> Places(int count, ulong seed)
    {
        RandomSequence random = new Seed(seed).Open();
        string[] groups = [.. Enumerable.Range(0, count * Centre).Select(i => $"centre {i / Centre}")];
        double[] risks = [.. groups.Select(_ => 1 / (1 + Math.Exp(1 - 1.2 * random.NextGaussian())))];
        return SubgroupEvaluation.Of(groups, [.. risks.Select(risk => random.NextDouble() < risk)], risks, [], new SubgroupRule());
    }
}
