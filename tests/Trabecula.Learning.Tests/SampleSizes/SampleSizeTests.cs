using Trabecula.Learning.SampleSizes;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.SampleSizes;

public sealed class SampleSizeTests
{
    [Theory]
    [InlineData(0.2, 0.501)]
    [InlineData(0.2, 0.9999)]
    public void Validation_ExtremeCStatistic_IsRefusedInWords(double prevalence, double cStatistic) => Assert.Contains(
        "C statistic of 0.51 to 0.99", Assert.Throws<LearningException>(() => new PredictionModelValidation(prevalence, cStatistic).Calculate()).Message, StringComparison.Ordinal);

    [Fact]
    public void OneSampleProportion_FifteenAgainstTwentyFive_Gives158()
    {
        SampleSize size = new OneSampleProportion(.15, .25).Calculate();
        Assert.Equal(157.446, size.Criteria.Single().Exact, 5e-4);
        Assert.Equal(158, size.Subjects);
    }

    [Fact]
    public void ExactOneSampleProportion_FifteenAgainstTwentyFive_Gives167AndSawTooth()
    {
        var design = new ExactOneSampleProportion(.15, .25);
        SampleSize size = design.Calculate();
        Assert.Equal([167, 180], size.Criteria.Select(c => c.Subjects));
        int[] with = [.. Enumerable.Range(150, 50).Where(n => design.PowerOf(n).Power >= .9)];
        Assert.Equal([167, 171, 172, 173, 176, 177, 178, .. Enumerable.Range(180, 20)], with);
        Assert.All(Enumerable.Range(1, 200), n => Assert.InRange(design.PowerOf(n).Alpha, 0, .05));
    }

    [Fact]
    public void ExactOneSampleProportion_SmallTest_EqualsEnumeration()
    {
        // Five at 0.5: rejected at 0 of 5 and 5 of 5 with alpha 1/16, and never with 0.05.
        (double power, double alpha) = new ExactOneSampleProportion(.5, .9) { Alpha = .0626 }.PowerOf(5);
        Assert.Equal(Math.Pow(.9, 5) + 1e-5, power, 1e-13);
        Assert.Equal(2.0 / 32, alpha, 1e-13);
        Assert.Equal((0, 0), new ExactOneSampleProportion(.5, .9).PowerOf(5));
    }

    [Fact]
    public void TwoProportions_FifteenAndForty_GivesTheListedAlternatives() =>
        Assert.Equal([130, 124, 146, 140, 128], new TwoProportions(.15, .40).Calculate().Criteria.Select(c => c.Subjects));

    [Fact]
    public void LogisticPredictor_OddsRatio206_Needs158() => Assert.Equal(158, new LogisticPredictor(.15, 2.06).Calculate().Subjects);

    [Fact]
    public void Development_TwentyFourParameters_GivesRileysExample()
    {
        SampleSize size = new PredictionModelDevelopment(.174, 24) { R2CoxSnell = .288 }.Calculate();
        Assert.Equal([623, 662, 221], size.Criteria.Select(c => c.Subjects));
        Assert.Equal(662, size.Subjects);
    }

    [Fact]
    public void Development_MeanAbsoluteError_Gives694() =>
        Assert.Equal(694, new PredictionModelDevelopment(.119, 25) { CStatistic = .85, MeanAbsoluteError = .05 }.Calculate().Criteria[3].Subjects);

    [Fact]
    public void CoxSnellR2_OfCStatistic_EqualsASimulation()
    {
        const int n = 200_000;
        const double prevalence = .3, c = .8;
        RandomSequence random = new Seed(11).Derive("r2").Open();
        double distance = Math.Sqrt(2) * Distributions.NormalQuantile(c), gain = 0;
        for (int i = 0; i < n; i++)
        {
            bool isEvent = i < prevalence * n;
            double x = random.NextGaussian() + (isEvent ? distance : 0);
            double risk = prevalence / (prevalence + (1 - prevalence) * Math.Exp(distance * distance / 2 - distance * x));
            gain += isEvent ? Math.Log(risk / prevalence) : Math.Log((1 - risk) / (1 - prevalence));
        }
        // The draw's own error is 0.0015.
        Assert.Equal(1 - Math.Exp(-2 * gain / n), CoxSnellR2.FromCStatistic(c, prevalence), 0.005);
    }

    [Fact]
    public void Validation_OfThePaper_GivesEachCriterion()
    {
        SampleSize size = new PredictionModelValidation(.119, .85).Calculate();
        Assert.Equal(553, size.Criteria[0].Subjects);
        Assert.Equal(66, Math.Ceiling(553 * .119));
        // For a normal linear predictor of mean -2.864 and deviation 1.686. R's pmvalsampsize draws it a million times and varies by 1.15 around
        // this number: 767 is what such a draw gives.
        Assert.Equal(767.85, size.Criteria[1].Exact, 0.02);
        Assert.Equal(712, size.Criteria[2].Subjects);
    }

    /// <summary>
    /// The sizes that R's pmvalsampsize tests itself by: prevalence 0.018, C 0.8, an interval of observed by expected of width 1, for which it
    /// steps its standard error up to 0.2456. 4501 for a slope of width 0.2 is of 1,000 draws of a normal predictor of mean -5 and deviation
    /// 2.5, which vary by 310.
    /// </summary>
    [Fact]
    public void Validation_PmvalsampsizesOwnTest_IsMet()
    {
        SampleSize size = new PredictionModelValidation(.018, .8) { ObservedExpectedError = .2456 }.Calculate();
        Assert.Equal((4252, 905), (size.Criteria[0].Subjects, size.Criteria[2].Subjects));
        double error = .2 / (2 * 1.96);
        double exact = new LinearPredictor(-5, 2.5).SlopeVariance / (error * error);
        Assert.Equal(4553.88, exact, 0.01);
        Assert.InRange(4501, exact - 310, exact + 310);
    }

    [Fact]
    public void Validation_SizeForCStatistic_JustReachesTheWidth()
    {
        double Width(double n)
        {
            double c = .85, p = .119;
            double variance = c * (1 - c) * (1 + (n / 2 - 1) * (1 - c) / (2 - c) + (n / 2 - 1) * c / (1 + c)) / (n * n * p * (1 - p));
            return 2 * 1.959963984540054 * Math.Sqrt(variance);
        }
        Assert.Equal(.1, Width(new PredictionModelValidation(.119, .85).Calculate().Criteria[0].Exact), 1e-12);
    }

    [Fact]
    public void Calculate_SeveralWrongAssumptions_NamesThemAll()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new PredictionModelDevelopment(1.2, 0) { Shrinkage = 2 }.Calculate());
        Assert.Contains("Prevalence is 1.2, expected between 0 and 1.", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Parameters is 0", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Give either R2CoxSnell or CStatistic.", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Shrinkage is 2", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(new OneSampleProportion(.2, .2).Validate(), p => p.Contains("expected to differ", StringComparison.Ordinal));
        Assert.Contains(new PredictionModelDevelopment(.119, 3) { R2CoxSnell = .6 }.Validate(), p => p.Contains("0.518", StringComparison.Ordinal));
        Assert.Single(new LogisticPredictor(.1, 1).Validate());
        Assert.Equal(2, new PredictionModelValidation(.1, .4) { CStatisticWidth = 0 }.Validate().Count);
    }

    [Fact]
    public void Calculate_EqualButForRounding_RefusesEndlessSizes() =>
        Assert.Throws<LearningException>(() => new OneSampleProportion(.2, .2 + 1e-9).Calculate());
}
