using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Sampling;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Studies.Plans.Keys;
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

    [Fact]
    public void Steps_DefinitionsOfScreeningAndMrmr_AreRead() => Assert.Equal(
        [
            new UnivariateScreening { RankSum = RankSumMethod.TieCorrected, Yates = false, FisherBelow = 5 },
            new Mrmr
            {
                Scheme = MrmrScheme.Rfcq, CorrelationFloor = 0.01, ForestTrees = 50, ForestDepth = 3, StateWidth = 0.5, StateDivisor = MomentDivisor.N, QuotientFloor = 0.1,
                QuotientOffset = 0.2, TieTolerance = 1e-12,
            },
        ],
        PlanText.Plan(PlanText.With("""
            steps:
              - screening: { rankSum: tieCorrected, yates: false, fisherBelow: 5 }
              - mrmr: { scheme: rfcq, correlationFloor: 0.01, forestTrees: 50, forestDepth: 3, stateWidth: 0.5, stateDivisor: n, quotientFloor: 0.1, quotientOffset: 0.2, tieTolerance: 1e-12 }
            """)).Steps);

    /// <summary>Each option of a step or sampler has a key: one that cannot be written is a definition that cannot be chosen.</summary>
    [Theory]
    [InlineData("steps")]
    [InlineData("sampling")]
    public void Options_OfEveryKind_EachHaveAKey(string part)
    {
        StudyPlan plan = PlanText.Plan(PlanText.With(Steps, Samplers));
        object[] records = part == "steps" ? [.. plan.Steps] : [.. plan.Sampling];
        JsonObject kinds = PlanKeys.Plan.Schema()["properties"]![part]!["anyOf"]![0]!["items"]!["anyOf"]![0]!["properties"]!.AsObject();
        Assert.Equal(kinds.Count, records.Length);
        // Steps stand in this test in another order than in the schema: by the number of options, kind by kind.
        foreach (object record in records)
        {
            string kind = Regex.Matches(part == "steps" ? Steps : Samplers, @"[\w]+").Select(match => match.Value).First(word => kinds.ContainsKey(word) && IsOf(word, record, part));
            int options = record.GetType().GetProperties().Count(property => property.CanWrite && property.SetMethod!.IsPublic);
            Assert.True(options == kinds[kind]!["properties"]!.AsObject().Count, $"{kind}: {options} options of {record.GetType().Name}, keys {string.Join(", ", kinds[kind]!["properties"]!.AsObject().Select(each => each.Key))}.");
        }

        static bool IsOf(string kind, object record, string part)
        {
            string text = $"{part}: [{(kind == "columnChoice" ? "{ columnChoice: { source: clinical } }" : kind)}]";
            StudyPlan plan = PlanText.Plan(PlanText.With(text));
            return (part == "steps" ? (object)plan.Steps[0] : plan.Sampling[0]).GetType() == record.GetType();
        }
    }

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
