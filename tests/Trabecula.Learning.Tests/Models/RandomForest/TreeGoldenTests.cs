using System.Text.Json;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>Trees and forests against scikit-learn.</summary>
public sealed class TreeGoldenTests
{
    private static readonly string[] AllTables =
    [
        "Ahn2021", "Dai2023", "Deng2023", "Granata2021", "HCC-TACE-Seg", "HNSCC", "Hosny2018B", "LNDb", "Song2020", "WORC-Melanoma",
    ];

    [Fact]
    public void DecisionTree_ReferenceTables_HasTheNodesOfScikitLearn()
    {
        int unique = 0, others = 0;
        foreach (JsonElement item in ReferenceData.Golden("trees.json").GetProperty("decisionTrees").GetProperty("cases").EnumerateArray())
        {
            TrainingSet training = ReferenceData.StandardisedTable(item.GetProperty("data"));
            JsonElement depth = item.GetProperty("maxDepth");
            var model = new DecisionTree
            {
                MaxDepth = depth.ValueKind == JsonValueKind.Null ? null : depth.GetInt32(),
                MinSamplesLeaf = item.GetProperty("minSamplesLeaf").GetInt32(),
            };
            FittedForest fitted = (FittedForest)model.Fit(training, new Seed(1), TestContext.Current.CancellationToken);
            if (item.GetProperty("independentOfFeatureOrder").GetBoolean())
            {
                AssertSameNodes(item, fitted);
                Assert.Equal(ReferenceData.Doubles(item.GetProperty("importances")), fitted.FeatureImportances, (a, b) => Math.Abs(a - b) < 1e-12);
                double[] risks = fitted.PredictRisk(training.Table);
                Assert.Equal(ReferenceData.Doubles(item.GetProperty("probability1")), risks, (a, b) => Math.Abs(a - b) < 1e-12);
                unique++;
            }
            else
            {
                // Splits of equal impurity are resolved at random, so that only what both fit equally well can be compared.
                double[] expected = ReferenceData.Doubles(item.GetProperty("probability1"));
                Assert.Equal(Accuracy(training, expected), Accuracy(training, fitted.PredictRisk(training.Table)), 0.02);
                others++;
            }
        }
        Assert.Equal((27, 9), (unique, others));
    }

    [Theory]
    [InlineData("LNDb")]
    [InlineData("Hosny2018B")]
    [InlineData("Deng2023")]
    [InlineData("Granata2021")]
    public void Forests_ReferenceSplits_HaveTheTestAurocOfScikitLearn(string name)
    {
        JsonElement item = ReferenceData.Golden("trees.json").GetProperty("statisticalTargets").GetProperty("cases").EnumerateArray()
            .Single(i => i.GetProperty("table").GetString() == name);
        Fold fold = RadiomicsTable.Read(name).Fold(
            ReferenceData.Integers(item.GetProperty("trainRows")), ReferenceData.Integers(item.GetProperty("testRows")));
        (string Key, Classifier Model)[] models =
        [
            ("randomForest500", new RandomForest { NEstimators = 500 }),
            ("randomForest500Leaf5", new RandomForest { NEstimators = 500, MinSamplesLeaf = 5 }),
            ("extraTrees500", new ExtraTrees { NEstimators = 500 }),
        ];
        foreach ((string key, Classifier model) in models)
        {
            const int seeds = 20;
            double mean = 0;
            for (int seed = 0; seed < seeds; seed++)
            {
                double[] scores = model.FitAndScore(
                    [model], fold.Training, fold.Validation, new Seed((ulong)seed), TestContext.Current.CancellationToken)[0];
                mean += Auroc.Of(fold.Validation.Outcomes, scores).Value / seeds;
            }
            JsonElement target = item.GetProperty("models").GetProperty(key);
            double expected = target.GetProperty("meanTestAuc").GetDouble();
            // Two means of 20 seeds each, and what implementations may differ by.
            double bound = 3 * target.GetProperty("sdTestAuc").GetDouble() * Math.Sqrt(2.0 / seeds) + 0.01;
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{key}: {mean:F4}, reference {expected:F4}, bound {bound:F4}"));
            Assert.Equal(expected, mean, bound);
        }
    }

    [Fact]
    public void RandomForest_StudyFoldsOfRealTables_HasTheAurocOfScikitLearn() => RadiomicsTable.AssertStudyAurocs(
        "rf", (fold, seed) =>
        {
            var model = new RandomForest { NEstimators = 500 };
            return model.FitAndScore([model], fold.Training, fold.Validation, seed, TestContext.Current.CancellationToken)[0];
        },
        AllTables, repeats: 3);

    private static void AssertSameNodes(JsonElement item, FittedForest fitted)
    {
        JsonElement tree = item.GetProperty("tree");
        TreeNode[] nodes = fitted.Trees[0];
        double[] shares = ReferenceData.Doubles(tree.GetProperty("positiveShare"));
        double[] impurities = ReferenceData.Doubles(tree.GetProperty("impurity"));
        Assert.Equal(tree.GetProperty("feature").GetArrayLength(), nodes.Length);
        for (int at = 0; at < nodes.Length; at++)
        {
            Assert.Equal(Math.Max(-1, tree.GetProperty("feature")[at].GetInt32()), nodes[at].Column);
            Assert.Equal(tree.GetProperty("samples")[at].GetInt32(), nodes[at].Counts.Controls + nodes[at].Counts.Cases);
            Assert.Equal(shares[at], nodes[at].CaseShare, 1e-12);
            Assert.Equal(impurities[at], 2 * nodes[at].CaseShare * (1 - nodes[at].CaseShare), 1e-12);
            if (nodes[at].IsLeaf)
                continue;
            Assert.Equal(tree.GetProperty("left")[at].GetInt32(), at + 1);
            Assert.Equal(tree.GetProperty("right")[at].GetInt32(), nodes[at].Right);
            // scikit-learn rounds its input to 32 bits.
            double threshold = tree.GetProperty("threshold")[at].GetDouble();
            Assert.Equal(threshold, nodes[at].Threshold, 1e-6 * Math.Max(1, Math.Abs(threshold)));
        }
    }

    private static double Accuracy(TrainingSet training, double[] risks) =>
        risks.Zip(training.Table.Outcomes).Count(pair => pair.First > 0.5 == pair.Second) / (double)risks.Length;
}
