using System.Text.Json.Nodes;
using CsCheck;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

public sealed class RandomForestTests
{
    private static readonly MaxFeatures[] s_columns = [MaxFeatures.Sqrt, MaxFeatures.Log2, MaxFeatures.All, MaxFeatures.Share(0.4), MaxFeatures.Count(2)];

    [Fact]
    public void FitAndScore_AnyGroup_EqualsIndividualFits() =>
        Gen.Select(Gen.ULong, Gen.Int[30, 120], Gen.Int[1, 7], Gen.Int[0, 3]).Sample((value, rows, leaf, kind) =>
        {
            Fold fold = Tables.Fold(Tables.Gaussian(new Seed(value), rows, 6), new Seed(value));
            RandomSequence random = new Seed(value).Open();
            TreeModel[] models =
            [
                .. Enumerable.Range(0, 12).Select(_ => WithTrees(kind, 1 + random.NextInt(8)) with
                {
                    MinSamplesLeaf = leaf,
                    MaxDepth = random.NextInt(3) == 0 ? null : 1 + random.NextInt(7),
                    MaxFeatures = s_columns[random.NextInt(s_columns.Length)],
                }),
            ];
            Assert.Single(models.Select(model => model.SharedWork).Distinct());
            IReadOnlyList<double[]> together = models[0].FitAndScore(
                models, fold.Training, fold.Validation, new Seed(value), TestContext.Current.CancellationToken);
            for (int i = 0; i < models.Length; i++)
                Assert.Equal(models[i].Fit(fold.Training, new Seed(value), default).Score(fold.Validation), together[i]);
        }, iter: 60);

    [Fact]
    public void FitAndScore_ModelsThatShareNoWork_AreRefused()
    {
        Fold fold = Tables.Fold(Tables.Gaussian(new Seed(1), 40, 3), new Seed(1));
        Fold other = Tables.Fold(Tables.Gaussian(new Seed(1), 40, 3), new Seed(2));
        var model = new RandomForest();
        AssertRefused([model, model with { MinSamplesLeaf = 2 }], fold.Validation);
        AssertRefused([new ExtraTrees()], fold.Validation);
        AssertRefused([model with { NEstimators = 0 }], fold.Validation);
        AssertRefused([model], other.Validation);

        void AssertRefused(Classifier[] models, ValidationSet validation) => Assert.Throws<ArgumentException>(() =>
            model.FitAndScore(models, fold.Training, validation, new Seed(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Fit_ShallowerOrFewerTrees_GivesTheTopAndTheStartOfTheLarger()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(4), 80, 5));
        FittedForest large = Fit(new RandomForest { NEstimators = 9 }, training), small = Fit(new RandomForest { NEstimators = 4, MaxDepth = 3 }, training);
        for (int tree = 0; tree < 4; tree++)
            AssertIsTop(large.Trees[tree], 0, small.Trees[tree], 0, depth: 3);
        Assert.Contains(large.Trees, tree => tree.Length > small.Trees.Max(shallow => shallow.Length));
    }

    [Fact]
    public void Fit_Limits_HoldInEveryNode() =>
        Gen.Select(Gen.ULong, Gen.Int[20, 150], Gen.Int[1, 6], Gen.Int[2, 30], Gen.Int[1, 20], Gen.Int[0, 3])
            .Sample((value, rows, depth, split, leaf, kind) =>
            {
                // Without a bootstrap sample, counts are rows.
                TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(value), rows, 4));
                TreeModel model = WithTrees(kind, 5) with { MaxDepth = depth, MinSamplesSplit = split, MinSamplesLeaf = leaf };
                model = model switch { RandomForest f => f with { Bootstrap = false }, ExtraTrees e => e with { Bootstrap = false }, _ => model };
                foreach (TreeNode[] tree in Fit(model, training).Trees)
                {
                    Assert.Equal(rows, Size(tree[0]));
                    Assert.True(Depth(tree, 0) <= depth);
                    Assert.All(tree, node => Assert.True(node.IsLeaf ? tree.Length == 1 || Size(node) >= leaf : Size(node) >= split));
                    for (int at = 0; at < tree.Length; at++)
                    {
                        if (!tree[at].IsLeaf)
                            Assert.Equal(tree[at].Counts, tree[at + 1].Counts + tree[tree[at].Right].Counts);
                    }
                }
            }, iter: 200);

    [Fact]
    public void Fit_FullTreeOnDistinctRows_ReproducesTheOutcomes()
    {
        FeatureTable table = Tables.Gaussian(new Seed(8), 90, 3, effect: 0);
        foreach (TreeModel model in (TreeModel[])[new DecisionTree(), new ExtraTrees { NEstimators = 5 }, new RandomForest { Bootstrap = false }])
        {
            double[] risks = Fit(model, Tables.Train(table)).PredictRisk(table);
            Assert.Equal([.. table.Outcomes.Select(outcome => outcome ? 1.0 : 0.0)], risks);
        }
    }

    [Fact]
    public void Fit_Bootstrap_DrawsAsManyRowsAndAnotherSampleForEachTree()
    {
        FittedForest forest = Fit(new RandomForest { NEstimators = 200 }, Tables.Train(Tables.Gaussian(new Seed(9), 100, 2, effect: 0)));
        Assert.All(forest.Trees, tree => Assert.Equal(100, Size(tree[0])));
        Assert.True(forest.Trees.Select(tree => tree[0].Counts.Cases).Distinct().Count() > 10);
        double cases = forest.Trees.Average(tree => tree[0].Counts.Cases);
        // Standard deviation of the mean of 200 binomial counts: sqrt(25 / 200) = 0.35.
        Assert.Equal(Tables.Gaussian(new Seed(9), 100, 2, effect: 0).EventCount, cases, 1.5);
    }

    [Fact]
    public void Fit_BalancedWeights_GivesBothClassesOneHalfInTheRoot()
    {
        FeatureTable table = Tables.Gaussian(new Seed(10), 100, 3).TakeRows([.. Enumerable.Range(0, 60)]);
        TrainingSet training = Tables.Train(table);
        Assert.All(Fit(new RandomForest { NEstimators = 9, ClassWeight = ForestClassWeight.BalancedSubsample }, training).Trees,
            tree => Assert.Equal(0.5, tree[0].CaseShare, 1e-12));
        Assert.Equal(0.5, Fit(new DecisionTree { ClassWeight = ClassWeight.Balanced }, training).Trees[0][0].CaseShare, 1e-12);
        // Weights of all rows leave the share of each bootstrap sample free.
        Assert.True(Fit(new RandomForest { NEstimators = 9, ClassWeight = ForestClassWeight.Balanced }, training).Trees
            .Select(tree => tree[0].CaseShare).Distinct().Count() > 3);
    }

    [Fact]
    public void Fit_BalancedWeights_EqualsRepeatedRows()
    {
        // 20 cases and 40 controls: weights 1.5 and 0.75, as if each case stood there twice.
        FeatureTable all = Tables.Gaussian(new Seed(11), 400, 3, effect: 1);
        int[] cases = [.. Enumerable.Range(0, 400).Where(r => all.Outcomes[r]).Take(20)], controls = [.. Enumerable.Range(0, 400).Where(r => !all.Outcomes[r]).Take(40)];
        FittedForest weighted = Fit(new DecisionTree { ClassWeight = ClassWeight.Balanced, MaxDepth = 4 }, Tables.Train(all.TakeRows([.. cases, .. controls])));
        FittedForest repeated = Fit(new DecisionTree { MaxDepth = 4 }, Tables.Train(all.TakeRows([.. cases, .. cases, .. controls])));
        double[] a = weighted.PredictRisk(all), b = repeated.PredictRisk(all);
        Assert.All(a.Zip(b), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Theory]
    [InlineData(ForestClassWeight.None)]
    [InlineData(ForestClassWeight.Balanced)]
    [InlineData(ForestClassWeight.BalancedSubsample)]
    public void ToJson_ReadAgain_PredictsTheSameBits(ForestClassWeight weight)
    {
        FeatureTable table = Tables.Gaussian(new Seed(12), 70, 4);
        foreach (TreeModel model in (TreeModel[])[new RandomForest { NEstimators = 7, ClassWeight = weight }, new ExtraTrees { NEstimators = 5, ClassWeight = weight }])
        {
            FittedForest forest = Fit(model, Tables.Train(table));
            var read = (FittedForest)FittedState.Default.ReadClassifier(JsonNode.Parse(forest.ToJson().ToJsonString())!.AsObject());
            Assert.Equal(forest.PredictRisk(table), read.PredictRisk(table));
            Assert.Equal(forest.FeatureImportances, read.FeatureImportances);
            Assert.Equal((forest.Name, forest.TreeCount), (read.Name, read.TreeCount));
            Assert.Equal(forest.ToJson().ToJsonString(), read.ToJson().ToJsonString());
            Assert.Equal(forest.Trees.SelectMany(tree => tree), read.Trees.SelectMany(tree => tree));
        }
    }

    [Theory]
    [InlineData("thresholds", "AAAA")]
    [InlineData("nodeColumns", "/////w==")]
    [InlineData("nodeColumns", "CQAAAA==")]
    [InlineData("leafCounts", "")]
    [InlineData("leafCounts", "no base64")]
    [InlineData("classWeight", "Heavy")]
    public void Read_DamagedState_NamesTheType(string key, string value)
    {
        JsonObject state = Fit(new RandomForest { NEstimators = 3 }, Tables.Train(Tables.Gaussian(new Seed(13), 30, 2))).ToJson();
        state[key] = value;
        Assert.Contains("'FittedForest' is damaged", Assert.Throws<LearningException>(() => FittedState.Default.ReadClassifier(state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FeatureImportances_OfForest_SumToOneAndFavourTheColumnOfTheOutcome()
    {
        FittedForest forest = Fit(new RandomForest(), Tables.Train(Tables.Gaussian(new Seed(14), 200, 5, effect: 4)));
        Assert.Equal(1, forest.FeatureImportances.Sum(), 1e-12);
        Assert.True(forest.FeatureImportances[0] > 2 * forest.FeatureImportances.Skip(1).Max());
    }

    [Fact]
    public void Fit_ConstantColumns_AreNeverUsed()
    {
        FeatureTable table = Tables.Gaussian(new Seed(15), 60, 6);
        FeatureTable constant = table.WithValues([.. table.Values.ToArray().Select((v, i) => i % 6 < 5 ? 3 : v)]);
        FittedForest forest = Fit(new RandomForest { MaxFeatures = MaxFeatures.Count(1) }, Tables.Train(constant));
        Assert.Equal([0, 0, 0, 0, 0, 1], forest.FeatureImportances);
        Assert.All(forest.Trees, tree => Assert.True(tree.Length > 5));
        FittedForest nothing = Fit(new RandomForest(), Tables.Train(table.WithValues(new double[360])));
        Assert.All(nothing.Trees, tree => Assert.Single(tree));
        Assert.All(nothing.FeatureImportances, importance => Assert.Equal(0, importance));
    }

    [Fact]
    public void Fit_OutcomesUnrelatedToFeatures_GivesAurocNearOneHalf()
    {
        double mean = 0;
        for (int repeat = 0; repeat < 40; repeat++)
        {
            Fold fold = Tables.Fold(Tables.Gaussian(new Seed((ulong)repeat), 100, 5, effect: 0), new Seed(1));
            mean += Auroc.Of(fold.Validation.Outcomes, Fit(new RandomForest { NEstimators = 30 }, fold.Training).Score(fold.Validation)).Value / 40;
        }
        // One AUROC on 15 and 15 has a standard deviation near 0.11, the mean of 40 one near 0.017.
        Assert.Equal(0.5, mean, 0.06);
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameForestAndAnotherSeedAnother()
    {
        FeatureTable table = Tables.Gaussian(new Seed(16), 60, 4);
        double[] first = Fit(new RandomForest { NEstimators = 5 }, Tables.Train(table), 1).PredictRisk(table);
        Assert.Equal(first, Fit(new RandomForest { NEstimators = 5 }, Tables.Train(table), 1).PredictRisk(table));
        Assert.NotEqual(first, Fit(new RandomForest { NEstimators = 5 }, Tables.Train(table), 2).PredictRisk(table));
    }

    [Fact]
    public void Fit_MissingValue_IsRefusedByName()
    {
        FeatureTable table = Tables.Gaussian(new Seed(17), 20, 2);
        FeatureTable holed = table.WithValues([.. table.Values.ToArray().Select((v, i) => i == 5 ? double.NaN : v)]);
        Assert.StartsWith("Random forest: 1 of 40 values are missing: 'f1' of S0002.", Assert.Throws<LearningException>(() => Fit(new RandomForest(), Tables.Train(holed))).Message, StringComparison.Ordinal);
        Assert.Throws<LearningException>(() => Fit(new RandomForest(), Tables.Train(table)).Score(holed));
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new RandomForest().Fit(Tables.Train(Tables.Gaussian(new Seed(18), 20, 2)), new Seed(1), source.Token));
    }

    [Fact]
    public void Validate_WrongOptions_NamesThemAll()
    {
        var model = new RandomForest { NEstimators = 0, MaxDepth = 0, MinSamplesSplit = 1, MinSamplesLeaf = 0, MaxFeatures = MaxFeatures.Share(1.5), ClassWeight = (ForestClassWeight)9 };
        Assert.Equal(["NEstimators", "MaxDepth", "MinSamplesSplit", "MinSamplesLeaf", "MaxFeatures", "ClassWeight"], model.Validate().Select(problem => problem.Split(' ')[0]));
        Assert.Empty(new RandomForest().Validate());
        Assert.Throws<ArgumentException>(() => Fit(model, Tables.Train(Tables.Gaussian(new Seed(19), 20, 2))));
    }

    [Theory]
    [InlineData("sqrt", 24, 4)]
    [InlineData("log2", 24, 4)]
    [InlineData("0.3", 24, 7)]
    [InlineData("0.5", 24, 12)]
    [InlineData("1.0", 24, 24)]
    [InlineData("0.01", 24, 1)]
    [InlineData("3", 24, 3)]
    [InlineData("30", 24, 24)]
    [InlineData("all", 24, 24)]
    public void MaxFeatures_OfText_CountsAsScikitLearn(string text, int columns, int expected)
    {
        Assert.True(MaxFeatures.TryParse(text, out MaxFeatures rule));
        Assert.Equal(expected, rule.Of(columns));
        Assert.Equal(text, rule.ToString());
        Assert.True(MaxFeatures.TryParse(rule.ToString(), out MaxFeatures again) && again == rule);
        Assert.False(MaxFeatures.TryParse(text + "x", out _));
    }

    private static TreeModel WithTrees(int kind, int trees) => kind switch
    {
        0 => new RandomForest { NEstimators = trees },
        1 => new ExtraTrees { NEstimators = trees },
        2 => new RandomForest { NEstimators = trees, ClassWeight = ForestClassWeight.BalancedSubsample },
        _ => new DecisionTree(),
    };

    private static FittedForest Fit(TreeModel model, TrainingSet training, ulong seed = 1) =>
        (FittedForest)model.Fit(training, new Seed(seed), TestContext.Current.CancellationToken);

    private static int Size(TreeNode node) => node.Counts.Controls + node.Counts.Cases;

    private static int Depth(TreeNode[] tree, int at) => tree[at].IsLeaf ? 0 : 1 + Math.Max(Depth(tree, at + 1), Depth(tree, tree[at].Right));

    private static void AssertIsTop(TreeNode[] large, int at, TreeNode[] small, int place, int depth)
    {
        Assert.Equal((large[at].Counts, large[at].CaseShare), (small[place].Counts, small[place].CaseShare));
        Assert.Equal(depth == 0 || large[at].IsLeaf, small[place].IsLeaf);
        if (small[place].IsLeaf)
            return;
        Assert.Equal((large[at].Column, large[at].Threshold), (small[place].Column, small[place].Threshold));
        AssertIsTop(large, at + 1, small, place + 1, depth - 1);
        AssertIsTop(large, large[at].Right, small, small[place].Right, depth - 1);
    }
}
