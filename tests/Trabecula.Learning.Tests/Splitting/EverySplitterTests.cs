using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Splitting;

/// <summary>What every splitter promises, whatever its rule.</summary>
public sealed class EverySplitterTests
{
    private static readonly string[] Subjects = [.. Enumerable.Range(0, 40).Select(i => $"S{i:D2}")];

    private static readonly Dictionary<string, Splitter> Catalogue = new Splitter[]
    {
        new StratifiedHoldOut(), new KFold(), new StratifiedKFold(), new StratifiedGroupKFold(), new RepeatedStratifiedKFold { NRepeats = 2 },
        new LeaveOneCentreOut(Subjects.Select((s, i) => (s, $"centre {i % 3}")).ToDictionary(each => each.s, each => each.Item2)),
        new TemporalSplit(Subjects.Select((s, i) => (s, new DateOnly(2020, 1, 1).AddDays(i * 7 % 40))).ToDictionary(each => each.s, each => each.Item2)),
        new BootstrapSplit { NRepeats = 3 },
        new GivenSplit([Subjects.Select((s, i) => (s, i % 4)).ToDictionary(each => each.s, each => each.Item2)]),
    }.ToDictionary(splitter => splitter.GetType().Name);

    public static TheoryData<string> Names => [.. Catalogue.Keys];

    [Fact]
    public void Catalogue_HoldsEverySplitterOfTheLibrary() => Assert.Equal(
        typeof(Splitter).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Splitter)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
        Catalogue.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_Sides_ShareNoSubjectAndHoldNobodyElse(string name) => Assert.All(
        Catalogue[name].Split(Tables.Train(Table(reversed: false)), new Seed(6)), fold =>
        {
            var training = fold.Training.Table.Subjects.ToHashSet(StringComparer.Ordinal);
            Assert.Empty(training.Intersect(fold.Validation.Subjects));
            Assert.Empty(training.Concat(fold.Validation.Subjects).Except(Subjects));
            Assert.Equal(Subjects.Length, training.Concat(fold.Validation.Subjects).Distinct(StringComparer.Ordinal).Count());
            Assert.NotEmpty(fold.Validation.Subjects);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_RowsInOtherOrder_PartsTheSameSubjects(string name) => Assert.Equal(Sides(name, reversed: false), Sides(name, reversed: true));

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_SubjectWithTwoRows_KeepsThemOnOneSide(string name)
    {
        FeatureTable once = Table(reversed: false), twice = once.TakeRows([.. Enumerable.Range(0, 40), .. Enumerable.Range(0, 40)]);
        Assert.All(Catalogue[name].Split(Tables.Train(twice), new Seed(6)), fold =>
            Assert.Empty(fold.Training.Table.Subjects.Intersect(fold.Validation.Subjects)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_SameSeed_PartsTheSameAndLeavesTheTableAsItIs(string name)
    {
        FeatureTable table = Table(reversed: false);
        string[] before = [.. table.Subjects];
        Assert.Equal(Sides(name, reversed: false), Sides(name, reversed: false));
        Catalogue[name].Split(table, new Seed(6));
        Assert.Equal(before, table.Subjects);
        Assert.Equal(Table(reversed: false).Values.ToArray(), table.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_OneClass_WorksOrNamesTheClass(string name)
    {
        try
        {
            Assert.NotEmpty(Catalogue[name].Split(Tables.Of(Subjects, [.. Subjects.Select(_ => true)]), new Seed(6)));
        }
        catch (LearningException refusal)
        {
            Assert.Contains("outcome 0", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(typeof(KFold))]
    [InlineData(typeof(StratifiedGroupKFold))]
    public void Split_Repeats_BeginWithTheSingleOneAndDiffer(Type kind)
    {
        FeatureTable table = Table(reversed: false);
        Splitter once = kind == typeof(KFold) ? new KFold { NSplits = 4 } : new StratifiedGroupKFold { NSplits = 4 };
        Splitter thrice = kind == typeof(KFold) ? new KFold { NSplits = 4, NRepeats = 3 } : new StratifiedGroupKFold { NSplits = 4, NRepeats = 3 };
        string[] Held(Splitter splitter) => [.. splitter.Split(table, new Seed(8)).Select(split => string.Join(' ', split.HeldOut.Subjects))];
        Assert.Equal(Held(once), Held(thrice)[..4]);
        Assert.Equal(12, Held(thrice).Distinct().Count());
        Assert.Contains("NRepeats is 0", Assert.Throws<ArgumentException>(() => (thrice is KFold fold ? fold with { NRepeats = 0 } : (Splitter)new StratifiedGroupKFold { NRepeats = 0 }).Split(table, new Seed(8))).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sides(string name, bool reversed) => Catalogue[name].Split(Tables.Train(Table(reversed)), new Seed(6))
        .Select(fold => string.Join(' ', fold.Validation.Subjects.Order(StringComparer.Ordinal)));

    private static FeatureTable Table(bool reversed)
    {
        string[] subjects = reversed ? [.. Subjects.Reverse()] : Subjects;
        return Tables.Of(subjects, [.. subjects.Select(s => int.Parse(s.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) % 3 == 0)]);
    }
}
