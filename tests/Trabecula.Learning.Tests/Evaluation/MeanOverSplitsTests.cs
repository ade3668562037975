using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

/// <summary>A model's mean over repeated splits with the interval of the corrected resampled t.</summary>
public sealed class MeanOverSplitsTests
{
    [Fact]
    public void Of_FiveSplits_IsTheFormulaByHand()
    {
        // R: v <- c(.70, .74, .66, .80, .72); m <- mean(v); s <- sqrt((1/5 + 30/70) * var(v)); m + c(-1, 1) * qt(.975, 4) * s
        var mean = CorrectedResampledTTest.Of([0.70, 0.74, 0.66, 0.80, 0.72], 70, 30);
        Assert.Equal(0.724, mean.Mean, 1e-12);
        Assert.Equal(Math.Sqrt((0.2 + 3.0 / 7) * 0.00268), mean.StandardError, 1e-12);
        const double t = 2.7764451051977987;
        ConfidenceInterval interval = mean.Interval();
        Assert.Equal(0.724 - t * mean.StandardError, interval.Lower, 1e-9);
        Assert.Equal(0.724 + t * mean.StandardError, interval.Upper, 1e-9);
    }

    [Fact]
    public void Interval_OfEqualSplits_DoesNotExist()
    {
        var mean = CorrectedResampledTTest.Of([0.5, 0.5, 0.5], 80, 20);
        Assert.Equal((0.5, double.NaN, double.NaN), (mean.Mean, mean.Interval().Lower, mean.Interval().Upper));
    }

    [Fact]
    public void Interval_OfRepeatedFoldsOnFewSubjects_HoldsTheirAreaWherePooledPredictionsDoNot()
    {
        // The AUROC of the models themselves on fresh rows is what both intervals are for.
        FeatureTable fresh = Tables.Gaussian(new Seed(900), 4000, 2, effect: 0.8);
        int held = 0, pooledHeld = 0;
        const int cohorts = 40;
        for (int c = 0; c < cohorts; c++)
        {
            FeatureTable table = Tables.Gaussian(new Seed(901).Derive("cohort", c), 60, 2, effect: 0.8);
            var areas = new List<double>();
            var risks = new List<double>();
            var outcomes = new List<bool>();
            var truth = new List<double>();
            foreach (Fold fold in new RepeatedStratifiedKFold { NSplits = 5, NRepeats = 10 }.Split(Tables.Train(table), new Seed(902)))
            {
                FittedClassifier model = new Trabecula.Learning.Models.LogisticRegression().Fit(fold.Training, new Seed(1), TestContext.Current.CancellationToken);
                double[] found = model.PredictRisk(fold.Validation);
                areas.Add(Auroc.ValueOf(fold.Validation.Outcomes, found));
                risks.AddRange(found);
                outcomes.AddRange(fold.Validation.Outcomes);
                if (areas.Count % 10 == 0)
                    truth.Add(Auroc.ValueOf(fresh.Outcomes, model.PredictRisk(fresh)));
            }
            held += CorrectedResampledTTest.Of(areas, 48, 12).Interval().Contains(truth.Average()) ? 1 : 0;
            pooledHeld += Auroc.Of(outcomes, risks).Interval(0.95, AurocScale.Logit).Contains(truth.Average()) ? 1 : 0;
        }
        Assert.True(held >= 34, $"{held} of {cohorts}");
        Assert.True(pooledHeld <= 24, $"{pooledHeld} of {cohorts}");
    }
}
