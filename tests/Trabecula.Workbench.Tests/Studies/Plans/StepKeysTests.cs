using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Sampling;
using Trabecula.Learning.Selection;
using Trabecula.Workbench.Studies.Plans;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Plans;

public sealed class StepKeysTests
{
    private const string Steps = """
        steps:
          - imputation: { strategy: mean, indicators: true }
          - oneHotEncoding: { dropFirst: true, unseen: allZero }
          - columnChoice: { source: clinical, scope: clinical }
          - adaptiveScaling: { skewness: 1, kurtosis: 5, outliers: 0.2, fence: 3 }
          - standardScaling: { scope: clinical }
          - varianceFilter: { above: 0.1 }
          - correlationFilter: { atMost: 0.8, method: spearman }
          - reproducibility: { atLeast: 0.9, scope: radiomic }
          - screening: { p: 0.05, adjustment: benjaminiHochberg, fallback: { fewerThan: 3, keep: 7 } }
          - mrmr: { scheme: miq, count: 9 }
          - lasso: { c: 0.3 }
        """;

    private const string Samplers =
        "sampling: [{ adasyn: { neighbours: 3 } }, { smote: { balance: 0.5 } }, tomekLinks, { randomOverSampling: { balance: 0.7 } }, randomUnderSampling]";

    [Fact]
    public void Steps_EachWithOptions_AreTheRecordsMeant() => Assert.Equal(
        [
            new Imputer { Strategy = ImputationStrategy.Mean, AddIndicators = true },
            new OneHotEncoder { DropFirst = true, Unseen = UnseenCategory.AllZero },
            new ColumnChoice { Source = ColumnSource.Clinical, Scope = ColumnScope.Clinical },
            new AdaptiveScaler { MaxSkewness = 1, MaxKurtosis = 5, MaxOutlierShare = 0.2, OutlierFence = 3 },
            new StandardScaler { Scope = ColumnScope.Clinical },
            new VarianceFilter { MinVariance = 0.1 },
            new CorrelationFilter { MaxCorrelation = 0.8, Method = CorrelationKind.Spearman },
            new ReproducibilityFilter { MinAgreement = 0.9, Scope = ColumnScope.Radiomic },
            new UnivariateScreening { Alpha = 0.05, Adjustment = PAdjustment.BenjaminiHochberg, Fallback = new ScreeningFallback(3, 7) },
            new Mrmr { Scheme = MrmrScheme.Miq, Features = 9 },
            new LassoSelection { C = 0.3 },
        ],
        PlanText.Plan(PlanText.With(Steps)).Steps);

    [Fact]
    public void Samplers_EachWithOptions_AreTheRecordsMeant() => Assert.Equal(
        [
            new Adasyn { NNeighbors = 3 }, new Smote { SamplingStrategy = 0.5 }, new TomekLinks(), new RandomOverSampler { SamplingStrategy = 0.7 },
            new RandomUnderSampler(),
        ],
        PlanText.Plan(PlanText.With(Samplers)).Sampling);

    [Theory]
    [InlineData(typeof(Transformer))]
    [InlineData(typeof(Sampler))]
    public void Kinds_OfTheLibrary_AreAllReachedFromAPlan(Type kind)
    {
        StudyPlan plan = PlanText.Plan(PlanText.With(Steps, Samplers));
        Type[] reached = [.. plan.Steps.Select(step => step.GetType()), .. plan.Sampling.Select(sampler => sampler.GetType())];
        Type[] known = [.. kind.Assembly.GetTypes().Where(type => type.IsSubclassOf(kind) && !type.IsAbstract)];
        Assert.NotEmpty(known);
        Assert.Empty(known.Except(reached));
    }
}
