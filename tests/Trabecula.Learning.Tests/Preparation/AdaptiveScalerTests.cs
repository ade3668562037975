using CsCheck;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Preparation;

public sealed class AdaptiveScalerTests
{
    // Skewness 1.09359, excess kurtosis 0.02455, IQR 5.5; corrected 1.36394 and 1.45156: clinical-standards of the design notes.
    private static readonly double[] Printed = [1, 2, 2, 3, 4, 7, 9, 15];

    [Fact]
    public void Fit_ModerateColumn_TakesMeanAndSampleDeviation()
    {
        ColumnScaling scaling = Scaling(Printed, new AdaptiveScaler());
        double mean = 43.0 / 8, deviation = Math.Sqrt(Printed.Sum(x => (x - mean) * (x - mean)) / 7);
        Assert.Equal((ScalingRule.MeanDeviation, ScalingCauses.None), (scaling.Rule, scaling.Causes));
        Assert.Equal(mean, scaling.Centre, 1e-14);
        Assert.Equal(deviation, scaling.Scale, 1e-14);
        Assert.Equal(1.09359, scaling.Skewness, 5e-6);
        Assert.Equal(3.02455, scaling.Kurtosis, 5e-6);
        // Quartiles 2 and 7.5: values beyond 15.75 would lie outside.
        Assert.Equal(0, scaling.OutlierShare);
    }

    [Fact]
    public void Fit_DivisorN_TakesPopulationDeviation() => Assert.Equal(
        Scaling(Printed, new AdaptiveScaler()).Scale * Math.Sqrt(7.0 / 8),
        Scaling(Printed, new AdaptiveScaler { Divisor = MomentDivisor.N }).Scale, 1e-14);

    [Theory]
    [InlineData(1.0936, false, ScalingRule.MeanDeviation)]
    [InlineData(1.0935, false, ScalingRule.MedianIqr)]
    [InlineData(1.3640, true, ScalingRule.MeanDeviation)]
    [InlineData(1.3639, true, ScalingRule.MedianIqr)]
    public void Fit_SkewnessAtTheLimit_DecidesByTheFormAskedFor(double limit, bool unbiased, ScalingRule expected) =>
        Assert.Equal(expected, Scaling(Printed, new AdaptiveScaler { MaxSkewness = limit, UnbiasedMoments = unbiased }).Rule);

    [Theory]
    [InlineData(3.0246, KurtosisForm.Pearson, false, ScalingRule.MeanDeviation)]
    [InlineData(3.0245, KurtosisForm.Pearson, false, ScalingRule.MedianIqr)]
    [InlineData(0.0246, KurtosisForm.Excess, false, ScalingRule.MeanDeviation)]
    [InlineData(0.0245, KurtosisForm.Excess, false, ScalingRule.MedianIqr)]
    [InlineData(1.4516, KurtosisForm.Excess, true, ScalingRule.MeanDeviation)]
    [InlineData(1.4515, KurtosisForm.Excess, true, ScalingRule.MedianIqr)]
    public void Fit_KurtosisAtTheLimit_DecidesByTheFormAskedFor(double limit, KurtosisForm form, bool unbiased, ScalingRule expected) =>
        Assert.Equal(expected, Scaling(Printed, new AdaptiveScaler { MaxKurtosis = limit, Kurtosis = form, UnbiasedMoments = unbiased }).Rule);

    [Fact]
    public void Fit_NegativeSkew_CountsByItsMagnitude()
    {
        double[] mirrored = [.. Printed.Select(x => -x)];
        ColumnScaling scaling = Scaling(mirrored, new AdaptiveScaler { MaxSkewness = 1 });
        Assert.Equal((ScalingRule.MedianIqr, ScalingCauses.Skewness), (scaling.Rule, scaling.Causes));
        Assert.Equal(-3.5, scaling.Centre, 1e-15);
        Assert.Equal(5.5, scaling.Scale, 1e-15);
    }

    [Fact]
    public void Fit_OutlierShare_IsAllowedUpToItsLimit()
    {
        // 18 values from 0 to 17 and two far ones on either side: exactly 10 %, symmetric and of kurtosis below 7.
        double[] values = [.. Enumerable.Range(0, 18).Select(i => (double)i), -22, 39];
        Assert.Equal(0.1, Scaling(values, new AdaptiveScaler()).OutlierShare, 1e-15);
        Assert.Equal(ScalingRule.MeanDeviation, Scaling(values, new AdaptiveScaler()).Rule);
        ColumnScaling above = Scaling(values, new AdaptiveScaler { MaxOutlierShare = 0.0999 });
        Assert.Equal((ScalingRule.MedianIqr, ScalingCauses.Outliers), (above.Rule, above.Causes));
    }

    [Fact]
    public void Fit_MostValuesEqual_TakesMeanAndDeviationForWantOfAnIqr()
    {
        double[] values = [.. Enumerable.Repeat(3.0, 19), 50];
        ColumnScaling scaling = Scaling(values, new AdaptiveScaler());
        Assert.Equal(ScalingRule.MeanDeviation, scaling.Rule);
        Assert.Equal(ScalingCauses.Skewness | ScalingCauses.Kurtosis | ScalingCauses.NoIqr, scaling.Causes);
        Assert.True(scaling.Scale > 0);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-123456789.123)]
    [InlineData(1e300)]
    public void Fit_ConstantColumn_BecomesZero(double value)
    {
        FeatureTable table = Column([.. Enumerable.Repeat(value, 11)]);
        FittedAdaptiveScaler scaler = Fit(table, new AdaptiveScaler());
        Assert.Equal(ScalingRule.Constant, scaler.Scalings[0].Rule);
        Assert.All(scaler.Transform(table).Column(0), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Fit_BinaryAndCategoricalColumnsAndThoseOutsideTheScope_StayAsTheyAre()
    {
        FeatureColumn[] schema =
        [
            new("measure"), new("sex", ColumnKind.Binary), new("level", ColumnKind.Categorical) { Levels = ["a", "b", "c"] },
            new("age", Source: ColumnSource.Clinical),
        ];
        var table = new FeatureTable(schema, ["1", "2", "3"], [true, false, true], [1, 0, 2, 60, 2, 1, 1, 70, 4, 1, 0, 80]);
        FittedAdaptiveScaler scaler = Fit(table, new AdaptiveScaler { Scope = ColumnScope.Radiomic });
        Assert.Equal(
            [ScalingRule.MeanDeviation, ScalingRule.Unchanged, ScalingRule.Unchanged, ScalingRule.Unchanged], scaler.Scalings.Select(s => s.Rule));
        FeatureTable scaled = scaler.Transform(table);
        Assert.Equal(table.Schema, scaled.Schema);
        for (int column = 1; column < 4; column++)
            Assert.Equal(table.Column(column), scaled.Column(column));
    }

    [Fact]
    public void Fit_MissingValues_AreLeftOutAndStayMissing()
    {
        FeatureTable with = Column([double.NaN, .. Printed, double.NaN]);
        FittedAdaptiveScaler scaler = Fit(with, new AdaptiveScaler());
        Assert.Equal(Scaling(Printed, new AdaptiveScaler()), scaler.Scalings[0]);
        Assert.Equal([true, .. Enumerable.Repeat(false, 8), true], scaler.Transform(with).Column(0).Select(double.IsNaN));
    }

    [Fact]
    public void Fit_ColumnsWithoutValues_AreNamedTogether()
    {
        var table = new FeatureTable(["a", "b", "c"], ["1", "2"], [true, false], [1, double.NaN, double.NaN, 2, double.NaN, double.NaN]);
        Assert.Equal(
            "Adaptive scaler: 'b', 'c' have no value in the 2 training rows. Leave such columns out.",
            Assert.Throws<LearningException>(() => Fit(table, new AdaptiveScaler())).Message);
    }

    [Fact]
    public void Fit_AnyColumn_GivesCentreZeroAndScaleOneByItsOwnRule() =>
        Gen.Double[-1e3, 1e3].Array[3, 40].Sample(values =>
        {
            FeatureTable table = Column(values);
            FittedAdaptiveScaler scaler = Fit(table, new AdaptiveScaler());
            double[] scaled = scaler.Transform(table).Column(0);
            Moments moments = Moments.Of(scaled);
            Quartiles quartiles = Quartiles.Of(scaled);
            (double centre, double scale) = scaler.Scalings[0].Rule switch
            {
                ScalingRule.MedianIqr => (quartiles.Median, quartiles.Range),
                ScalingRule.MeanDeviation => (moments.Mean, moments.SampleDeviation),
                _ => (moments.Mean, 1),
            };
            Assert.Equal(0, centre, 1e-9);
            Assert.Equal(1, scale, 1e-9);
        }, iter: 200);

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void Fit_ValuesWhosePowersAreNoNumbers_ScalesAsOthers(double unit)
    {
        FittedAdaptiveScaler plain = Fit(Column(Printed), new AdaptiveScaler()), scaler = Fit(Column([.. Printed.Select(value => value * unit)]), new AdaptiveScaler());
        Assert.Equal(plain.Scalings[0].Skewness, scaler.Scalings[0].Skewness, 1e-12);
        Assert.Equal(plain.Scalings[0].Kurtosis, scaler.Scalings[0].Kurtosis, 1e-12);
        Assert.Equal(
            plain.Transform(Column(Printed)).Column(0), scaler.Transform(Column([.. Printed.Select(value => value * unit)])).Column(0), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Fit_ValuesThatCannotBeSubtracted_NamesTheColumn() =>
        Assert.Contains("'a' of 0 is 1.5e+308", Assert.Throws<LearningException>(() => Fit(Column([1.5e308, -1.5e308]), new AdaptiveScaler())).Message, StringComparison.Ordinal);

    [Fact]
    public void Transform_SecondReader_IsScaledByTheFirst()
    {
        FeatureColumn[] schema = [new("a")];
        var table = new FeatureTable(schema, ["1", "2", "3"], [true, false, true], [1, 2, 3], [[11, 12, 13]]);
        Assert.Equal([9, 10, 11], Fit(table, new AdaptiveScaler()).Transform(table).Column(0, 1).Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void Read_WrittenState_ScalesAlikeAndTellsWhy()
    {
        FeatureTable table = Tables.Gaussian(new Seed(3), 30, 4);
        FittedAdaptiveScaler scaler = Fit(table, new AdaptiveScaler { MaxOutlierShare = 0, Scope = ColumnScope.Radiomic });
        var read = (FittedAdaptiveScaler)FittedState.Default.ReadTransformer(scaler.ToJson());
        Assert.Equal(scaler.Scalings, read.Scalings);
        Assert.Equal(scaler.Options, read.Options);
        Assert.Equal(scaler.Transform(table).Values.ToArray(), read.Transform(table).Values.ToArray());
    }

    [Fact]
    public void Validate_WrongOptions_NamesAllOfThem() => Assert.Equal(
        [
            "MaxSkewness is -1, expected 0 or more.", "MaxKurtosis is NaN, expected a number.", "MaxOutlierShare is 2, expected 0 to 1.",
            "OutlierFence is -3, expected 0 or more.",
        ],
        new AdaptiveScaler { MaxSkewness = -1, MaxKurtosis = double.NaN, MaxOutlierShare = 2, OutlierFence = -3 }.Validate());

    private static ColumnScaling Scaling(double[] values, AdaptiveScaler options) => Fit(Column(values), options).Scalings[0];

    private static FeatureTable Column(double[] values) => new(
        ["a"], [.. Enumerable.Range(0, values.Length).Select(i => $"{i}")], [.. Enumerable.Range(0, values.Length).Select(i => i % 2 == 0)], values);

    private static FittedAdaptiveScaler Fit(FeatureTable table, AdaptiveScaler options) =>
        (FittedAdaptiveScaler)options.Fit(Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken);
}
