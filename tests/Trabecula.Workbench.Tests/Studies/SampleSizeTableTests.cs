using Trabecula.Learning.SampleSizes;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class SampleSizeTableTests
{
    private static readonly SampleSizeDesign[] Designs =
    [
        new OneSampleProportion(0.15, 0.25), new PredictionModelDevelopment(0.119, 25) { CStatistic = 0.85 }, new PredictionModelValidation(0.119, 0.85),
    ];

    private static readonly AvailableSubjects Available = new(856, 600, 256, 1234);

    [Fact]
    public void Of_ThePapersNumbers_AsksOfWhoServesEachPurpose()
    {
        ReportTable table = SampleSizeTable.Of(Designs, Available);
        Assert.Equal("sample-size", table.Name);
        Assert.Equal(
        [
            ["normal approximation", "158", "856", "analysed", "yes"],
            ["shrinkage", "1128", "600", "training", "no"],
            ["optimism of R2", "863", "600", "training", "no"],
            ["overall risk", "162", "600", "training", "yes"],
            ["C statistic", "553", "256", "held out", "no"],
            ["calibration slope", "768", "256", "held out", "no"],
            ["observed by expected", "712", "256", "held out", "no"],
        ], table.Rows.Select(row => row.Skip(1).ToArray()));
        Assert.Contains("25 candidate parameters, but the tables hold 1234 predictors", table.Note, StringComparison.Ordinal);
        Assert.Contains("do not say whether a prediction model", table.Note, StringComparison.Ordinal);
        Assert.Contains("P / [(S - 1) ln(1 - R2cs / S)]", table.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AsManyParametersAsPredictorsAndNoTest_CarriesNoCaveat()
    {
        string note = SampleSizeTable.Of([Designs[1]], Available with { Predictors = 25 }).Note;
        Assert.DoesNotContain("predictors", note, StringComparison.Ordinal);
        Assert.DoesNotContain("do not say", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OfEachCalculation_SayWhatIsTooFew()
    {
        string[] lines = [.. SampleSizeTable.Lines(Designs, Available)];
        Assert.Equal("Sample size: 158 asked, 856 analysed (One proportion, 0.15 against 0.25, two-sided alpha 0.05, power 0.9)", lines[0]);
        Assert.StartsWith("Sample size: 1128 asked, 600 training, too few (Development", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("Sample size: 768 asked, 256 held out, too few (Validation", lines[2], StringComparison.Ordinal);
    }
}
