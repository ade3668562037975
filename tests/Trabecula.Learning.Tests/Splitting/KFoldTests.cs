using System.Text.Json;
using CsCheck;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Splitting;

public sealed class KFoldTests
{
    [Fact]
    public void StratifiedKFold_ReferenceCounts_AreWithinFloorAndCeiling()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("search_splits.json").GetProperty("stratifiedKFold").GetProperty("cases").EnumerateArray())
        {
            FeatureTable table = Parts.Cohort(item.GetProperty("nPositive").GetInt32(), item.GetProperty("nNegative").GetInt32());
            IReadOnlyList<Fold> folds = new StratifiedKFold { NSplits = item.GetProperty("folds").GetInt32() }.Split(Tables.Train(table), new Seed(5));
            JsonElement required = item.GetProperty("required");
            AssertWithin(required.GetProperty("perFoldPositives"), folds.Select(f => f.Validation.Outcomes.Count(o => o)));
            AssertWithin(required.GetProperty("perFoldNegatives"), folds.Select(f => f.Validation.Outcomes.Count(o => !o)));
            AssertWithin(required.GetProperty("foldSizes"), folds.Select(f => f.Validation.RowCount));
            compared++;
        }
        Assert.Equal(7, compared);

        static void AssertWithin(JsonElement bounds, IEnumerable<int> counts) => Assert.All(counts, c => Assert.InRange(c, bounds[0].GetInt32(), bounds[1].GetInt32()));
    }

    [Fact]
    public void StratifiedKFold_AnyCohort_HoldsOutEachSubjectOnceWithEqualShares() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 7], Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[0, 1000].Array[0, 40]).Sample((ulong seed, int k, int events, int controls, int[] extra) =>
        {
            FeatureTable table = Repeated(events + k, controls + k, extra);
            IReadOnlyList<Fold> folds = new StratifiedKFold { NSplits = k }.Split(Tables.Train(table), new Seed(seed));
            Assert.Equal(k, folds.Count);
            Assert.All(folds, fold => Parts.AssertSidesPartTheRows(table, fold));
            string[][] heldOut = [.. folds.Select(fold => fold.Validation.Subjects.Distinct().ToArray())];
            Assert.Equal(table.Subjects.Distinct().Order(StringComparer.Ordinal), heldOut.SelectMany(s => s).Order(StringComparer.Ordinal));
            AssertEqualWithinOne(heldOut.Select(subjects => subjects.Length));
            AssertEqualWithinOne(heldOut.Select(subjects => subjects.Count(s => string.CompareOrdinal(s, $"S{events + k:D4}") < 0)));
        }, iter: 200);

    [Fact]
    public void KFold_AnyCohort_HoldsOutEachSubjectOnceInEqualFolds() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 7], Gen.Int[0, 30], Gen.Int[0, 1000].Array[0, 40]).Sample((ulong seed, int k, int more, int[] extra) =>
        {
            FeatureTable table = Repeated(1, k + more, extra);
            IReadOnlyList<Fold> folds = new KFold { NSplits = k }.Split(Tables.Train(table), new Seed(seed));
            Assert.All(folds, fold => Parts.AssertSidesPartTheRows(table, fold));
            string[][] heldOut = [.. folds.Select(fold => fold.Validation.Subjects.Distinct().ToArray())];
            Assert.Equal(table.Subjects.Distinct().Order(StringComparer.Ordinal), heldOut.SelectMany(s => s).Order(StringComparer.Ordinal));
            AssertEqualWithinOne(heldOut.Select(subjects => subjects.Length));
        }, iter: 200);

    [Fact]
    public void RepeatedStratifiedKFold_EachRepeat_IsAPartitionOfItsOwn()
    {
        FeatureTable table = Parts.Cohort(12, 31);
        string[][] heldOut = Parts.HeldOut(new RepeatedStratifiedKFold { NSplits = 4, NRepeats = 3 }, table);
        Assert.Equal(12, heldOut.Length);
        Assert.All(heldOut.Chunk(4), repeat => Assert.Equal(table.Subjects, repeat.SelectMany(s => s).Order(StringComparer.Ordinal)));
        Assert.Equal(3, heldOut.Chunk(4).Select(repeat => string.Join(' ', repeat[0])).Distinct().Count());
    }

    public static TheoryData<Splitter> Random =>
        [new KFold(), new StratifiedKFold(), new RepeatedStratifiedKFold { NRepeats = 2 }, new StratifiedGroupKFold(), new BootstrapSplit { NRepeats = 3 }, new BootstrapSplit { NRepeats = 3, Stratified = true }];

    [Theory]
    [MemberData(nameof(Random), DisableDiscoveryEnumeration = true)]
    public void Split_RowsInOtherOrder_HoldsOutTheSameSubjects(Splitter splitter)
    {
        FeatureTable table = Repeated(20, 30, [1, 2, 3, 20, 44, 44]);
        Assert.Equal(Parts.HeldOut(splitter, table), Parts.HeldOut(splitter, Parts.Shuffled(table, 8)));
    }

    [Theory]
    [MemberData(nameof(Random), DisableDiscoveryEnumeration = true)]
    public void Split_OtherSeed_HoldsOutOtherSubjects(Splitter splitter)
    {
        FeatureTable table = Parts.Cohort(20, 30);
        Assert.NotEqual(Parts.HeldOut(splitter, table, 1), Parts.HeldOut(splitter, table, 2));
    }

    [Theory]
    [InlineData(4, 50, "4 subjects have outcome 1, fewer than 5 folds")]
    [InlineData(50, 3, "3 subjects have outcome 0, fewer than 5 folds")]
    public void StratifiedKFold_ClassSmallerThanFolds_IsRefusedWithBothNumbers(int events, int controls, string expected)
    {
        Assert.Contains(expected, Parts.Refusal(new StratifiedKFold(), Parts.Cohort(events, controls)), StringComparison.Ordinal);
        Assert.Contains(expected, Parts.Refusal(new RepeatedStratifiedKFold(), Parts.Cohort(events, controls)), StringComparison.Ordinal);
    }

    [Fact]
    public void KFold_FewerSubjectsThanFolds_IsRefused() =>
        Assert.Contains("4 subjects are fewer than 5 folds", Parts.Refusal(new KFold(), Parts.Cohort(2, 2)), StringComparison.Ordinal);

    [Fact]
    public void Split_OptionsOutOfRange_ListsAllProblems()
    {
        string message = Assert.Throws<ArgumentException>(() =>
            new RepeatedStratifiedKFold { NSplits = 1, NRepeats = 0 }.Split(Parts.Cohort(5, 5), new Seed(1))).Message;
        Assert.Contains("NSplits is 1, expected 2 or more.", message, StringComparison.Ordinal);
        Assert.Contains("NRepeats is 0, expected 1 or more.", message, StringComparison.Ordinal);
    }

    // Subjects of the cohort, some of them again.
    private static FeatureTable Repeated(int events, int controls, int[] extra)
    {
        int n = events + controls;
        return Parts.Cohort(events, controls).TakeRows([.. Enumerable.Range(0, n), .. extra.Select(e => e % n)]);
    }

    private static void AssertEqualWithinOne(IEnumerable<int> counts) => Assert.InRange(counts.Max() - counts.Min(), 0, 1);
}
