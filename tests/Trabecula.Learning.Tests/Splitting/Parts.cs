using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Splitting;

/// <summary>What every way of splitting owes.</summary>
internal static class Parts
{
    /// <summary>A cohort of one row for each subject, events first.</summary>
    internal static FeatureTable Cohort(int events, int controls) =>
        Tables.Of([.. Enumerable.Range(0, events + controls).Select(i => $"S{i:D4}")], [.. Enumerable.Range(0, events + controls).Select(i => i < events)]);

    /// <summary>The same rows in another order.</summary>
    internal static FeatureTable Shuffled(FeatureTable table, ulong seed)
    {
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        new Seed(seed).Open().Shuffle(rows.AsSpan());
        return table.TakeRows(rows);
    }

    /// <summary>The held-out subjects of each split.</summary>
    internal static string[][] HeldOut(Splitter splitter, FeatureTable table, ulong seed = 1) =>
        [.. splitter.Split(table, new Seed(seed)).Select(split => split.HeldOut.Subjects.Distinct().Order(StringComparer.Ordinal).ToArray())];

    /// <summary>No subject on both sides, and each row of the table on one.</summary>
    internal static void AssertSidesPartTheRows(FeatureTable table, Fold fold)
    {
        Assert.Empty(fold.Training.Table.Subjects.Intersect(fold.Validation.Subjects));
        Assert.Equal(
            table.Subjects.Order(StringComparer.Ordinal),
            fold.Training.Table.Subjects.Concat(fold.Validation.Subjects).Order(StringComparer.Ordinal));
    }

    internal static string Refusal(Splitter splitter, FeatureTable table) =>
        Assert.Throws<LearningException>(() => splitter.Split(table, new Seed(1))).Message;
}
