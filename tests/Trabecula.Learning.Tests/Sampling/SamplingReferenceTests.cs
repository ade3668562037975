using System.Text.Json;
using Trabecula.Learning.Sampling;
using Xunit;

namespace Trabecula.Learning.Tests.Sampling;

/// <summary>imbalanced-learn's counts, neighbours and links on real tables.</summary>
public sealed class SamplingReferenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Adasyn_ReferenceTables_MakesTheSameNumberFromEachRow()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("sampling.json").GetProperty("adasyn").GetProperty("cases").EnumerateArray())
        {
            FeatureTable table = ReferenceData.StandardisedTable(item.GetProperty("data")).Table;
            ClassBalance balance = ClassBalance.Of(table);
            int[] minority = Integers(item.GetProperty("minorityRows"));
            Assert.Equal(minority, balance.MinorityRows);
            Assert.Equal(item.GetProperty("target").GetInt32(), balance.Lacking(1));
            Assert.Equal(Lists(item.GetProperty("neighbours")), Nearest(table, minority, [.. Enumerable.Range(0, table.RowCount)]));
            Assert.Equal(Lists(item.GetProperty("minorityNeighbours")), Nearest(table, minority, minority));

            int[] others = new Adasyn().OtherClassNeighbours(table, balance, Token);
            double[] ratios = ReferenceData.Doubles(item.GetProperty("ratio")), normalised = ReferenceData.Doubles(item.GetProperty("ratioNormalised"));
            Assert.All(others.Zip(ratios), pair => Assert.Equal(pair.Second, pair.First / 5.0, 1e-12));
            Assert.All(others.Zip(normalised), pair => Assert.Equal(pair.Second, pair.First / (double)others.Sum(), 1e-12));

            FeatureTable made = new Adasyn().Resample(Tables.Train(table), new Seed(3), Token).Table;
            Assert.Equal(item.GetProperty("totalAfter").GetInt32(), made.RowCount);
            Assert.Equal(item.GetProperty("countsAfter").GetProperty("1").GetInt32(), made.EventCount);
            int[] generate = Integers(item.GetProperty("generate"));
            Assert.Equal(generate, minority.Select(row => made.Subjects.Count(s => s.StartsWith($"row {row} (ADASYN ", StringComparison.Ordinal))));
            compared++;
        }
        Assert.Equal(4, compared);
    }

    [Fact]
    public void Smote_ReferenceTables_HasTheSamePartnersAndCounts()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("sampling.json").GetProperty("smote").GetProperty("cases").EnumerateArray())
        {
            FeatureTable table = ReferenceData.StandardisedTable(item.GetProperty("data")).Table;
            int[] minority = Integers(item.GetProperty("minorityRows"));
            int[][] partners = Nearest(table, minority, minority);
            Assert.Equal(Lists(item.GetProperty("minorityNeighboursWithinMinority")), partners);
            double[][] distances = [.. item.GetProperty("distances").EnumerateArray().Select(ReferenceData.Doubles)];
            for (int i = 0; i < minority.Length; i++)
                Assert.All(partners[i].Zip(distances[i]), pair => Assert.Equal(pair.Second, Distance(table, minority[i], minority[pair.First]), 1e-12 * pair.Second));
            FeatureTable made = new Smote().Resample(Tables.Train(table), new Seed(3), Token).Table;
            Assert.Equal(item.GetProperty("generated").GetInt32(), made.RowCount - table.RowCount);
            Assert.Equal(item.GetProperty("countsAfter").GetProperty("1").GetInt32(), made.EventCount);
            compared++;
        }
        Assert.Equal(4, compared);
    }

    [Fact]
    public void TomekLinks_ReferenceTables_RemovesTheSameRows()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("sampling.json").GetProperty("tomekLinks").GetProperty("cases").EnumerateArray())
        {
            FeatureTable table = ReferenceData.StandardisedTable(item.GetProperty("data")).Table;
            int[] all = [.. Enumerable.Range(0, table.RowCount)];
            // Song2020 has a row with two neighbours at one distance: either is a nearest one.
            bool tied = item.GetProperty("smallestGap1to2").GetDouble() == 0;
            int[] expected = Integers(item.GetProperty("nearest")), nearest = [.. Nearest(table, all, all, 1).Select(n => n[0])];
            Assert.All(all, row => Assert.True(nearest[row] == expected[row] || tied && Distance(table, row, nearest[row]) == Distance(table, row, expected[row])));
            Assert.Equal(Lists(item.GetProperty("links")), TomekLinks.Links(table, Token).Select(link => new[] { link.First, link.Second }));
            foreach ((TomekRemoval removes, string key) in (ReadOnlySpan<(TomekRemoval, string)>)
                [(TomekRemoval.Majority, "auto"), (TomekRemoval.Controls, "class0"), (TomekRemoval.Events, "class1"), (TomekRemoval.Both, "all")])
            {
                FeatureTable kept = new TomekLinks { Removes = removes }.Resample(Tables.Train(table), new Seed(0), Token).Table;
                Assert.Equal(Integers(item.GetProperty("removed").GetProperty(key)), all.Where(row => !kept.Subjects.Contains($"row {row}")));
            }
            compared++;
        }
        Assert.Equal(5, compared);
    }

    private static int[][] Nearest(FeatureTable table, int[] queries, int[] candidates, int count = 5) =>
        [.. NearestRows.Find(table.Values, table.ColumnCount, queries, candidates, count, Token).Chunk(count)];

    private static double Distance(FeatureTable table, int a, int b) =>
        Math.Sqrt(table.Row(a).ToArray().Zip(table.Row(b).ToArray(), (x, y) => (x - y) * (x - y)).Sum());

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(i => i.GetInt32())];

    private static int[][] Lists(JsonElement array) => [.. array.EnumerateArray().Select(Integers)];
}
