using System.Globalization;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Splitting;

/// <summary>Splits that follow from what is known of the subjects: centre, date, or a fold that somebody gave.</summary>
public sealed class GivenWaysTests
{
    private static readonly FeatureTable Table = Parts.Cohort(4, 6);

    [Fact]
    public void LeaveOneCentreOut_ThreeCentres_HoldsOutEachInOrderOfNames()
    {
        var centres = Table.Subjects.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => "CAB"[p.i % 3].ToString());
        string[][] heldOut = Parts.HeldOut(new LeaveOneCentreOut(centres), Table);
        Assert.Equal([["S0001", "S0004", "S0007"], ["S0002", "S0005", "S0008"], ["S0000", "S0003", "S0006", "S0009"]], heldOut);
    }

    [Fact]
    public void LeaveOneCentreOut_OneCentreOrNone_IsRefused()
    {
        var centres = Table.Subjects.ToDictionary(s => s, _ => "Hefei");
        Assert.Contains("one centre (Hefei)", Parts.Refusal(new LeaveOneCentreOut(centres), Table), StringComparison.Ordinal);
        centres.Remove("S0007");
        Assert.Contains("1 of 10 subjects have no centre: S0007.", Parts.Refusal(new LeaveOneCentreOut(centres), Table), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, 3)]
    [InlineData(39, 3)]
    [InlineData(40, 5)] // The fourth from the end has the date of the fifth, and both are held out.
    [InlineData(50, 5)]
    public void TemporalSplit_LastShare_RoundsDownAndKeepsADateTogether(int percent, int expected)
    {
        string[] heldOut = Parts.HeldOut(new TemporalSplit(Dates(5, 6)) { HeldOutPercent = percent }, Table)[0];
        Assert.Equal(Table.Subjects.TakeLast(expected), heldOut);
    }

    [Fact]
    public void TemporalSplit_Date_HoldsOutFromThatDateOn() =>
        Assert.Equal(["S0008", "S0009"], Parts.HeldOut(new TemporalSplit(Dates()) { HeldOutFrom = new DateOnly(2022, 1, 9) }, Table)[0]);

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public void TemporalSplit_DateThatLeavesASideEmpty_IsRefusedWithTheRange(int day) =>
        Assert.Contains("after 2022-01-01 and not after 2022-01-10", Parts.Refusal(
            new TemporalSplit(Dates()) { HeldOutFrom = new DateOnly(2022, 1, day) }, Table), StringComparison.Ordinal);

    [Fact]
    public void TemporalSplit_ShareBelowOneSubject_IsRefused() =>
        Assert.Contains("10 subjects train and 0 are held out", Parts.Refusal(new TemporalSplit(Dates()) { HeldOutPercent = 9 }, Table), StringComparison.Ordinal);

    [Fact]
    public void GivenSplit_TwoRepeats_HoldsOutEveryFoldOfEach()
    {
        int[][] folds = [[0, 1, 2, 0, 1, 2, 0, 1, 2, 0], [7, 7, 7, 7, 7, 3, 3, 3, 3, 3]];
        var given = new GivenSplit([.. folds.Select(list => Table.Subjects.Zip(list).ToDictionary(p => p.First, p => p.Second))]);
        string[][] heldOut = Parts.HeldOut(given, Parts.Shuffled(Table, 3));
        Assert.Equal(5, heldOut.Length);
        Assert.Equal(["S0000", "S0003", "S0006", "S0009"], heldOut[0]);
        Assert.Equal(["S0002", "S0005", "S0008"], heldOut[2]);
        Assert.Equal(["S0005", "S0006", "S0007", "S0008", "S0009"], heldOut[3]);
    }

    [Fact]
    public void GivenSplit_HoldOut_GivesTheTwoSides()
    {
        string[][] heldOut = Parts.HeldOut(GivenSplit.HoldOut(Table.Subjects.Take(7), Table.Subjects.Skip(7)), Table);
        Assert.Equal([["S0007", "S0008", "S0009"]], heldOut);
    }

    [Fact]
    public void GivenSplit_SubjectOnBothSidesOrNeither_IsRefusedByName()
    {
        Assert.Contains("S0006", Assert.Throws<ArgumentException>(() =>
            GivenSplit.HoldOut(Table.Subjects.Take(7), Table.Subjects.Skip(6))).Message, StringComparison.Ordinal);
        Assert.Contains("no fold: S0006.", Parts.Refusal(GivenSplit.HoldOut(Table.Subjects.Take(6), Table.Subjects.Skip(7)), Table), StringComparison.Ordinal);
    }

    [Fact]
    public void GivenSplit_OneFoldOnlyOrAnUnknownOne_IsRefused()
    {
        var folds = Table.Subjects.ToDictionary(s => s, _ => 2);
        Assert.Contains("all 10 subjects are in fold 2", Parts.Refusal(new GivenSplit([folds]), Table), StringComparison.Ordinal);
        folds["S0001"] = 3;
        Assert.Contains("no subject is in fold 9", Parts.Refusal(new GivenSplit([folds]) { HeldOutFold = 9 }, Table), StringComparison.Ordinal);
    }

    private static Dictionary<string, DateOnly> Dates(params int[] sameDate) => Table.Subjects.ToDictionary(s => s, s =>
    {
        int at = int.Parse(s.AsSpan(1), CultureInfo.InvariantCulture);
        return new DateOnly(2022, 1, 1 + (sameDate.Contains(at) ? sameDate.Min() : at));
    });
}
