using System.Text.Json.Nodes;
using CsCheck;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

public sealed class SupportVectorMachineTests
{
    [Fact]
    public void Fit_TwoPoints_PutsTheMarginBetweenThem()
    {
        // x = 3 is the case and x = 1 the control: w (3 - 1) = 2, w 3 + b = 1; β = ±w / 2 stays below C.
        var table = new FeatureTable(["x"], ["a", "b"], [true, false], [3, 1]);
        FittedSupportVectorMachine model = Fit(table, new SupportVectorMachine { Kernel = Kernel.Linear, C = 10 });
        Assert.Equal(1, model.Coefficients![0], 1e-9);
        Assert.Equal(-2, model.Intercept, 1e-9);
        Assert.Equal([0.5, -0.5], model.DualCoefficients.Select(b => Math.Round(b, 9)));
    }

    [Fact]
    public void Fit_AnyTable_IsAStationaryPoint() =>
        Gen.Select(Gen.ULong, Gen.Int[6, 60], Gen.Int[1, 30], Gen.Double[-3, 2], Gen.Int[0, 3], Gen.Bool, Gen.Double[0, 2.5]).Sample(
            (value, rows, columns, logC, kernel, balanced, effect) =>
            {
                FeatureTable table = Tables.Gaussian(new Seed(value), rows, columns, effect);
                var options = new SupportVectorMachine
                {
                    C = Math.Pow(10, logC),
                    Kernel = (Kernel)kernel,
                    Degree = 1 + (int)(value % 4),
                    Coef0 = value % 3 == 0 ? 0 : 0.5,
                    ClassWeight = balanced ? ClassWeight.Balanced : ClassWeight.None,
                };
                double violation = new PlainDual(table, options, Fit(table, options)).Violation();
                Assert.True(violation <= 2 * options.Tolerance, $"{options}: {violation:G3}");
            }, iter: 400);

    [Theory]
    [InlineData(Kernel.Linear, 1)]
    [InlineData(Kernel.Linear, 100)]
    [InlineData(Kernel.Rbf, 100)]
    [InlineData(Kernel.Polynomial, 100)]
    [InlineData(Kernel.Sigmoid, 100)]
    public void Fit_RepeatedRowsWithBothOutcomes_Ends(Kernel kernel, double c)
    {
        // Each row occurs four times, once with the other outcome: pairs have no curvature, and nothing can be separated.
        FeatureTable once = Tables.Gaussian(new Seed(3), 40, 4);
        FeatureTable four = once.TakeRows([.. Enumerable.Range(0, 160).Select(row => row % 40)]);
        var table = new FeatureTable(
            once.Columns, [.. Enumerable.Range(0, 160).Select(row => $"s{row}")], [.. four.Outcomes.Select((outcome, row) => outcome ^ row >= 120)], four.Values);
        var options = new SupportVectorMachine { Kernel = kernel, C = c, Degree = 4 };
        double violation = new PlainDual(table, options, Fit(table, options)).Violation();
        Assert.True(violation <= 1e-5, $"{options}: {violation:G3}");
    }

    [Fact]
    public void Fit_ConstantColumnsOnly_DecidesByTheLargerClass()
    {
        var table = new FeatureTable(["x"], [.. "abcdefghij".Select(c => $"{c}")], [true, true, false, false, false, false, false, false, false, false], new double[10]);
        foreach (Kernel kernel in Enum.GetValues<Kernel>())
            Assert.All(Fit(table, new SupportVectorMachine { Kernel = kernel }).Score(table), score => Assert.True(score < 0));
    }

    [Fact]
    public void Fit_LargeValuesOfPolynomial_ReachesWhatDoublesAllow()
    {
        // Kernel values near 1e18: a violation of 1e-6 is far below their rounding.
        FeatureTable table = Tables.Gaussian(new Seed(5), 60, 5);
        FeatureTable scaled = table.WithValues([.. table.Values.ToArray().Select(v => 1e3 * v)]);
        var options = new SupportVectorMachine { Kernel = Kernel.Polynomial, Gamma = 1, Degree = 3, C = 100 };
        Assert.All(Fit(scaled, options).Score(scaled), score => Assert.True(double.IsFinite(score)));
    }

    [Fact]
    public void Fit_KernelBeyondNumbers_IsRefused()
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 20, 2);
        FeatureTable huge = table.WithValues([.. table.Values.ToArray().Select(v => 1e30 * v)]);
        Assert.Contains("beyond the range", Assert.Throws<LearningException>(() =>
            Fit(huge, new SupportVectorMachine { Kernel = Kernel.Polynomial, Gamma = 1, Degree = 12 })).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Kernel.Linear)]
    [InlineData(Kernel.Rbf)]
    [InlineData(Kernel.Polynomial)]
    [InlineData(Kernel.Sigmoid)]
    public void FitAndScore_ModelsOfOneKernel_EqualSingleFitsToTheLastBit(Kernel kernel)
    {
        Fold fold = Tables.Fold(Tables.Gaussian(new Seed(6), 90, 7, effect: 1), new Seed(1));
        Classifier[] models = [.. new[] { 0.01, 1, 30 }.Select(c => new SupportVectorMachine { Kernel = kernel, C = c, Coef0 = 0.3 })];
        IReadOnlyList<double[]> together = models[0].FitAndScore(models, fold.Training, fold.Validation, new Seed(2), TestContext.Current.CancellationToken);
        for (int i = 0; i < models.Length; i++)
            Assert.Equal(models[i].Fit(fold.Training, new Seed(2), TestContext.Current.CancellationToken).Score(fold.Validation), together[i]);
    }

    [Fact]
    public void FitAndScore_OtherKernel_IsRefused()
    {
        Fold fold = Tables.Fold(Tables.Gaussian(new Seed(6), 40, 3), new Seed(1));
        var model = new SupportVectorMachine();
        Assert.Throws<ArgumentException>(() => model.FitAndScore(
            [model, model with { Gamma = 0.5 }], fold.Training, fold.Validation, new Seed(2), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void SharedWork_ModelsThatDifferInTheKernel_DifferInKey()
    {
        var model = new SupportVectorMachine();
        string?[] keys =
        [
            model.SharedWork, (model with { Gamma = 0.1 }).SharedWork, (model with { Gamma = Gamma.Auto }).SharedWork, (model with { Kernel = Kernel.Linear }).SharedWork,
            (model with { Kernel = Kernel.Sigmoid }).SharedWork, (model with { Kernel = Kernel.Sigmoid, Coef0 = 1 }).SharedWork,
            (model with { Kernel = Kernel.Polynomial }).SharedWork, (model with { Kernel = Kernel.Polynomial, Degree = 2 }).SharedWork,
        ];
        Assert.Distinct(keys);
        Assert.Equal(model.SharedWork, (model with { C = 5, Degree = 2, Coef0 = 1 }).SharedWork);
    }

    [Fact]
    public void KernelRows_FewRowsHeld_GiveTheSameMatrix()
    {
        FeatureTable table = Tables.Gaussian(new Seed(8), 30, 5);
        var function = new KernelFunction(Kernel.Rbf, 0.2, 1, 0);
        KernelRows whole = new(function, table), few = new(function, table, capacity: 3);
        RandomSequence random = new Seed(9).Open();
        for (int i = 0; i < 300; i++)
        {
            int row = random.NextInt(30);
            Assert.Equal(whole[row], few[row]);
            Assert.Equal(function.Of(table.Row(row), table.Row(i % 30)), whole[row][i % 30]);
        }
    }

    [Fact]
    public void PredictRisk_RisesWithTheDecisionValueAndIsCalibrated()
    {
        FeatureTable table = Tables.Gaussian(new Seed(10), 300, 3, effect: 1);
        FittedSupportVectorMachine model = Fit(table, new SupportVectorMachine(), risk: true);
        double[] scores = model.Score(table), risks = model.PredictRisk(table);
        int[] order = [.. Enumerable.Range(0, 300).OrderBy(row => scores[row])];
        Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(risks[pair.First] <= risks[pair.Second]));
        // Cross-fitted scores are less extreme than those of the rows fitted on, but the mean stays near the share of events.
        Assert.Equal(table.EventCount / 300.0, risks.Average(), 0.03);
        Assert.Throws<InvalidOperationException>(() => Fit(table, new SupportVectorMachine()).PredictRisk(table));
    }

    [Fact]
    public void PredictRisk_ColumnsOfNoise_StaysNearTheShareOfEvents()
    {
        // Fitted on the scores of its own rows the curve would be steep, since C = 100 separates the noise.
        FeatureTable table = Tables.Gaussian(new Seed(11), 120, 30, effect: 0);
        FittedSupportVectorMachine model = Fit(table, new SupportVectorMachine { C = 100 }, risk: true);
        double share = table.EventCount / 120.0;
        Assert.All(model.PredictRisk(table), risk => Assert.Equal(share, risk, 0.25));
    }

    [Fact]
    public void Fit_ClassOfOneSubject_HasDecisionsButNoRisk()
    {
        FeatureTable table = Tables.Of([.. Enumerable.Range(0, 20).Select(i => $"s{i}")], [.. Enumerable.Range(0, 20).Select(i => i == 7)]);
        Assert.Contains("single subject", Assert.Throws<LearningException>(() => Fit(table, new SupportVectorMachine(), risk: true)).Problem, StringComparison.Ordinal);
        Assert.Equal(20, Fit(table, new SupportVectorMachine()).Score(table).Length);
    }

    [Theory]
    [InlineData(Kernel.Linear)]
    [InlineData(Kernel.Polynomial)]
    public void ToJson_ReadBack_PredictsTheSame(Kernel kernel)
    {
        FeatureTable table = Tables.Gaussian(new Seed(12), 50, 3);
        FittedSupportVectorMachine model = Fit(table, new SupportVectorMachine { Kernel = kernel, Coef0 = 1 }, risk: true);
        FittedClassifier read = FittedState.Default.ReadClassifier((JsonObject)JsonNode.Parse(model.ToJson().ToJsonString())!);
        Assert.Equal(model.Score(table), read.Score(table));
        Assert.Equal(model.PredictRisk(table), read.PredictRisk(table));
    }

    [Fact]
    public void Gamma_Rules_TakeColumnsAndVariance()
    {
        var table = new FeatureTable(["x", "y"], ["a", "b"], [true, false], [1, 3, 5, 7]);
        Assert.Equal(1 / (2 * 5.0), Gamma.Scale.For(table), 1e-15);
        Assert.Equal(0.5, Gamma.Auto.For(table));
        Assert.Equal(0.3, ((Gamma)0.3).For(table));
        Assert.Equal(1, Gamma.Scale.For(new FeatureTable(["x"], ["a", "b"], [true, false], [2, 2])));
        Assert.Equal(["scale", "auto", "0.3"], new[] { Gamma.Scale, Gamma.Auto, 0.3 }.Select(gamma => gamma.ToString()));
    }

    [Fact]
    public void Validate_SeveralProblems_NamesEach()
    {
        var model = new SupportVectorMachine
        {
            C = double.NaN,
            Gamma = -1,
            Degree = 0,
            Coef0 = double.PositiveInfinity,
            Tolerance = 0,
            Kernel = (Kernel)9,
            ClassWeight = (ClassWeight)9,
        };
        Assert.Equal(7, model.Validate().Count);
        Assert.Contains("Gamma is -1, expected scale, auto or a positive, finite number.", model.Validate());
        Assert.Empty(new SupportVectorMachine().Validate());
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new SupportVectorMachine().Fit(Tables.Train(Tables.Gaussian(new Seed(1), 20, 2)), new Seed(0), source.Token));
    }

    private static FittedSupportVectorMachine Fit(FeatureTable table, SupportVectorMachine options, bool risk = false) =>
        (FittedSupportVectorMachine)(risk ? options : options.WithoutRisk()).Fit(Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken);
}
