using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Xunit;

namespace Trabecula.Learning.Tests.Preparation;

/// <summary>What holds for every step that prepares or selects columns.</summary>
public sealed class EveryTransformerTests
{
    private static readonly Transformer[] All =
    [
        new AdaptiveScaler(), new ColumnChoice { Source = ColumnSource.Radiomic }, new CorrelationFilter { MaxCorrelation = 0.1 }, new CorrelationFilter { MaxCorrelation = 0.1, Keep = CorrelationPreference.MoreRelevant },
        new Imputer { AddIndicators = true }, new LassoSelection { C = 0.2 }, new Mrmr { Features = 3 }, new Mrmr { Scheme = MrmrScheme.Mid, Features = 3 },
        new Mrmr { Scheme = MrmrScheme.Rfcq, ForestTrees = 10, Features = 3 }, new OneHotEncoder(), new ReproducibilityFilter(),
        new StandardScaler(), new UnivariateScreening { Fallback = new ScreeningFallback(3, 3) }, new VarianceFilter(),
    ];

    public static TheoryData<int> Places => [.. Enumerable.Range(0, All.Length)];

    [Fact]
    public void All_Steps_HoldsEveryTransformerOfTheLibrary() => Assert.Equal(
        typeof(Transformer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Transformer)) && !type.IsAbstract).Select(type => type.Name).Order(),
        All.Select(step => step.GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Places))]
    public void Fit_SameRowsAndSeed_LearnsTheSameAndLeavesTheTableAsItIs(int place)
    {
        FeatureTable table = Table();
        FittedTransformer first = Fit(All[place], table), second = Fit(All[place], table);
        Assert.Equal(first.ToJson().ToJsonString(), second.ToJson().ToJsonString());
        first.Transform(table);
        Assert.Equal(Bits(Table(), 0), Bits(table, 0));
        Assert.Equal(Bits(Table(), 1), Bits(table, 1));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Read_WrittenState_ComputesTheSameBitsOfBothReadings(int place)
    {
        FeatureTable table = Table();
        FittedTransformer fitted = Fit(All[place], table), read = FittedState.Default.ReadTransformer(fitted.ToJson());
        FeatureTable expected = fitted.Transform(table), found = read.Transform(table);
        Assert.Equal(expected.Columns, found.Columns);
        Assert.Equal(Bits(expected, 0), Bits(found, 0));
        Assert.Equal(Bits(expected, 1), Bits(found, 1));
        Assert.Equal(fitted.ToJson().ToJsonString(), read.ToJson().ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Transform_RowsOneByOne_GivesWhatTheyGiveTogether(int place)
    {
        FeatureTable table = Table();
        FittedTransformer fitted = Fit(All[place], table);
        FeatureTable together = fitted.Transform(table);
        for (int row = 0; row < table.RowCount; row++)
            Assert.Equal(together.Row(row).ToArray(), fitted.Transform(table.TakeRows([row])).Row(0).ToArray());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Fit_HeldOutRowsChanged_LearnsTheSame(int place)
    {
        FeatureTable table = Table();
        int half = table.RowCount / 2;
        int[] training = [.. Enumerable.Range(0, half)];
        double[] changed = [.. table.Values.ToArray().Select((value, i) => i / table.ColumnCount < half ? value : 1 - value)];
        var other = new FeatureTable(
            [.. table.Schema], table.Subjects, [.. table.Outcomes.Select((outcome, row) => row < half ? outcome : !outcome)], changed,
            [table.Reading(1).ToArray()]);
        Assert.Equal(
            Fit(All[place], table.TakeRows(training)).ToJson().ToJsonString(), Fit(All[place], other.TakeRows(training)).ToJson().ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Fit_EmptyScope_HandsOnEveryColumn(int place)
    {
        FeatureTable table = Table();
        // All columns are radiomic. A filter of readings with nothing to judge says so.
        Transformer step = All[place] with { Scope = ColumnScope.Clinical };
        if (step is ReproducibilityFilter)
        {
            Assert.Throws<LearningException>(() => Fit(step, table));
            return;
        }
        FeatureTable handedOn = Fit(step, table).Transform(table);
        Assert.Equal(table.Schema, handedOn.Schema);
        Assert.Equal(Bits(table, 0), Bits(handedOn, 0));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Fit_Cancelled_Stops(int place)
    {
        // An encoder of binary columns has nothing to do, and a scaler of few rows is done before it would look.
        Transformer step = All[place];
        if (step is OneHotEncoder or StandardScaler)
            return;
        Assert.ThrowsAny<OperationCanceledException>(() => step.Fit(Tables.Train(Table()), new Seed(0), new CancellationToken(true)));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Fit_OneClass_WorksOrNamesTheClassThatIsThere(int place)
    {
        FeatureTable table = Table();
        var one = new FeatureTable([.. table.Schema], table.Subjects, [.. table.Outcomes.Select(_ => true)], table.Values, [table.Reading(1).ToArray()]);
        bool looksAtOutcomes = All[place] is LassoSelection or Mrmr or UnivariateScreening or CorrelationFilter { Keep: CorrelationPreference.MoreRelevant };
        if (looksAtOutcomes)
            Assert.Contains("rows have outcome 1, but both classes are needed", Assert.Throws<LearningException>(() => Fit(All[place], one)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(one.RowCount, Fit(All[place], one).Transform(one).RowCount);
    }

    private static FittedTransformer Fit(Transformer step, FeatureTable table) =>
        step.Fit(Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken);

    private static long[] Bits(FeatureTable table, int reading) => Array.ConvertAll(table.Reading(reading).ToArray(), BitConverter.DoubleToInt64Bits);

    /// <summary>Six measurements, one of them constant, and a binary column, read by two readers who nearly agree.</summary>
    private static FeatureTable Table()
    {
        FeatureTable gaussian = Tables.Gaussian(new Seed(31), 60, 5);
        double[] values = [.. Enumerable.Range(0, 60).SelectMany(row => (double[])[.. gaussian.Row(row), 0.1, row % 3 == 0 ? 1 : 0])];
        FeatureColumn[] schema = [.. gaussian.Schema, new("constant"), new("binary", ColumnKind.Binary)];
        double[] again = [.. values.Select((value, i) => i % 7 < 5 ? value * 1.01 : value)];
        return new FeatureTable(schema, gaussian.Subjects, gaussian.Outcomes, values, [again]);
    }
}
