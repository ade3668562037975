using CsCheck;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Tables;
using Xunit;

namespace Trabecula.Workbench.Tests.Cohorts;

public sealed class EligibilityTests
{
    [Fact]
    public void Apply_InOrder_CountsEachSubjectOnce()
    {
        DataTable table = CohortTables.Table("""
            id,age,level,cancer
            a,54,T12,0
            b,70,T12,1
            c,,T12,1
            d,80,L5,0
            e,55,S1,0
            f,90,L1,NA
            g,60,L1,0.0
            """);
        Criterion[] criteria =
        [
            Criterion.Include("age of 55 or more", new ColumnTest("age") { AtLeast = 55 }),
            Criterion.Include("level T12 to L5", new ColumnTest("level") { EqualTo = ["T12", "L1", "L5"] }),
            Criterion.Exclude("cancer", new ColumnTest("cancer") { EqualTo = ["1"] }),
        ];
        var steps = new List<FlowStep>();
        var findings = new List<Finding>();

        IReadOnlyList<int> rows = Eligibility.Apply(table, [.. Enumerable.Range(0, 7)], criteria, steps, findings);

        Assert.Equal([3, 6], rows);
        Assert.Empty(findings);
        Assert.Equal([5, 4, 2], steps.Select(s => s.Remaining));
        Assert.Equal([2], steps[0].ExcludedRows);
        Assert.Equal([4], steps[0].MissingRows);
        Assert.Equal([6], steps[1].ExcludedRows);
        Assert.Equal([3], steps[2].ExcludedRows);
        Assert.Equal([7], steps[2].MissingRows);
        Assert.Equal([2, 1, 2], steps.Select(s => s.Left));
    }

    [Theory]
    [InlineData("5", 5.0, null, null, null, true)]
    [InlineData("5", null, 5.0, null, null, true)]
    [InlineData("5", null, null, 5.0, null, false)]
    [InlineData("5", null, null, null, 5.0, false)]
    [InlineData("5.1", null, null, 5.0, null, true)]
    [InlineData("4", 5.0, null, null, null, false)]
    [InlineData("6", 4.0, 5.0, null, null, false)]
    [InlineData("4.5", 4.0, 5.0, null, null, true)]
    [InlineData("", 4.0, 5.0, null, null, null)]
    public void Test_OfNumbers_IsExactAtItsEnds(string cell, double? atLeast, double? atMost, double? above, double? below, bool? expected)
    {
        var test = new ColumnTest("x") { AtLeast = atLeast, AtMost = atMost, Above = above, Below = below };

        Assert.Equal(expected, test.Holds(DataTable.Of("t", ["x", "id"], [[cell, "a"]]), 0, 0, []));
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("NA", true, true)]
    [InlineData("x", true, false)]
    [InlineData("", false, false)]
    [InlineData("x", false, true)]
    public void Test_OfMissing_IsAlwaysKnown(string cell, bool wanted, bool expected) =>
        Assert.Equal(expected, new ColumnTest("x") { Missing = wanted }.Holds(DataTable.Of("t", ["x", "id"], [[cell, "a"]]), 0, 0, []));

    [Fact]
    public void Criterion_OfTwoConditions_IsDecidedByOneThatFails()
    {
        DataTable table = CohortTables.Table("wall,canal\n1,1\n1,0\n1,\n0,\n,\n");
        Criterion both = Criterion.Exclude("both", new ColumnTest("wall") { EqualTo = ["1"] }, new ColumnTest("canal") { EqualTo = ["1"] });
        var steps = new List<FlowStep>();

        Assert.Equal([1, 3], Eligibility.Apply(table, [.. Enumerable.Range(0, table.RowCount)], [both], steps, []));
        Assert.Equal([2], steps[0].ExcludedRows);
        Assert.Equal([4], steps[0].MissingRows);
    }

    [Fact]
    public void Apply_WithWrongColumnsAndCells_ReportsAll()
    {
        DataTable table = CohortTables.Table("id,age\na,old\nb,60\nc,1e999\n");
        var findings = new List<Finding>();

        Eligibility.Apply(table, [0, 1, 2],
            [Criterion.Include("x", new ColumnTest("Age2") { AtLeast = 1 }), Criterion.Include("y", new ColumnTest("age") { AtLeast = 55 })], [], findings);

        Assert.Equal(3, findings.Count);
        Assert.Contains("Did you mean 'age'?", findings[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("row 2, column age: 'old'", findings[1].ToString(), StringComparison.Ordinal);
        Assert.Contains("row 4, column age: '1e999'", findings[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_OnAnyTable_LosesNobodyUncounted()
    {
        Gen.Select(Gen.Int[0, 3].Select(i => i == 0 ? "" : CohortTables.Text(i)).Array[3].Array[1, 30], Gen.Int[0, 2].Array[0, 5]).Sample((cells, columns) =>
        {
            DataTable table = DataTable.Of("t", ["id", "c0", "c1", "c2"], cells.Select((row, i) => (string[])["s" + i, .. row]));
            Criterion[] criteria = [.. columns.Select((c, i) => new Criterion((CriterionRole)(i % 2), "c", [new ColumnTest("c" + c) { AtLeast = 2 }]))];
            var steps = new List<FlowStep>();

            IReadOnlyList<int> rows = Eligibility.Apply(table, [.. Enumerable.Range(0, table.RowCount)], criteria, steps, []);

            var flow = new CohortFlow(table.RowCount, steps);
            Assert.Equal(table.RowCount, flow.Eligible + steps.Sum(s => s.Left));
            Assert.Equal(rows.Count, flow.Eligible);
            int[] left = [.. steps.SelectMany(s => s.ExcludedRows.Concat(s.MissingRows))];
            Assert.Equal(left.Length, left.Distinct().Count());
        });
    }
}
