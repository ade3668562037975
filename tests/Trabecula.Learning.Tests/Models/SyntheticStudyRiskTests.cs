using System.Text.Json;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

/// <summary>
/// The synthetic study's held-out subjects, predicted by the reference's own choice of hyper-parameters: beside the reference's figures at its tolerances, and
/// beside the risks that the outcomes were drawn with, which no model can beat but by chance.
/// </summary>
public sealed class SyntheticStudyRiskTests
{
    private static readonly Transformer[] s_steps =
    [
        new AdaptiveScaler { Scope = ColumnScope.Radiomic }, new ReproducibilityFilter { Scope = ColumnScope.Radiomic },
        new UnivariateScreening { Scope = ColumnScope.Radiomic, Fallback = new ScreeningFallback(20, 50) }, new Mrmr { Scope = ColumnScope.Radiomic },
        new AdaptiveScaler { Scope = ColumnScope.Clinical }, new UnivariateScreening { Scope = ColumnScope.Clinical },
    ];

    [Fact]
    public void HeldOut_CleanVariant_KeepsTheReferencesBoundsAndThoseOfTheTruth()
    {
        FeatureTable table = StudyData.SyntheticCohort();
        JsonElement split = StudyData.Golden(Path.Combine("synthetic", "split.json")), python = StudyData.Golden(Path.Combine("synthetic", "python_clean.json")).GetProperty("models");
        HoldOutSplit sides = GivenSplit.HoldOut(Subjects("train"), Subjects("test")).Split(table, new Seed(0))[0];
        (string Name, Classifier Model)[] models =
        [
            ("lr", new LogisticRegression { Penalty = Penalty.ElasticNet, L1Ratio = 0.9, C = 1 }),
            ("rf", new RandomForest { NEstimators = 200, MinSamplesLeaf = 4, MaxDepth = 15 }),
        ];
        FittedPipeline[] fitted = [.. models.Select(model => new Pipeline(new PreparationSteps(s_steps), [], model.Model).Fit(sides.Training, new Seed(2026), TestContext.Current.CancellationToken))];
        HeldOutPredictions found = sides.HeldOut.Open(fitted);
        IReadOnlyDictionary<string, double> truth = StudyData.TrueRisks();
        double[] risks = [.. found.Subjects.Select(subject => truth[subject])];
        // Written with three digits in the reference: AUROC 0.835, Brier score 0.0840 of the true risks.
        Assert.Equal(0.835, Auroc.ValueOf(found.Outcomes, risks), 0.0005);
        Assert.Equal(0.084, BrierScore.Of(found.Outcomes, risks).Value, 0.00005);
        for (int m = 0; m < models.Length; m++)
        {
            JsonElement test = python.GetProperty(models[m].Name).GetProperty("test");
            Assert.Equal(test.GetProperty("auc").GetDouble(), Auroc.ValueOf(found.Outcomes, found.Risks[m]), 0.03);
            Assert.Equal(test.GetProperty("brier").GetDouble(), BrierScore.Of(found.Outcomes, found.Risks[m]).Value, 0.005);
            // The tolerance of AUROC and this one allow what seeds and folds do; a model that is much nearer to the truth than the reference would have seen it.
            double error = found.Risks[m].Zip(risks, (a, b) => Math.Abs(a - b)).Average();
            Assert.Equal(test.GetProperty("mean_abs_error_to_true_risk").GetDouble(), error, 0.01);
            ConfidenceInterval gain = AurocComparison.Of(found.Outcomes, found.Risks[m], risks).Interval(0.999);
            Assert.True(gain.Lower < 0, $"{models[m].Name} beats the true risks by {gain.Lower} at least.");
            (double Found, double True)[] pairs = [.. found.Risks[m].Zip(risks)];
            double squares = pairs.Average(pair => Math.Pow(pair.Found - pair.True, 2));
            double spread = 2 * Math.Sqrt(pairs.Sum(pair => Math.Pow(pair.Found - pair.True, 2) * pair.True * (1 - pair.True))) / pairs.Length;
            double excess = BrierScore.Of(found.Outcomes, found.Risks[m]).Value - BrierScore.Of(found.Outcomes, risks).Value;
            Assert.InRange(excess, squares - 4 * spread, squares + 4 * spread);
        }

        IEnumerable<string> Subjects(string side) => ReferenceData.Integers(split.GetProperty(side)).Select(row => table.Subjects[row]);
    }
}
