using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

public sealed class UnivariateScreeningTests
{
    // 10 against 5, R's example of wilcox.test: corrected P .2544 exact, .2446 with continuity correction, .2207 without.
    private static readonly double[] Values = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46, 1.15, 0.88, 0.90, 0.74, 1.21];
    private static readonly bool[] Outcomes = [.. Enumerable.Range(0, 15).Select(row => row < 10)];

    [Theory]
    [InlineData(RankSumMethod.TieAndContinuityCorrected, 0.2446)]
    [InlineData(RankSumMethod.TieCorrected, 0.2207)]
    [InlineData(RankSumMethod.Exact, 0.2544)]
    public void Fit_ContinuousColumn_HasTheRankSumPAskedFor(RankSumMethod method, double p)
    {
        ScreenedColumn test = Fit(new UnivariateScreening { RankSum = method }, SelectionTables.Of(Outcomes, Values)).Tests[0];
        Assert.Equal(ScreeningTest.RankSum, test.Test);
        Assert.Equal(p, test.P, 5e-5);
        Assert.Equal(test.P, test.AdjustedP);
    }

    // [12 7; 5 7]: chi-square 0.64112 with Yates' correction and 1.3716 without, of the design notes; the smallest expected count is
    // 12 * 14 / 31 = 5.42. Of [3 1; 1 3] every expected count is 2, and Fisher's P is (1 + 16 + 16 + 1) / 70.
    [Theory]
    [InlineData(12, 7, 5, 7, true, 0, ScreeningTest.ChiSquare, 0.4233)]
    [InlineData(12, 7, 5, 7, false, 0, ScreeningTest.ChiSquare, 0.2415)]
    [InlineData(12, 7, 5, 7, true, 5, ScreeningTest.ChiSquare, 0.4233)]
    [InlineData(3, 1, 1, 3, true, 5, ScreeningTest.FisherExact, 34.0 / 70)]
    [InlineData(3, 1, 1, 3, false, 0, ScreeningTest.ChiSquare, 0.1573)]
    public void Fit_BinaryColumn_HasTheTestAskedFor(int a, int b, int c, int d, bool yates, double fisherBelow, ScreeningTest expected, double p)
    {
        (double[] column, bool[] outcomes) = Counts(a, b, c, d);
        FeatureTable table = SelectionTables.Of(outcomes, [new FeatureColumn("ivc", ColumnKind.Binary)], [column]);
        ScreenedColumn test = Fit(new UnivariateScreening { Yates = yates, FisherBelow = fisherBelow }, table).Tests[0];
        Assert.Equal(expected, test.Test);
        Assert.Equal(p, test.P, 5e-5);
    }

    [Fact]
    public void Fit_CategoricalColumn_IsTestedByItsCountsNotItsNumbers()
    {
        FeatureColumn level = new("level", ColumnKind.Categorical) { Levels = ["a", "b", "c", "never"] };
        double[] column = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
        bool[] outcomes = [false, false, false, true, true, true, true, true, false, false, false, true];
        ScreenedColumn test = Fit(new UnivariateScreening(), SelectionTables.Of(outcomes, [level], [column])).Tests[0];
        ChiSquareTest expected = ChiSquareTest.Of([[3, 1], [0, 4], [3, 1]]);
        Assert.Equal((ScreeningTest.ChiSquare, expected.P), (test.Test, test.P));
        Assert.Equal(2, expected.DegreesOfFreedom);
    }

    [Fact]
    public void Fit_ColumnsWithoutATest_HaveP1AndAreNotCounted()
    {
        FeatureColumn[] schema = [new("constant"), new("one class"), new("values"), new("same", ColumnKind.Binary)];
        double[] oneClass = [.. Outcomes.Select((outcome, row) => outcome ? row : double.NaN)];
        FittedUnivariateScreening fitted = Fit(
            new UnivariateScreening { Alpha = 0.3, RankSum = RankSumMethod.Exact },
            SelectionTables.Of(Outcomes, schema, [[.. Enumerable.Repeat(7.0, 15)], oneClass, Values, [.. Enumerable.Repeat(1.0, 15)]]));
        Assert.Equal([ScreeningTest.None, ScreeningTest.None, ScreeningTest.RankSum, ScreeningTest.None], fitted.Tests.Select(t => t.Test));
        Assert.Equal([1, 1, 1], fitted.Tests.Where(t => t.Test == ScreeningTest.None).Select(t => t.P));
        Assert.Equal(["values"], SelectionTables.Names(fitted));
        Assert.Equal(0.3, fitted.ExpectedByChance!.Value, 1e-15);
    }

    [Fact]
    public void Fit_MissingValues_AreLeftOutOfTheirColumn()
    {
        double[] gap = [.. Values.Take(14), double.NaN];
        double p = Fit(new UnivariateScreening(), SelectionTables.Of(Outcomes, gap)).Tests[0].P;
        Assert.Equal(Fit(new UnivariateScreening(), SelectionTables.Of(Outcomes[..14], Values[..14])).Tests[0].P, p);
    }

    [Fact]
    public void Fit_ExactOnTies_NamesTheColumn()
    {
        double[] tied = [.. Values.Take(14), Values[0]];
        Assert.StartsWith(
            "Univariate screening: 'f1': The exact rank-sum distribution",
            Assert.Throws<LearningException>(() => Fit(
                new UnivariateScreening { RankSum = RankSumMethod.Exact }, SelectionTables.Of(Outcomes, Values, tied))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_FewColumnsPass_KeepsThoseOfTheSmallestPInTableOrder()
    {
        FeatureTable noise = Tables.Gaussian(new Seed(8), 40, 12, effect: 0);
        var screening = new UnivariateScreening { Alpha = 0.01, Fallback = new ScreeningFallback(3, 5) };
        FittedUnivariateScreening fitted = Fit(screening, noise);
        Assert.InRange(fitted.Passed, 0, 2);
        Assert.True(fitted.FellBack);
        Assert.Equal(fitted.Tests.OrderBy(t => t.P).Take(5).Select(t => t.Column).Order(), fitted.Kept);
        Assert.Equal(0.12, fitted.ExpectedByChance!.Value, 1e-15);
        Assert.False(Fit(screening with { Alpha = 1 }, noise).FellBack);
        Assert.Equal(fitted.Passed, Fit(screening with { Fallback = null }, noise).Kept.Count);
    }

    [Fact]
    public void Fit_EqualP_FallsBackOnTheFirst()
    {
        FittedUnivariateScreening fitted = Fit(
            new UnivariateScreening { Fallback = new ScreeningFallback(1, 2) }, SelectionTables.Of(Outcomes, Values, Values, Values));
        Assert.Equal([0, 1], fitted.Kept);
    }

    [Fact]
    public void Fit_BenjaminiHochberg_KeepsNoMoreAndRecordsBothPs()
    {
        FeatureTable table = Tables.Gaussian(new Seed(9), 60, 30);
        FittedUnivariateScreening plain = Fit(new UnivariateScreening(), table);
        FittedUnivariateScreening adjusted = Fit(new UnivariateScreening { Adjustment = PAdjustment.BenjaminiHochberg }, table);
        Assert.Equal(plain.Tests.Select(t => t.P), adjusted.Tests.Select(t => t.P));
        Assert.Equal(MultipleTesting.BenjaminiHochberg([.. plain.Tests.Select(t => t.P)]), adjusted.Tests.Select(t => t.AdjustedP));
        Assert.InRange(adjusted.Passed, 1, plain.Passed - 1);
        Assert.Equal(adjusted.Passed, adjusted.Kept.Count);
    }

    [Fact]
    public void Fit_BenjaminiHochberg_CountsOnlyColumnsThatWereTested()
    {
        FeatureTable table = Tables.Gaussian(new Seed(9), 60, 10);
        double[] constant = [.. Enumerable.Repeat(7.0, 60)];
        double[][] columns = [.. Enumerable.Range(0, 10).Select(c => table.Column(c))];
        var screening = new UnivariateScreening { Adjustment = PAdjustment.BenjaminiHochberg };
        FittedUnivariateScreening alone = Fit(screening, SelectionTables.Of([.. table.Outcomes], columns));
        FittedUnivariateScreening beside = Fit(screening, SelectionTables.Of([.. table.Outcomes], [.. columns, .. Enumerable.Repeat(constant, 50)]));
        Assert.Equal(alone.Tests.Select(t => t.AdjustedP), beside.Tests.Take(10).Select(t => t.AdjustedP));
        Assert.All(beside.Tests.Skip(10), test => Assert.Equal((1, 1), (test.P, test.AdjustedP)));
        Assert.Equal(10, beside.Tested);
        // Of what BH lets pass by chance no number is known beforehand.
        Assert.Null(beside.ExpectedByChance);
    }

    [Fact]
    public void Fit_Noise_PassesAboutTheNumberExpectedByChance()
    {
        FittedUnivariateScreening fitted = Fit(new UnivariateScreening(), Tables.Gaussian(new Seed(10), 80, 1000, effect: 0));
        Assert.Equal(100, fitted.ExpectedByChance!.Value, 1e-12);
        // Binomial with standard deviation 9.5.
        Assert.InRange(fitted.Passed, 65, 135);
    }

    [Fact]
    public void Fit_OneScope_HandsOnTheOtherColumnsUntested()
    {
        FeatureColumn[] schema = [new("a", Source: ColumnSource.Clinical), new("b"), new("c", Source: ColumnSource.Clinical)];
        double[] useless = [.. Enumerable.Range(0, 15).Select(row => (double)(row % 5))];
        FeatureTable table = SelectionTables.Of(Outcomes, schema, [useless, useless, useless]);
        FittedUnivariateScreening fitted = Fit(new UnivariateScreening { Scope = ColumnScope.Radiomic }, table);
        Assert.Equal(["a", "c"], SelectionTables.Names(fitted));
        Assert.Equal([1], fitted.Tests.Select(t => t.Column));
    }

    [Fact]
    public void Read_WrittenState_KeepsTheSameAndTellsWhy()
    {
        FeatureTable table = Tables.Gaussian(new Seed(11), 40, 10);
        FittedUnivariateScreening fitted = Fit(
            new UnivariateScreening
            {
                Alpha = 0.2,
                Adjustment = PAdjustment.BenjaminiHochberg,
                Fallback = new ScreeningFallback(9, 4),
                RankSum = RankSumMethod.Normal,
                Yates = false,
                FisherBelow = 5,
            }, table);
        FittedUnivariateScreening read = SelectionTables.Reread(fitted);
        Assert.Equal(fitted.Tests, read.Tests);
        Assert.Equal((fitted.Options, fitted.FellBack), (read.Options, read.FellBack));
        Assert.Equal(fitted.Transform(table).Values.ToArray(), read.Transform(table).Values.ToArray());
    }

    [Fact]
    public void Validate_WrongOptions_NamesAllOfThem() => Assert.Equal(
        [
            "Alpha is 0, expected above 0 and at most 1.", "FisherBelow is -1, expected an expected count of at least 0.",
            "Fallback keeps 0 columns where fewer than 5 pass, expected two numbers of at least 1.",
        ],
        new UnivariateScreening { Alpha = 0, FisherBelow = -1, Fallback = new ScreeningFallback(5, 0) }.Validate());

    private static (double[] Column, bool[] Outcomes) Counts(int a, int b, int c, int d) =>
    (
        [.. Enumerable.Repeat(0.0, a + b), .. Enumerable.Repeat(1.0, c + d)],
        [.. Enumerable.Repeat(false, a), .. Enumerable.Repeat(true, b), .. Enumerable.Repeat(false, c), .. Enumerable.Repeat(true, d)]
    );

    private static FittedUnivariateScreening Fit(UnivariateScreening options, FeatureTable table) =>
        SelectionTables.Fit<FittedUnivariateScreening>(options, table);
}
