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
    public void Fit_Cancelled_Stops(int place) =>
        Assert.ThrowsAny<OperationCanceledException>(() => All[place].Fit(Tables.Train(Table()), new Seed(0), new CancellationToken(true)));

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

    [Theory]
    [MemberData(nameof(Places))]
    public void Transform_ColumnsInAnotherOrderOrOfOtherNames_IsRefused(int place)
    {
        FeatureTable table = Table();
        FittedTransformer fitted = Fit(All[place], table);
        FeatureColumn[] turned = [.. table.Schema.Reverse()], renamed = [.. table.Schema.Select((column, i) => i == 2 ? column with { Name = "other" } : column)];
        foreach (FeatureColumn[] schema in (FeatureColumn[][])[[table.Schema[0], table.Schema[2], table.Schema[1], .. table.Schema.Skip(3)], renamed])
        {
            var other = new FeatureTable(schema, table.Subjects, table.Outcomes, table.Values, [table.Reading(1).ToArray()]);
            string message = Assert.Throws<LearningException>(() => fitted.Transform(other)).Message;
            Assert.Contains(fitted.Name, message, StringComparison.Ordinal);
            Assert.Contains(schema[2].Name, message, StringComparison.Ordinal);
        }
        Assert.Equal(turned.Length, table.ColumnCount);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Fit_ConstantColumn_GivesNoNumberThatIsNone(int place)
    {
        FeatureTable table = Table(), prepared = Fit(All[place], table).Transform(table);
        Assert.All(prepared.Values.ToArray(), value => Assert.True(double.IsFinite(value), $"{value}"));
        if (prepared.Columns.Contains("constant"))
            Assert.Single(prepared.Column(prepared.Columns.ToList().IndexOf("constant")).Distinct());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Fit_MissingValue_WorksOrNamesTheColumn(int place)
    {
        FeatureTable table = Table();
        double[] values = table.Values.ToArray();
        values[3 * table.ColumnCount + 1] = double.NaN;
        var gap = new FeatureTable([.. table.Schema], table.Subjects, table.Outcomes, values, [table.Reading(1).ToArray()]);
        try
        {
            FeatureTable prepared = Fit(All[place], gap).Transform(gap);
            Assert.Equal(60, prepared.RowCount);
            // What a step computes of a missing value is missing, and nothing else is; or it was filled.
            Assert.InRange(prepared.Values.ToArray().Count(double.IsNaN), 0, 1);
        }
        catch (LearningException refusal)
        {
            Assert.Contains(table.Columns[1], refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Transform_CategoryThatTheTrainingRowsLack_WorksOrIsNamed(int place)
    {
        FeatureTable gaussian = Tables.Gaussian(new Seed(33), 60, 4);
        double[] values = [.. Enumerable.Range(0, 60).SelectMany(row => (double[])[.. gaussian.Row(row), row == 59 ? 2 : row % 2])];
        FeatureColumn[] schema = [.. gaussian.Schema, new("level", ColumnKind.Categorical) { Levels = ["a", "b", "unseen"] }];
        var table = new FeatureTable(schema, gaussian.Subjects, gaussian.Outcomes, values, [values]);
        try
        {
            FittedTransformer fitted = Fit(All[place], table.TakeRows([.. Enumerable.Range(0, 59)]));
            FeatureTable prepared = fitted.Transform(table.TakeRows([59]));
            Assert.All(prepared.Values.ToArray(), value => Assert.True(double.IsFinite(value)));
        }
        catch (LearningException refusal)
        {
            Assert.Contains("level", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Fit_AnySeed_IsRecordedOnlyWhereTheStepDraws(int place)
    {
        FeatureTable table = Table();
        string Learned(ulong seed) => All[place].Fit(Tables.Train(table), new Seed(seed), TestContext.Current.CancellationToken).ToJson().ToJsonString();
        Assert.Equal(Learned(5), Learned(5));
        if (All[place] is not Mrmr { Scheme: MrmrScheme.Rfcq })
            Assert.Equal(Learned(5), Learned(6));
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
