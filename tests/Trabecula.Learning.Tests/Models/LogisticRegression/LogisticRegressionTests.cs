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
    public void Fit_AnyTable_IsAMinimum() =>
        Gen.Select(Gen.ULong, Gen.Int[6, 40], Gen.Int[1, 60], Gen.Double[-4, 3], Gen.Double[0, 1], Gen.Bool).Sample(
            (value, rows, columns, logC, share, balanced) =>
            {
                TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(value), rows, columns));
                // A share below a fifth stands for L2 alone and one above four fifths for L1 alone.
                var model = new LogisticRegression
                {
                    C = Math.Pow(10, logC),
                    Penalty = share < 0.2 ? Penalty.L2 : share > 0.8 ? Penalty.L1 : Penalty.ElasticNet,
                    L1Ratio = share,
                    ClassWeight = balanced ? ClassWeight.Balanced : ClassWeight.None,
                };
                AssertMinimum(training, model, Fit(training, model), 1e-9);
            }, iter: 200);

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
        (double[] excess, double[] magnitude) = new PlainLogistic(mixed, new LogisticRegression()).Conditions([.. model.Coefficients, model.Intercept]);
        Assert.All(excess.Zip(magnitude), part => Assert.Equal(0, part.First, 1e-10 * part.Second));
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
        var loss = new LogisticLoss(training.Table.Values, 30, [.. training.Table.Outcomes], new ClassWeights(0.7, 0.7));
        double[] full = LogisticSolver.Minimise(loss, 0, 1, TestContext.Current.CancellationToken);
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
    public void Loss_SlopesAndHessian_EqualFiniteDifferences()
    {
        FeatureTable table = Tables.Gaussian(new Seed(9), 15, 6);
        var loss = new LogisticLoss(table.Values, 6, [.. table.Outcomes], new ClassWeights(0.8, 1.3));
        double[] at = [0.3, -0.7, 0.1, 0.9, -0.4, 0.2, -0.6];
        int[] unknowns = [0, 1, 2, 3, 4, 5, 6];
        loss.Evaluate(at);
        double[] slopes = Array.ConvertAll(unknowns, loss.Slope), hessian = new double[49];
        loss.Hessian(unknowns, hessian);
        const double h = 1e-5;
        for (int i = 0; i < at.Length; i++)
        {
            double[] up = [.. at], down = [.. at];
            up[i] += h;
            down[i] -= h;
            double valueUp = loss.Evaluate(up);
            double[] slopesUp = Array.ConvertAll(unknowns, loss.Slope);
            Assert.Equal((valueUp - loss.Evaluate(down)) / (2 * h), slopes[i], 1e-8);
            for (int j = 0; j < at.Length; j++)
                Assert.Equal((slopesUp[j] - loss.Slope(j)) / (2 * h), hessian[i * at.Length + j], 1e-8);
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

    private static FittedLogisticRegression Fit(TrainingSet training, double c) => Fit(training, new LogisticRegression { C = c });

    private static FittedLogisticRegression Fit(TrainingSet training, LogisticRegression model) =>
        (FittedLogisticRegression)model.Fit(training, new Seed(0), TestContext.Current.CancellationToken);

    // The largest magnitude: wide tables are solved along other axes, which mix those of the columns.
    private static void AssertMinimum(TrainingSet training, LogisticRegression model, FittedLogisticRegression fitted, double tolerance)
    {
        (double[] excess, double[] magnitude) = new PlainLogistic(training.Table, model).Conditions([.. fitted.Coefficients, fitted.Intercept]);
        Assert.All(excess, part => Assert.Equal(0, part, tolerance * magnitude.Max()));
    }

    private static void AssertClose(string name, IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{name}, value {i}: expected {expected[i]:R}, found {actual[i]:R}");
    }
}
