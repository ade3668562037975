using Trabecula.Learning.SampleSizes;
using Trabecula.Workbench.Studies.Plans;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Plans;

public sealed class SampleSizeKeysTests
{
    [Fact]
    public void Parse_EachKind_IsReadIntoItsAssumptions()
    {
        StudyPlan plan = PlanText.Plan(PlanText.Least + """

            sampleSize:
              - oneProportion: { reference: 0.15, expected: 0.25 }
              - exactOneProportion: { reference: 0.15, expected: 0.25, alpha: 0.01, power: 0.8 }
              - twoProportions: { first: 0.15, second: 0.4 }
              - development: { prevalence: 0.174, parameters: 24, r2CoxSnell: 0.288, shrinkage: 0.95, optimism: 0.04, riskMargin: 0.06, meanAbsoluteError: 0.07 }
              - development: { prevalence: 0.119, parameters: 25, cStatistic: 0.85 }
              - validation: { prevalence: 0.119, cStatistic: 0.85, cStatisticWidth: 0.2, slopeWidth: 1.4, observedExpectedError: 0.2 }
            """);
        Assert.Equal(
        [
            new OneSampleProportion(0.15, 0.25),
            new ExactOneSampleProportion(0.15, 0.25) { Alpha = 0.01, Power = 0.8 },
            new TwoProportions(0.15, 0.4),
            new PredictionModelDevelopment(0.174, 24) { R2CoxSnell = 0.288, Shrinkage = 0.95, Optimism = 0.04, RiskMargin = 0.06, MeanAbsoluteError = 0.07 },
            new PredictionModelDevelopment(0.119, 25) { CStatistic = 0.85 },
            new PredictionModelValidation(0.119, 0.85) { CStatisticWidth = 0.2, SlopeWidth = 1.4, ObservedExpectedError = 0.2 },
        ], plan.SampleSize);
        Assert.Empty(PlanText.Plan(PlanText.Least).SampleSize);
        // One calculation needs no list.
        Assert.Single(PlanText.Plan(PlanText.Least + "\nsampleSize: { oneProportion: { reference: 0.15, expected: 0.25 } }").SampleSize);
    }

    [Theory]
    [InlineData("oneProportion: { reference: 0.15, expected: 0.15 }", "expected to differ")]
    [InlineData("oneProportion: { reference: 0.15 }", "The key expected is missing")]
    [InlineData("oneProportion: { reference: 1.5, expected: 0.2 }", "1.5")]
    [InlineData("oneProportion: { reference: 0.2, expected: 0.2000000001 }", "Choose assumptions")]
    [InlineData("development: { prevalence: 0.1, parameters: 0, cStatistic: 0.8 }", "parameters")]
    [InlineData("development: { prevalence: 0.1, parameters: 5 }", "Give either R2CoxSnell or CStatistic")]
    [InlineData("development: { prevalence: 0.1, parameters: 5, cStatistic: 0.4 }", "cStatistic = 0.4")]
    [InlineData("validation: { prevalence: 0.1, cStatistic: 0.8, slopeWidth: 0 }", "slopeWidth")]
    [InlineData("develpment: { prevalence: 0.1 }", "Did you mean development?")]
    public void Parse_WrongAssumptions_AreNamedWithTheirLine(string calculation, string said)
    {
        string text = PlanText.Least + "\nsampleSize:\n  - " + calculation;
        PlanException thrown = Assert.Throws<PlanException>(() => PlanText.Plan(text));
        PlanProblem problem = Assert.Single(thrown.Problems);
        Assert.Contains(said, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(text.Split('\n').Length, problem.Line);
    }
}
