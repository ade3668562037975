using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Tables;
using Xunit;

namespace Trabecula.Workbench.Tests.Cohorts;

public sealed class LeakageCheckTests
{
    [Theory]
    [InlineData("y", "outcome-among-predictors")]
    [InlineData("vas_day30", "predicts-outcome")]
    [InlineData("id", "id-like")]
    public void Build_WithALeakingPredictor_IsRefused(string column, string code)
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty();

        StudyCohort cohort = StudyCohort.Build(CohortTables.Design with { Clinical = [new("age"), new(column)] }, clinical, [first]);

        Finding finding = cohort.Findings.First(f => f.Code == code);
        Assert.Equal((Severity.Error, column), (finding.Severity, finding.Column));
    }

    [Theory]
    [InlineData("vas_3d", true)]
    [InlineData("vas_day30", true)]
    [InlineData("log-sigma-1-0-mm-3D_firstorder_10Percentile", false)]
    [InlineData("log-sigma-0-5-mm-3D_glcm_Contrast", false)]
    [InlineData("lbp-3D-k_glszm_ZoneEntropy", false)]
    [InlineData("lbp-2D_firstorder_Mean", false)]
    public void SoundsLater_NamesWithADay_DoAndFiltersInThreeDimensionsDoNot(string column, bool later) =>
        Assert.Equal(later, LeakageChecks.SoundsLater(column));

    [Fact]
    public void Build_WithPartsOfTheOutcomeAmongPredictors_IsRefused()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty();
        var outcome = new RepeatedScores(new Dictionary<int, string> { [1] = "vas_day1", [30] = "vas_day30" }, 4, [30]);

        StudyCohort cohort = StudyCohort.Build(new CohortDesign("id", outcome) { Clinical = [new("age"), new("vas_day1"), new("vas_day30")] }, clinical, [first]);

        Assert.Equal(["vas_day1", "vas_day30"], cohort.Findings.Where(f => f.Code == "outcome-among-predictors").Select(f => f.Column));
    }

    [Fact]
    public void Build_WithAPostoperativePredictor_IsRefused()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty();

        Assert.Contains("recorded-after", CohortTables.Codes(StudyCohort.Build(
            CohortTables.Design with { Clinical = [new("age") { RecordedAt = RecordedAt.Postoperative }] }, clinical, [first]), Severity.Error));
    }

    [Theory]
    [InlineData("vas_day30", true)]
    [InlineData("VAS D3", true)]
    [InlineData("follow-up", true)]
    [InlineData("followup_months", true)]
    [InlineData("postop_hb", true)]
    [InlineData("post_operative_cobb", true)]
    [InlineData("vas_1m", true)]
    [InlineData("odi_6_months", true)]
    [InlineData("posterior_wall", false)]
    [InlineData("bmd", false)]
    [InlineData("age", false)]
    [InlineData("dose", false)]
    [InlineData("smoker", false)]
    [InlineData("id30", false)]
    public void Build_WithANameOfLater_Warns(string column, bool expected)
    {
        DataTable clinical = DataTable.Of("t", ["id", "y", column], [["a", "0", "1"], ["b", "1", "2"], ["c", "1", "3"], ["d", "0", "3"]]);

        StudyCohort cohort = StudyCohort.Build(new CohortDesign("id", new OutcomeColumn("y")) { Clinical = [new(column)] }, clinical, []);

        Assert.Equal(expected, CohortTables.Codes(cohort).Contains("named-as-later"));
    }

    [Theory]
    [InlineData("rising", "id-like")]
    [InlineData("remark", "id-like")]
    [InlineData("category", "predicts-outcome")]
    [InlineData("negative", "predicts-outcome")]
    [InlineData("holes", "missing-tells-outcome")]
    [InlineData("empty", "all-missing")]
    [InlineData("constant", "constant")]
    [InlineData("huge", "too-large")]
    [InlineData("rare", "rare-level")]
    [InlineData("whole", null)]
    [InlineData("visit", null)]
    public void Build_WithASuspiciousColumn_NamesIt(string kind, string? code)
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty((i, column, cell) => column != "age" ? cell : kind switch
        {
            "rising" => (1000 + 3 * i).ToString("0", null),
            "remark" => "text " + i,
            "category" => i % 3 == 0 ? "bad" : i % 3 == 1 ? "good" : "fair",
            "negative" => CohortTables.Text((i % 3 == 0 ? -1000 : 0) + i * 0.37 % 5),
            "holes" => i % 3 == 0 ? "" : CohortTables.Text(i * 7 % 11),
            "empty" => "NA",
            "constant" => "4.5",
            "huge" => i == 9 ? "-1e300" : CohortTables.Text(i * 7 % 41),
            "rare" => i is 3 or 9 ? "none" : i % 4 < 2 ? "good" : "fair",
            "whole" => CohortTables.Text(i * 7 % 41),
            _ => "2024-0" + (1 + i % 9),
        });

        StudyCohort cohort = StudyCohort.Build(CohortTables.Design with { Clinical = [new("age"), new("sex")] }, clinical, [first]);

        if (code is null)
            Assert.Empty(CohortTables.Codes(cohort));
        else
            Assert.Equal("age", cohort.Findings.Single(f => f.Code == code).Column);
    }

    [Fact]
    public void Build_WithRareLevels_NamesThemAndTheirSubjects()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty((i, column, cell) => column != "level" ? cell : i is 3 or 9 ? "none" : i == 5 ? "bad" : i % 4 < 2 ? "good" : "fair");

        Finding rare = StudyCohort.Build(CohortTables.Design, clinical, [first]).Findings.Single(f => f.Code == "rare-level");

        Assert.Equal("column level: 2 values occur only once or twice, so that training rows may lack them: 'bad' of S05; 'none' of S03 and S09. " +
            "Join such values with others, or write unseen: allZero in oneHotEncoding.", rare.ToString());
        Assert.Equal(Severity.Warning, rare.Severity);
    }

    [Fact]
    public void Build_WithOneImageUnderTwoIds_NamesBoth()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty();
        var rows = Enumerable.Range(0, 40).Select(r => (string[])[first.Table.Text(r, 0), .. Enumerable.Range(1, 10).Select(c => first.Table.Text(r == 9 ? 2 : r, c))]);
        RadiomicTable copied = RadiomicTable.Of("reader 1", DataTable.Of("r1.csv", first.Table.Columns, rows), "ID");

        StudyCohort cohort = StudyCohort.Build(CohortTables.Design, clinical, [copied]);

        Assert.Contains("S02, S09", cohort.Findings.Single(f => f.Code == "duplicate-rows").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithOneImageUnderManyIds_NamesSomeAndCountsTheRest()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty();
        var rows = Enumerable.Range(0, 40).Select(r => (string[])[first.Table.Text(r, 0), .. Enumerable.Range(1, 10).Select(c => first.Table.Text(0, c))]);
        RadiomicTable copied = RadiomicTable.Of("reader 1", DataTable.Of("r1.csv", first.Table.Columns, rows), "ID");

        Finding found = StudyCohort.Build(CohortTables.Design, clinical, [copied]).Findings.Single(f => f.Code == "duplicate-rows");

        Assert.Equal("40 subjects have the same value in every feature: S00, S01, S02, S03, S04, S05, S06, S07, S08, S09 and 30 more.", found.Problem);
    }

    [Fact]
    public void Build_WithFewerEventsThanFolds_IsRefused()
    {
        (DataTable clinical, RadiomicTable first, _) = CohortTables.Forty();

        Assert.Contains("small-class", CohortTables.Codes(StudyCohort.Build(CohortTables.Design with { LeastPerClass = 15 }, clinical, [first]), Severity.Error));
        Assert.DoesNotContain("small-class", CohortTables.Codes(StudyCohort.Build(CohortTables.Design with { LeastPerClass = 14 }, clinical, [first])));
    }
}
