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

    private static IEnumerable<string> Sides(string name, bool reversed) => Catalogue[name].Split(Tables.Train(Table(reversed)), new Seed(6))
        .Select(fold => string.Join(' ', fold.Validation.Subjects.Order(StringComparer.Ordinal)));

    private static FeatureTable Table(bool reversed)
    {
        string[] subjects = reversed ? [.. Subjects.Reverse()] : Subjects;
        return Tables.Of(subjects, [.. subjects.Select(s => int.Parse(s.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) % 3 == 0)]);
    }
}
