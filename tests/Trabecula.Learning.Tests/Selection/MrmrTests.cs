using System.Text.Json;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

public sealed class MrmrTests
{
    [Fact]
    public void Fit_Fcq_TakesTheReferenceColumnsInOrder()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("selection.json").GetProperty("fcq").GetProperty("cases").EnumerateArray())
        {
            FittedMrmr fitted = Fit(StudyData.RealTable(item.GetProperty("data").GetProperty("table").GetString()!), new Mrmr());
            compared += AssertRanking(fitted, item, "ties");
        }
        Assert.Equal(4 * 20, compared);
    }

    [Fact]
    public void Fit_MidAndMiq_TakeTheReferenceColumnsInOrder()
    {
        (string Key, Mrmr Options)[] schemes =
        [
            ("MID", new Mrmr { Scheme = MrmrScheme.Mid }),
            ("MIQ_max_1e-12", new Mrmr { Scheme = MrmrScheme.Miq, QuotientFloor = 1e-12 }),
            ("MIQ_max_1e-3", new Mrmr { Scheme = MrmrScheme.Miq }),
            ("MIQ_plus_1e-4", new Mrmr { Scheme = MrmrScheme.Miq, QuotientFloor = 0, QuotientOffset = 1e-4 }),
            ("MIQ_plus_0.01", new Mrmr { Scheme = MrmrScheme.Miq, QuotientFloor = 0, QuotientOffset = 0.01 }),
        ];
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("selection.json").GetProperty("mid_miq").GetProperty("cases").EnumerateArray())
        {
            FeatureTable table = StudyData.RealTable(item.GetProperty("table").GetString()!);
            foreach (MomentDivisor divisor in Enum.GetValues<MomentDivisor>())
            {
                JsonElement expected = item.GetProperty("ddof").GetProperty(divisor == MomentDivisor.N ? "0" : "1");
                foreach ((string key, Mrmr options) in schemes)
                {
                    FittedMrmr fitted = Fit(table, options with { StateDivisor = divisor });
                    compared += AssertRanking(fitted, expected.GetProperty(key), "tied");
                    double[] relevance = ReferenceData.Doubles(expected.GetProperty("relevance"));
                    Assert.All(fitted.Ranking, choice => Assert.Equal(relevance[choice.Column], choice.Relevance, 1e-13));
                }
            }
        }
        Assert.Equal(3 * 2 * 5 * 20, compared);
    }

    private static int AssertRanking(FittedMrmr fitted, JsonElement expected, string ties)
    {
        int[] order = [.. expected.GetProperty("orderIndices").EnumerateArray().Select(e => e.GetInt32())];
        double[] scores = ReferenceData.Doubles(expected.GetProperty("scores"));
        Assert.Equal(order.Length, fitted.Ranking.Count);
        for (int step = 0; step < order.Length; step++)
        {
            Assert.Equal(order[step], fitted.Ranking[step].Column);
            Assert.Equal(scores[step], fitted.Ranking[step].Score, 1e-9 * Math.Max(1, Math.Abs(scores[step])));
            JsonElement tied = expected.GetProperty(ties)[step];
            if (tied.ValueKind == JsonValueKind.Array)
                Assert.Equal(tied.EnumerateArray().Min(e => e.GetInt32()), fitted.Ranking[step].Column);
        }
        return order.Length;
    }

    private static FittedMrmr Fit(FeatureTable table, Mrmr options) =>
        (FittedMrmr)options.Fit(Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken);
}
