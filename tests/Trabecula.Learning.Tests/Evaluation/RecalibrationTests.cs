using Trabecula.Learning.Evaluation;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

public sealed class RecalibrationTests
{
    [Fact]
    public void Of_RisksThatAreShiftedAndStretched_BringsThemBack()
    {
        (bool[] y, double[] p) = Draw(4000, trueIntercept: -0.8, trueSlope: 0.6);
        Recalibration shift = Recalibration.Of(RecalibrationForm.Intercept, y, p)!, both = Recalibration.Of(RecalibrationForm.InterceptAndSlope, y, p)!;
        var cox = CoxCalibration.Of(y, p);
        Assert.Equal((cox.InTheLarge, 1), (shift.Intercept, shift.Slope));
        Assert.Equal((cox.Intercept, cox.Slope), (both.Intercept, both.Slope));
        Assert.InRange(both.Slope, 0.5, 0.7);
        Assert.InRange(CoxCalibration.Of(y, both.CrossFitted).Slope, 0.97, 1.03);
        Assert.True(BrierScore.Of(y, both.CrossFitted).Value < BrierScore.Of(y, p).Value);
    }

    [Fact]
    public void CrossFitted_RisksOfASubject_DoNotDependOnItsOutcome()
    {
        (bool[] y, double[] p) = Draw(60, 0, 1);
        (y[0], y[1]) = (true, false);
        IReadOnlyList<double> before = Recalibration.Of(RecalibrationForm.InterceptAndSlope, y, p)!.CrossFitted;
        // Each is the first of its class, in the first fold, and stays so when both change their outcomes.
        (y[0], y[1]) = (false, true);
        IReadOnlyList<double> after = Recalibration.Of(RecalibrationForm.InterceptAndSlope, y, p)!.CrossFitted;
        Assert.Equal((before[0], before[1]), (after[0], after[1]));
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Of_RisksThatSeparateTheClasses_HasNone()
    {
        bool[] y = [false, false, false, true, true, true];
        Assert.Null(Recalibration.Of(RecalibrationForm.InterceptAndSlope, y, [0.1, 0.2, 0.3, 0.7, 0.8, 0.9]));
        Assert.Null(Recalibration.Of(RecalibrationForm.InterceptAndSlope, y, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]));
        Assert.NotNull(Recalibration.Of(RecalibrationForm.Intercept, y, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]));
    }

    [Fact]
    public void Of_RiskOutsideItsRange_IsRefused() =>
        Assert.Contains("Risk 2 is 1.5", Assert.Throws<LearningException>(() => Recalibration.Of(RecalibrationForm.Intercept, [true, false], [0.5, 1.5])).Message, StringComparison.Ordinal);

    private static (bool[] Outcomes, double[] Risks) Draw(int count, double trueIntercept, double trueSlope)
    {
        RandomSequence random = new Seed(5).Open();
        var outcomes = new bool[count];
        var risks = new double[count];
        for (int i = 0; i < count; i++)
        {
            double x = 1.2 * random.NextGaussian();
            risks[i] = 1 / (1 + Math.Exp(-x));
            outcomes[i] = random.NextDouble() < 1 / (1 + Math.Exp(-(trueIntercept + trueSlope * x)));
        }
        return (outcomes, risks);
    }
}
