using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Trabecula.Learning.Search;
using Xunit;

namespace Trabecula.Learning.Tests.Search;

public sealed class ParameterGridTests
{
    private static readonly Gen<ParameterGrid> s_grids = Gen.Int[1, 5].Array[1, 4].Array[1, 3].Select(blocks => new ParameterGrid(
        [.. blocks.Select((axes, block) => axes.Select((length, axis) => new ParameterAxis($"b{block}a{axis}", Wholes(length))).ToArray())]));

    [Fact]
    public void Draw_GridsOfScikitLearn_GivesTheirCountsAllDistinct()
    {
        foreach (JsonElement item in ReferenceData.Golden("search_splits.json").GetProperty("parameterSampler").GetProperty("cases").EnumerateArray())
        {
            ParameterGrid grid = ReadGrid(JsonNode.Parse(item.GetProperty("grid").GetRawText())!);
            IReadOnlyList<ParameterSet> drawn = grid.Draw(item.GetProperty("nIter").GetInt32(), new Seed(1));
            Assert.Equal(item.GetProperty("gridSize").GetInt64(), grid.Count);
            Assert.Equal(item.GetProperty("drawn").GetInt32(), drawn.Count);
            Assert.Equal(item.GetProperty("distinct").GetInt32(), drawn.Distinct().Count());
        }
    }

    [Fact]
    public void Draw_AnyGrid_GivesDistinctMembersThatTheSeedDecides() =>
        Gen.Select(s_grids, Gen.Int[1, 60], Gen.ULong).Sample((grid, count, seed) =>
        {
            IReadOnlyList<ParameterSet> drawn = grid.Draw(count, new Seed(seed));
            Assert.Equal(Math.Min(count, grid.Count), drawn.Count);
            Assert.Equal(drawn.Count, drawn.Distinct().Count());
            Assert.Subset(grid.All().ToHashSet(), drawn.ToHashSet());
            Assert.Equal(drawn, grid.Draw(count, new Seed(seed)));
        }, iter: 200);

    [Fact]
    public void Draw_ManySeeds_TakesEachConfigurationEquallyOftenAtEachPlace()
    {
        var grid = new ParameterGrid([[new("a", Wholes(2))], [new("b", Wholes(3))]]);
        var counts = new Dictionary<(int, ParameterSet), int>();
        for (ulong seed = 0; seed < 10_000; seed++)
        {
            IReadOnlyList<ParameterSet> drawn = grid.Draw(3, new Seed(seed));
            for (int place = 0; place < 3; place++)
                counts[(place, drawn[place])] = counts.GetValueOrDefault((place, drawn[place])) + 1;
        }
        Assert.Equal(15, counts.Count);
        // 2,000 expected with a deviation of 40: five deviations.
        Assert.All(counts.Values, count => Assert.InRange(count, 1_800, 2_200));
    }

    [Fact]
    public void Draw_GridBeyondThirtyTwoBits_ReachesItsUpperHalf()
    {
        var grid = new ParameterGrid([[.. Enumerable.Range(0, 8).Select(i => new ParameterAxis($"a{i}", Wholes(40)))]]);
        IReadOnlyList<ParameterSet> drawn = grid.Draw(200, new Seed(3));
        Assert.Equal(6_553_600_000_000, grid.Count);
        Assert.Equal(200, drawn.Distinct().Count());
        Assert.Contains(drawn, set => ((ParameterValue.Whole)set["a0"]!).Value >= 20);
    }

    [Fact]
    public void Draw_List_GivesAllInItsOrder()
    {
        ParameterSet[] trials = [Set("""{"C": 10.0}"""), Set("""{"C": 0.1}"""), Set("""{"penalty": "l1"}""")];
        Assert.Equal(trials, ParameterGrid.Of(trials).Draw(1, new Seed(1)));
    }

    [Fact]
    public void All_TwoAxes_RunsTheLastNameFastest()
    {
        var grid = new ParameterGrid([[new("z", Wholes(2)), new("a", Wholes(2))]]);
        Assert.Equal(["a=1, z=1", "a=1, z=2", "a=2, z=1", "a=2, z=2"], grid.All().Select(set => set.ToString()));
    }

    [Fact]
    public void Validate_FaultyGrid_NamesEveryFault()
    {
        var grid = new ParameterGrid([[new("a", Wholes(2)), new("b", [])], [new("c", [.. Wholes(1), .. Wholes(1)])], [new("c", Wholes(3))]]);
        Assert.Equal(
            ["[0].b has no value, expected at least one.", "[1].c lists 1 twice, expected each value once.",
                "[1] and [2] both hold {c=1}, expected each configuration once."], grid.Validate());
        Assert.Equal(["The grid has no configuration, expected at least one."], new ParameterGrid([]).Validate());
        Assert.Equal(["{C=1} is listed twice."], ParameterGrid.Of([Set("""{"C":1}"""), Set("""{"C":1}""")]).Validate());
    }

    [Fact]
    public void At_PlaceBeyondGrid_Refuses() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGrid([[new("a", Wholes(2))]]).At(2));

    private static ParameterValue[] Wholes(int count) => [.. Enumerable.Range(1, count).Select(i => new ParameterValue.Whole(i))];

    private static ParameterSet Set(string json) => ParameterSet.Read((JsonObject)JsonNode.Parse(json)!);

    private static ParameterGrid ReadGrid(JsonNode json) => new([.. (json is JsonArray list ? list : new JsonArray(json.DeepClone())).Select(block =>
        block!.AsObject().Select(axis => new ParameterAxis(axis.Key, [.. axis.Value!.AsArray().Select(value => ParameterValue.Read(value)!)])).ToArray())]);
}
