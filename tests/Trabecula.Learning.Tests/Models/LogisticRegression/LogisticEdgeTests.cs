using System.Text.Json.Nodes;
using Trabecula.Learning.Models;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

public sealed class LogisticEdgeTests
{
    private static readonly LogisticRegression Unpenalised = new() { Penalty = Penalty.None };

    [Fact]
    public void StandardErrors_TwoByTwoTable_EqualWoolfs()
    {
        // Exposed: 6 cases, 4 controls; others: 3 cases, 7 controls. Log odds ratio and its error are known in closed form (Woolf 1955).
        FeatureTable table = Exposures((1, true, 6), (1, false, 4), (0, true, 3), (0, false, 7));
        FittedLogisticRegression model = Fit(table, Unpenalised);
        Assert.Equal(Math.Log(6.0 * 7 / (4 * 3)), model.Coefficients[0], 1e-10);
        Assert.Equal(Math.Log(3.0 / 7), model.Intercept, 1e-10);
        Assert.Equal(Math.Sqrt(1.0 / 6 + 1.0 / 4 + 1.0 / 3 + 1.0 / 7), model.StandardErrors![0], 1e-10);
        Assert.Equal(Math.Sqrt(1.0 / 3 + 1.0 / 7), model.StandardErrors[1], 1e-10);
    }

    [Fact]
    public void WaldEstimates_TwoByTwoTable_EqualTheTextbook()
    {
        FeatureTable table = Exposures((1, true, 6), (1, false, 4), (0, true, 3), (0, false, 7));
        IReadOnlyList<WaldEstimate> estimates = Fit(table, Unpenalised).WaldEstimates();
        Assert.Equal(["exposed", "(intercept)"], estimates.Select(estimate => estimate.Name));
        WaldEstimate exposed = estimates[0];
        Assert.Equal(3.5, exposed.OddsRatio, 1e-9);
        Assert.Equal(1.3257997065399154, exposed.Z, 1e-9);
        Assert.Equal(0.18490605025213658, exposed.P, 1e-9);
        Assert.Equal(0.5492349781511472, exposed.OddsRatioLower, 1e-9);
        Assert.Equal(22.303750648286012, exposed.OddsRatioUpper, 1e-8);
        Assert.True(Fit(table, Unpenalised).WaldEstimates(0.9)[0].Lower > exposed.Lower);
        Assert.Throws<InvalidOperationException>(() => Fit(table, new LogisticRegression()).WaldEstimates());
    }

    [Fact]
    public void StandardErrors_PenaltyOrWeights_AreAbsent()
    {
        FeatureTable table = Tables.Gaussian(new Seed(1), 60, 3);
        Assert.Null(Fit(table, new LogisticRegression()).StandardErrors);
        Assert.Null(Fit(table, Unpenalised with { ClassWeight = ClassWeight.Balanced }).StandardErrors);
        Assert.Equal(4, Fit(table, Unpenalised).StandardErrors!.Count);
    }

    [Theory]
    [InlineData(0, 4, 3, 7)]
    [InlineData(6, 0, 3, 7)]
    [InlineData(6, 4, 0, 7)]
    public void Fit_EmptyCellWithoutPenalty_NamesTheSeparation(int exposedCases, int exposedControls, int otherCases, int otherControls)
    {
        FeatureTable table = Exposures((1, true, exposedCases), (1, false, exposedControls), (0, true, otherCases), (0, false, otherControls));
        Assert.Contains("separates the classes", Assert.Throws<LearningException>(() => Fit(table, Unpenalised)).Problem, StringComparison.Ordinal);
        Assert.All(Fit(table, new LogisticRegression()).Coefficients, w => Assert.True(double.IsFinite(w)));
    }

    [Fact]
    public void Fit_SeparableByTwoColumnsTogether_NamesTheSeparation()
    {
        FeatureTable table = Tables.Gaussian(new Seed(3), 80, 4);
        bool[] outcomes = [.. Enumerable.Range(0, 80).Select(row => table.Row(row)[1] - 0.4 * table.Row(row)[3] > 0.1)];
        var separable = new FeatureTable(table.Columns, table.Subjects, outcomes, table.Values);
        Assert.Contains("separates the classes", Assert.Throws<LearningException>(() => Fit(separable, Unpenalised)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OneOverlappingPairInALargeEffect_HasAnEstimate()
    {
        // Far from the overlap the log odds exceed 50: steep, but not separated.
        double[] x = [.. Enumerable.Range(-20, 41).Select(i => (double)i)];
        bool[] outcomes = [.. x.Select(v => v is > 0 and not 1 || v == -1)];
        var table = new FeatureTable(["x"], [.. x.Select(v => $"s{v}")], outcomes, x);
        FittedLogisticRegression model = Fit(table, Unpenalised);
        (double[] excess, double[] magnitude) = new PlainLogistic(table, Unpenalised).Conditions([.. model.Coefficients, model.Intercept]);
        Assert.All(excess.Zip(magnitude), part => Assert.Equal(0, part.First, 1e-9 * part.Second));
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("copy")]
    [InlineData("sum")]
    public void Fit_CollinearColumnWithoutPenalty_IsNamed(string kind)
    {
        FeatureTable table = Tables.Gaussian(new Seed(4), 50, 3);
        double[] values = table.Values.ToArray();
        for (int row = 0; row < 50; row++)
        {
            values[row * 3 + 2] = kind switch
            {
                "constant" => 7.1,
                "copy" => 3 * values[row * 3] - 1,
                _ => values[row * 3] + values[row * 3 + 1],
            };
        }
        LearningException refusal = Assert.Throws<LearningException>(() => Fit(table.WithValues(values), Unpenalised));
        Assert.Contains("column 'f2' is constant or a combination", refusal.Problem, StringComparison.Ordinal);
        Assert.All(Fit(table.WithValues(values), new LogisticRegression { Penalty = Penalty.L1 }).Coefficients, w => Assert.True(double.IsFinite(w)));
    }

    [Fact]
    public void Fit_AsManyColumnsAsRowsWithoutPenalty_IsRefused() =>
        Assert.Contains("12 columns for 12 rows", Assert.Throws<LearningException>(() =>
            Fit(Tables.Gaussian(new Seed(4), 12, 12), Unpenalised)).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(100)]
    public void Fit_CopiesOfColumnsUnderL1_IsAMinimum(double c)
    {
        // Columns 3 to 5 repeat 0 to 2, one of them reversed: the solution is not unique, its predictions are.
        FeatureTable once = Tables.Gaussian(new Seed(7), 60, 3, effect: 1);
        double[] values = [.. Enumerable.Range(0, 60).SelectMany(row => once.Row(row).ToArray().Concat(once.Row(row).ToArray().Select((v, i) => i == 1 ? -v : v)))];
        var twice = new FeatureTable(["a", "b", "c", "d", "e", "f"], once.Subjects, once.Outcomes, values);
        var options = new LogisticRegression { Penalty = Penalty.L1, C = c };
        double[] expected = Fit(once, options).Score(once), found = Fit(twice, options).Score(twice);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [Fact]
    public void Fit_L1BelowTheFirstEntry_LeavesTheBaseRate()
    {
        // No column enters while C |Σ (y - p) x| stays below 1.
        FeatureTable table = Tables.Gaussian(new Seed(8), 40, 5);
        double p = table.EventCount / 40.0;
        double largest = Enumerable.Range(0, 5).Select(c => Math.Abs(table.Column(c).Select((x, row) => ((table.Outcomes[row] ? 1 : 0) - p) * x).Sum())).Aggregate(0.0, Math.Max);
        FittedLogisticRegression below = Fit(table, new LogisticRegression { Penalty = Penalty.L1, C = 0.999 / largest });
        Assert.All(below.Coefficients, w => Assert.Equal(0, w));
        Assert.Equal(Math.Log(p / (1 - p)), below.Intercept, 1e-10);
        Assert.Single(Fit(table, new LogisticRegression { Penalty = Penalty.L1, C = 1.001 / largest }).Coefficients, w => w != 0);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Fit_ElasticNetAtItsEnds_IsL1OrL2(double share, int penalty)
    {
        FeatureTable table = Tables.Gaussian(new Seed(10), 50, 8);
        FittedLogisticRegression net = Fit(table, new LogisticRegression { Penalty = Penalty.ElasticNet, L1Ratio = share });
        FittedLogisticRegression pure = Fit(table, new LogisticRegression { Penalty = penalty == 0 ? Penalty.L1 : Penalty.L2 });
        Assert.Equal(pure.Coefficients, net.Coefficients);
    }

    [Fact]
    public void Fit_ManyColumnsFewRowsUnderL1_IsAMinimumInEveryColumn()
    {
        FeatureTable table = Tables.Gaussian(new Seed(11), 60, 700);
        foreach (double share in (double[])[0.05, 0.5, 1])
        {
            var options = new LogisticRegression { Penalty = Penalty.ElasticNet, L1Ratio = share, C = 5 };
            FittedLogisticRegression model = Fit(table, options);
            (double[] excess, double[] magnitude) = new PlainLogistic(table, options).Conditions([.. model.Coefficients, model.Intercept]);
            Assert.All(excess.Zip(magnitude), part => Assert.Equal(0, part.First, 1e-9 * part.Second));
        }
    }

    [Fact]
    public void Fit_BalancedWeights_EqualsRepeatedCases()
    {
        // 10 cases and 30 controls: a case weighs 2 and a control 2/3, as each case three times at two thirds of C.
        FeatureTable drawn = Tables.Gaussian(new Seed(12), 40, 3);
        var table = new FeatureTable(drawn.Columns, drawn.Subjects, [.. Enumerable.Range(0, 40).Select(row => row % 4 == 0)], drawn.Values);
        int[] rows = [.. Enumerable.Range(0, 40), .. Enumerable.Range(0, 40).Where(row => row % 4 == 0), .. Enumerable.Range(0, 40).Where(row => row % 4 == 0)];
        foreach (Penalty penalty in (Penalty[])[Penalty.L1, Penalty.L2, Penalty.ElasticNet])
        {
            FittedLogisticRegression weighted = Fit(table, new LogisticRegression { Penalty = penalty, C = 0.6, ClassWeight = ClassWeight.Balanced });
            FittedLogisticRegression repeated = Fit(table.TakeRows(rows), new LogisticRegression { Penalty = penalty, C = 0.4 });
            Assert.All(repeated.Coefficients.Zip(weighted.Coefficients), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    [Fact]
    public void ToJson_ReadBack_PredictsTheSame()
    {
        FeatureTable table = Tables.Gaussian(new Seed(13), 50, 3);
        FittedLogisticRegression model = Fit(table, Unpenalised);
        var read = (FittedLogisticRegression)FittedState.Default.ReadClassifier((JsonObject)JsonNode.Parse(model.ToJson().ToJsonString())!);
        Assert.Equal(model.PredictRisk(table), read.PredictRisk(table));
        Assert.Equal(model.StandardErrors, read.StandardErrors);
    }

    [Fact]
    public void Fit_CancelledBefore_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            new LogisticRegression().Fit(Tables.Train(Tables.Gaussian(new Seed(1), 20, 2)), new Seed(0), source.Token));
    }

    [Fact]
    public void Validate_SeveralProblems_NamesEach()
    {
        IReadOnlyList<string> problems = new LogisticRegression { C = -1, L1Ratio = 1.5, Penalty = (Penalty)9, ClassWeight = (ClassWeight)7 }.Validate();
        Assert.Equal(4, problems.Count);
        Assert.Contains("L1Ratio is 1.5, expected 0 to 1.", problems);
    }

    private static FittedLogisticRegression Fit(FeatureTable table, LogisticRegression model) =>
        (FittedLogisticRegression)model.Fit(Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken);

    private static FeatureTable Exposures(params (double Exposed, bool Case, int Count)[] cells)
    {
        (double Exposed, bool Case)[] rows = [.. cells.SelectMany(cell => Enumerable.Repeat((cell.Exposed, cell.Case), cell.Count))];
        return new FeatureTable(["exposed"], [.. rows.Select((_, i) => $"s{i}")], [.. rows.Select(r => r.Case)], [.. rows.Select(r => r.Exposed)]);
    }
}
