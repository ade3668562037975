using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Tables;
using Xunit;

namespace Trabecula.Workbench.Tests.Cohorts;

public sealed class OutcomeTests
{
    private static readonly RepeatedScores Pain =
        new(new Dictionary<int, string> { [30] = "vas30", [1] = "vas1", [3] = "vas3" }, 4, [3, 30]) { Name = "Residual back pain" };

    private static readonly DataTable Scores = CohortTables.Table("""
        id,vas1,vas3,vas30
        a,7,4,4
        b,7,4,3
        c,6,3,9
        d,5,,5
        e,5,2,
        f,,8,10
        g,3,1,0
        """);

    [Fact]
    public void RepeatedScores_WithADayMissing_HaveNoOutcome() =>
        Assert.Equal([true, false, false, null, null, true, false], Pain.OutcomesOf(Scores, [.. Enumerable.Range(0, 7)], []));

    [Fact]
    public void RepeatedScores_OfADayWithoutColumn_AreRefused()
    {
        var findings = new List<Finding>();

        (Pain with { OnDays = [3, 7] }).OutcomesOf(Scores, [0], findings);

        Assert.Contains("day 7", Assert.Single(findings).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Summarise_ByGroup_IsAsR()
    {
        IReadOnlyList<ScoreSummary> summaries = Pain.Summarise(Scores, [0, 1, 2, 5, 6], [true, false, false, true, false]);

        Assert.Equal([1, 1, 3, 3, 30, 30], summaries.Select(s => s.Day));
        // R: quantile(c(7, 6, 3)), mean, sd
        ScoreSummary controls = summaries[0];
        Assert.Equal((3, 0, 4.5, 6.0, 6.5), (controls.Count, controls.Missing, controls.LowerQuartile, controls.Median, controls.UpperQuartile));
        Assert.Equal(5.3333333333333333, controls.Mean, 1e-12);
        Assert.Equal(2.0816659994661326, controls.StandardDeviation, 1e-12);
        ScoreSummary cases = summaries[1];
        Assert.Equal((1, 1, 7.0), (cases.Count, cases.Missing, cases.Median));
        Assert.True(double.IsNaN(cases.StandardDeviation));
    }

    [Fact]
    public void OutcomeColumn_WithOtherWords_TakesThem()
    {
        DataTable table = CohortTables.Table("id,y\na,yes\nb,no\nc,\nd,No\n");
        var findings = new List<Finding>();

        Assert.Equal([true, false, null, false], new OutcomeColumn("y") { Positive = ["yes"], Negative = ["no", "No"] }.OutcomesOf(table, [0, 1, 2, 3], findings));
        Assert.Empty(findings);
        Assert.Equal([true, false], new OutcomeColumn("y").OutcomesOf(CohortTables.Table("id,y\na,1.0\nb,0\n"), [0, 1], []));
    }

    [Fact]
    public void OutcomeColumn_WithAThirdValue_RefusesItsRows()
    {
        DataTable table = CohortTables.Table("id,y\na,1\nb,0\nc,9\nd,0.0\ne,unknown\nf,9\ng,0\nh,0\n");
        var findings = new List<Finding>();

        new OutcomeColumn("y").OutcomesOf(table, [.. Enumerable.Range(0, 8)], findings);

        Assert.All(findings, finding => Assert.Equal((Severity.Error, "outcome-values"), (finding.Severity, finding.Code)));
        Assert.Equal(
            [
                "cohort.csv, rows 4, 7, column y: '9' is neither the event (1) nor '0', which most others are.",
                "cohort.csv, row 6, column y: 'unknown' is neither the event (1) nor '0', which most others are.",
            ],
            findings.Select(finding => (finding with { Cure = "" }).ToString()));
        Assert.Contains("outcome.negative", findings[0].Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void OutcomeColumn_WithBothValuesNamed_RefusesOthers()
    {
        DataTable table = CohortTables.Table("id,y\na,yes\nb,no\nc,perhaps\nd,never\n");
        var findings = new List<Finding>();

        new OutcomeColumn("y") { Positive = ["yes"], Negative = ["no", "never"] }.OutcomesOf(table, [0, 1, 2, 3], findings);

        Finding refused = Assert.Single(findings);
        Assert.Equal("'perhaps' is neither the event (yes) nor its absence (no, never).", refused.Problem);
        Assert.Equal([4], refused.Rows);
    }

    [Fact]
    public void Figure_OfScores_IsOneWellFormedElementWithBothGroups()
    {
        string svg = ScoreFigure.Render(Pain.Summarise(Scores, [0, 1, 2, 5, 6], [true, false, false, true, false]), 4, (0, 10), "VAS <0-10>", "residual pain", "Scores");

        System.Xml.Linq.XElement figure = System.Xml.Linq.XElement.Parse(svg);
        Assert.Equal("svg", figure.Name.LocalName);
        Assert.Equal(3, figure.Descendants().Count(e => (string?)e.Attribute("width") == "34" && e.Attribute("style")!.Value.Contains("orange", StringComparison.Ordinal)));
        Assert.Contains(">without<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }
}
