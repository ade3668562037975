using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Trabecula.Workbench.Tests.Reports;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>What a study says of its univariate tests.</summary>
public sealed class ScreeningTableTests
{
    [Fact]
    public void Screening_BenjaminiHochberg_ShowsTheRawPAndTheAdjustedOne()
    {
        StudyResult result = Run(new UnivariateScreening { Alpha = 0.5, Adjustment = PAdjustment.BenjaminiHochberg });
        ReportTable table = StudyTables.Screening(result);
        var screening = (FittedUnivariateScreening)result.Splits[0].Steps[0];
        double[] p = Numbers(table, "P"), adjusted = Numbers(table, "PAdjusted");
        Assert.Equal(screening.Tests.Where(test => test.Test != ScreeningTest.None).Select(test => test.P), p);
        Assert.Equal(MultipleTesting.BenjaminiHochberg(p), adjusted);
        Assert.Contains(p.Zip(adjusted), pair => pair.First < pair.Second);
    }

    [Theory]
    [InlineData(0.05, PAdjustment.None, "P below 0.05 without adjustment keeps 5 %", "0.4")]
    [InlineData(0.2, PAdjustment.None, "P below 0.2 without adjustment keeps 20 %", "1.6")]
    [InlineData(0.2, PAdjustment.BenjaminiHochberg, "share of false columns among those that pass to 20 %", "")]
    public void Steps_Note_HoldsForThePlansOwnLimitAndAdjustment(double alpha, PAdjustment adjustment, string note, string expected)
    {
        ReportTable table = StudyTables.Steps(Run(new UnivariateScreening { Alpha = alpha, Adjustment = adjustment }));
        Assert.Contains(note, table.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("0.1", table.Note, StringComparison.Ordinal);
        Assert.Equal(expected, table.Rows[0][Place(table, "expected by chance")]);
    }

    [Fact]
    public void Steps_WithoutScreening_SayNothingOfIt() => Assert.Equal("", StudyTables.Steps(Run(new VarianceFilter())).Note);

    [Fact]
    public void Report_ScreeningThatFellBack_SaysHowManyPassedAndWhatWasKept()
    {
        using var folder = new TemporaryFolder();
        const string said = "0 of 6 tested columns passed at P below 1E-09, fewer than 2: kept were the 3 of the smallest P";
        string run = SmallRun.Run(folder, plan: SmallRun.Plan.Replace("  - adaptiveScaling", "  - screening: { p: 1e-9, fallback: { fewerThan: 2, keep: 3 } }", StringComparison.Ordinal));
        StudySummary summary = StudyFolder.Read(Path.Combine(run, StudyFolder.SummaryName));
        Assert.Contains(summary.Warnings, warning => warning.Contains(said, StringComparison.Ordinal));
        Assert.Contains(said, File.ReadAllText(Path.Combine(run, StudyFolder.ReportName)), StringComparison.Ordinal);
        ReportTable steps = summary.Tables.First(table => table.Name == "steps");
        Assert.Equal(said, steps.Rows.First(row => row[Place(steps, "fitted on")] == "training" && row[Place(steps, "name")] == "Univariate screening")[Place(steps, "note")]);
    }

    private static int Place(ReportTable table, string column) => table.Columns.Index().First(each => each.Item == column).Index;

    private static double[] Numbers(ReportTable table, string column) => [.. table.Rows.Select(row => double.Parse(row[Place(table, column)], CultureInfo.InvariantCulture))];

    private static StudyResult Run(Transformer step)
    {
        RandomSequence random = new Seed(4).Open();
        const int rows = 60, columns = 9;
        bool[] outcomes = [.. Enumerable.Range(0, rows).Select(i => i % 3 == 0)];
        double[] values = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            // The last column is constant.
            for (int column = 0; column < columns - 1; column++)
                values[row * columns + column] = random.NextGaussian() + (column < 3 && outcomes[row] ? 1 : 0);
        }
        var table = new FeatureTable([.. Enumerable.Range(0, columns).Select(c => $"f{c}")], [.. Enumerable.Range(0, rows).Select(i => $"S{i}")], outcomes, values);
        return StudyExecution.Run(table, new StudyDesign
        {
            Preparation = new PreparationSteps([step]),
            Models = [new CandidateModel("lr", [new Configuration("fixed", new LogisticRegression())])],
        }, 1, cancellationToken: TestContext.Current.CancellationToken);
    }
}
