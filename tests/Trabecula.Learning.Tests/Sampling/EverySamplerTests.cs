using Trabecula.Learning.Sampling;
using Xunit;

namespace Trabecula.Learning.Tests.Sampling;

/// <summary>What every sampler promises, whatever it makes or removes.</summary>
public sealed class EverySamplerTests
{
    private static readonly Dictionary<string, Sampler> Catalogue = new Sampler[]
    {
        new Adasyn(), new Smote(), new TomekLinks(), new RandomOverSampler(), new RandomUnderSampler(),
    }.ToDictionary(sampler => sampler.GetType().Name);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Catalogue.Keys];

    [Fact]
    public void Catalogue_HoldsEverySamplerOfTheLibrary() => Assert.Equal(
        typeof(Sampler).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Sampler)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
        Catalogue.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Resample_SameSeed_GivesTheSameRowsAndLeavesItsOwn(string name)
    {
        FeatureTable table = Table();
        double[] before = table.Values.ToArray();
        FeatureTable first = Catalogue[name].Resample(Tables.Train(table), new Seed(4), Cancel).Table;
        FeatureTable second = Catalogue[name].Resample(Tables.Train(table), new Seed(4), Cancel).Table;
        Assert.Equal(before, table.Values.ToArray());
        Assert.Equal(first.Values.ToArray(), second.Values.ToArray());
        Assert.Equal(first.Subjects, second.Subjects);
        Assert.Equal(table.Columns, first.Columns);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Resample_Cancelled_Stops(string name) => Assert.ThrowsAny<OperationCanceledException>(() =>
        Catalogue[name].Resample(Tables.Train(Table()), new Seed(4), new CancellationToken(true)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Resample_OneClassOrMissingValue_IsRefusedByName(string name)
    {
        FeatureTable table = Table();
        double[] values = table.Values.ToArray();
        values[4] = double.NaN;
        Assert.Contains("outcome 1", Assert.Throws<LearningException>(() => Catalogue[name].Resample(Tables.Train(
            new FeatureTable(table.Columns, table.Subjects, [.. Enumerable.Repeat(true, 60)], table.Values)), new Seed(4), Cancel)).Message, StringComparison.Ordinal);
        Assert.Contains("'f1' of S0001", Assert.Throws<LearningException>(() => Catalogue[name].Resample(Tables.Train(
            new FeatureTable(table.Columns, table.Subjects, table.Outcomes, values)), new Seed(4), Cancel)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Resample_KeptRows_AreThoseOfTheTableAndFirst(string name)
    {
        FeatureTable table = Table(), made = Catalogue[name].Resample(Tables.Train(table), new Seed(4), Cancel).Table;
        var rowOf = table.Subjects.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        int made0 = 0;
        for (int row = 0, last = -1; row < made.RowCount; row++)
        {
            // A repeated row keeps its subject, so that a later split keeps the copies together; a made one has a subject of its own.
            bool known = rowOf.TryGetValue(made.Subjects[row], out int own);
            if (known)
                Assert.Equal(table.Row(own).ToArray(), made.Row(row).ToArray());
            if (made0 == 0 && known && own > last)
                last = own;
            else
                made0++;
        }
        Assert.InRange(made.RowCount - made0, 2, table.RowCount);
    }

    private static FeatureTable Table()
    {
        FeatureTable all = Tables.Gaussian(new Seed(9), 60, 3);
        return new FeatureTable(all.Columns, all.Subjects, [.. Enumerable.Range(0, 60).Select(i => i % 5 == 0)], all.Values);
    }
}
