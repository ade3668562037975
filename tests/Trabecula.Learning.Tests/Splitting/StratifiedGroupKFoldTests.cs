using CsCheck;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Splitting;

public sealed class StratifiedGroupKFoldTests
{
    [Fact]
    public void Split_RowsOfASubjectThatDifferInOutcome_StayTogether() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 5], Gen.Bool.Array[1, 4].Array[20, 50]).Sample((ulong seed, int k, bool[][] levels) =>
        {
            FeatureTable table = Tables.Of([.. levels.SelectMany((l, s) => l.Select(_ => $"S{s:D3}"))], [.. levels.SelectMany(l => l)]);
            if (levels.Count(l => l.Contains(true)) < k || levels.Count(l => l.Contains(false)) < k)
                return;
            IReadOnlyList<Fold> folds = new StratifiedGroupKFold { NSplits = k }.Split(Tables.Train(table), new Seed(seed));
            Assert.All(folds, fold => Parts.AssertSidesPartTheRows(table, fold));
            Assert.Equal(table.RowCount, folds.Sum(fold => fold.Validation.RowCount));
            // Each placement adds at most 4 rows of a class to the fold that lacks them most.
            int[] events = [.. folds.Select(fold => fold.Validation.Outcomes.Count(o => o))];
            Assert.InRange(events.Max() - events.Min(), 0, 8);
        }, iter: 100);

    [Fact]
    public void Split_OneRowForEachGroup_IsAsEvenAsStratifiedKFold()
    {
        IReadOnlyList<Fold> folds = new StratifiedGroupKFold { NSplits = 5 }.Split(Tables.Train(Parts.Cohort(23, 71)), new Seed(2));
        Assert.All(folds, fold => Assert.InRange(fold.Validation.Outcomes.Count(o => o), 4, 5));
        Assert.All(folds, fold => Assert.InRange(fold.Validation.Outcomes.Count(o => !o), 14, 15));
    }

    [Fact]
    public void Split_Groups_KeepTheirSubjectsTogether()
    {
        FeatureTable table = Parts.Cohort(20, 40);
        var groups = table.Subjects.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => $"family {p.i % 15}");
        IReadOnlyList<Fold> folds = new StratifiedGroupKFold { NSplits = 3, Groups = groups }.Split(Tables.Train(table), new Seed(2));
        Assert.All(folds, fold => Assert.Empty(
            fold.Validation.Subjects.Select(s => groups[s]).Intersect(fold.Training.Table.Subjects.Select(s => groups[s]))));
        Assert.Equal(60, folds.Sum(fold => fold.Validation.RowCount));
    }

    [Fact]
    public void Split_SubjectWithoutGroup_IsRefusedByName() =>
        Assert.Contains("1 of 4 subjects have no group: S0003.", Parts.Refusal(
            new StratifiedGroupKFold { NSplits = 2, Groups = new Dictionary<string, string> { ["S0000"] = "a", ["S0001"] = "b", ["S0002"] = "c" } },
            Parts.Cohort(2, 2)), StringComparison.Ordinal);

    [Fact]
    public void Split_ClassInTooFewGroups_IsRefused() =>
        Assert.Contains("3 groups have rows of outcome 1, fewer than 5 folds", Parts.Refusal(new StratifiedGroupKFold(), Parts.Cohort(3, 20)), StringComparison.Ordinal);
}
