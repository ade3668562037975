using Trabecula.Learning.Calibration;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Sampling;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Interpretation;

public sealed class AblationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void TwoPhases_RankingAndSources_LeavesOutCumulativelyThenBySource()
    {
        FeatureColumn[] predictors = [new("ivc", ColumnKind.Binary, ColumnSource.Clinical), new("bmd", ColumnKind.Continuous, ColumnSource.Clinical), new("texture"), new("shape")];
        IReadOnlyList<AblationStep> steps = AblationStep.TwoPhases(["texture", "ivc", "bmd"], predictors, 2);
        Assert.Equal(["without texture", "and without ivc", "without all radiomic", "without all clinical"], steps.Select(step => step.Name));
        Assert.Equal([["texture"], ["texture", "ivc"], ["texture", "shape"], ["ivc", "bmd"]], steps.Select(step => step.LeftOut));
        Assert.Equal([1, 1, 2, 2], steps.Select(step => step.Phase));
        Assert.Single(AblationStep.TwoPhases(["ivc"], predictors[..2], 5));
        Assert.Empty(AblationStep.TwoPhases([], predictors[..2], 5));
    }

    [Fact]
    public void Refit_NothingLeftOut_IsTheFinalModelToTheLastBit()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(3), 120, 5));
        var steps = new PreparationSteps([new StandardScaler()]);
        Sampler[] samplers = [new RandomOverSampler()];
        Classifier model = new RandomForest { NEstimators = 15 };
        FinalFit final = FinalFit.Of(training, steps, samplers, [model], new Seed(8), 1, cancellationToken: Cancellation);
        FittedPipeline refit = Ablation.Refit(final, samplers, model, null, [], new Seed(8), Cancellation)!;
        Assert.Equal(final.Pipelines[0].PredictRisk(training.Table), refit.PredictRisk(training.Table));
        FittedPipeline without = Ablation.Refit(final, samplers, model, null, ["f0", "f3"], new Seed(8), Cancellation)!;
        Assert.Equal(["f1", "f2", "f4"], without.Model.Columns);
        Assert.Equal(training.Table.Columns, without.Steps[0].Input.Select(column => column.Name));
        Assert.Null(Ablation.Refit(final, samplers, model, null, training.Table.Columns, new Seed(8), Cancellation));
        FittedPipeline calibrated = Ablation.Refit(final, [], model, new CrossFittedCalibration(), ["f0"], new Seed(8), Cancellation)!;
        Assert.IsType<FittedCalibratedClassifier>(calibrated.Model);
    }

    [Fact]
    public void Without_FittedAnew_PredictsForRowsThatHaveAllPredictors()
    {
        HoldOutSplit split = new StratifiedHoldOut().Split(Tables.Gaussian(new Seed(3), 120, 4), new Seed(1))[0];
        ReducedTraining reduced = Ablation.Without(split.Training, ["f2", "not a column"])!;
        Assert.Equal(["f0", "f1", "f3"], reduced.Training.Table.Columns);
        FittedPipeline fitted = new Pipeline(new PreparationSteps([new StandardScaler()]), [], new LogisticRegression()).Fit(reduced.Training, new Seed(2), Cancellation);
        FittedPipeline wide = reduced.Widen(fitted);
        Assert.Equal(fitted.PredictRisk(reduced.Training.Table), wide.PredictRisk(split.Training.Table));
        Assert.Equal(split.HeldOut.RowCount, split.HeldOut.Open([wide]).Risks[0].Count);
        Assert.Null(Ablation.Without(split.Training, ["f0", "f1", "f2", "f3"]));
        FittedPipeline read = FittedPipeline.Read(wide.ToJson(), FittedState.Default);
        Assert.Equal(wide.PredictRisk(split.Training.Table), read.PredictRisk(split.Training.Table));
    }

    [Fact]
    public void Open_WithExaminations_LooksOnceAndGivesWhatIsAskedAtAnyJobs()
    {
        ExaminedModel[] examined = [.. ((int[])[1, 2]).Select(Examine)];
        ExaminedModel first = examined[0];
        Assert.Equal(["f0", "f1", "f2"], first.Importances.Select(group => group.Name));
        Assert.Equal("all", Assert.Single(first.Families).Name);
        Assert.Equal(["f0", "f1", "f2"], first.Shap!.Names);
        Assert.True(first.Importances[0].AurocDrop > 0.1);
        // All columns at their mean: one risk for everybody.
        Assert.Single(first.MaskedRisks[1].Distinct());
        Assert.Equal(3, first.Levels.Count);
        Assert.Equal((0.0, 1.0), (first.Levels[1].Min(), first.Levels[1].Max()));
        Assert.Equal(first.MaskedRisks, examined[1].MaskedRisks);
        Assert.Equal(first.Importances.SelectMany(group => group.AurocDrops), examined[1].Importances.SelectMany(group => group.AurocDrops));

        static ExaminedModel Examine(int jobs)
        {
            HoldOutSplit split = new StratifiedHoldOut().Split(Tables.Gaussian(new Seed(3), 150, 3), new Seed(1))[0];
            FinalFit final = FinalFit.Of(split.Training, new PreparationSteps([new StandardScaler()]), [], [new RandomForest { NEstimators = 10 }], new Seed(2), 1, cancellationToken: Cancellation);
            FeatureTable prepared = final.Prepared.Table;
            var asked = new ModelExamination(final.Pipelines[0], prepared)
            {
                Groups = ColumnGroup.OfPredictors(final.Pipelines[0].Steps, prepared.Schema),
                Families = [new ColumnGroup("all", [0, 1, 2])],
                Masks = [[0], [0, 1, 2]],
                Seed = new Seed(5),
            };
            int told = 0;
            HeldOutLook look = split.HeldOut.Open(final.Pipelines, [asked], jobs, (_, total) => told = total, Cancellation);
            Assert.Equal(1 + 4 + 2, told);
            Assert.Equal(split.HeldOut.RowCount, look.Predictions.Risks[0].Count);
            Assert.Throws<InvalidOperationException>(() => split.HeldOut.Open(final.Pipelines));
            ExaminedModel model = Assert.Single(look.Examined);
            for (int row = 0; row < look.Predictions.Risks[0].Count; row++)
                Assert.Equal(look.Predictions.Risks[0][row], model.Shap!.Prediction(row), 1e-13);
            return model;
        }
    }
}
