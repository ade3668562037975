using Trabecula.Learning;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Tables;
using Xunit;

namespace Trabecula.Workbench.Tests.Cohorts;

public sealed class StudyCohortTests
{
    [Fact]
    public void Build_OfSoundTables_JoinsByNameAndFindsNothing()
    {
        (DataTable clinical, RadiomicTable first, RadiomicTable second) = CohortTables.Forty();

        StudyCohort cohort = StudyCohort.Build(CohortTables.Design with { Attributes = ["level"] }, clinical, [first, second]);

        Assert.Empty(CohortTables.Codes(cohort));
        FeatureTable table = cohort.Features!;
        Assert.Equal((40, 13, 2, 14), (table.RowCount, table.ColumnCount, table.ReadingCount, table.EventCount));
        Assert.Equal([ColumnKind.Continuous, ColumnKind.Binary, ColumnKind.Categorical, ColumnKind.Continuous], table.Schema.Take(4).Select(c => c.Kind));
        Assert.Equal(["L1", "L2", "L3"], table.Schema[2].Levels);
        Assert.Equal(clinical.Text(5, 2) == "M" ? 1 : 0, table.Row(5)[1]);
        for (int column = 3; column < 13; column++)
        {
            double[] reader1 = table.Column(column), reader2 = table.Column(column, 1);
            Assert.All(Enumerable.Range(0, 40), row => Assert.Equal(reader1[row] + 0.1, reader2[row], 1e-12));
        }
        Assert.All(table.Column(0, 1), value => Assert.True(double.IsNaN(value)));
        Assert.Equal(clinical.Text(7, 4), cohort.Attributes["level"]["S07"]);
        Assert.Contains(cohort.Findings, f => f.Code == "binary-coding" && f.Problem.StartsWith("'F' is 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_WithRowsThatDoNotFit_NamesThemAllAtOnce()
    {
        (DataTable clinical, RadiomicTable first, RadiomicTable second) = CohortTables.Forty((i, column, cell) => (i, column) switch
        {
            (3, "id") => "S02",
            (4, "id") => "",
            (5, "id") => "s05",
            (6, "age") => "old",
            _ => cell,
        });
        second = RadiomicTable.Of("reader 2", second.Table.TakeRows([.. Enumerable.Range(0, 30)]), "ID", exclude: ["*_F3", "*_F4"]);

        StudyCohort cohort = StudyCohort.Build(CohortTables.Design, clinical, [first, second]);

        Assert.True(cohort.HasErrors);
        Assert.Equal([4, 5], Rows("duplicate-subject"));
        Assert.Equal([6], Rows("no-subject"));
        Assert.Equal([7], Rows("unmatched-clinical"));
        Assert.Contains("s05", Find("unmatched-clinical").Problem, StringComparison.Ordinal);
        Assert.Equal([5, 6, 7], Rows("unmatched-features"));
        Assert.Equal(10, Rows("reader-subjects").Count);
        Assert.Contains("original_glcm_F3, original_glcm_F4", Find("reader-columns").Problem, StringComparison.Ordinal);
        Assert.Contains("row 8, column age: 'old'", Find("not-a-number").ToString(), StringComparison.Ordinal);
        Assert.Equal(Severity.Error, cohort.Findings[0].Severity);

        Finding Find(string code) => cohort.Findings.First(f => f.Code == code);
        IReadOnlyList<int> Rows(string code) => Find(code).Rows;
    }

    [Fact]
    public void Build_WordsInAColumnCalledContinuous_AreOneProblemWithTheFirstRowsAndTheCount()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty();
        StudyCohort cohort = StudyCohort.Build(CohortTables.Design with { Clinical = [new("age"), new("sex", ColumnKind.Continuous)] }, clinical, [first]);
        Finding finding = Assert.Single(cohort.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(("not-a-number", "sex"), (finding.Code, finding.Column));
        Assert.Equal([2, 3, 4], finding.Rows);
        // The first three are F, F and M: what two cells have in common is said once.
        Assert.Equal(
            "cohort.csv, rows 2, 3, 4, column sex: 40 cells, of which these are the first: 'F' is no number. 'M' is no number. " +
            "Correct it, leave the cell empty, or name this word among the missing markers (the key missing of the table in a plan). If the column holds words, give it the kind categorical.", finding.ToString());
    }

    [Fact]
    public void Build_ThreeWrongCells_AreNamedOneByOne()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty((i, column, cell) => column == "age" && i is 2 or 7 or 9 ? "old" : cell);
        StudyCohort cohort = StudyCohort.Build(CohortTables.Design with { Clinical = [new("age", ColumnKind.Continuous)] }, clinical, [first]);
        Assert.Equal([4, 9, 11], cohort.Findings.Where(f => f.Code == "not-a-number").Select(f => Assert.Single(f.Rows)));
    }

    [Fact]
    public void Build_ManyUnknownLevelsAndFeaturesWithoutNumbers_AreOneProblemForEachColumn()
    {
        (DataTable clinical, RadiomicTable first, RadiomicTable second) = CohortTables.Forty((i, column, cell) => column == "level" ? "T9" : cell);
        var words = DataTable.Of("r2.csv", second.Table.Columns, [.. Enumerable.Range(0, 40).Select(row => second.Table.Columns.Select((_, c) => c == 3 ? "n/v" : second.Table.Text(row, c)).ToArray())]);
        StudyCohort cohort = StudyCohort.Build(
            CohortTables.Design with { Clinical = [new("level", ColumnKind.Categorical) { Levels = ["L1", "L2"] }] }, clinical, [first, RadiomicTable.Of("reader 2", words, "ID")]);
        string[] errors = [.. cohort.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.ToString())];
        Assert.Contains(errors, error => error.Contains("column level: 40 cells", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains($"column {words.Columns[3]}: 40 cells", StringComparison.Ordinal));
        Assert.Equal(2, errors.Length);
    }

    [Fact]
    public void Build_InAllSteps_LosesNobodyUncounted()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty((i, column, cell) => (i, column) switch
        {
            (1, "y") => "NA",
            (2, "age") => "",
            (4, "id") => "X4",
            _ => cell,
        });
        CohortDesign design = CohortTables.Design with { Criteria = [Criterion.Include("age", new ColumnTest("age") { AtLeast = 60 })] };

        StudyCohort cohort = StudyCohort.Build(design, clinical, [first]);

        Assert.Equal([FlowReason.Inclusion, FlowReason.Outcome, FlowReason.Features], cohort.Flow.Steps.Select(s => s.Reason));
        Assert.Equal([4], cohort.Flow.Steps[0].MissingRows);
        Assert.Equal(40, cohort.Flow.Analysed + cohort.Flow.Steps.Sum(s => s.Left));
        Assert.Equal(cohort.Flow.Analysed, cohort.Features!.RowCount);
    }

    [Fact]
    public void Build_WithoutAnybody_SaysSo()
    {
        (DataTable clinical, _, _) = CohortTables.Forty();

        StudyCohort cohort = StudyCohort.Build(
            CohortTables.Design with { Criteria = [Criterion.Include("age", new ColumnTest("age") { AtLeast = 200 })] }, clinical, []);

        Assert.Null(cohort.Features);
        Assert.Contains("no-subjects", CohortTables.Codes(cohort));
    }

    [Theory]
    [InlineData("a,b,a", null, ColumnKind.Binary, "0,1,0")]
    [InlineData("1,0,1.0", null, ColumnKind.Binary, "1,0,1")]
    [InlineData("0,0,0", null, ColumnKind.Binary, "0,0,0")]
    [InlineData("2,1,2", null, ColumnKind.Binary, "1,0,1")]
    [InlineData("10,9,9.0", ColumnKind.Categorical, ColumnKind.Categorical, "1,0,0")]
    [InlineData("a,b,c", null, ColumnKind.Categorical, "0,1,2")]
    [InlineData("1,2,3", null, ColumnKind.Continuous, "1,2,3")]
    [InlineData("1,0,1", ColumnKind.Continuous, ColumnKind.Continuous, "1,0,1")]
    public void Code_OfAColumn_TellsItsKind(string cells, ColumnKind? given, ColumnKind expected, string values)
    {
        DataTable table = DataTable.Of("t", ["x"], cells.Split(',').Select(cell => (string[])[cell]));
        var findings = new List<Finding>();

        CodedColumn coded = ClinicalCoding.Code(table, [0, 1, 2], new PredictorColumn("x", given), findings)!;

        Assert.Equal(expected, coded.Column.Kind);
        Assert.Equal(values, string.Join(',', coded.Values.Select(CohortTables.Text)));
        Assert.DoesNotContain(findings, f => f.Severity > Severity.Notice);
    }

    [Fact]
    public void Code_WithLevelsGiven_NamesOtherCells()
    {
        DataTable table = CohortTables.Table("x\nT12\nL1\nS1\nNA");
        var findings = new List<Finding>();

        CodedColumn coded = ClinicalCoding.Code(table, [0, 1, 2, 3], new PredictorColumn("x", ColumnKind.Categorical) { Levels = ["L1", "T12"] }, findings)!;

        Assert.Equal([1, 0, double.NaN, double.NaN], coded.Values);
        Assert.Contains("row 4, column x: 'S1'", Assert.Single(findings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_OfAnAttribute_AreReadOrNamed()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty((i, column, cell) => column == "level" ? (i == 3 ? "May" : "2024-05-17 08:00:00") : cell);
        StudyCohort cohort = StudyCohort.Build(CohortTables.Design with { Clinical = [new("age")], Attributes = ["level"] }, clinical, [first]);
        var findings = new List<Finding>();

        IReadOnlyDictionary<string, DateOnly> dates = cohort.Dates("level", findings);

        Assert.Equal(new DateOnly(2024, 5, 17), dates["S00"]);
        Assert.Contains("S03", Assert.Single(findings).Problem, StringComparison.Ordinal);
    }
}
