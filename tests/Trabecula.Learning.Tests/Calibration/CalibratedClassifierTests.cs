using System.Text.Json.Nodes;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Sampling;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Calibration;

public sealed class CalibratedClassifierTests
{
    private static readonly FeatureTable Table = Tables.Gaussian(new Seed(31), 160, 3, effect: 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<CalibrationMethod> Methods => [.. Enum.GetValues<CalibrationMethod>()];

    [Fact]
    public void Fit_Platt_EqualsTheProcedureDoneByHand()
    {
        TrainingSet training = Tables.Train(Table);
        var seed = new Seed(5);
        var calibrated = (FittedCalibratedClassifier)new CalibratedClassifier(new LogisticRegression()).Fit(training, seed, Token);
        var scores = new List<double>();
        var outcomes = new List<bool>();
        foreach (Fold fold in new StratifiedKFold().Split(training, seed.Derive("calibration")))
        {
            scores.AddRange(new LogisticRegression().Fit(fold.Training, seed, Token).Score(fold.Validation));
            outcomes.AddRange(fold.Validation.Outcomes);
        }
        PlattScaling expected = PlattScaling.Estimate([.. scores], [.. outcomes]);
        double[] all = new LogisticRegression().Fit(training, seed, Token).Score(Table);
        Assert.Equal(all, calibrated.Score(Table));
        Assert.Equal(all.Select(expected.Calibrate), calibrated.PredictRisk(Table));
    }

    [Fact]
    public void WithoutRisk_AnyBase_ScoresAlike()
    {
        TrainingSet training = Tables.Train(Table);
        var plan = new CalibratedClassifier(new LogisticRegression { C = 3 });
        Assert.Equal(new LogisticRegression { C = 3 }, plan.WithoutRisk());
        Assert.Equal(plan.WithoutRisk().Fit(training, new Seed(1), Token).Score(Table), plan.Fit(training, new Seed(1), Token).Score(Table));
    }

    [Fact]
    public void Validate_WrongOptions_ListsThoseOfTheBaseToo()
    {
        var plan = new CalibratedClassifier(new LogisticRegression { C = -1 }) { Calibration = new() { NSplits = 1, Method = CalibrationMethod.PriorShift } };
        Assert.Equal(3, plan.Validate().Count);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Pipeline_WithSamplers_CalibratesOnRowsAsTheyAre(CalibrationMethod method)
    {
        // 12 % events, resampled to one half: without calibration the mean risk is far above the share of events.
        FeatureTable table = Rare();
        TrainingSet training = Tables.Train(table);
        var plain = new Pipeline(new PreparationSteps([new StandardScaler()]), [new RandomOverSampler()], new LogisticRegression());
        double share = (double)table.EventCount / table.RowCount;
        double[] risks = plain.Fit(training, new Seed(2), Token).PredictRisk(table);
        Assert.True(risks.Average() > 2 * share);
        FittedPipeline calibrated = (plain with { Calibration = new() { Method = method } }).Fit(training, new Seed(2), Token);
        // The prior shift assumes that the model is right but for the shares; the others are estimated to this mean.
        Assert.Equal(share, calibrated.PredictRisk(table).Average(), method == CalibrationMethod.PriorShift ? 0.05 : 0.02);
        Assert.Equal(
            plain.Fit(training, new Seed(2), Token).Model.Score(plain.Fit(training, new Seed(2), Token).Prepare(table)),
            calibrated.Model.Score(calibrated.Prepare(table)));
    }

    public static TheoryData<Classifier> Weighted =>
        [new LogisticRegression { ClassWeight = ClassWeight.Balanced }, new RandomForest { ClassWeight = ForestClassWeight.Balanced, MaxDepth = 2 }, new ExtraTrees { ClassWeight = ForestClassWeight.BalancedSubsample, MaxDepth = 2 }];

    [Theory]
    [MemberData(nameof(Weighted))]
    public void Pipeline_WithClassWeights_ShiftsTheirRisksBackToo(Classifier model)
    {
        FeatureTable table = Rare();
        TrainingSet training = Tables.Train(table);
        double share = (double)table.EventCount / table.RowCount;
        var plain = new Pipeline(new PreparationSteps([]), [], model);
        Assert.True(plain.Fit(training, new Seed(2), Token).PredictRisk(table).Average() > 2 * share);
        FittedPipeline shifted = (plain with { Calibration = new() { Method = CalibrationMethod.PriorShift } }).Fit(training, new Seed(2), Token);
        Assert.Equal(share, shifted.PredictRisk(table).Average(), 0.05);
        Assert.Equal(0.5, ((PriorCorrection)((FittedCalibratedClassifier)shifted.Model).Calibrator).From);
    }

    [Fact]
    public void EventShare_WithoutClassWeights_IsThatOfTheRows() =>
        Assert.Equal((double)Table.EventCount / Table.RowCount, new SupportVectorMachine { ClassWeight = ClassWeight.Balanced }.EventShare(Table));

    [Fact]
    public void Pipeline_NoiseSelectedWithOutcomes_KeepsCalibratedRisksUnsure()
    {
        // What selection gains on the rows it saw is not there in rows left out: the slope of the calibrator must be near 0, and risks near the share.
        FeatureTable table = Tables.Gaussian(new Seed(8), 100, 400, effect: 0);
        var whole = new Pipeline(new PreparationSteps([new FirstTen()]), [], new LogisticRegression()) { Calibration = new() };
        Assert.InRange(A(whole), -0.25, 0.5);
        // Calibrated behind the selection, where rows that were left out took part in it, noise looks as if it could be trusted.
        Assert.True(A(whole with { Calibration = null, Model = new CalibratedClassifier(whole.Model) }) < -0.5);

        double A(Pipeline plan) =>
            ((PlattScaling)((FittedCalibratedClassifier)plan.Fit(Tables.Train(table), new Seed(3), Token).Model).Calibrator).A;
    }

    [Fact]
    public void Pipeline_CalibratedClassifierBehindSamplers_IsRefused()
    {
        var plan = new Pipeline(new PreparationSteps([]), [new RandomOverSampler()], new CalibratedClassifier(new LogisticRegression()));
        Assert.Contains("resampled rows", Assert.Throws<ArgumentException>(() => plan.Fit(Tables.Train(Table), new Seed(1), Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pipeline_CalibrationOptionsOutOfRange_AreRefused() =>
        Assert.Throws<ArgumentException>(() => (new Pipeline(new PreparationSteps([]), [], new LogisticRegression()) { Calibration = new() { NSplits = 1 } })
            .Fit(Tables.Train(Table), new Seed(1), Token));

    [Fact]
    public void FinalFit_WithCalibration_EqualsThePipeline()
    {
        TrainingSet training = Tables.Train(Rare());
        var plan = new Pipeline(new PreparationSteps([new StandardScaler()]), [new Smote()], new LogisticRegression()) { Calibration = new() };
        FinalFit final = FinalFit.Of(training, plan.Preparation, plan.Samplers, [plan.Model], new Seed(4), 1, plan.Calibration, Token);
        Assert.Equal(plan.Fit(training, new Seed(4), Token).PredictRisk(training.Table), final.Pipelines[0].PredictRisk(training.Table));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Pipeline_WrittenAndRead_PredictsAlike(CalibrationMethod method)
    {
        TrainingSet training = Tables.Train(Rare());
        FittedPipeline fitted = new Pipeline(new PreparationSteps([]), [new Smote()], new LogisticRegression()) { Calibration = new() { Method = method } }
            .Fit(training, new Seed(4), Token);
        FittedPipeline read = FittedPipeline.Read(JsonNode.Parse(fitted.ToJson().ToJsonString())!.AsObject(), FittedState.Default);
        Assert.Equal(fitted.PredictRisk(training.Table), read.PredictRisk(training.Table));
    }

    private static FeatureTable Rare()
    {
        FeatureTable table = Tables.Gaussian(new Seed(31), 400, 3, effect: 1);
        int events = 0;
        return table.TakeRows([.. Enumerable.Range(0, 400).Where(row => !table.Outcomes[row] || events++ < 28)]);
    }

    /// <summary>Keeps the ten columns whose class means differ most on the training rows: a selection by the outcome.</summary>
    private sealed record FirstTen : Transformer
    {
        public override string Name => "Ten columns";

        protected override FittedTransformer FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
        {
            FeatureTable table = training.Table;
            int[] kept = [.. Enumerable.Range(0, table.ColumnCount).OrderByDescending(column => Math.Abs(
                table.Column(column).Select((v, row) => table.Outcomes[row] ? v / table.EventCount : -v / (table.RowCount - table.EventCount)).Sum())).Take(10)];
            return new Kept(training.Origin, table.Schema, kept);
        }

        private sealed class Kept(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, int[] kept)
            : FittedTransformer(origin, input, [.. kept.Select(k => input[k])])
        {
            public override string Name => "Ten columns";

            private protected override double[] Compute(double[] values, int rows) =>
                [.. Enumerable.Range(0, rows).SelectMany(row => kept.Select(k => values[row * Input.Count + k]))];

            private protected override JsonObject State() => [];
        }
    }
}
