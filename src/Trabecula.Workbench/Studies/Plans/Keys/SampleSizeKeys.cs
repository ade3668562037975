using Trabecula.Learning;
using Trabecula.Learning.SampleSizes;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The kinds of sample-size calculations; each is read into the assumptions of its <see cref="SampleSizeDesign"/>.</summary>
internal static class SampleSizeKeys
{
    private static readonly NumberShape s_share = new(0, 1, aboveMinimum: true, belowMaximum: true), s_area = new(0.5, 1, aboveMinimum: true, belowMaximum: true), s_above = new(0, double.PositiveInfinity, aboveMinimum: true);

    internal static readonly UnionShape<SampleSizeDesign> SampleSize = new UnionShape<SampleSizeDesign>("sample-size calculation")
        .Add("oneProportion", WithErrors(new BlockShape<OneSampleProportion>(
                new OneSampleProportion(0, 0), "To tell a proportion from a fixed one: PASS's one-sample z test, which says nothing about a prediction model")
            .Required("reference", "The fixed proportion", s_share, (d, value) => d with { NullProportion = value })
            .Required("expected", "The proportion to be found", s_share, (d, value) => d with { AlternativeProportion = value })))
        .Add("exactOneProportion", WithErrors(new BlockShape<ExactOneSampleProportion>(
                new ExactOneSampleProportion(0, 0), "The same by the exact binomial test")
            .Required("reference", "The fixed proportion", s_share, (d, value) => d with { NullProportion = value })
            .Required("expected", "The proportion to be found", s_share, (d, value) => d with { AlternativeProportion = value })))
        .Add("twoProportions", WithErrors(new BlockShape<TwoProportions>(
                new TwoProportions(0, 0), "To tell two groups' proportions apart, by the usual formulas")
            .Required("first", "The first group's proportion", s_share, (d, value) => d with { First = value })
            .Required("second", "The second group's proportion", s_share, (d, value) => d with { Second = value })))
        .Add("logisticPredictor", WithErrors(new BlockShape<LogisticPredictor>(
                new LogisticPredictor(0, 0), "To find the association of one normally distributed predictor in a logistic regression: Hsieh et al. 1998")
            .Required("prevalence", "The event's share at the predictor's mean", s_share, (d, value) => d with { Prevalence = value })
            .Required("oddsRatio", "The odds ratio of one standard deviation; not 1", s_above, (d, value) => d with { OddsRatio = value })
            .Optional("otherPredictorsR2", "The squared multiple correlation with the other predictors", new NumberShape(0, 1, belowMaximum: true),
                d => d.OtherPredictorsR2, (d, value) => d with { OtherPredictorsR2 = value })))
        .Add("development", Checked(new BlockShape<PredictionModelDevelopment>(
                new PredictionModelDevelopment(0, 0), "To develop a prediction model: the criteria of Riley et al. 2020")
            .Required("prevalence", "The event's share", s_share, (d, value) => d with { Prevalence = value })
            .Required("parameters", "Candidate parameters: all that are tried, not those kept; k levels have k - 1", new WholeShape(1), (d, value) => d with { Parameters = value })
            .Optional("cStatistic", "The C statistic (AUROC) expected of the model; or give r2CoxSnell", s_area, (d, value) => d with { CStatistic = value })
            .Optional("r2CoxSnell", "The Cox-Snell R squared expected of the model; or give cStatistic. At most 1 - (p^p q^q)^2 for a prevalence p, which is 0.75 for 0.5", new NumberShape(0, 0.75, aboveMinimum: true, belowMaximum: true), (d, value) => d with { R2CoxSnell = value })
            .Optional("shrinkage", "The uniform shrinkage that is accepted", s_share, d => d.Shrinkage, (d, value) => d with { Shrinkage = value })
            .Optional("optimism", "The optimism of Nagelkerke's R squared that is accepted", s_share, d => d.Optimism, (d, value) => d with { Optimism = value })
            .Optional("riskMargin", "Half the width of the overall risk's 95 % interval", s_share, d => d.RiskMargin, (d, value) => d with { RiskMargin = value })
            .Optional("meanAbsoluteError", "The mean absolute error of risks that is accepted; without, no such criterion", s_share,
                (d, value) => d with { MeanAbsoluteError = value })))
        .Add("validation", Checked(new BlockShape<PredictionModelValidation>(
                new PredictionModelValidation(0, 0), "To validate a prediction model: the criteria of Riley et al. 2021")
            .Required("prevalence", "The event's share", s_share, (d, value) => d with { Prevalence = value })
            .Required("cStatistic", "The C statistic (AUROC) expected", s_area, (d, value) => d with { CStatistic = value })
            .Optional("cStatisticWidth", "Width of its 95 % interval", s_share, d => d.CStatisticWidth, (d, value) => d with { CStatisticWidth = value })
            .Optional("slopeWidth", "Width of the calibration slope's 95 % interval", s_above, d => d.SlopeWidth, (d, value) => d with { SlopeWidth = value })
            .Optional("observedExpectedError", "Standard error of the logarithm of observed by expected events", s_above,
                d => d.ObservedExpectedError, (d, value) => d with { ObservedExpectedError = value })));

    private static BlockShape<T> WithErrors<T>(BlockShape<T> block) where T : HypothesisTestDesign => Checked(block
        .Optional("alpha", "Two-sided significance level", s_share, d => d.Alpha, (d, value) => d with { Alpha = value })
        .Optional("power", "Probability to find it", s_share, d => d.Power, (d, value) => d with { Power = value }));

    private static BlockShape<T> Checked<T>(BlockShape<T> block) where T : SampleSizeDesign => block.Check(Problems);

    // Assumptions that lead to no finite size are a fault of the plan, which a run must not find out at its end.
    private static IEnumerable<string> Problems<T>(T design) where T : SampleSizeDesign
    {
        IReadOnlyList<string> problems = design.Validate();
        if (problems.Count > 0)
            return problems;
        try
        {
            design.Calculate();
            return [];
        }
        catch (LearningException fault)
        {
            return [fault.Message];
        }
    }
}
