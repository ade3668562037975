using CsCheck;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Splitting;

public sealed class StratifiedHoldOutTests
{
    [Theory]
    [InlineData(102, 754, 72, 528)]
    [InlineData(30, 226, 21, 159)]
    [InlineData(10, 20, 7, 14)]
    public void Split_SevenToThree_RoundsEachClassUp(int cases, int controls, int trainingCases, int trainingControls)
    {
        Fold split = Tables.Fold(Cohort(cases, controls), new Seed(1));
        Assert.Equal((trainingCases, trainingControls), Classes(split.Training.Table));
        Assert.Equal((cases - trainingCases, controls - trainingControls), Classes(split.Validation.Table));
    }

    [Fact]
    public void Split_SubjectsWithSeveralRows_PartitionsRowsAndKeepsSubjectsTogether() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 12], Gen.Int[2, 12], Gen.Int[1, 99], Gen.Int[0, 23].Array[0, 80]).Sample((ulong seed, int cases, int controls, int percent, int[] extra) =>
        {
            string[] subjects = [.. Enumerable.Range(0, cases + controls).Concat(extra.Select(e => e % (cases + controls))).Select(i => $"S{i}")];
            bool[] outcomes = [.. subjects.Select(s => int.Parse(s.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) < cases)];
            FeatureTable table = Tables.Of(subjects, outcomes);
            var plan = new StratifiedHoldOut { TrainingPercent = percent };
            int expectedCases = (cases * percent + 99) / 100, expectedControls = (controls * percent + 99) / 100;
            if (expectedCases == cases || expectedControls == controls)
            {
                Assert.Throws<LearningException>(() => plan.Split(table, new Seed(seed)));
                return;
            }
            Fold split = plan.Split(Tables.Train(table), new Seed(seed))[0];
            Assert.Empty(split.Training.Table.Subjects.Intersect(split.Validation.Subjects));
            Assert.Equal(
                Enumerable.Range(0, subjects.Length).Select(i => (double)i),
                RowNumbers(split.Training.Table).Concat(RowNumbers(split.Validation.Table)).Order());
            Assert.Equal((expectedCases, expectedControls), Classes(split.Training.Table));
            Assert.All(Enumerable.Range(0, split.Training.Table.RowCount), r =>
                Assert.Equal(subjects[(int)split.Training.Table.Row(r)[0]], split.Training.Table.Subjects[r]));
        });

    [Fact]
    public void Split_RowsInOtherOrder_HoldsOutTheSameSubjects()
    {
        FeatureTable table = Cohort(20, 30);
        FeatureTable reversed = Tables.Of([.. table.Subjects.Reverse()], [.. table.Outcomes.Reverse()]);
        var plan = new StratifiedHoldOut();
        Assert.Equal(
            plan.Split(table, new Seed(3))[0].HeldOut.Subjects.Order(StringComparer.Ordinal),
            plan.Split(reversed, new Seed(3))[0].HeldOut.Subjects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Split_OtherSeed_HoldsOutOtherSubjects() =>
        Assert.NotEqual(
            new StratifiedHoldOut().Split(Cohort(20, 30), new Seed(3))[0].HeldOut.Subjects,
            new StratifiedHoldOut().Split(Cohort(20, 30), new Seed(4))[0].HeldOut.Subjects);

    [Fact]
    public void Split_SubjectWithTwoOutcomes_IsRefusedByName() =>
        Assert.Contains("S2", Assert.Throws<LearningException>(() => new StratifiedHoldOut().Split(
            Tables.Of(["S1", "S2", "S2", "S3"], [true, true, false, false]), new Seed(1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Split_ManySubjectsWithTwoOutcomes_NamesSomeAndCountsTheRest()
    {
        string[] subjects = [.. Enumerable.Range(10, 30).SelectMany(i => (string[])[$"S{i}", $"S{i}"])];
        Assert.StartsWith("Rows of one subject disagree on the outcome: S10, S11, S12, S13, S14, S15, S16, S17, S18, S19 and 20 more.", Assert.Throws<LearningException>(
            () => new StratifiedHoldOut().Split(Tables.Of(subjects, [.. subjects.Select((_, i) => i % 2 == 0)]), new Seed(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_OneSubjectInAClass_IsRefused() =>
        Assert.StartsWith("1 subjects have outcome 1", Assert.Throws<LearningException>(() =>
            new StratifiedHoldOut().Split(Cohort(1, 9), new Seed(1))).Message, StringComparison.Ordinal);

    private static FeatureTable Cohort(int cases, int controls) =>
        Tables.Of([.. Enumerable.Range(0, cases + controls).Select(i => $"S{i}")], [.. Enumerable.Range(0, cases + controls).Select(i => i < cases)]);

    private static (int Cases, int Controls) Classes(FeatureTable table)
    {
        int cases = Distinct(true);
        return (cases, Distinct(false));
        int Distinct(bool outcome) => table.Subjects.Where((_, i) => table.Outcomes[i] == outcome).Distinct().Count();
    }

    private static IEnumerable<double> RowNumbers(FeatureTable table) => Enumerable.Range(0, table.RowCount).Select(r => table.Row(r)[0]);
}
