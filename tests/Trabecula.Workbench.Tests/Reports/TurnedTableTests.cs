using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

/// <summary>Wide tables of few rows, which a report shows with the rows as columns.</summary>
public sealed class TurnedTableTests
{
    [Fact]
    public void Turned_NameInAnyColumn_StandsAboveItsOwnRow()
    {
        ReportTable turned = ReadableTable.Turned(new ReportTable("t", "T", ["predictions", "area", "model"], [["held out", "0.7", "LR"], ["held out", "0.8", "SVM"]]) { RowName = "model" });
        Assert.Equal(["model", "LR", "SVM"], turned.Columns);
        Assert.Equal<IReadOnlyList<string>>([["area", "0.7", "0.8"]], turned.Rows);
    }

    [Fact]
    public void Turned_RowsOfSeveralSplits_SayWhichSplitTheyAreOf()
    {
        ReportTable turned = ReadableTable.Turned(new ReportTable("t", "T", ["split", "model", "area"], [["1", "LR", "0.7"], ["2", "LR", "0.8"]]) { RowName = "model" });
        Assert.Equal<IReadOnlyList<string>>([["split", "1", "2"], ["area", "0.7", "0.8"]], turned.Rows);
    }

    [Fact]
    public void Report_TableOfSteps_IsNotTurnedByItsSecondColumn()
    {
        using var folder = new TemporaryFolder();
        // One model with one configuration: no folds, so that the table of steps has two rows, few enough to be turned.
        string run = SmallRun.Run(folder, plan: SmallRun.Plan.Replace("trials: [{ C: 0.1 }, { C: 1 }]", "trials: [{ C: 1 }]", StringComparison.Ordinal));
        string page = File.ReadAllText(Path.Combine(run, StudyFolder.ReportName));
        Assert.Contains("<th scope=\"col\">clinical before</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<th scope=\"col\">training</th>", page, StringComparison.Ordinal);
    }
}
