using System.Text.Json;
using Trabecula.Learning.Evaluation;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

public sealed class RiskEvaluationTests
{
    // Fixture F20 of the project's design notes, with R's and scikit-learn's values.
    private static readonly double[] F20Risks =
        [.02, .05, .08, .10, .12, .15, .18, .20, .25, .28, .30, .35, .40, .45, .50, .55, .62, .70, .80, .90];

    private static readonly bool[] F20Outcomes = [.. "00001000100101011011".Select(c => c == '1')];

    [Fact]
    public void Of_F20_EqualsTheReferences()
    {
        RiskEvaluation evaluation = RiskEvaluation.Of(F20Outcomes, F20Risks, [.1, .2, .3, .5]);
        Assert.Equal(0.7916666666666666, evaluation.Auroc.Value, 1e-14);
        Assert.Equal(evaluation.Auroc.Value, Auroc.ValueOf(F20Outcomes, F20Risks), 1e-15);
        Assert.Equal(0.18207, evaluation.Brier.Value, 1e-14);
        Assert.Equal(0.241375, evaluation.Brier.Scaled, 1e-14);
        Assert.Equal(0.2973034852725767, evaluation.Calibration.InTheLarge, 1e-10);
        Assert.Equal(0.2633118813769924, evaluation.Calibration.Intercept, 1e-10);
        Assert.Equal(0.9450610248457372, evaluation.Calibration.Slope, 1e-10);
        AssertClose([.35, .275, .3 / 1.4, .1], [.. evaluation.NetBenefits.Select(b => b.Model)], 1e-14);
        AssertClose([1 / 3.0, .25, 1 / 7.0, -.2], [.. evaluation.NetBenefits.Select(b => b.TreatAll)], 1e-14);
        Assert.Equal(new ConfusionMatrix(4, 4, 2, 10), ConfusionMatrix.Of(F20Outcomes, F20Risks, .5));
    }

    [Fact]
    public void ConfusionMatrix_OfThePaper_HasKappa880NotThePrinted882()
    {
        var matrix = new ConfusionMatrix(25, 5, 1, 225);
        Assert.Equal(0.8798, matrix.Kappa, 5e-5);
        Assert.Equal(0.8826, matrix.MatthewsCorrelation, 5e-5);
        Assert.Equal(0.8929, matrix.F1, 5e-5);
        Assert.Equal(0.9766, matrix.Accuracy, 5e-5);
        Assert.Equal((0.8333, 0.9615, 0.9956), (Math.Round(matrix.Sensitivity, 4), Math.Round(matrix.Precision, 4), Math.Round(matrix.Specificity, 4)));
    }

    [Fact]
    public void Of_ReferenceVectors_EqualsRAndScikitLearn()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("metrics.json").GetProperty("vectors").GetProperty("cases").EnumerateArray())
        {
            if (item.GetProperty("y").ValueKind != JsonValueKind.Array)
                continue;
            bool[] outcomes = [.. item.GetProperty("y").EnumerateArray().Select(y => y.GetInt32() == 1)];
            foreach (string suffix in (string[])["", "2"])
            {
                if (item.GetProperty("p" + suffix).ValueKind != JsonValueKind.Array)
                    continue;
                double[] risks = ReferenceData.Doubles(item.GetProperty("p" + suffix));
                JsonElement metrics = item.GetProperty("metrics" + suffix), benefit = metrics.GetProperty("netBenefit");
                double[] thresholds = ReferenceData.Doubles(benefit.GetProperty("thresholds"));
                RiskEvaluation evaluation = RiskEvaluation.Of(outcomes, risks, thresholds);
                Assert.Equal(metrics.GetProperty("auc").GetDouble(), Auroc.ValueOf(outcomes, risks), 1e-12);
                Assert.Equal(metrics.GetProperty("brier").GetDouble(), evaluation.Brier.Value, 1e-12);
                Assert.Equal(metrics.GetProperty("brierScaled").GetDouble(), evaluation.Brier.Scaled, 1e-10);
                // The reference set's tolerance for a converged glm.
                Assert.Equal(metrics.GetProperty("citl").GetDouble(), evaluation.Calibration.InTheLarge, 1e-8);
                Assert.Equal(metrics.GetProperty("calibration").GetProperty("interceptJoint").GetDouble(), evaluation.Calibration.Intercept, 1e-8);
                Assert.Equal(metrics.GetProperty("calibration").GetProperty("slope").GetDouble(), evaluation.Calibration.Slope, 1e-8);
                AssertClose(ReferenceData.Doubles(benefit.GetProperty("model")), [.. evaluation.NetBenefits.Select(b => b.Model)], 1e-10);
                foreach (JsonElement at in metrics.GetProperty("confusion").EnumerateArray())
                {
                    ConfusionMatrix matrix = ConfusionMatrix.Of(outcomes, risks, at.GetProperty("threshold").GetDouble());
                    Assert.Equal((at.GetProperty("tp").GetInt32(), at.GetProperty("tn").GetInt32()), (matrix.TruePositives, matrix.TrueNegatives));
                    Assert.Equal(ReferenceData.Double(at.GetProperty("kappa")), matrix.Kappa, 1e-12);
                    Assert.Equal(ReferenceData.Double(at.GetProperty("mcc")), matrix.MatthewsCorrelation, 1e-12);
                }
                compared++;
            }
        }
        Assert.True(compared >= 5);
    }

    [Fact]
    public void Of_RisksThatSeparateTheClasses_HaveNoCalibrationSlope() =>
        Assert.True(double.IsNaN(CoxCalibration.Of([false, false, true, true], [.1, .2, .8, .9]).Slope));

    [Fact]
    public void Of_RisksThatSeparateButForTies_HaveNoCalibrationSlope()
    {
        Assert.True(double.IsNaN(CoxCalibration.Of([false, false, false, true, true, true], [.1, .2, .5, .5, .8, .9]).Slope));
        Assert.True(double.IsNaN(CoxCalibration.Of([true, true, true, false, false, false], [.1, .2, .5, .5, .8, .9]).Slope));
    }

    [Fact]
    public void Of_EqualRisks_HaveShiftButNoSlope()
    {
        CoxCalibration calibration = CoxCalibration.Of([false, false, false, true], [.5, .5, .5, .5]);
        Assert.Equal(Math.Log(1 / 3.0), calibration.InTheLarge, 1e-10);
        Assert.True(double.IsNaN(calibration.Slope));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Of_RiskOutsideZeroToOne_IsRefused(double risk) =>
        Assert.StartsWith("Risk 2 is", Assert.Throws<LearningException>(() => BrierScore.Of([true, false], [.5, risk])).Message, StringComparison.Ordinal);

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }
}
