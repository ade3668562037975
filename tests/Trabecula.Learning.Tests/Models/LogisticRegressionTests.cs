using System.Text.Json;
using CsCheck;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void Fit_ColumnWithoutInformation_LeavesLogOddsOfTheBaseRate()
    {
        // The column is balanced in each class, so w = 0, and b is the log odds of 2 cases to 6 controls.
        var table = new FeatureTable(
            ["x"], [.. "abcdefgh".Select(c => $"{c}")], [true, true, false, false, false, false, false, false], [1, -1, 1, -1, 1, -1, 1, -1]);
        FittedLogisticRegression model = Fit(Tables.Train(table), 1);
        Assert.Equal(0, model.Coefficients[0], 1e-12);
        Assert.Equal(Math.Log(2.0 / 6), model.Intercept, 1e-12);
        Assert.All(model.PredictRisk(table), risk => Assert.Equal(0.25, risk, 1e-12));
    }

    [Fact]
    public void Fit_TwoPoints_SolvesTheScalarEquation()
    {
        // x = 1 is the case and x = -1 the control: b = 0, and w minimises 2 C log(1 + exp(-w)) + w²/2, so w (1 + e^w) = 2 C.
        var table = new FeatureTable(["x"], ["a", "b"], [true, false], [1, -1]);
        FittedLogisticRegression model = Fit(Tables.Train(table), 3);
        Assert.Equal(0, model.Intercept, 1e-12);
        Assert.Equal(6, model.Coefficients[0] * (1 + Math.Exp(model.Coefficients[0])), 1e-9);
    }

    [Fact]
    public void Fit_ReferenceTables_EqualsScikitLearnsOptimum()
    {
        JsonElement golden = ReferenceData.Golden("linear_models.json");
        int compared = 0;
        foreach (JsonElement item in golden.GetProperty("cases").EnumerateArray())
        {
            if (item.GetProperty("penalty").GetString() != "l2" || item.GetProperty("classWeight").ValueKind != JsonValueKind.Null)
                continue;
            string name = $"{item.GetProperty("data").GetString()}, C {item.GetProperty("C")}";
            TrainingSet training = ReferenceData.StandardisedTable(golden.GetProperty("data").GetProperty(item.GetProperty("data").GetString()!));
            FittedLogisticRegression model = Fit(training, item.GetProperty("C").GetDouble());
            JsonElement optimum = item.GetProperty("optimum");
            // Tolerances of the reference set for a solver stopped at 1e-8: coefficients 1e-6, probabilities 1e-7, objective 1e-10.
            AssertClose(name, ReferenceData.Doubles(optimum.GetProperty("coefficients")), model.Coefficients, 1e-6);
            AssertClose(name, [optimum.GetProperty("intercept").GetDouble()], [model.Intercept], 1e-6);
            AssertClose(name, ReferenceData.Doubles(item.GetProperty("probabilitiesFirst10")), model.PredictRisk(training.Table)[..10], 1e-7);
            double objective = optimum.GetProperty("objective").GetDouble();
            Assert.Equal(objective, Objective(training, model, item.GetProperty("C").GetDouble()), Math.Abs(objective) * 1e-10);
            compared++;
        }
        Assert.Equal(12, compared);
    }

    [Fact]
    public void Fit_AnyTable_IsAMinimum() =>
        Gen.Select(Gen.ULong, Gen.Int[6, 40], Gen.Int[1, 60], Gen.Double[-4, 3]).Sample((value, rows, columns, logC) =>
        {
            TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(value), rows, columns));
            double c = Math.Pow(10, logC);
            FittedLogisticRegression model = Fit(training, c);
            double[] at = [.. model.Coefficients, model.Intercept];
            (double[] gradient, double[] magnitude, _) = Differentiate(training.Table, c, at);
            // The largest: wide tables are solved along other axes, which mix the columns' magnitudes.
            Assert.All(gradient, g => Assert.Equal(0, g, 1e-9 * magnitude.Max()));
        }, iter: 60);

    [Theory]
    [InlineData(60, 3, 1)]
    [InlineData(60, 3, 1e-12)]
    [InlineData(12, 30, 1e-12)]
    public void Fit_ColumnsOfScaleOneMillion_EqualsTheScaledFit(int rows, int columns, double c)
    {
        // x' = s x with C and x with C s² have the same minimum in w' = w / s: the objective is the same but for the factor s².
        const double s = 1e6;
        FeatureTable table = Tables.Gaussian(new Seed(12), rows, columns, effect: 1);
        FeatureTable scaled = table.WithValues([.. table.Values.ToArray().Select(v => v * s)]);
        FittedLogisticRegression expected = Fit(Tables.Train(table), c * s * s), model = Fit(Tables.Train(scaled), c);
        AssertClose("coefficients", expected.Coefficients, [.. model.Coefficients.Select(w => w * s)], 1e-8);
        Assert.Equal(expected.Intercept, model.Intercept, 1e-8);
    }

    [Fact]
    public void Fit_OneColumnOfScaleOneMillion_ReachesTheMinimumInEachColumn()
    {
        FeatureTable table = Tables.Gaussian(new Seed(13), 60, 3, effect: 1);
        FeatureTable mixed = table.WithValues([.. table.Values.ToArray().Select((v, i) => i % 3 == 1 ? v * 1e6 : v)]);
        FittedLogisticRegression model = Fit(Tables.Train(mixed), 1);
        (double[] gradient, double[] magnitude, _) = Differentiate(mixed, 1, [.. model.Coefficients, model.Intercept]);
        Assert.All(gradient.Zip(magnitude), part => Assert.Equal(0, part.First, 1e-10 * part.Second));
    }

    [Fact]
    public void Coefficients_CastToAWritableList_CannotBeChanged()
    {
        FittedLogisticRegression model = Fit(Tables.Train(Tables.Of(["a", "b"], [false, true])), 1);
        Assert.Throws<NotSupportedException>(() => ((IList<double>)model.Coefficients)[0] = 9);
        Assert.Throws<NotSupportedException>(() => ((IList<string>)model.Columns)[0] = "x");
    }

    [Fact]
    public void PredictRisk_HeldOutByAnotherSplit_IsRefused()
    {
        FeatureTable table = Tables.Gaussian(new Seed(14), 40, 2);
        Fold split = Tables.Fold(table, new Seed(1)), other = Tables.Fold(table, new Seed(2));
        FittedLogisticRegression model = Fit(split.Training, 1);
        Assert.Equal(model.PredictRisk(split.Validation.Table), model.PredictRisk(split.Validation));
        Assert.StartsWith(
            "Logistic regression: ", Assert.Throws<ArgumentException>(() => model.PredictRisk(other.Validation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_MoreColumnsThanRows_EqualsTheFullSystem()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(5), 12, 30));
        double[] full = LogisticNewton.Minimise(training.Table.Values, [.. training.Table.Outcomes], 30, 0.7, TestContext.Current.CancellationToken);
        FittedLogisticRegression model = Fit(training, 0.7);
        AssertClose("wide", full, [.. model.Coefficients, model.Intercept], 1e-10);
    }

    [Fact]
    public void Fit_RepeatedRowsInWideTable_IsAMinimum()
    {
        FeatureTable once = Tables.Gaussian(new Seed(6), 8, 40);
        FeatureTable twice = once.TakeRows([0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7]);
        FittedLogisticRegression model = Fit(Tables.Train(twice), 0.5), same = Fit(Tables.Train(once), 1);
        AssertClose("twice the rows at half the C", same.Coefficients, model.Coefficients, 1e-9);
    }

    [Fact]
    public void Gradient_AndHessian_EqualFiniteDifferences()
    {
        FeatureTable table = Tables.Gaussian(new Seed(9), 15, 4);
        double[] at = [0.3, -0.7, 0.1, 0.9, -0.4];
        (double[] gradient, _, double[] hessian) = Differentiate(table, 0.8, at);
        const double h = 1e-5;
        for (int i = 0; i < at.Length; i++)
        {
            double[] up = [.. at], down = [.. at];
            up[i] += h;
            down[i] -= h;
            double difference = LogisticNewton.Objective(table.Values, [.. table.Outcomes], 4, 0.8, up)
                - LogisticNewton.Objective(table.Values, [.. table.Outcomes], 4, 0.8, down);
            Assert.Equal(difference / (2 * h), gradient[i], 1e-8);
            double[] gradientUp = Differentiate(table, 0.8, up).Gradient, gradientDown = Differentiate(table, 0.8, down).Gradient;
            for (int j = 0; j <= i; j++)
                Assert.Equal((gradientUp[j] - gradientDown[j]) / (2 * h), hessian[i * at.Length + j], 1e-8);
        }
    }

    [Fact]
    public void Fit_SeparableClassesWithLargeC_Converges()
    {
        var table = new FeatureTable(["x"], ["a", "b", "c", "d"], [true, true, false, false], [2, 1, -1, -2]);
        FittedLogisticRegression model = Fit(Tables.Train(table), 1e6);
        Assert.All(model.PredictRisk(table).Zip(table.Outcomes), pair => Assert.Equal(pair.Second ? 1 : 0, pair.First, 1e-4));
    }

    [Fact]
    public void Fit_OneClass_IsRefused() =>
        Assert.StartsWith("Logistic regression: all 2 training rows have outcome 0", Assert.Throws<LearningException>(() =>
            Fit(Tables.Train(Tables.Of(["a", "b"], [false, false])), 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Fit_UnusableC_IsRefused(double c) =>
        Assert.Throws<ArgumentException>(() => Fit(Tables.Train(Tables.Of(["a", "b"], [false, true])), c));

    private static FittedLogisticRegression Fit(TrainingSet training, double c) =>
        (FittedLogisticRegression)new LogisticRegression { C = c }.Fit(training, new Seed(0), TestContext.Current.CancellationToken);

    private static double Objective(TrainingSet training, FittedLogisticRegression model, double c) => LogisticNewton.Objective(
        training.Table.Values, [.. training.Table.Outcomes], training.Table.ColumnCount, c, [.. model.Coefficients, model.Intercept]);

    private static (double[] Gradient, double[] Magnitude, double[] Hessian) Differentiate(FeatureTable table, double c, double[] at)
    {
        var gradient = new double[at.Length];
        var magnitude = new double[at.Length];
        var hessian = new double[at.Length * at.Length];
        LogisticNewton.Differentiate(table.Values, [.. table.Outcomes], table.ColumnCount, c, at, gradient, magnitude, hessian);
        return (gradient, magnitude, hessian);
    }

    private static void AssertClose(string name, IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{name}, value {i}: expected {expected[i]:R}, found {actual[i]:R}");
    }
}
