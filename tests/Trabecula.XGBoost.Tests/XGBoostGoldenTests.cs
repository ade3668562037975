using System.Text.Json;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Tests;
using Xunit;

namespace Trabecula.XGBoost.Tests;

/// <summary>The binding against values of XGBoost's Python interface.</summary>
public sealed class XGBoostGoldenTests
{
    private static readonly string[] s_tables =
    [
        "Ahn2021", "Dai2023", "Deng2023", "Granata2021", "HCC-TACE-Seg", "HNSCC", "Hosny2018B", "LNDb", "Song2020", "WORC-Melanoma",
    ];

    public XGBoostGoldenTests() => NativeLibraryPresence.Require();

    [Fact]
    public void Score_ExactBoosting_EqualsTheMarginsOfPython()
    {
        double worst = 0;
        int cases = 0, defaults = 0;
        foreach (JsonElement item in ReferenceData.Golden("trees.json").GetProperty("boostingExact").GetProperty("cases").EnumerateArray())
        {
            TrainingSet training = ReferenceData.StandardisedTable(item.GetProperty("data"));
            JsonElement parameters = item.GetProperty("parameters");
            var model = new XGBoostClassifier
            {
                NEstimators = item.GetProperty("rounds").GetInt32(),
                TreeMethod = XGBoostTreeMethod.Exact,
                MaxDepth = parameters.GetProperty("max_depth").GetInt32(),
                LearningRate = parameters.GetProperty("eta").GetDouble(),
                MinChildWeight = Number(parameters, "min_child_weight", 1),
                RegAlpha = Number(parameters, "reg_alpha", 0),
                RegLambda = Number(parameters, "lambda", 1),
                Gamma = Number(parameters, "gamma", 0),
                ScalePosWeight = Number(parameters, "scale_pos_weight", 1),
                BaseScore = parameters.GetProperty("base_score").GetDouble(),
            };
            Compare(training, model, item.GetProperty("margins"));
            cases++;
            // Weighted rows have another start in Python than the event rate.
            if (model.ScalePosWeight != 1)
                continue;
            Compare(training, model with { BaseScore = null }, item.GetProperty("marginsDefaultBaseScore"));
            defaults++;
        }
        Assert.Equal((3, 2), (cases, defaults));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"largest difference {worst:E1}"));

        void Compare(TrainingSet training, XGBoostClassifier model, JsonElement margins)
        {
            double[] expected = ReferenceData.Doubles(margins);
            double[] found = model.Fit(training, new Seed(0), TestContext.Current.CancellationToken).Score(training.Table);
            worst = Math.Max(worst, expected.Zip(found, (e, f) => Math.Abs(e - f)).Aggregate(0.0, Math.Max));
            // 32-bit sums in another order.
            Assert.Equal(expected, found, (a, b) => Math.Abs(a - b) <= 1e-4);
        }
    }

    [Theory]
    [InlineData("LNDb")]
    [InlineData("Deng2023")]
    public void FitAndScore_ReferenceSplit_HasTheTestAurocOfPython(string name)
    {
        JsonElement item = ReferenceData.Golden("trees.json").GetProperty("statisticalTargets").GetProperty("cases").EnumerateArray()
            .Single(i => i.GetProperty("table").GetString() == name);
        Fold fold = RadiomicsTable.Read(name).Fold(
            ReferenceData.Integers(item.GetProperty("trainRows")), ReferenceData.Integers(item.GetProperty("testRows")));
        var model = new XGBoostClassifier { NEstimators = 100, MaxDepth = 3, LearningRate = 0.1, Subsample = 0.8, ColsampleByTree = 0.8 };
        const int seeds = 10;
        double mean = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            double[] scores = model.FitAndScore(
                [model], fold.Training, fold.Validation, new Seed((ulong)seed), TestContext.Current.CancellationToken)[0];
            mean += Auroc.Of(fold.Validation.Outcomes, scores).Value / seeds;
        }
        JsonElement target = item.GetProperty("models").GetProperty("xgboost100");
        double expected = target.GetProperty("meanTestAuc").GetDouble();
        // The mean of 20 seeds there and of 10 here, and what implementations may differ by.
        double bound = 3 * target.GetProperty("sdTestAuc").GetDouble() * Math.Sqrt(1.0 / seeds + 1.0 / 20) + 0.01;
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{mean:F4}, reference {expected:F4}, bound {bound:F4}"));
        Assert.Equal(expected, mean, bound);
    }

    [Fact]
    public void FitAndScore_StudyFoldsOfRealTables_HasTheAurocOfPython() => RadiomicsTable.AssertStudyAurocs(
        "xgb", (fold, seed) =>
        {
            var model = new XGBoostClassifier { NEstimators = 100, MaxDepth = 3, LearningRate = 0.1 };
            return model.FitAndScore([model], fold.Training, fold.Validation, seed, TestContext.Current.CancellationToken)[0];
        },
        s_tables, repeats: 3);

    private static double Number(JsonElement parameters, string name, double unset) =>
        parameters.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : unset;
}
