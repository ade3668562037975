using System.Text.Json;
using CsCheck;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Sampling;
using Xunit;

namespace Trabecula.Learning.Tests.Calibration;

public sealed class CalibratorTests
{
    // The design notes' fixture F20.
    private static readonly double[] F20 = [.02, .05, .08, .10, .12, .15, .18, .20, .25, .28, .30, .35, .40, .45, .50, .55, .62, .70, .80, .90];
    private static readonly bool[] F20Outcomes = [.. "00001000100101011011".Select(c => c == '1')];

    [Fact]
    public void PlattScaling_F20_EqualsTheConvergedReference()
    {
        PlattScaling platt = PlattScaling.Estimate(F20, F20Outcomes);
        Assert.Equal(-3.702313439217134, platt.A, 1e-9);
        Assert.Equal(1.734241838982165, platt.B, 1e-9);
    }

    [Fact]
    public void PlattScaling_ReferenceCases_EqualsTheConvergedMinimum()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("svm.json").GetProperty("platt").GetProperty("cases").EnumerateArray())
        {
            double[] scores = ReferenceData.Doubles(item.GetProperty("decision"));
            PlattScaling platt = PlattScaling.Estimate(scores, Outcomes(item));
            JsonElement converged = item.GetProperty("converged");
            double a = converged.GetProperty("A").GetDouble(), b = converged.GetProperty("B").GetDouble();
            Assert.Equal(a, platt.A, 1e-9 * (1 + Math.Abs(a)));
            Assert.Equal(b, platt.B, 1e-9 * (1 + Math.Abs(b)));
            Assert.All(scores.Zip(ReferenceData.Doubles(item.GetProperty("calibrated"))), pair => Assert.Equal(pair.Second, platt.Calibrate(pair.First), 1e-9));
            compared++;
        }
        Assert.Equal(5, compared);
    }

    [Fact]
    public void IsotonicRegression_ReferenceCases_EqualsScikitLearn()
    {
        int compared = 0;
        foreach (JsonElement item in ReferenceData.Golden("svm.json").GetProperty("isotonic").GetProperty("cases").EnumerateArray())
        {
            double[] x = ReferenceData.Doubles(item.GetProperty("x"));
            IsotonicRegression isotonic = IsotonicRegression.Estimate(x, Outcomes(item));
            AssertClose(ReferenceData.Doubles(item.GetProperty("xThresholds")), isotonic.X);
            AssertClose(ReferenceData.Doubles(item.GetProperty("yThresholds")), isotonic.Y);
            AssertClose(ReferenceData.Doubles(item.GetProperty("fitted")), [.. x.Select(isotonic.Calibrate)]);
            AssertClose(ReferenceData.Doubles(item.GetProperty("queryY")), [.. ReferenceData.Doubles(item.GetProperty("queryX")).Select(isotonic.Calibrate)]);
            compared++;
        }
        Assert.Equal(5, compared);
    }

    [Fact]
    public void IsotonicRegression_F20_HasTheDesignNotesBlocks() =>
        AssertClose([0, 0.25, 1 / 3.0, 0.5, 2 / 3.0, 1], [.. IsotonicRegression.Estimate(F20, F20Outcomes).Y.Distinct()]);

    [Fact]
    public void IsotonicRegression_AnyScores_EqualsTheMaxMinFormula() =>
        Gen.Select(Gen.Int[0, 12], Gen.Bool).Array[1, 25].Sample(rows =>
        {
            double[] x = [.. rows.Select(r => (double)r.Item1)];
            double[] y = [.. rows.Select(r => r.Item2 ? 1.0 : 0)];
            IsotonicRegression isotonic = IsotonicRegression.Estimate(x, [.. rows.Select(r => r.Item2)]);
            double[] levels = [.. x.Distinct().Order()];
            // max over lower ends of min over upper ends of the mean between (Robertson, Wright and Dykstra 1988, theorem 1.4.4).
            Assert.All(levels, at => Assert.Equal(
                levels.Where(from => from <= at).Max(from => levels.Where(to => to >= at).Min(to =>
                    x.Zip(y).Where(p => p.First >= from && p.First <= to).Average(p => p.Second))),
                isotonic.Calibrate(at), 1e-12));
        });

    [Fact]
    public void PlattScaling_AnyScores_HasNoGradient() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Bool).Array[2, 40].Sample(rows =>
        {
            bool[] outcomes = [true, false, .. rows.Select(r => r.Item2)];
            double[] scores = [0.3, -0.4, .. rows.Select(r => r.Item1)];
            PlattScaling platt = PlattScaling.Estimate(scores, outcomes);
            int events = outcomes.Count(o => o);
            double high = (events + 1.0) / (events + 2), low = 1.0 / (outcomes.Length - events + 2);
            double[] residuals = [.. scores.Select((f, i) => platt.Calibrate(f) - (outcomes[i] ? high : low))];
            Assert.Equal(0, residuals.Sum(), 1e-11 * scores.Length);
            Assert.Equal(0, residuals.Zip(scores, (r, f) => r * f).Sum(), 1e-10 * scores.Length);
        });

    [Theory]
    [InlineData(1e-9, 0)]
    [InlineData(1e9, 0)]
    [InlineData(1, 1e6)]
    public void PlattScaling_ScoresOfAnotherScale_GivesTheSameRisks(double scale, double shift)
    {
        PlattScaling platt = PlattScaling.Estimate(F20, F20Outcomes);
        double[] scores = [.. F20.Select(f => f * scale + shift)];
        PlattScaling scaled = PlattScaling.Estimate(scores, F20Outcomes);
        // 1e6 takes six digits of the scores away before the fit sees them, and six more when A f and B cancel.
        Assert.All(F20.Zip(scores), pair => Assert.Equal(platt.Calibrate(pair.First), scaled.Calibrate(pair.Second), shift == 0 ? 1e-12 : 1e-8));
    }

    [Fact]
    public void PlattScaling_EqualScores_GivesTheMeanTarget()
    {
        PlattScaling platt = PlattScaling.Estimate([2, 2, 2, 2], [true, false, false, false]);
        Assert.Equal(0, platt.A);
        Assert.Equal((2.0 / 3 + 3 * (1.0 / 5)) / 4, platt.Calibrate(2), 1e-12);
    }

    [Fact]
    public void LogisticRefit_F20_EqualsTheConvergedGlm()
    {
        // Reference set: intercept 0.2633119, slope 0.9450610, fully converged.
        LogisticRefit refit = LogisticRefit.Estimate(F20, F20Outcomes);
        Assert.Equal(0.2633119, refit.Intercept, 5e-8);
        Assert.Equal(0.9450610, refit.Slope, 5e-8);
        Assert.Equal(1 / (1 + Math.Exp(-refit.Intercept)), refit.Calibrate(0.5), 1e-12);
    }

    [Fact]
    public void LogisticRefit_EqualRisks_AreShiftedToTheEventShare() =>
        Assert.Equal(0.25, LogisticRefit.Estimate([0.6, 0.6, 0.6, 0.6], [true, false, false, false]).Calibrate(0.6), 1e-9);

    [Fact]
    public void LogisticRefit_SeparatedClasses_IsRefusedWithTheWayOut() =>
        Assert.EndsWith("Use Platt scaling.", Assert.Throws<LearningException>(() =>
            LogisticRefit.Estimate([0.1, 0.2, 0.7, 0.8], [false, false, true, true])).Message, StringComparison.Ordinal);

    [Fact]
    public void LogisticRefit_CertainRisks_StayFinite() =>
        Assert.All(F20.Append(0).Append(1), p => Assert.InRange(LogisticRefit.Estimate([.. F20, 0, 1], [.. F20Outcomes, true, false]).Calibrate(p), 0.001, 0.999));

    [Fact]
    public void Calibrators_WrittenAndRead_CalibrateAlike()
    {
        Calibrator[] calibrators =
        [
            PlattScaling.Estimate(F20, F20Outcomes), IsotonicRegression.Estimate(F20, F20Outcomes), LogisticRefit.Estimate(F20, F20Outcomes), new PriorCorrection(0.5, 0.12),
        ];
        foreach (Calibrator calibrator in calibrators)
        {
            Calibrator read = Calibrator.Read(System.Text.Json.Nodes.JsonNode.Parse(calibrator.ToJson().ToJsonString())!.AsObject());
            Assert.Equal(F20.Select(calibrator.Calibrate), F20.Select(read.Calibrate));
        }
        Assert.Equal(PriorShift.Correct(0.9, 0.5, 0.12), calibrators[3].Calibrate(0.9));
    }

    private static bool[] Outcomes(JsonElement item) => [.. ReferenceData.Doubles(item.GetProperty("y")).Select(y => y == 1)];

    private static void AssertClose(double[] expected, IReadOnlyList<double> found)
    {
        Assert.Equal(expected.Length, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
