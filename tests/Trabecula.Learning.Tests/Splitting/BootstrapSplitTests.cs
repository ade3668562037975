using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Splitting;

public sealed class BootstrapSplitTests
{
    [Fact]
    public void Split_SubjectsWithSeveralRows_RepeatsAllRowsOfADrawnSubjectAndHoldsOutTheRest()
    {
        FeatureTable table = Parts.Cohort(10, 20).TakeRows([.. Enumerable.Range(0, 30), 0, 0, 29]);
        foreach (Fold fold in new BootstrapSplit { NRepeats = 20 }.Split(Tables.Train(table), new Seed(4)))
        {
            Assert.Equal(table.Subjects.Distinct().Order(StringComparer.Ordinal),
                fold.Training.Table.Subjects.Union(fold.Validation.Subjects).Order(StringComparer.Ordinal));
            Assert.Empty(fold.Training.Table.Subjects.Intersect(fold.Validation.Subjects));
            int draws = fold.Training.Table.Subjects.CountBy(s => s).Sum(s => s.Value / table.Subjects.Count(t => t == s.Key));
            Assert.Equal(30, draws);
            Assert.All(fold.Training.Table.Subjects.CountBy(s => s), s => Assert.Equal(0, s.Value % table.Subjects.Count(t => t == s.Key)));
            Assert.All(Enumerable.Range(0, fold.Training.Table.RowCount), r =>
                Assert.Equal(table.Subjects[(int)fold.Training.Table.Row(r)[0]], fold.Training.Table.Subjects[r]));
        }
    }

    [Fact]
    public void Split_ManyRepeats_HoldsOutAboutOneInE()
    {
        IReadOnlyList<HoldOutSplit> splits = new BootstrapSplit { NRepeats = 400 }.Split(Parts.Cohort(30, 70), new Seed(6));
        // (1 - 1/100)^100 = 0.3660; the mean of 400 shares with a standard deviation near 0.031 has one near 0.0016.
        Assert.Equal(0.3660, splits.Average(split => split.HeldOut.RowCount / 100.0), 0.008);
    }

    [Fact]
    public void Split_Stratified_KeepsTheClassCounts() =>
        Assert.All(new BootstrapSplit { NRepeats = 50, Stratified = true }.Split(Parts.Cohort(9, 31), new Seed(4)), split =>
        {
            Assert.Equal(40, split.Training.Table.RowCount);
            Assert.Equal(9, split.Training.Table.EventCount);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Split_SmallClass_LeavesBothClassesOnBothSides(bool stratified) =>
        Assert.All(new BootstrapSplit { NRepeats = 50, Stratified = stratified }.Split(Tables.Train(Parts.Cohort(2, 8)), new Seed(4)), fold =>
        {
            Assert.Equal(2, fold.Training.Table.Outcomes.Distinct().Count());
            Assert.Equal(2, fold.Validation.Outcomes.Distinct().Count());
        });

    [Fact]
    public void Split_OneSubjectInAClass_IsRefused() =>
        Assert.Contains("1 subjects have outcome 1", Parts.Refusal(new BootstrapSplit(), Parts.Cohort(1, 9)), StringComparison.Ordinal);
}
