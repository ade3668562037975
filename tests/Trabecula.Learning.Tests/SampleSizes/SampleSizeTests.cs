using Trabecula.Learning.SampleSizes;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.SampleSizes;

public sealed class SampleSizeTests
{
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

    /// <summary>
    /// pmsampsize draws a million subjects to turn C into R2cs. Its sizes are those of the R2cs in the second column, which is within
    /// that draw's error of the integral's; the integral itself gives the last column.
    /// </summary>
    [Theory]
    [InlineData(25, .75, .08597, 2490, 2474)]
    [InlineData(25, .85, .178298, 1133, 1128)]
    [InlineData(25, .927, .2865, 806, 806)]
    [InlineData(1223, .85, .178298, 55394, 55178)]
    public void Development_OfCStatistic_IsPmsampsizeWithoutItsDraw(int parameters, double c, double drawn, int pmsampsize, int exact)
    {
        const double prevalence = .119;
        var design = new PredictionModelDevelopment(prevalence, parameters) { CStatistic = c };
        Assert.Equal(exact, design.Calculate().Subjects);
        Assert.InRange(new PredictionModelDevelopment(prevalence, parameters) { R2CoxSnell = drawn }.Calculate().Subjects, pmsampsize - 1, pmsampsize + 1);
        Assert.InRange(Math.Abs(drawn - design.R2) / DrawError(c, prevalence), 0, 2);
    }

    /// <summary>Standard error of the Cox-Snell R squared of a million subjects, of both classes as many as expected.</summary>
    private static double DrawError(double c, double prevalence)
    {
        double distance = Math.Sqrt(2) * Distributions.NormalQuantile(c), logit = Math.Log(prevalence / (1 - prevalence));
        double Gain(double x, bool isEvent)
        {
            double lp = logit - distance * distance / 2 + distance * x, risk = 1 / (1 + Math.Exp(-lp));
            return isEvent ? Math.Log(risk / prevalence) : Math.Log((1 - risk) / (1 - prevalence));
        }
        double Variance(bool isEvent)
        {
            double shift = isEvent ? distance : 0;
            double mean = Integral.OfNormal(x => Gain(x + shift, isEvent));
            return Integral.OfNormal(x => (Gain(x + shift, isEvent) - mean) * (Gain(x + shift, isEvent) - mean));
        }
        double deviation = Math.Sqrt(prevalence * Variance(true) + (1 - prevalence) * Variance(false)) / 1000;
        return 2 * deviation * (1 - CoxSnellR2.FromCStatistic(c, prevalence));
    }

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
        // Given as about 767: the integral gives 767.8 for a normal linear predictor of mean -2.864 and deviation 1.686.
        Assert.Equal(767.85, size.Criteria[1].Exact, 0.02);
        Assert.Equal(712, size.Criteria[2].Subjects);
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
