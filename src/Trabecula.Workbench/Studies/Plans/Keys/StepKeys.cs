using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The kinds of steps; each is read into the options of its <see cref="Transformer"/>.</summary>
internal static class StepKeys
{
    private static readonly BlockShape<ScreeningFallback> s_fallback =
        new BlockShape<ScreeningFallback>(new ScreeningFallback(20, 50), "What is kept where too few columns pass")
            .Optional("fewerThan", "Applies where fewer columns pass", new WholeShape(1), f => f.FewerThan, (f, value) => f with { FewerThan = value })
            .Optional("keep", "How many columns of the smallest P are kept then", new WholeShape(1), f => f.Keep, (f, value) => f with { Keep = value });

    internal static readonly UnionShape<Transformer> Step = new UnionShape<Transformer>("step")
        .Add("adaptiveScaling", Of(new AdaptiveScaler(), "Mean and standard deviation where the distribution allows, else median and interquartile range")
            .Optional("skewness", "Largest |skewness| that allows mean and deviation", new NumberShape(0), s => s.MaxSkewness, (s, value) => s with { MaxSkewness = value })
            .Optional("kurtosis", "Largest kurtosis that does, in the form of kurtosisForm", new NumberShape(), s => s.MaxKurtosis, (s, value) => s with { MaxKurtosis = value })
            .Optional("kurtosisForm", "pearson is 3 for a normal distribution, excess is 0", new ChoiceShape<KurtosisForm>(), s => s.Kurtosis, (s, value) => s with { Kurtosis = value })
            .Optional("unbiasedMoments", "Skewness and kurtosis corrected for the number of rows", new FlagShape(), s => s.UnbiasedMoments, (s, value) => s with { UnbiasedMoments = value })
            .Optional("outliers", "Largest share of values beyond the fences that does", new NumberShape(0, 1), s => s.MaxOutlierShare, (s, value) => s with { MaxOutlierShare = value })
            .Optional("fence", "Distance of the fences from the quartiles, in interquartile ranges", new NumberShape(0), s => s.OutlierFence, (s, value) => s with { OutlierFence = value })
            .Optional("divisor", "Of the standard deviation", new ChoiceShape<MomentDivisor>(), s => s.Divisor, (s, value) => s with { Divisor = value }))
        .Add("standardScaling", Of(new StandardScaler(), "Mean 0 and standard deviation 1; categorical columns stay as they are"))
        .Add("imputation", Of(new Imputer(), "Fills missing values with what the training rows have")
            .Optional("strategy", "What is filled in; categories get the most frequent", new ChoiceShape<ImputationStrategy>(), s => s.Strategy, (s, value) => s with { Strategy = value })
            .Optional("indicators", "Adds a column that says where a value was missing", new FlagShape(), s => s.AddIndicators, (s, value) => s with { AddIndicators = value }))
        .Add("oneHotEncoding", Of(new OneHotEncoder(), "A 0/1 column for each level of a categorical one")
            .Optional("dropFirst", "No column for the first level", new FlagShape(), s => s.DropFirst, (s, value) => s with { DropFirst = value })
            .Optional("unseen", "What is done with a level that the training rows lack", new ChoiceShape<UnseenCategory>(), s => s.Unseen, (s, value) => s with { Unseen = value }))
        .Add("columnChoice", Of(new ColumnChoice(), "Keeps named columns and no other")
            .Optional("names", "The columns that are kept", new ListShape<string>(CohortKeys.ColumnName), (s, value) => s with { Names = value })
            .Optional("source", "A source whose columns are kept", new ChoiceShape<ColumnSource>(), (s, value) => s with { Source = value }))
        .Add("reproducibility", Of(new ReproducibilityFilter(), "Keeps columns on which the readers agree")
            .Optional("measure", "Lin's concordance or a form of the intraclass correlation", new ChoiceShape<Agreement>(), s => s.Measure, (s, value) => s with { Measure = value })
            .Optional("atLeast", "The least agreement that keeps a column, from above 0, where readers agree no better than by chance, to 1, where their values are equal", new NumberShape(0, 1, aboveMinimum: true), s => s.MinAgreement, (s, value) => s with { MinAgreement = value }))
        .Add("screening", Of(new UnivariateScreening(), "Keeps columns related to the outcome one by one: rank-sum test, chi-square for 0/1 and categories")
            .Optional("p", "The P below which a column is kept", new NumberShape(0, 1, aboveMinimum: true), s => s.Alpha, (s, value) => s with { Alpha = value })
            .Optional("rankSum", "How the P of a rank sum is obtained; exact is refused where values are tied", new ChoiceShape<RankSumMethod>(),
                s => s.RankSum, (s, value) => s with { RankSum = value })
            .Optional("yates", "Whether the chi-square of a 2 x 2 table has Yates' correction", new FlagShape(), s => s.Yates, (s, value) => s with { Yates = value })
            .Optional("fisherBelow", "A 2 x 2 table with an expected count below this is tested by Fisher's exact test; 0 for never, 5 by custom", new NumberShape(0),
                s => s.FisherBelow, (s, value) => s with { FisherBelow = value })
            .Optional("adjustment", "Of P for the number of columns that are tested", new ChoiceShape<PAdjustment>(), s => s.Adjustment, (s, value) => s with { Adjustment = value })
            .Optional("fallback", "What is kept where too few columns pass; without, those that pass", s_fallback, (s, value) => s with { Fallback = value }))
        .Add("mrmr", Of(new Mrmr(), "Ranks columns by relevance against redundancy and keeps the first")
            .Optional("scheme", "How relevance and redundancy are measured and joined", new ChoiceShape<MrmrScheme>(), s => s.Scheme, (s, value) => s with { Scheme = value })
            .Optional("count", "How many columns are kept", new WholeShape(1), s => s.Features, (s, value) => s with { Features = value })
            .Optional("correlationFloor", "fcq and rfcq: the least |r| that enters the mean redundancy", new NumberShape(0, 1, aboveMinimum: true, belowMaximum: true),
                s => s.CorrelationFloor, (s, value) => s with { CorrelationFloor = value })
            .Optional("forestTrees", "rfcq: trees of the forest that measures relevance", new WholeShape(1), s => s.ForestTrees, (s, value) => s with { ForestTrees = value })
            .Optional("forestDepth", "rfcq: levels of these trees", new WholeShape(1), s => s.ForestDepth, (s, value) => s with { ForestDepth = value })
            .Optional("stateWidth", "mid and miq: half the width of the middle of three states, in standard deviations", new NumberShape(0, aboveMinimum: true),
                s => s.StateWidth, (s, value) => s with { StateWidth = value })
            .Optional("stateDivisor", "mid and miq: the divisor of that standard deviation", new ChoiceShape<MomentDivisor>(), s => s.StateDivisor, (s, value) => s with { StateDivisor = value })
            .Optional("quotientFloor", "miq: the least mean redundancy that relevance is divided by, in nats", new NumberShape(0), s => s.QuotientFloor, (s, value) => s with { QuotientFloor = value })
            .Optional("quotientOffset", "miq: what is added to it, in nats", new NumberShape(0), s => s.QuotientOffset, (s, value) => s with { QuotientOffset = value })
            .Optional("tieTolerance", "Scores that fall short of the best by at most this share of it count as equal, and the first column wins", new NumberShape(0, 1, belowMaximum: true),
                s => s.TieTolerance, (s, value) => s with { TieTolerance = value }))
        .Add("lasso", Of(new LassoSelection(), "Keeps columns to which an L1-penalised logistic regression gives a coefficient")
            .Optional("c", "Inverse strength of the penalty: small values keep fewer", new NumberShape(0, aboveMinimum: true), s => s.C, (s, value) => s with { C = value })
            .Optional("classWeight", "How much a row of each class counts", new ChoiceShape<ClassWeight>(), s => s.ClassWeight, (s, value) => s with { ClassWeight = value }))
        .Add("correlationFilter", Of(new CorrelationFilter(), "Of columns that say the same keeps one")
            .Optional("method", "Which correlation", new ChoiceShape<CorrelationKind>(), s => s.Method, (s, value) => s with { Method = value })
            .Optional("atMost", "The largest |r| that lets both stay", new NumberShape(0, 1), s => s.MaxCorrelation, (s, value) => s with { MaxCorrelation = value })
            .Optional("keep", "Which of the two stays", new ChoiceShape<CorrelationPreference>(), s => s.Keep, (s, value) => s with { Keep = value }))
        .Add("varianceFilter", Of(new VarianceFilter(), "Leaves out columns that hardly vary")
            .Optional("above", "The variance that a column must exceed", new NumberShape(0), s => s.MinVariance, (s, value) => s with { MinVariance = value }));

    private static BlockShape<T> Of<T>(T defaults, string meaning) where T : Transformer => new BlockShape<T>(defaults, meaning)
        .Optional("scope", "The columns that the step works on; it hands the others on", new ChoiceShape<ColumnScope>(),
            step => step.Scope, (step, value) => step with { Scope = value })
        .Check(step => step.Validate());
}
